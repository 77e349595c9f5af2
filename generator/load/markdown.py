"""Markdown → safe HTML whose inner links stay unresolved, and the facts about it."""

import functools
import html
import re
from collections.abc import Callable
from typing import Literal

import msgspec
import nh3

from generator.addresses import AddressError, write_link
from generator.config import EngineName
from generator.digest import digest_bytes
from generator.errors import Problem, suggest
from generator.load.engines import open_engine
from generator.load.excess import ConversionError, refuse_excess
from generator.names import compose, slugify
from generator.records import KINDS, Body, Heading
from generator.records.body import ANCHOR_PREFIX, TAG, drop_bare_links, mark_ref, pack_headings, plain_text
from generator.shape import CONTROL
from generator.words import measure

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TAGS = HEADINGS | {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em", "figcaption", "figure"),
    *("hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "var"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
WEB_SCHEMES = frozenset({"http", "https", "mailto"})

_REF = re.compile(rf"({'|'.join(KINDS)}):(.*)", re.DOTALL)
# `="` first and what stands before it after that: texts are searched for a constant many times as fast.
_SCHEME = re.compile(r'="(?:(?<=href=")|(?<=src="))\s*([a-zA-Z][a-zA-Z0-9+.\-]*):([^"]{0,60})')
_CHARACTER_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));?")
_HEADING_TAG = re.compile(r"<(/?)h[1-6]>")
_CODE_CLASS = re.compile(r"language-[\w+#.\-]{1,30}")
_CODE_BLOCK = re.compile(r'<pre><code class="language-([\w+#.\-]+)">(.*?)</code></pre>', re.DOTALL)
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
_CELL = re.compile(r'<(t[hd]) align="(left|right|center)">')
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


Role = Literal["body", "text", "sponsored"]
"""What a text is in its record; links of a sponsored one say so by their `rel`."""


class Compiled(msgspec.Struct, frozen=True):
    """A compiled text: what the record keeps of it, its HTML, and what was wrong in it."""

    body: Body
    html: str
    problems: tuple[Problem, ...] = ()


EMPTY = Compiled(Body(digest=digest_bytes(b"")), "")


class Compiler:
    """Compiles one text after the other with one engine; not for use by two threads."""

    def __init__(self, engine: EngineName = "python-markdown") -> None:
        self._engine = open_engine(engine)
        self._cleaners = {
            "body": self._make_cleaner(TAGS),
            "text": self._make_cleaner(TAGS - HEADINGS),
            "sponsored": self._make_cleaner(TAGS - HEADINGS, link_rel="sponsored noopener"),
        }
        self._links: list[str] = []
        self._images: list[str] = []
        self._problems: list[Problem] = []
        self._file = ""

    def compile(self, text: str, *, file: str, role: Role = "body") -> Compiled:
        """Compile one markdown text.

        Args:
            text: The markdown.
            file: The record's path, for Problems.
            role: In the smaller texts of a record, and in sponsored ones, headings become plain text.

        Returns:
            Sanitised HTML: headings from level 2 without gaps and with anchors, code highlighted by classes,
            links to records and local pictures as `ref:` placeholders; everything else that links is a web address.
        """
        if not text.strip():
            return EMPTY
        self._links, self._images, self._problems, self._file = [], [], [], file
        try:
            refuse_excess(text)
            raw = self._engine.convert(text)
        except ConversionError as fault:
            message = f"markdown cannot be compiled: {fault}"
            problem = Problem(file=file, code="markdown-failed", message=message, needle=fault.needle, hint=fault.hint)
            return Compiled(EMPTY.body, "", (problem,))
        self._refuse_schemes(raw)
        if "&#" in raw:
            raw = _CHARACTER_REFERENCE.sub(_replace_control, raw)
        clean = self._cleaners[role].clean(raw)
        headings: tuple[Heading, ...] = ()
        if "<h" in clean:
            clean, headings = _anchor_headings(clean)
        if "<img" in clean:
            clean = _IMAGE.sub(lambda match: match[0] if ' src="' in match[0] else "", clean)
        if "<code class=" in clean:
            clean = _CODE_BLOCK.sub(lambda match: _highlight(match[1], match[2]), clean)
        if "<table>" in clean:
            clean = clean.replace("<table>", '<div class="table-scroll" tabindex="0"><table>')
            clean = _CELL.sub(r'<\1 class="\2">', clean.replace("</table>", "</table></div>"))
        clean = drop_bare_links(self._resolve_fragments(clean, headings))
        length = measure(TAG.sub(" ", clean))
        body = Body(
            digest=digest_bytes(clean.encode()),
            words=length.words,
            seconds=length.seconds,
            lead=next(filter(None, (plain_text(paragraph[1]) for paragraph in _PARAGRAPH.finditer(clean))), ""),
            outline=pack_headings(headings),
            links=tuple(dict.fromkeys(self._links)),
            images=tuple(dict.fromkeys(self._images)),
        )
        return Compiled(body, clean, tuple(self._problems))

    def _make_cleaner(self, tags: frozenset[str], *, link_rel: str | None = None) -> nh3.Cleaner:
        return nh3.Cleaner(
            tags=set(tags),
            attributes=ATTRIBUTES,
            attribute_filter=self._filter_attribute,
            url_schemes=set(WEB_SCHEMES | KINDS.keys()),
            link_rel=link_rel,
        )

    def _filter_attribute(self, _tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return self._filter_link(value)
        if attribute == "src":
            return self._filter_image(value)
        if attribute == "class":
            return value if _CODE_CLASS.fullmatch(value) else None
        return value

    def _filter_link(self, url: str) -> str | None:
        if _REF.fullmatch(url):
            self._links.append(compose(url))
            return mark_ref(compose(url))
        if url.startswith("#"):
            return mark_ref(compose(url))
        if url.startswith("//") or url.partition(":")[0].lower() in WEB_SCHEMES:
            try:
                return write_link(url)
            except AddressError as fault:
                hint = "write a web address that a browser can open"
                self._warn("unusable-link", f"the link '{url}' is taken out: {fault}", url, hint)
                return None
        hint = "write a full web address, or a record's kind and id, such as page:about"
        self._warn("unusable-link", f"the link '{url}' is taken out: it is no web address and no record", url, hint)
        return None

    def _filter_image(self, url: str) -> str | None:
        if url.startswith("//") or url.partition(":")[0].lower() in WEB_SCHEMES:
            hint = "save the picture beside the record or under content/media/; readers' browsers ask no other host"
            self._warn("external-image", f"the picture '{url}' is taken out: it lives on another host", url, hint)
            return None
        if _REF.fullmatch(url):
            return None
        self._images.append(url)
        return mark_ref(url)

    def _refuse_schemes(self, raw: str) -> None:
        for scheme, rest in _SCHEME.findall(raw):
            if scheme.lower() not in WEB_SCHEMES | KINDS.keys():
                url = html.unescape(f"{scheme}:{rest}")
                hint = suggest(scheme, KINDS) or "links begin with https:, http:, mailto: or a kind of record"
                self._warn("unusable-link", f"the link '{url}' is taken out: no scheme '{scheme}:'", url, hint)

    def _resolve_fragments(self, clean: str, headings: tuple[Heading, ...]) -> str:
        if "\x02#" not in clean:
            return clean
        anchors = {heading.anchor for heading in headings}

        def resolve(match: re.Match[str]) -> str:
            fragment = html.unescape(match[1])
            anchor = fragment if fragment in anchors else ANCHOR_PREFIX + fragment
            if anchor in anchors:
                return f' href="#{anchor}"'
            hint = suggest(anchor, anchors) or "the text has no heading with this anchor"
            self._warn("unusable-link", f"the link '#{fragment}' is taken out: no such heading", f"#{fragment}", hint)
            return ""

        return re.sub(' href="\x02#([^\x03]*)\x03"', resolve, clean)

    def _warn(self, code: str, message: str, needle: str, hint: str) -> None:
        problem = Problem(file=self._file, code=code, severity="warning", message=message, needle=needle, hint=hint)
        self._problems.append(problem)


def _anchor_headings(clean: str) -> tuple[str, tuple[Heading, ...]]:
    headings: list[Heading] = []
    taken: set[str] = set()
    depth = 0

    def flatten(match: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if match[1] else 1
        return match[0] if depth == (0 if match[1] else 1) else ""

    def anchor(match: re.Match[str]) -> str:
        above = headings[-1].level if headings else 1
        level = max(2, min(int(match[1]), above + 1))
        text = plain_text(match[2])
        if not text:
            return ""
        stem = name = ANCHOR_PREFIX + (slugify(text) or "section")
        count = 1
        while name in taken:
            count += 1
            name = f"{stem}-{count}"
        taken.add(name)
        headings.append(Heading(level, name, text))
        return f'<h{level} id="{name}">{match[2]}</h{level}>'

    # Raw HTML can hold a heading in a heading: the outer one stays.
    return _HEADING.sub(anchor, _HEADING_TAG.sub(flatten, clean)), tuple(headings)


def _highlight(language: str, code: str) -> str:
    paint = _painter(language)
    painted = paint(html.unescape(TAG.sub("", code))) if paint else code
    return f'<pre class="highlight" tabindex="0"><code class="language-{language}">{painted}</code></pre>'


@functools.cache
def _painter(language: str) -> Callable[[str], str] | None:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
    formatter = HtmlFormatter(nowrap=True)
    return lambda code: highlight(code, lexer, formatter)


def _replace_control(match: re.Match[str]) -> str:
    """Replace a reference to a control character; those for the letters of Windows' old code page stay.

    Not by nothing, which would make a reference of what stands around it.
    """
    char = html.unescape(f"&#{int(match[1], 16) if match[1] else int(match[2])};")
    return "\N{REPLACEMENT CHARACTER}" if not char or char == "\r" or CONTROL.match(char) else match[0]
