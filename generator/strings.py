"""The words of the interface in the site's language, and its formats of times and numbers.

Babel is imported when the first time, plural or long number is written.
"""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from generator.digest import digest_of
from generator.names import Digest

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"

Table = dict[str, str | dict[str, str]]
"""Each key's text, or its texts by plural category."""

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The plural categories of CLDR; "other" is in every language."""

_DAYS = ("G{1,5}", "y{1,4}", "[ML]{1,5}", "d{1,2}", "E{1,6}")
_TIMES = ("[HhKk]{1,2}", "mm?", "[abB]", "z{1,4}")

PATTERN_FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("date", "date_short", "day_month", "month", "month_title", "month_name"), _DAYS),
    **dict.fromkeys(("time", "hour"), _TIMES),
}
"""The keys that are patterns of UTS 35, and the fields that each may have, as regular expressions."""

FORMATS = (*PATTERN_FIELDS, "date_range", "date_time", "plus", "minus")
"""The keys for the formats of times and numbers."""

_PLACE = re.compile(r"\{([a-z_]+)\}")
_RIGHT_TO_LEFT = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa", "aran", "samr", "yezi"})
_SAME_EVERYWHERE = 1000  # smaller whole numbers have no separator in any language


class Strings(msgspec.Struct, frozen=True, dict=True):
    """The words of one language; `table` has every key."""

    language: str
    table: Table

    @cached_property
    def digest(self) -> Digest:
        """Digest of the language and the table."""
        return digest_of([self.language, self.table])

    def say(self, key: str, /, *, count: int | None = None, **values: object) -> str:
        """The text of a key, with values for its placeholders; numbers are formatted for the language.

        `count` chooses the plural and is the value of `{count}`.

        Raises:
            LookupError: there is no such key, or no value for a placeholder.
            ValueError: the key has plurals and there is no count.
        """
        text = self.find(key, count)
        if count is not None:
            values["count"] = count
        return fill(text, {name: self.write(value) for name, value in values.items()}) if values else text

    def find(self, key: str, count: int | None = None) -> str:
        """The text of a key in the table."""
        text = self.table.get(key)
        if text is None:
            raise LookupError(f"no string '{key}'")
        if isinstance(text, str):
            return text
        if count is None:
            raise ValueError(f"the string '{key}' needs a count")
        return text.get(self._category(count)) or text["other"]

    def write(self, value: object) -> str:
        """A value as text; numbers are formatted for the language."""
        return self.number(value) if type(value) in (int, float) else str(value)  # type: ignore[arg-type]

    def number(self, value: float) -> str:
        """A number: `1,204` in English, `1.204` in German."""
        if type(value) is int and 0 <= value < _SAME_EVERYWHERE:
            return str(value)
        from babel.numbers import format_decimal

        sign = self.find("minus") if value < 0 else ""
        return sign + format_decimal(abs(value), locale=self.locale)

    def score(self, value: float) -> str:
        """A number between -1 and 1 with its sign: `+0.5`, `−1.0`, `0.0`."""
        from babel.numbers import format_decimal

        sign = self.find("plus") if value > 0 else self.find("minus") if value < 0 else ""
        return sign + format_decimal(abs(value), "0.0#####", locale=self.locale)

    def percent(self, share: float) -> str:
        """A share of 1 as a whole percentage: `60%`."""
        from babel.numbers import format_percent

        return format_percent(share, locale=self.locale)

    def day(self, time: datetime, key: str = "date") -> str:
        """The day of a local time, by the pattern of a key."""
        day = (key, time.toordinal())
        if day not in self._known:
            self._known[day] = self._format(key, time)
        return self._known[day]

    def moment(self, time: datetime) -> str:
        """The day, the time of day and the time zone of a local time."""
        return self.say("date_time", date=self.day(time), time=self.clock(time), zone=time.tzname())

    def clock(self, time: datetime, key: str = "time") -> str:
        """The time of day of a local time, by the pattern of a key."""
        minute = (key, time.hour, time.minute, time.utcoffset(), time.tzinfo)
        if minute not in self._known:
            self._known[minute] = self._format(key, time)
        return self._known[minute]

    def month(self, year: int, month: int, key: str = "month") -> str:
        """A month by the pattern of a key; all but `month` begin with a capital, because they begin a text."""
        text = self.day(datetime(year, month, 1), key)  # noqa: DTZ001 - a calendar's month has no zone
        return text if key == "month" else text[:1].upper() + text[1:]

    @cached_property
    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """The short and the long names of the days from Monday to Sunday."""
        days = self.locale.days["stand-alone"]
        long = days["wide"]
        short = days["short" if days["abbreviated"] == long else "abbreviated"]
        return tuple((short[place], long[place]) for place in range(7))

    @cached_property
    def month_names(self) -> tuple[str, ...]:
        """The short names of the months from January to December."""
        names = self.locale.months["stand-alone"]["abbreviated"]
        return tuple(names[place][:1].upper() + names[place][1:] for place in range(1, 13))

    def language_name(self, code: str) -> str:
        """The name of a BCP 47 tag: `zh-Hans` → `Chinese (Simplified)`; the tag if it has no name."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(code, sep="-").get_display_name(self.locale) or code
        except (ValueError, UnknownLocaleError):
            return code

    def country_name(self, code: str) -> str:
        """The name of an ISO 3166 code: `GB` → `United Kingdom`; the code if it has no name."""
        name: str = self.locale.territories.get(code, code)
        return name

    @cached_property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction_of(self.language)

    @cached_property
    def locale(self) -> "Locale":
        """Babel's locale of the language; English if there is none."""
        from babel import Locale

        return _find_locale(self.language) or Locale(ENGLISH)

    def _format(self, key: str, time: datetime) -> str:
        from babel.dates import parse_pattern

        return parse_pattern(self.find(key)).apply(time, self.locale)

    @cached_property
    def _category(self) -> Callable[[int], str]:
        """The plural category of a count; cached."""
        return functools.cache(self.locale.plural_form)

    @cached_property
    def _known(self) -> dict[tuple[object, ...], str]:
        """The texts of days and minutes; a cache."""
        return {}


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text with values for its placeholders; other braces are unchanged.

    Raises:
        LookupError: a placeholder has no value.
    """
    if missing := places_of(text) - values.keys():
        raise LookupError(f"no value for {{{min(missing)}}} of '{text}'")
    return _PLACE.sub(lambda place: values[place[1]], text)


@functools.cache
def places_of(text: str) -> frozenset[str]:
    """The names of the placeholders of a text: `{count} of {all}` → `count`, `all`."""
    return frozenset(_PLACE.findall(text))


def languages_for(language: str) -> list[str]:
    """A BCP 47 tag and its more general ones, in lower case: `de-CH` → `de-ch`, `de`."""
    parts = language.lower().split("-")
    return ["-".join(parts[:end]) for end in range(len(parts), 0, -1)]


@functools.cache
def direction_of(language: str) -> str:
    """The direction of a language, `ltr` or `rtl`, by the script in the tag or the usual one."""
    primary, *parts = language.lower().split("-")
    script = next((part for part in parts if len(part) == 4 and part.isalpha()), None) or _likely_script(primary, parts)
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


def _likely_script(primary: str, parts: Sequence[str]) -> str:
    """The usual script of a language, by its region if the tag has one (CLDR, "Likely Subtags")."""
    from babel.core import get_global

    likely = get_global("likely_subtags")
    regions = [part.upper() for part in parts if len(part) == 2 and part.isalpha()]
    found = next(filter(None, map(likely.get, (*(f"{primary}_{region}" for region in regions), primary))), "")
    return str(found).lower().split("_")[1] if found else ""


def _find_locale(language: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError

    for tag in languages_for(language):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return None
