"""Faults, and the exceptions that carry them.

    NewsprintError
    ├── UsageError           the words of the command are at fault
    ├── SiteError            the site's own files are at fault; carries Problems
    │   ├── ConfigError      site.toml
    │   ├── ContentError     records
    │   ├── ThemeError       themes
    │   ├── PlanError        two outputs on one path
    │   └── RenderError      a template failed on a view
    ├── RefusalError         a SiteError at the door of the program; carries LocatedProblems
    └── PlaceError           what is outside of the site's files is at fault
        ├── PublishError     the output folder or the store cannot be written
        └── ClusterError     the workers of a cluster cannot be reached, or cannot be used

A Problem is data about the user's files; an exception is the refusal that carries them.
A room makes Problems with all that it knows; `load.locate` alone makes LocatedProblems of them, which are reported.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, Self

import msgspec

KeyPath = tuple[str | int, ...]
"""Where in the front matter or TOML a fault is: `("revisions", 0, "at")`."""

Severity = Literal["error", "warning"]

Codes = Mapping[str, tuple[Severity, str]]
"""Codes of Problems: how severe they are, and what they mean."""

CODES: Codes = {
    "bad-toml": ("error", "A TOML file cannot be parsed."),
    "bad-yaml": ("error", "The front matter is not valid YAML."),
    "broken-font": ("error", "The font of social cards cannot be read as TrueType or OpenType."),
    "broken-image": ("error", "A picture cannot be read as PNG, JPEG, GIF, WebP or AVIF."),
    "control-character": ("error", "A text holds a control character, such as NUL."),
    "contradictory-keys": ("error", "Two keys of a record exclude each other, or one lacks the other."),
    "contradictory-times": ("error", "Two times of a record are in the wrong order."),
    "cut-text": ("warning", "A text of the front matter is cut at ' #', where YAML begins a comment."),
    "dead-link": ("error", "A link in markdown leads to a record that does not exist."),
    "duplicate-anchor": ("warning", "Two headings of a text share an id."),
    "duplicate-guid": ("error", "Two articles are known to feed readers by one guid."),
    "duplicate-id": ("error", "Two records of one kind share an id."),
    "duplicate-key": ("error", "A key stands twice in one mapping."),
    "dynamic-template": (
        "error",
        "A template names another template or an asset by an expression, so it cannot be traced.",
    ),
    "empty-field": ("warning", "A key has no value."),
    "empty-file": ("error", "A record's file is empty."),
    "exclusive-clash": ("error", "Two exclusive campaigns may stand on one page at one time."),
    "external-image": ("warning", "A picture in markdown lives on another host."),
    "glued-label": ("warning", "A label runs into the text after it."),
    "identity-changed": ("warning", "Feed readers will take an item that they may have for a new one."),
    "idle-redirect": ("warning", "A line of [redirects] or an alias leads nowhere, or to what its readers cannot use."),
    "ignored-file": ("warning", "A file of content/ is not read."),
    "long-extract": ("warning", "An article shows more of its source's own words than the source allows."),
    "lost-words": ("warning", "Words of a text are not shown where it is."),
    "loop": ("error", "Topics or themes refer to each other in a circle."),
    "low-contrast": ("error", "A colour of the theme cannot be told well enough from the one that it stands on."),
    "markdown-failed": ("error", "A text's markdown cannot be turned into HTML."),
    "missing-extra": ("error", "The site needs an extra of this program that is not installed."),
    "missing-file": ("error", "A file that must be there is not."),
    "missing-image": ("error", "A picture that a record names does not exist."),
    "missing-key": ("error", "A required key is not there."),
    "name-clash": ("error", "The names of two files differ only by Unicode normal form."),
    "newsletter-plug": ("warning", "An article holds the source's own plug for its newsletter."),
    "no-front-matter": ("error", "A record does not begin with a front matter block."),
    "not-a-mapping": ("error", "The front matter is not a mapping of keys to values."),
    "not-utf8": ("error", "A text file is not UTF-8."),
    "path-taken": ("error", "Two outputs would be written to one path."),
    "placeholder": ("error", "A record that is no draft holds what 'newsprint new' wrote to be replaced."),
    "repeated-paragraph": ("warning", "A paragraph stands twice in one record."),
    "several-authors": ("warning", "One author's name looks like a list of names."),
    "short-campaign": ("warning", "A campaign gets nothing in its run, or less than half of its share."),
    "template-failed": ("error", "A template failed while a page was rendered."),
    "template-syntax": ("error", "A template cannot be parsed."),
    "unclosed-front-matter": ("error", "The front matter block has no closing line."),
    "unfounded-quote": ("warning", "A story quotes words that nothing we hold of that source says."),
    "unknown-asset": ("error", "A template or an option names an asset that there is not."),
    "unknown-folder": ("warning", "A folder of content/ does not belong to any kind of record."),
    "unknown-key": ("error", "A key that this kind of record or table does not have."),
    "unknown-name": (
        "error",
        "A template looks up a name, an attribute, a filter, a test, a macro or a block that there is not.",
    ),
    "unknown-reference": ("error", "A record refers to another that does not exist."),
    "unknown-string": ("error", "A template asks for a word that no table of words has."),
    "unknown-syntax": ("warning", "A text holds syntax of another program, which is shown as it is written."),
    "unknown-template": ("error", "A template names another, or a page needs one, that no theme of the chain has."),
    "unknown-theme": ("error", "The theme is neither in the site's themes/ nor built in."),
    "unreadable-file": ("error", "A file cannot be read."),
    "unusable-html": (
        "warning",
        "HTML in markdown that pages do not hold, such as a form or an embedded film, is removed.",
    ),
    "unusable-link": (
        "warning",
        "A link in markdown is neither a web address nor a record; the text stays, the link does not.",
    ),
    "unusable-name": ("error", "A name cannot be part of a path, or that of an option or a token."),
    "unwritable-card": ("warning", "No font of social cards has the signs of a text on them."),
    "vanished-address": ("warning", "Nothing stands any more at an address that readers may have."),
    "wrong-value": ("error", "A value is not of the type or form that its key asks for."),
    "yaml-alias": ("error", "The front matter uses a YAML alias or anchor."),
}
"""Every code that a build's Problem may carry."""

CHECK_CODES: Codes = {
    "bare-picture": ("warning", "Pages show a picture without its description or its size."),
    "broken-fragment": ("error", "A link names a place of a page that is not there."),
    "broken-link": ("error", "A link leads to no output of the site, or cannot be read."),
    "case-clash": ("error", "The paths of two outputs differ only in upper and lower case."),
    "dead-outside-link": ("warning", "Another host says that what a link leads to is gone."),
    "duplicate-canonical": ("warning", "Several pages give one address as their own."),
    "duplicate-description": ("warning", "Several pages have the same description."),
    "duplicate-original": ("warning", "Two articles tell of one report."),
    "duplicate-title": ("warning", "Two articles, or several pages, have one title."),
    "faulty-feed": ("error", "A feed lacks what readers need, or contradicts itself."),
    "heavy-picture": ("warning", "A picture weighs more than any page can use."),
    "hidden-link": ("warning", "A link in a public text leads to a draft, or to what has expired."),
    "hidden-reference": ("warning", "Public records show the title of a record that is a draft."),
    "moved-link": ("warning", "Another host says that what a link leads to has moved permanently."),
    "slashless-link": ("warning", "A link to a folder lacks its slash, so that each reader makes a detour."),
    "unequal-feeds": ("error", "The formats of one feed do not hold the same items."),
    "unreachable-link": ("warning", "Another host does not answer, or says that it cannot."),
    "unreadable-output": ("error", "An output cannot be parsed as what it is."),
    "unused-picture": ("warning", "Nothing shows a picture that is there."),
}
"""Every further code that a Problem of `newsprint check` may carry, but for the rules of the themes' contract."""

IMPORT_CODES: Codes = {
    "left-out-character": ("warning", "A text of the other generator holds a control character."),
    "unread-settings": ("warning", "The settings of the other generator cannot be read."),
}
"""Every further code that a Problem of `newsprint import` may carry."""

CONTRACT_WARNINGS = frozenset({"feed-link", "lazy-picture"})
"""The rules of the themes' contract that are advice; all others are errors."""

_WARNINGS = CONTRACT_WARNINGS.union(
    code
    for codes in (CODES, CHECK_CODES, IMPORT_CODES)
    for code, (severity, _) in codes.items()
    if severity == "warning"
)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of one of the user's files, as the room that finds it knows it.

    `key` and `needle` name where in the file the fault is; `line` (counted from 1) and `found` (that line's text)
    are given only by rooms that know them anyway.
    """

    file: str
    code: str
    message: str
    key: KeyPath = ()
    needle: str = ""
    line: int | None = None
    found: str = ""
    expected: str = ""
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """How severe the tables of codes call it."""
        return "warning" if self.code in _WARNINGS else "error"

    @property
    def is_error(self) -> bool:
        """Whether the site cannot be published with it."""
        return self.severity == "error"


class LocatedProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A Problem with its line and that line's text, safe to print; made by `load.locate` alone.

    Its fields, in this order, are what `--json` documents hold.
    """

    file: str
    code: str
    message: str
    severity: Severity
    key: KeyPath
    needle: str
    line: int | None
    found: str
    expected: str
    hint: str

    @property
    def is_error(self) -> bool:
        """Whether the site cannot be published with it."""
        return self.severity == "error"


class NewsprintError(Exception):
    """What the program refuses to do, told to the user without a traceback."""


class UsageError(NewsprintError):
    """The words of the command are at fault: a title, a name or an address that will not do."""


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


class RefusalError(NewsprintError):
    """The site's files are at fault, and it is known in which lines."""

    def __init__(self, problems: Iterable[LocatedProblem], unchecked: Iterable[str] = ()) -> None:
        """Carry problems, at least one of them an error, and what could not be checked because of them."""
        self.problems: tuple[LocatedProblem, ...] = tuple(problems)
        self.unchecked: tuple[str, ...] = tuple(unchecked)
        super().__init__("; ".join(problem.message for problem in self.problems))


class PlaceError(NewsprintError):
    """A place outside of the site's files cannot be used."""

    def __init__(self, place: str, why: str) -> None:
        """Name the place, a path or a URL, and what is wrong with it."""
        self._told = (place, why)
        super().__init__(f"{place}: {why}")

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Come whole out of a worker process."""
        return type(self), self._told


class PublishError(PlaceError):
    """The output folder or the store cannot be written."""


class ClusterError(PlaceError):
    """The workers of a cluster cannot be reached, or cannot be used."""


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
