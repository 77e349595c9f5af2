"""`python -m bench.lanes SITE`: how much of a site is plain, and whether both libraries make the same of its texts."""

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click

from generator.load.frontmatter import FrontMatterError, read_front_matter
from generator.load.markdown import Compiler
from generator.load.plain import is_plain
from generator.load.plain_yaml import load_plain
from generator.load.python_markdown import PythonMarkdown

_SHOWN = 60  # characters


class Lanes(NamedTuple):
    """Numbers of texts: all, plain ones, and plain ones of which the libraries make different HTML; and characters."""

    texts: int
    plain: int
    differing: int
    characters: int
    plain_characters: int


def read_texts(content: Path) -> Iterator[str]:
    """The bodies and the texts in the front matter of all records below a folder, whatever their keys."""
    for file in sorted(content.rglob("*.md")):
        try:
            front = read_front_matter(file.read_bytes(), file=str(file))
        except FrontMatterError:
            continue
        yield from filter(str.strip, (front.body, *_strings_in(front.matter)))


def count_plain_matter(content: Path) -> tuple[int, int]:
    """The numbers of records whose front matter is plain, and of all."""
    blocks = []
    for file in content.rglob("*.md"):
        with suppress(FrontMatterError):
            blocks.append(read_front_matter(file.read_bytes(), file=str(file)).block)
    return sum(load_plain(block) is not None for block in blocks), len(blocks)


def _strings_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _strings_in(one)
        case list():
            for one in value:
                yield from _strings_in(one)


def compare_lanes(texts: list[str]) -> Lanes:
    """Sort texts into lanes, and compile the plain ones both ways."""
    fast, of_record = Compiler("python-markdown"), Compiler("python-markdown")
    of_record._engine = PythonMarkdown()  # noqa: SLF001 - the engine that also converts plain texts
    plain = [text for text in texts if is_plain(text)]
    differing = sum(fast.compile(text, file="a.md") != of_record.compile(text, file="a.md") for text in plain)
    return Lanes(len(texts), len(plain), differing, sum(map(len, texts)), sum(map(len, plain)))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
def main(site: Path) -> None:
    """Show which share of the texts of SITE the faster library converts for the engine python-markdown."""
    texts = list(read_texts(site / "content"))
    if not texts:
        raise click.UsageError(f"{site / 'content'} has no texts")
    lanes = compare_lanes(texts)
    click.echo(
        f"{lanes.texts:,} texts: {lanes.plain / lanes.texts:.1%} are plain, with "
        f"{lanes.plain_characters / lanes.characters:.1%} of the characters; {lanes.differing:,} of them differ."
    )
    others = [text for text in texts if not is_plain(text)]
    for text in random.Random(1).sample(others, min(5, len(others))):
        click.echo(f"  not plain: {' '.join(text.split())[:_SHOWN]}")
    plain, records = count_plain_matter(site / "content")
    click.echo(f"{records:,} records: the front matter of {plain / records:.1%} is plain (of none without ryaml).")
    raise SystemExit(int(lanes.differing > 0))


if __name__ == "__main__":
    main()
