"""The tables of words of a chain of themes → the Strings of a site, or their Problems."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from generator.config import CONFIG_NAME, parse_toml
from generator.errors import KeyPath, Problem, suggest
from generator.shape import check_texts, show
from generator.strings import ENGLISH, PATTERN_FIELDS, PLURALS, Strings, Table, languages_for, places_of
from generator.theme.chain import Layer

_RUN = re.compile(r"'[^']*'|([A-Za-z])\1*|'")
_PATTERN_LETTERS = {
    key: "G, y, M, L, d and E" if "d{1,2}" in fields else "H, h, K, k, m, a, b, B and z"
    for key, fields in PATTERN_FIELDS.items()
}


class StringTable(msgspec.Struct, frozen=True):
    """The table of one file, with the key above its texts: `("strings",)` in `site.toml`, else `()`."""

    file: str
    language: str
    texts: dict[str, Any]
    above: KeyPath = ()


def merge_tables(layers: Sequence[Layer], language: str, own: Table) -> tuple[Strings, list[Problem]]:
    """Merge the words of a site: `[strings]` of `site.toml` over all layers, the last of which has all words.

    Returns:
        The words, each in the nearest language that has it and of its topmost theme; and the Problems of the tables of
        all languages. If there are any, the words must not be used.
    """
    problems: list[Problem] = []
    tables = [one for layer in layers for one in _read_tables(layer, problems)]
    declared: Table = {}
    for one in reversed(tables):
        if one.language == ENGLISH:
            declared = one.texts | declared
    for one in [StringTable(CONFIG_NAME, language, dict(own), ("strings",)), *tables]:
        problems += _check_table(one, declared)
    table: Table = {}
    for wanted in dict.fromkeys([ENGLISH, *reversed(languages_for(language))]):
        for one in reversed(tables):
            if one.language == wanted:
                table |= one.texts
    return Strings(language, dict(sorted((table | own).items()))), problems


def _read_tables(layer: Layer, problems: list[Problem]) -> Iterator[StringTable]:
    for language, data in layer.strings.items():
        file = f"{layer.place}/strings/{language}.toml"
        table = parse_toml(data, file=file)
        if isinstance(table, Problem):
            problems.append(table)
        elif faults := [*check_texts(table, file=file), *_check_values(table, file)]:
            problems += faults
        else:
            yield StringTable(file, language.lower(), table)


def _check_values(table: dict[str, Any], file: str) -> Iterator[Problem]:
    """Report values that are neither a text nor a table of texts."""
    for key, value in table.items():
        texts = value.items() if isinstance(value, dict) else [(None, value)]
        for category, text in texts:
            if not isinstance(text, str):
                where = (key, category) if category else (key,)
                message = f"'{where[-1]}' is {show(text)}"
                expected = "a text, or texts by plural"
                yield Problem(file=file, code="wrong-value", key=where, message=message, expected=expected)


def _check_table(one: StringTable, declared: Table) -> Iterator[Problem]:
    for key, value in one.texts.items():
        at = (*one.above, key)
        if key not in declared:
            hint = suggest(key, declared, otherwise="Add your own texts to strings/en.toml of a theme.")
            message = f"no English table has the string '{key}'"
            yield Problem(file=one.file, code="unknown-key", key=at, message=message, hint=hint)
            continue
        if key in PATTERN_FIELDS:
            yield from _check_pattern(one.file, at, key, value)
            continue
        if isinstance(value, dict):
            yield from _check_plurals(one.file, at, value, declared[key])
        yield from _check_places(one.file, at, value, declared[key])


def _check_plurals(file: str, at: KeyPath, texts: dict[str, str], declared: str | dict[str, str]) -> Iterator[Problem]:
    if "count" not in _places_in(declared):
        message = f"'{at[-1]}' is a mapping, but the text has no plural forms"
        yield Problem(file=file, code="wrong-value", key=at, message=message, expected="a text")
    elif "other" not in texts:
        message = f"'{at[-1]}' has no 'other'"
        hint = "every language needs it; the categories of each are listed at https://cldr.unicode.org"
        yield Problem(file=file, code="missing-key", key=at, message=message, expected="a text", hint=hint)
    for category in texts:
        if category not in PLURALS:
            hint = suggest(category, PLURALS, otherwise=f"The plurals are {', '.join(PLURALS)}.")
            message = f"no plural '{category}'"
            yield Problem(file=file, code="unknown-key", key=(*at, category), message=message, hint=hint)


def _check_pattern(file: str, at: KeyPath, key: str, value: str | dict[str, str]) -> Iterator[Problem]:
    if isinstance(value, str) and all(_is_field(run[0], PATTERN_FIELDS[key]) for run in _RUN.finditer(value)):
        return
    message = f"'{key}' is {show(value)}"
    expected = f"a pattern of UTS 35 with the letters {_PATTERN_LETTERS[key]}; put other letters in single quotes"
    yield Problem(file=file, code="wrong-value", key=at, message=message, expected=expected)


def _is_field(run: str, fields: tuple[str, ...]) -> bool:
    is_quoted = len(run) > 1 and run[0] == "'"
    return is_quoted or any(re.fullmatch(field, run) for field in fields)


def _check_places(
    file: str, at: KeyPath, value: str | dict[str, str], declared: str | dict[str, str]
) -> Iterator[Problem]:
    known = _places_in(declared)
    for place in sorted(_places_in(value) - known):
        message = f"'{at[-1]}' has no placeholder '{{{place}}}'"
        there = ", ".join(f"{{{name}}}" for name in sorted(known))
        hint = f"it has {there}" if there else "it has none: remove it"
        yield Problem(file=file, code="wrong-value", key=at, message=message, needle=f"{{{place}}}", hint=hint)


def _places_in(value: str | dict[str, str]) -> frozenset[str]:
    texts = [value] if isinstance(value, str) else value.values()
    return frozenset(place for text in texts for place in places_of(text))
