"""The tables of keys in the docs: each is between two marks, and `make docs` rewrites it."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.schema.keys import Key, list_keys
from generator.schema.words import name_default, name_type

_TABLE = re.compile(r"(<!-- table: (\S+) -->\n)(?:[^<]|<(?!!--))*+(<!-- end of table -->)", re.DOTALL)


def fill_tables(page: str) -> str:
    """A page with its tables as they should be.

    A mark names a kind of record, a table of `site.toml` such as `config.site`, or `config` for the list of those.
    """
    return _TABLE.sub(lambda found: found[1] + "".join(f"{row}\n" for row in _write_table(found[2])) + found[3], page)


def _write_table(name: str) -> Iterator[str]:
    kind, _, table = name.partition(".")
    keys = list_keys(kind)
    if kind != "config":
        yield from _write_head("key", "type", "default", "meaning", "on pages")
        yield from (_write_row(*_cells(key, key.path, has_quotes=False), key.meaning.pages) for key in keys)
    elif table:
        yield from _write_head("key", "type", "default", "meaning")
        inside = (key for key in keys if key.path.startswith(f"{table}."))
        yield from (_write_row(*_cells(key, key.path.partition(".")[2], has_quotes=True)) for key in inside)
    else:
        yield from _write_head("table", "contents")
        tables = (key for key in keys if "." not in key.path)
        yield from (_write_row(f"[`[{key.path}]`](#{key.path})", key.meaning.meaning) for key in tables)


def _cells(key: Key, name: str, *, has_quotes: bool) -> tuple[str, str, str, str]:
    default = name_default(key.field, has_quotes=has_quotes)
    return f"`{name}`", key.meaning.type or name_type(key.kind), default, key.meaning.meaning


def _write_head(*cells: str) -> Iterator[str]:
    yield _write_row(*cells)
    yield "|" + "---|" * len(cells)


def _write_row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main(pages: Sequence[str]) -> None:
    """Fill the tables of some pages."""
    for page in map(Path, pages):
        page.write_text(fill_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
