"""The filters of templates: they write words, times and numbers for people and machines."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from markupsafe import Markup, escape

from generator.addresses import show_address
from generator.strings import Strings, direction_of, fill

_JSON = msgspec.json.Decoder(msgspec.Raw)  # it checks the syntax, and makes nothing


def iso(time: datetime) -> str:
    """RFC 3339 in UTC: `2026-06-03T09:30:00Z`."""
    return time.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def json_ld(text: str) -> Markup:
    """JSON for a `<script type="application/ld+json">`: no text can end the element."""
    try:
        _JSON.decode(text)
    except msgspec.DecodeError as fault:
        raise ValueError(str(fault)) from fault
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 - escaped here


def tint(colour: str) -> str:
    """The classes of a colour, as `style` attributes are not allowed: `#a3541c` → `tint r3 g2 b1`."""
    red, green, blue = (round(channel / 51) for channel in bytes.fromhex(colour[1:]))
    return f"tint r{red} g{green} b{blue}"


_SHORT_AFTER_HYPHEN = re.compile(r"(?<![\w-])(?:\w{1,10}(?:-\w{1,3}){1,2}|\w-\w{2,10})(?![\w-])")


def unbroken(text: str) -> str:
    """A headline whose names with a hyphen, such as `RISC-V` or `GPT-4`, stay on one line.

    The class does that: a hyphen that does not break would not be found by those who search the page for the name.
    """
    if "-" not in text:
        return text
    written, at = Markup(), 0
    for name in _SHORT_AFTER_HYPHEN.finditer(text):
        written += Markup('{}<span class="unbroken">{}</span>').format(text[at : name.start()], name[0])
        at = name.end()
    return written + text[at:] if at else text


def make_filters(zone: ZoneInfo, strings: Strings) -> dict[str, Callable[..., Any]]:
    """The filters of a site: times are shown in its time zone, and all values in its language."""
    return {
        "address": show_address,
        "iso": iso,
        "iso_day": lambda time: time.astimezone(zone).date().isoformat(),  # for machines: `2026-06-03`
        "date": lambda time: strings.day(time.astimezone(zone)),
        "time": lambda time: strings.clock(time.astimezone(zone)),
        "date_time": lambda time: strings.moment(time.astimezone(zone)),
        "json_ld": json_ld,
        "number": strings.number,
        "percent": strings.percent,
        "score": strings.score,
        "language_name": strings.language_name,
        "direction": direction_of,
        "tint": tint,
        "unbroken": unbroken,
    }


def make_say(strings: Strings) -> Callable[..., str]:
    """The function by which templates ask for words."""

    def say(key: str, /, *, count: int | None = None, **values: object) -> str:
        """The text of a key; with markup among the values it is markup, and all else in it is escaped."""
        if not any(isinstance(value, Markup) for value in values.values()):
            return strings.say(key, count=count, **values)
        if count is not None:
            values["count"] = count
        plain = {name: one if isinstance(one, Markup) else strings.write(one) for name, one in values.items()}
        written = {name: escape(one) for name, one in plain.items()}
        return Markup(fill(escape(strings.find(key, count)), written))  # noqa: S704 - all of it is escaped

    return say
