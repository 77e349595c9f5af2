"""Markdown → safe HTML whose inner links stay unresolved, and the facts about it."""

import html
import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import unquote

import msgspec
import nh3

from generator.addresses import AddressError, write_link
from generator.config import EngineName
from generator.digest import digest_bytes
from generator.errors import Problem, suggest
from generator.load.engines import ConversionError, Engine, refuse_excess
from generator.load.foreign import find_foreign_syntax, may_be_foreign
from generator.load.headings import anchor_headings, drop_headings, read_headings
from generator.load.highlight import highlight
from generator.load.losses import find_line_of, find_lost_words, may_lose_words
from generator.load.marks import DONE_TASK, HIDDEN, NOTE, OPEN_TASK, WRAPPER, clean_marks, write_paragraphs, write_tasks
from generator.load.notes import write_notes
from generator.load.tags import TAGS, LeftOut, hide_mentions, settle_tags
from generator.load.typography import Typography
from generator.names import compose
from generator.records import KINDS, Body, Heading
from generator.records.body import ANCHOR_PREFIX, TAG, drop_bare_links, mark_ref, pack_headings, plain_text
from generator.shape import CONTROL
from generator.words import measure

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
_LINKING = re.compile(
    r"""<(?:a|(?P<img>img))\s[^<>]*?(?<=[\s"'])(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""",
    re.IGNORECASE,
)
_URL_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*):")
_CHARACTER_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));?")
_CODE_CLASS = re.compile(r"language-[\w+#.\-]{1,30}")
_CODE_BLOCK = re.compile(
    r'<pre><code class="language-([\w+#.\-]+)">([^<]*+(?:<(?!/code></pre>|pre>)[^<]*+)*+)</code></pre>'
)
_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
_ALT = re.compile(r' alt="([^"]*)"')
_CELL = re.compile(r'<(t[hd]) align="(left|right|center)">')
_EMPTY_LINK = re.compile(r'<a href="([^"]*)"(?: [a-z]+="[^"]*")*>(\s*)</a>')
_RICH = re.compile(r"<(?:code|dl|input|kbd|mark|pre|su[bp]|table)\b")
_PARAGRAPH = re.compile(r"<p>([^<]*+(?:<(?!/?p>)[^<]*+)*+)</p>")


_SPACES = " \t\r\n\f"
_MAX_SHOWN = 60
_NAME_LENGTH = 8  # of the part that differs between the ids of footnotes of two texts
_MOST_WORDS_NAMED = 5
_MOST_WARNINGS = 100  # of a text; finding the line and a suggestion for each takes time
_ADDRESS_HINT = "write a web address that a browser can open"
_PICTURE_HINT = "use a file next to the record or in content/media/"

Role = Literal["body", "text", "sponsored"]
"""The role of a text in its record; links of a sponsored one have a `rel` of their own."""


class CompiledText(msgspec.Struct, frozen=True):
    """A compiled text: the facts for its record, its HTML, and its Problems."""

    body: Body
    html: str
    problems: tuple[Problem, ...] = ()


EMPTY = CompiledText(Body(digest=digest_bytes(b"")), "")


class Compiler:
    """Compiles one text after the other with one engine; not for use by two threads."""

    def __init__(self, engine: EngineName = "python-markdown") -> None:
        self._engine = _open_engine(engine)
        plain, sponsored = self._make_cleaner(), self._make_cleaner(link_rel="sponsored noopener")
        self._cleaners = {"body": plain, "text": plain, "sponsored": sponsored}
        self._links: list[str] = []
        self._files: list[str] = []
        self._images: list[str] = []
        self._problems: list[Problem] = []
        self._unlisted = 0
        self._urls: list[str] = []
        self._text = self._file = ""

    def compile(
        self, text: str, *, file: str, role: Role = "body", key: str = "", typography: Typography | None = None
    ) -> CompiledText:
        """Compile one markdown text.

        Args:
            text: The markdown.
            file: The record's path, for Problems.
            role: In the smaller texts of a record, and in sponsored ones, headings become plain text.
            key: The text's place in the record; with the file it makes the ids of footnotes unique.
            typography: The signs of its language; None leaves all as it is written.

        Returns:
            Sanitised HTML: headings from level 2 without gaps and with anchors, code highlighted by classes,
            links to records, files and local pictures as `ref:` placeholders; all else that links is a web address.
        """
        if not text.strip():
            return EMPTY
        self._links, self._files, self._images, self._urls, self._problems, self._unlisted = [], [], [], [], [], 0
        self._text, self._file = text, file
        try:
            refuse_excess(text)
            converted = self._engine.convert(hide_mentions(text) if "<" in text else text)
        except ConversionError as fault:
            message = f"markdown cannot be compiled: {fault}"
            problem = Problem(file=file, code="markdown-failed", message=message, needle=fault.needle, hint=fault.hint)
            return CompiledText(EMPTY.body, "", (problem,))
        clean, headings = self._anchor_headings(self._clean(converted.html, role), role)
        clean = plain = self._dress(clean, headings)
        if converted.notes:
            notes = [self._dress(drop_headings(self._clean(note, role)), headings) for note in converted.notes]
            plain = NOTE.sub("", "\n".join((clean, *notes)))
            clean = write_notes(clean, notes, digest_bytes(f"{file}\0{key}".encode())[:_NAME_LENGTH])
        if may_lose_words(text):
            self._warn_of_lost_words(clean)
        if may_be_foreign(text):
            self._warn_of_foreign_syntax(clean)
        if typography is not None:
            clean, plain = typography.write_html(clean), typography.write_html(plain) if converted.notes else ""
            plain = plain or clean
            headings = read_headings(clean) if headings else ()
        length = measure(TAG.sub(" ", plain))
        body = Body(
            digest=digest_bytes(clean.encode()),
            words=length.words,
            seconds=length.seconds,
            lead=next(filter(None, (plain_text(paragraph[1]) for paragraph in _PARAGRAPH.finditer(plain))), ""),
            outline=pack_headings(headings),
            links=tuple(dict.fromkeys(self._links)),
            files=tuple(dict.fromkeys(self._files)),
            images=tuple(dict.fromkeys(self._images)),
            is_rich=_RICH.search(clean) is not None,
        )
        return CompiledText(body, clean, (*self._problems, *self._count_unlisted()))

    def _clean(self, raw: str, role: Role) -> str:
        """Sanitise an engine's HTML, and report what is removed."""
        if "&#" in raw:
            raw = _CHARACTER_REFERENCE.sub(_replace_control, raw)
        if "<" in self._text:
            raw, left_out = settle_tags(raw.replace(HIDDEN, "&lt;"))
            self._warn_of_left_out(left_out)
        begin = len(self._urls)
        clean = self._cleaners[role].clean(raw)
        self._warn_of_refused(raw, len(self._urls) - begin)
        if WRAPPER in clean:
            clean = write_paragraphs(clean)
        return clean_marks(clean) if "[^" in self._text else clean

    def _dress(self, clean: str, headings: tuple[Heading, ...]) -> str:
        """Add what texts cannot write themselves: anchors, classes, and wrappers."""
        if "<img" in clean:
            clean = _IMAGE.sub(_drop_unusable, clean)
        if "<code class=" in clean:
            clean = _CODE_BLOCK.sub(lambda match: highlight(match[1], match[2]), clean)
        if "<table>" in clean:
            clean = clean.replace("<table>", '<div class="table-scroll" tabindex="0"><table>')
            clean = _CELL.sub(r'<\1 class="\2">', clean.replace("</table>", "</table></div>"))
        if OPEN_TASK in clean or DONE_TASK in clean:
            clean = write_tasks(clean)
        clean = drop_bare_links(self._resolve_fragments(clean, headings))
        return _EMPTY_LINK.sub(self._warn_of_empty_link, clean) if "></a>" in clean or "> </a>" in clean else clean

    def _warn_of_empty_link(self, link: re.Match[str]) -> str:
        url = html.unescape(link[1]).strip("\x02\x03")
        hint = "write text between its brackets, or a picture with alternative text"
        self._warn("unusable-link", f"the link '{_shorten(url)}' is removed: it has no text", url, hint)
        return link[2]

    def _make_cleaner(self, *, link_rel: str | None = None) -> nh3.Cleaner:
        return nh3.Cleaner(
            tags=set(TAGS),
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
        self._urls.append(url)
        url = url.strip(_SPACES)
        if _REF.fullmatch(url):
            self._links.append(compose(url))
            return mark_ref(compose(url))
        if url.startswith("#"):
            return mark_ref(compose(url))
        if url.startswith("/") and not url.startswith("//"):
            self._files.append(compose(url))
            return mark_ref(compose(url))
        if url.startswith("//") or url.partition(":")[0].lower() in WEB_SCHEMES:
            try:
                return write_link(url)
            except AddressError as fault:
                self._warn("unusable-link", f"the link '{_shorten(url)}' is removed: {fault}", url, _ADDRESS_HINT)
                return None
        hint = "write a full web address, or a record's kind and id, such as page:about"
        message = f"the link '{_shorten(url)}' is removed: it is neither a web address nor a record"
        self._warn("unusable-link", message, url, hint)
        return None

    def _filter_image(self, url: str) -> str | None:
        self._urls.append(url)
        if url.startswith("//") or url.partition(":")[0].lower() in WEB_SCHEMES:
            hint = "save the picture next to the record or in content/media/; pages load nothing from other hosts"
            message = f"the picture '{_shorten(url)}' is removed: it is on another host"
            self._warn("external-image", message, url, hint)
            return None
        if _REF.fullmatch(url):
            self._warn("unusable-link", f"the picture '{_shorten(url)}' is removed: it is a record", url, _PICTURE_HINT)
            return None
        self._images.append(url)
        return mark_ref(url)

    def _warn_of_refused(self, raw: str, asked: int) -> None:
        """Warn of each address that the sanitiser removed by itself: of an unknown scheme, or malformed."""
        if asked == raw.count(' href="') + raw.count(' src="') and "<" not in self._text:
            return
        known = set(self._urls)
        for match in _LINKING.finditer(raw):
            url = html.unescape(next((one for one in match.groups()[1:] if one is not None), ""))
            if url in known:
                continue
            what = "picture" if match["img"] else "link"
            scheme = found[1] if (found := _URL_SCHEME.match(url)) else ""
            if scheme.lower() in WEB_SCHEMES:
                why, hint = _find_fault(url), _ADDRESS_HINT
            else:
                why = f"no scheme '{scheme}:'"
                hint = suggest(scheme, KINDS) or "links begin with https:, http:, mailto: or a kind of record"
            hint = _PICTURE_HINT if match["img"] else hint
            self._warn("unusable-link", f"the {what} '{url[:_MAX_SHOWN]}' is removed: {why}", url, hint)

    def _warn_of_left_out(self, left_out: list[LeftOut]) -> None:
        warned: set[str] = set()
        for one in left_out:
            message = f"the <{one.name}> is removed" + ("" if one.is_void else "; the text in it stays")
            hint = f"texts cannot contain this element; to write about it, use code: `<{one.name}>`"
            if one.lost.split():
                message = f"the <{one.name}> is removed, with the text in it: '{_shorten(one.lost)}'"
                hint = "to show it, write it as code, between lines of ```"
            elif one.name == "img":
                message, hint = "the <img> is removed: its 'src' is not a picture", _PICTURE_HINT
            elif one.place:
                place, is_whole = one.place[:_MAX_SHOWN], _URL_SCHEME.match(one.place)
                message = f"the <{one.name}> of '{place}' is removed: pages load nothing from other hosts"
                address = one.place if is_whole else f"https://files.example/{one.place.lstrip('/')}"
                hint = f"link to it, such as [description]({address[:_MAX_SHOWN]})"
            if message not in warned:
                warned.add(message)
                self._warn("unusable-html", message, one.written.partition("\n")[0], hint)

    def _anchor_headings(self, clean: str, role: Role) -> tuple[str, tuple[Heading, ...]]:
        if "<h" not in clean:
            return clean, ()
        return anchor_headings(clean, self._warn) if role == "body" else (drop_headings(clean), ())

    def _warn_of_lost_words(self, clean: str) -> None:
        if lost := find_lost_words(self._text, clean):
            words = ", ".join(f"'{word}'" for word in lost[:_MOST_WORDS_NAMED])
            words += " …" if len(lost) > _MOST_WORDS_NAMED else ""
            message = f"these words are not shown: {words}"
            hint = "look for a row with more cells than its table, a name that is defined twice, or HTML around it"
            self._warn("lost-words", message, find_line_of(lost, self._text), hint)

    def _warn_of_foreign_syntax(self, clean: str) -> None:
        for one in find_foreign_syntax(clean):
            times = f", {one.times} times" if one.times > 1 else ""
            message = f"'{_shorten(one.first)}' is shown as it is written{times}: it is {one.what}"
            hint = "write markdown instead, or use `code` to show it"
            self._warn("unknown-syntax", message, one.first if one.first in self._text else one.signs, hint)

    def _resolve_fragments(self, clean: str, headings: tuple[Heading, ...]) -> str:
        if "\x02#" not in clean:
            return clean
        anchors = {heading.anchor for heading in headings}

        def resolve(match: re.Match[str]) -> str:
            fragment = html.unescape(match[1])
            anchor = fragment if fragment in anchors else ANCHOR_PREFIX + fragment
            if anchor in anchors:
                return f' href="#{anchor}"'
            near = suggest(anchor, anchors) if len(self._problems) < _MOST_WARNINGS else ""
            hint = near or "the text has no heading with this anchor"
            self._warn("unusable-link", f"the link '#{fragment}' is removed: no such heading", f"#{fragment}", hint)
            return ""

        return re.sub(' href="\x02#([^\x02\x03]*)\x03"', resolve, clean)

    def _count_unlisted(self) -> Iterator[Problem]:
        if self._unlisted:
            message, last = f"{self._unlisted:,} more problems of this text are not listed", self._problems[-1]
            yield Problem(file=self._file, code=last.code, message=message, hint="fix those that are listed first")

    def _warn(self, code: str, message: str, needle: str, hint: str) -> None:
        if len(self._problems) >= _MOST_WARNINGS:
            self._unlisted += 1
            return
        written = needle if needle in self._text else _find_written(needle, self._text)
        self._problems.append(Problem(file=self._file, code=code, message=message, needle=written, hint=hint))


def _find_fault(url: str) -> str:
    """What is wrong with a web address that the sanitiser refused."""
    try:
        write_link(url)
    except AddressError as fault:
        return str(fault)
    return "it is malformed"


def _find_written(decoded: str, text: str) -> str:
    """The spelling in a text of an address that markdown decoded or encoded; else the first line."""
    same = (word for word in text.split() if decoded in html.unescape(word) or decoded in unquote(word))
    return next(same, text.strip().partition("\n")[0])


def _drop_unusable(picture: re.Match[str]) -> str:
    """A picture, if it has an address; its description, if a link would have no words without it."""
    if ' src="' in picture[0]:
        return picture[0]
    whole, start = picture.string, picture.start()
    is_alone = whole.startswith("<a ", whole.rfind("<", 0, start)) and whole.startswith("</a>", picture.end())
    description = _ALT.search(picture[0]) if is_alone and whole[start - 1] == ">" else None
    return description[1] if description else ""


def _shorten(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _MAX_SHOWN else folded[:_MAX_SHOWN] + "…"


def _replace_control(match: re.Match[str]) -> str:
    """Replace a reference to a control character; those for the letters of Windows' old code page stay."""
    char = html.unescape(f"&#{int(match[1], 16) if match[1] else int(match[2])};")
    # Removing it could make a reference of the text around it.
    return "\N{REPLACEMENT CHARACTER}" if not char or char == "\r" or CONTROL.match(char) else match[0]


def _open_engine(name: EngineName) -> Engine:
    """An engine; only its library is imported."""
    match name:
        case "python-markdown":
            from generator.load.plain import PlainFirst

            return PlainFirst()
        case "commonmark":
            from generator.load.commonmark import CommonMark

            return CommonMark()
