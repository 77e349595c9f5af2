"""Faults, and the exceptions that carry them.

    NewsprintError
    ├── SiteError            the site's own files are at fault; carries Problems
    │   ├── ConfigError      site.toml
    │   ├── ContentError     records
    │   ├── ThemeError       themes
    │   ├── PlanError        two outputs on one path
    │   └── RenderError      a template failed on a view
    ├── PublishError         the output folder or the store cannot be written
    └── ClusterError         the workers of a cluster cannot be reached, or cannot be used

A Problem is data about the user's files; an exception is the refusal that carries them.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, Self

import msgspec

KeyPath = tuple[str | int, ...]
"""Where in the front matter or TOML a fault is: `("revisions", 0, "at")`."""

CODES: dict[str, str] = {
    "bad-toml": "A TOML file cannot be parsed.",
    "bad-yaml": "The front matter is not valid YAML.",
    "broken-font": "The font of social cards cannot be read as TrueType or OpenType.",
    "broken-image": "A picture cannot be read as PNG, JPEG, GIF, WebP or AVIF.",
    "control-character": "A text holds a control character, such as NUL.",
    "contradictory-keys": "Two keys of a record exclude each other, or one lacks the other.",
    "contradictory-times": "Two times of a record are in the wrong order.",
    "cut-text": "A text of the front matter is cut at ' #', where YAML begins a comment.",
    "dead-link": "A link in markdown leads to a record that does not exist.",
    "duplicate-guid": "Two articles are known to feed readers by one guid.",
    "duplicate-id": "Two records of one kind, or two headings of a text, share an id.",
    "duplicate-key": "A key stands twice in one mapping.",
    "dynamic-template": "A template names another template or an asset by an expression, so it cannot be traced.",
    "empty-field": "A key has no value.",
    "empty-file": "A record's file is empty.",
    "exclusive-clash": "Two exclusive campaigns may stand on one page at one time.",
    "external-image": "A picture in markdown lives on another host.",
    "glued-label": "A label is glued to the text after it.",
    "identity-changed": "Feed readers will take an item that they may have for a new one.",
    "idle-redirect": "A line of [redirects] or an alias leads nowhere, or to what its readers cannot use.",
    "ignored-file": "A file of content/ is not read.",
    "long-extract": "An article shows more of its source's own words than the source allows.",
    "lost-words": "Words of a text are not shown where it is.",
    "loop": "Topics or themes refer to each other in a circle.",
    "low-contrast": "A colour of the theme cannot be told well enough from the one that it stands on.",
    "markdown-failed": "A text's markdown cannot be turned into HTML.",
    "missing-extra": "The site needs an extra of this program that is not installed.",
    "missing-file": "A file that must be there is not.",
    "missing-image": "A picture that a record names does not exist.",
    "missing-key": "A required key is not there.",
    "name-clash": "The names of two files differ only by Unicode normal form.",
    "newsletter-plug": "An article holds the source's own plug for its newsletter.",
    "no-front-matter": "A record does not begin with a front matter block.",
    "not-a-mapping": "The front matter is not a mapping of keys to values.",
    "not-utf8": "A text file is not UTF-8.",
    "path-taken": "Two outputs would be written to one path.",
    "placeholder": "A record that is no draft holds what 'newsprint new' wrote to be replaced.",
    "repeated-paragraph": "A paragraph stands twice in one record.",
    "several-authors": "One author's name looks like a list of names.",
    "short-campaign": "A campaign gets nothing in its run, or less than half of its share.",
    "template-failed": "A template failed while a page was rendered.",
    "template-syntax": "A template cannot be parsed.",
    "unclosed-front-matter": "The front matter block has no closing line.",
    "unfounded-quote": "A story quotes words that nothing we hold of that source says.",
    "unknown-asset": "A template or an option names an asset that there is not.",
    "unknown-folder": "A folder of content/ belongs to no kind of record.",
    "unknown-key": "A key that this kind of record or table does not have.",
    "unknown-name": "A template looks up a name, an attribute, a filter, a test, a macro or a block that there is not.",
    "unknown-reference": "A record refers to another that does not exist.",
    "unknown-string": "A template asks for a word that no table of words has.",
    "unknown-syntax": "A text holds syntax of another program, which is shown as it is written.",
    "unknown-template": "A template names another, or a page needs one, that no theme of the chain has.",
    "unknown-theme": "The theme is neither in the site's themes/ nor built in.",
    "unreadable-file": "A file cannot be read.",
    "unusable-html": "HTML in markdown that pages do not hold, such as a form or an embedded film, is taken out.",
    "unusable-link": "A link in markdown is neither a web address nor a record; the text stays, the link does not.",
    "unusable-name": "A name cannot be part of a path, or that of an option or a token.",
    "unwritable-card": "No font of social cards has the signs of a text on them.",
    "vanished-address": "Nothing stands any more at an address that readers may have.",
    "wrong-value": "A value is not of the type or form that its key asks for.",
    "yaml-alias": "The front matter uses a YAML alias or anchor.",
}
"""Every code that a build's Problem may carry, and what it says."""

CHECK_CODES: dict[str, str] = {
    "bare-picture": "Pages show a picture without its description or its size.",
    "broken-fragment": "A link names a place of a page that is not there.",
    "broken-link": "A link leads to no output of the site, or cannot be read.",
    "case-clash": "The paths of two outputs differ only in upper and lower case.",
    "dead-outside-link": "Another host says that what a link leads to is gone.",
    "duplicate-canonical": "Several pages give one address as their own.",
    "duplicate-description": "Several pages have one description.",
    "duplicate-original": "Two articles tell of one report.",
    "duplicate-title": "Two articles, or several pages, have one title.",
    "faulty-feed": "A feed lacks what readers need, or contradicts itself.",
    "heavy-picture": "A picture weighs more than any page can use.",
    "hidden-link": "A link in a public text leads to a draft, or to what has expired.",
    "hidden-reference": "Public records show the title of a record that is a draft.",
    "moved-link": "Another host says that what a link leads to has moved for good.",
    "slashless-link": "A link to a folder lacks its slash, so that each reader makes a detour.",
    "unequal-feeds": "The formats of one feed do not hold the same items.",
    "unreachable-link": "Another host does not answer, or says that it cannot.",
    "unreadable-output": "An output cannot be parsed as what it is.",
    "unused-picture": "Nothing shows a picture that is there.",
}
"""Every further code that a Problem of `newsprint check` may carry, but for the rules of the themes' contract."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of one of the user's files.

    `key` and `needle` tell where in the file the fault is; `line` (counted from 1) and `found` (that line's text)
    are looked up from them when the problem is reported.
    """

    file: str
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"
    key: KeyPath = ()
    needle: str = ""
    line: int | None = None
    found: str = ""
    expected: str = ""
    hint: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the site cannot be published with it."""
        return self.severity == "error"


class NewsprintError(Exception):
    """What the program refuses to do, told to the user without a traceback."""


class SiteError(NewsprintError):
    """The site's files are at fault."""

    def __init__(self, problems: Iterable[Problem], unchecked: Iterable[str] = ()) -> None:
        """Carry problems, at least one of them an error, and what could not be checked because of them."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.unchecked: tuple[str, ...] = tuple(unchecked)
        super().__init__("; ".join(problem.message for problem in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...], tuple[str, ...]]]:
        """Come whole out of a worker process."""
        return type(self), (self.problems, self.unchecked)


class ConfigError(SiteError):
    """`site.toml` is at fault."""


class ContentError(SiteError):
    """Records are at fault."""


class ThemeError(SiteError):
    """A theme is at fault."""


class PlanError(SiteError):
    """Two outputs claim one path."""


class RenderError(SiteError):
    """A template failed on a view."""


class PublishError(NewsprintError):
    """The output folder or the store cannot be written."""

    def __init__(self, path: str, why: str) -> None:
        """Name the path and what the system said."""
        self.path = path
        self.why = why
        super().__init__(f"{path}: {why}")

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Come whole out of a worker process."""
        return type(self), (self.path, self.why)


class ClusterError(NewsprintError):
    """The workers of a cluster cannot be reached, or cannot be used."""

    def __init__(self, url: str, why: str) -> None:
        """Name the cluster, and what is wrong with it."""
        self.url = url
        self.why = why
        super().__init__(f"{url}: {why}")

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Come whole out of a worker process."""
        return type(self), (self.url, self.why)


def suggest(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A hint with the nearest known word: `did you mean 'topic'?`; else the other hint."""
    near = nearest(word, known)
    meant = f"did you mean '{near}'?" if near else ""
    return " ".join(filter(None, (meant, otherwise)))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a word is most like; None where it is like none."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(str(word), sorted(known), n=1, cutoff=0.6)), None)


def explain_encoding(fault: UnicodeDecodeError, *, file: str) -> Problem:
    """The Problem of a file that is not UTF-8, with the line of the first byte that is not."""
    line = fault.object.count(b"\n", 0, fault.start) + 1
    message = f"byte {fault.object[fault.start]:#04x} is not UTF-8"
    return Problem(file=file, code="not-utf8", message=message, hint="save the file as UTF-8", line=line)


def sort_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Total order of a report: file, line, code, key."""
    return sorted(problems, key=lambda p: (p.file, p.line or 0, p.code, [str(part) for part in p.key], p.message))
