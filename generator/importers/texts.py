"""The markdown of another system → that of records: links, pictures and HTML are rewritten one by one, code is not."""

import re

from generator.importers.html import Rewriting, open_markdown, rewrite_html
from generator.importers.markup import (
    Definition,
    Edits,
    Mark,
    fold_name,
    map_outside_code,
    read_definitions,
    read_marks,
)

_LANGUAGE = re.compile(r"\{?[ \t]*\.?([\w+#.-]*)")
_OPENING = re.compile(rb"[`~]{3,}")
_BARE = re.compile(rb"""(?<![\w"'=/])https?://[^\s<>\[\]()"'`]*[^\s<>\[\]()"'`.,;:!?*_]""")
_TAG = re.compile(rb"\{\{[^{}\n]{0,1000}\}\}|\{%[^%\n]{0,1000}%\}")
_SPECIAL = re.compile(r"[\\`*_\[\]<>]")


def rewrite_text(text: str, how: Rewriting) -> str:
    """Rewrite all links, pictures and embedded HTML of a markdown text, outside of code."""
    text = open_markdown(text)
    if "![![" in text:  # a call before a link whose words are a picture, not a picture in the words for another
        text = map_outside_code(text, lambda piece: piece.replace("![![", "\\![!["))
    return _Rewriter(text, how).rewrite()


def fence(code: str, language: str = "") -> str:
    """A block of code with fences longer than any in its text."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"\n{ticks}{language}\n{code.strip(chr(10))}\n{ticks}\n"


class _Open:
    """A link or a picture whose end is still to come."""

    def __init__(self, mark: Mark, first_word: int) -> None:
        self.mark = mark
        self.label_end = mark.begin
        self.first_word = first_word  # of all words in links and pictures
        self.holds_links = False
        self.shown_at: str | None = None  # target of the picture in it, if that became a link itself

    @property
    def target(self) -> str:
        return str(self.mark.data["dest_url"])

    @property
    def is_picture(self) -> bool:
        return self.mark.name == "Image"


class _Rewriter:
    def __init__(self, text: str, how: Rewriting) -> None:
        self._how = how
        self._edits = Edits(text)
        self._marks = read_marks(text, has_dashes=how.has_dashes)
        self._definitions = read_definitions(text)
        self._places = self._lead_definitions()
        self._kept = bytearray(len(self._edits.source))  # 1 for all but running text
        for match in _TAG.finditer(self._edits.source):
            self._keep(*match.span())
        self._open: list[_Open] = []
        self._words: list[str] = []
        self._in_link = False  # of HTML

    def rewrite(self) -> str:
        for mark in self._marks:
            self._take(mark)
        for name, one in self._definitions.items():
            self._define(name, one)
        if self._how.has_bare_links:
            self._link_addresses()
        return self._edits.apply()

    def _take(self, mark: Mark) -> None:
        if mark.name in {"Link", "Image"}:
            if mark.is_end:
                self._close(self._open.pop())
            else:
                self._open.append(_Open(mark, len(self._words)))
            return
        if self._open:
            self._open[-1].label_end = mark.end
            self._words += [mark.data] if mark.name in {"Text", "Code"} else []
        if not mark.is_end:
            self._change(mark)

    def _change(self, mark: Mark) -> None:
        if mark.name == "CodeBlock":
            self._rewrite_block(mark)
        elif mark.name == "Code":
            self._keep(mark.begin, mark.end)
        elif mark.name == "SoftBreak" and self._how.has_breaks:
            self._edits.replace(mark.begin, mark.begin, "  ")  # a line break for every engine
        elif mark.name in {"InlineHtml", "HtmlBlock"}:
            self._rewrite_html(mark)
        elif mark.name == "Text" and self._how.has_dashes and not self._kept[mark.begin]:
            written = self._edits.read(mark.begin, mark.end)
            if written != mark.data and set(written) <= {"-", "."}:
                self._edits.replace(mark.begin, mark.end, mark.data)

    def _close(self, one: _Open) -> None:
        if self._open:
            self._open[-1].label_end = one.mark.end
            self._open[-1].holds_links |= not one.is_picture or one.holds_links
        else:
            self._keep(one.mark.begin, one.mark.end)
        if any(outer.is_picture for outer in self._open):
            return
        if one.is_picture:
            self._close_picture(one)
        elif one.mark.data["link_type"] == "Autolink":
            self._close_address(one)
        elif one.mark.data["link_type"] != "Email":
            self._close_link(one)

    def _close_link(self, one: _Open) -> None:
        name = self._reference(one)
        if name is not None and name not in self._places:
            return
        place = self._places[name] if name is not None else self._how.link(one.target)
        if place is None or one.shown_at is not None:  # a link cannot contain the picture's link
            beside = "" if place is None or place == one.shown_at else f" ({_write_link(place)})"
            self._edits.replace(one.mark.begin, one.mark.begin + 1, "")
            self._edits.replace(self._label_end(one), self._end(one), beside)
        elif name is None and place != one.target:
            tail = f"]({_target(place)}{_title(one.mark.data['title'])})"
            self._edits.replace(self._label_end(one), self._end(one), tail)

    def _close_picture(self, one: _Open) -> None:
        place, is_picture = self._how.picture(one.target)
        begin, label_end = one.mark.begin, self._label_end(one)
        words = _SPECIAL.sub(r"\\\g<0>", "".join(self._words[one.first_word :]))
        label = words if one.holds_links else self._edits.read(begin + 2, label_end)
        if is_picture and place == one.target and self._reference(one) is None:
            return
        tail = f"({_target(place)}{_title(one.mark.data['title'])})" if place else ""
        if place and is_picture:
            new = f"![{label}]{tail}"
        elif place:
            outer = self._open[-1] if self._open else None
            if outer is not None:
                outer.shown_at = place
            new = f"[{label or place}]{tail}"
        else:
            new = label
        source = self._edits.source
        if not is_picture and source.endswith(b"!", 0, begin) and not source.endswith(b"\\!", 0, begin):
            begin, new = begin - 1, f"\\!{new}"  # or the sign before it would make a picture of the link
        self._edits.replace(begin, self._end(one), new)

    def _close_address(self, one: _Open) -> None:
        place = self._how.link(one.target)
        if place != one.target:
            new = f"[{one.target}]({_target(place)})" if place else one.target
            self._edits.replace(one.mark.begin, one.mark.end, new)

    def _reference(self, one: _Open) -> str | None:
        """The name of the definition that a link or picture uses; None if it has its own address."""
        return None if one.mark.data["link_type"] in {"Inline", "Autolink"} else fold_name(one.mark.data["id"])

    def _label_end(self, one: _Open) -> int:
        """The position of the bracket that ends the words of a link."""
        return self._edits.source.index(b"]", max(one.label_end, one.mark.begin + 1))

    def _end(self, one: _Open) -> int:
        is_collapsed = one.mark.data["link_type"] == "Collapsed"
        return one.mark.end + (2 if is_collapsed and self._edits.source.startswith(b"[]", one.mark.end) else 0)

    def _lead_definitions(self) -> dict[str, str | None]:
        """The new targets of references by name, without those that only pictures use."""
        users: dict[str, set[str]] = {}
        for mark in self._marks:
            if mark.name in {"Link", "Image"} and not mark.is_end:
                users.setdefault(fold_name(mark.data["id"]), set()).add(mark.name)
        return {
            name: self._how.link(one.target) for name, one in self._definitions.items() if users.get(name) != {"Image"}
        }

    def _define(self, name: str, one: Definition) -> None:
        place = self._places.get(name)
        self._keep(one.begin, one.end)
        if place == one.target:
            return
        written = self._edits.read(one.begin, one.end)
        head, tail = written[: written.index("]:") + 2], "\n" if written.endswith("\n") else ""
        new = f"{head} {_target(place)}{_title(one.title)}{tail}" if place else ""
        self._edits.replace(one.begin, one.end, new)

    def _rewrite_block(self, mark: Mark) -> None:
        """Write a block of code that every engine reads alike: closed, with only the language at its head."""
        self._keep(mark.begin, mark.end)
        opening = _OPENING.match(self._edits.source, mark.begin)
        if opening is None or not isinstance(mark.data, dict):
            return
        source = self._edits.source
        line_end = source.find(b"\n", mark.begin, mark.end)
        line_end = mark.end if line_end < 0 else line_end
        info = source[opening.end() : line_end].decode().strip()
        named = _LANGUAGE.match(info)
        language = named[1] if named else ""
        if info != language:
            fate = "left out; the language is kept" if language else "left out"
            self._how.report("attribute", f"{opening[0].decode()} {info}"[:200], fate)
        if source[opening.end() : line_end] != language.encode():
            self._edits.replace(opening.end(), line_end, language)
        if not _is_closed(source[mark.begin : mark.end], opening[0]):
            before = source[source.rfind(b"\n", 0, mark.begin) + 1 : mark.begin].decode()
            inset = "".join(sign if sign == ">" else " " for sign in before)
            end = mark.begin + len(source[mark.begin : mark.end].rstrip())
            self._edits.replace(end, mark.end, f"\n{inset}{opening[0].decode()}\n")

    def _rewrite_html(self, mark: Mark) -> None:
        self._keep(mark.begin, mark.end)
        written = self._edits.read(mark.begin, mark.end)
        in_link = self._in_link or bool(self._open)
        new, self._in_link = rewrite_html(written, self._how, in_link=in_link)
        self._in_link = self._in_link and not self._open
        if new != written:
            self._edits.replace(mark.begin, mark.end, new)

    def _link_addresses(self) -> None:
        for match in _BARE.finditer(self._edits.source):
            if any(self._kept[match.start() : match.end()]):
                continue
            written = match[0].decode()
            place = self._how.link(written)
            if place is not None:
                new = f"<{written}>" if place == written else f"[{written}]({_target(place)})"
                self._edits.replace(*match.span(), new)

    def _keep(self, begin: int, end: int) -> None:
        self._kept[begin:end] = b"\1" * (end - begin)


def _is_closed(block: bytes, opening: bytes) -> bool:
    """Whether the last line of a block of code is a fence, maybe inside of a quotation."""
    head, _, last = block.rstrip().rpartition(b"\n")
    sign = last.lstrip(b"> \t").rstrip()
    return bool(head) and len(sign) >= len(opening) and set(sign) == set(opening[:1])


def _target(place: str) -> str:
    return f"<{place}>" if re.search(r"[\s()]", place) else place


def _title(title: str) -> str:
    quoted = title.replace("&", "&amp;").replace('"', "&quot;")
    return f' "{quoted}"' if title else ""


def _write_link(place: str) -> str:
    return f"<{place}>" if place.startswith(("http://", "https://")) else f"[{place}]({_target(place)})"
