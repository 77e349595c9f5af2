"""Views → markdown: `llms.txt`, and the markdown alternates of articles."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from generator.outputs.files import LlmsTxt, MarkdownAlternate
from generator.outputs.parts import Passage, Text
from generator.render.absolute import ReadBody, write_absolute
from generator.theme.filters import iso

_SIGNS = re.compile(r"[\\`*\[\]<>|~]|(?<!\w)[#+\-=]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<=^\d)[.)]")
"""Characters that markdown would interpret in their place; inside words it ignores most of them."""
_NUMBER = re.compile(r"^(\d{2,9})([.)])")
_ESCAPED = re.compile(r"(?<!`)(`++).*?(?<!`)\1(?!`)|\\(.)", re.DOTALL)
"""Code, or an escaped character."""


def render_llms_txt(view: LlmsTxt) -> bytes:
    """Render `llms.txt` (llmstxt.org, "Format"): a title, the description, and lists of links."""
    blocks = [f"# {escape_markdown(view.title)}"]
    if view.description:
        blocks.append(f"> {escape_markdown(view.description)}")
    for section in view.sections:
        lines = []
        for entry in section.entries:
            described = f": {escape_markdown(entry.description)}" if entry.description else ""
            lines.append(f"- [{escape_markdown(entry.title)}]({entry.url}){described}")
        blocks += [f"## {escape_markdown(section.heading)}", "\n".join(lines)]
    return _join(blocks)


def render_alternate(view: MarkdownAlternate, read_body: ReadBody) -> bytes:
    """Render an article as markdown with YAML front matter."""

    def convert(text: Text) -> str:
        return to_markdown(write_absolute(text, view.url, view.site_url, read_body))

    blocks = ["\n".join(["---", *_matter(view), "---"]), f"# {escape_markdown(view.title)}"]
    if view.standfirst:
        blocks.append(escape_markdown(view.standfirst))
    for passage in view.passages:
        blocks += _passage_blocks(passage, convert)
    if view.changes:
        notes = [f"- {iso(at)} {escape_markdown(kind)}: {escape_markdown(note)}" for at, kind, note in view.changes]
        blocks += [f"## {escape_markdown(view.changes_heading)}", "\n".join(notes)]
    return _join(blocks)


def _matter(view: MarkdownAlternate) -> Iterator[str]:
    """The front matter; texts are written as JSON, which is valid YAML."""
    keys: dict[str, str | datetime | list[str] | None] = {
        "title": _fold(view.title),
        "url": view.url,
        "source": _fold(view.source),
        "original": view.source_url,
        "authors": list(map(_fold, view.authors)),
        "via": list(map(_fold, view.via)),
        "published": view.published,
        "updated": view.updated,
        "language": view.language,
    }
    for key, value in keys.items():
        if value:
            written = iso(value) if isinstance(value, datetime) else msgspec.json.encode(value).decode()
            yield f"{key}: {written}"


def _passage_blocks(passage: Passage, convert: Callable[[Text], str]) -> Iterator[str]:
    if passage.heading:
        yield f"## {escape_markdown(passage.heading)}"
    if passage.label:
        yield f"**{escape_markdown(passage.label)}**"
    if passage.is_list:
        yield "\n".join("- " + convert(text).replace("\n", "\n  ") for text in passage.texts)
    else:
        yield from map(convert, passage.texts)


def to_markdown(html: str) -> str:
    """Sanitised HTML as markdown; its text is escaped."""
    from html_to_markdown import ConversionOptions, convert

    options = ConversionOptions(
        escape_asterisks=True, escape_underscores=True, escape_misc=True, extract_metadata=False
    )
    return _ESCAPED.sub(_spare, convert(html, options).content or "").strip()


def _spare(match: re.Match[str]) -> str:
    """Remove an unnecessary escape, such as that of a hyphen inside a word."""
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    if match[2] is None or not before.isalnum():
        return match[0]
    is_spared = match[2] in "#+-=" or (match[2] == "_" and after.isalnum())
    return match[2] if is_spared else match[0]


def escape_markdown(text: str) -> str:
    """Plain text on one line of markdown."""
    return _NUMBER.sub(r"\1\\\2", _SIGNS.sub(lambda match: "\\" + match[0], _fold(text)))


def _fold(text: str) -> str:
    return " ".join(text.split())


def _join(blocks: list[str]) -> bytes:
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()
