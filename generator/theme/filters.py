"""What templates can do with values: write times and numbers for people and machines."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from markupsafe import Markup

from generator.names import MONTHS

_TIMES = 4096  # that are remembered in words: cards of one article stand on several pages


def iso(time: datetime) -> str:
    """RFC 3339 in UTC: `2026-06-03T09:30:00Z`."""
    return time.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def json_ld(text: str) -> Markup:
    """JSON for a `<script type="application/ld+json">`: nothing in it can end the element."""
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError as fault:
        raise ValueError(str(fault)) from fault
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 - escaped here


def tint(colour: str) -> str:
    """The classes that stand for a colour, which no `style` attribute may tell: `#a3541c` → `tint r-a g-5 b-1`."""
    return f"tint r-{colour[1]} g-{colour[3]} b-{colour[5]}"


def language_name(code: str) -> str:
    """The English name of a BCP 47 tag: `zh-Hans` → `Chinese (Simplified)`; the tag where there is none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (ValueError, UnknownLocaleError):
        return code


def make_filters(zone: ZoneInfo) -> dict[str, Callable[..., Any]]:
    """The filters of a site: times are shown in its time zone."""

    @functools.lru_cache(maxsize=_TIMES)
    def date(time: datetime) -> str:
        local = time.astimezone(zone)
        return f"{local.day} {MONTHS[local.month - 1]} {local.year}"

    @functools.lru_cache(maxsize=_TIMES)
    def date_time(time: datetime) -> str:
        local = time.astimezone(zone)
        return f"{date(time)}, {local:%H:%M} {local.tzname()}"

    return {
        "iso": iso,
        "date": date,
        "date_time": date_time,
        "json_ld": json_ld,
        "language_name": language_name,
        "tint": tint,
    }
