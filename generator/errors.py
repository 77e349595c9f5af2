"""Problems, and the exceptions that carry them.

    NewsprintError
    ├── UsageError           the arguments of the command are wrong
    ├── SiteError            the site's own files have errors; carries Problems
    │   ├── ConfigError      site.toml
    │   ├── ContentError     records
    │   ├── ThemeError       themes
    │   ├── PlanError        two outputs on one path
    │   └── RenderError      a template failed on a view
    ├── RefusalError         a SiteError at the door of the program; carries LocatedProblems
    └── PlaceError           something outside the site's files fails
        ├── PublishError     the output folder or the store cannot be written
        └── ClusterError     the workers of a cluster cannot be reached, or cannot be used

A Problem is data about the user's files; an exception is the refusal that carries them.
A room makes Problems with all that it knows; `load.locate` alone makes LocatedProblems of them, which are reported.
"""

import errno
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, Self

import msgspec

KeyPath = tuple[str | int, ...]
"""The place of a problem in front matter or TOML: `("revisions", 0, "at")`."""

Severity = Literal["error", "warning"]

Codes = Mapping[str, tuple[Severity, str]]
"""Codes of problems, with their severity and meaning."""

CODES: Codes = {
    "bad-toml": ("error", "A TOML file cannot be parsed."),
    "bad-yaml": ("error", "The front matter is not valid YAML."),
    "broken-font": ("error", "The font of social cards cannot be read as TrueType or OpenType."),
    "broken-image": ("error", "A picture cannot be read as PNG, JPEG, GIF, WebP or AVIF."),
    "control-character": ("error", "A text contains a control character, such as NUL."),
    "contradictory-keys": ("error", "Two keys of a record cannot be combined, or one requires the other."),
    "contradictory-times": ("error", "Two times of a record are in the wrong order."),
    "cut-text": ("warning", "A text of the front matter is cut at ' #', where YAML begins a comment."),
    "dead-link": ("error", "A link in markdown leads to a record that does not exist."),
    "duplicate-anchor": ("warning", "Two headings of a text have the same id."),
    "duplicate-guid": ("error", "Two articles have the same guid."),
    "duplicate-id": ("error", "Two records of one kind share an id."),
    "duplicate-key": ("error", "A key occurs twice in one mapping."),
    "dynamic-template": (
        "error",
        "A template refers to another template or an asset with an expression, so it cannot be traced.",
    ),
    "empty-field": ("warning", "A key has no value."),
    "empty-file": ("error", "A record's file is empty."),
    "exclusive-clash": ("error", "Two exclusive campaigns could appear on one page at the same time."),
    "external-image": ("warning", "A picture in markdown is on another host."),
    "glued-label": ("warning", "A label runs into the text after it."),
    "identity-changed": ("warning", "The identity of a feed item changed, so readers see it again as new."),
    "idle-redirect": ("warning", "A line of [redirects] or an alias has no effect, or leads feed readers to a page."),
    "ignored-file": ("warning", "A file of content/ is not read."),
    "long-extract": ("warning", "An article repeats more words of its source than the source allows."),
    "lost-words": ("warning", "Words of a text are not shown."),
    "loop": ("error", "Topics or themes form a cycle."),
    "low-contrast": ("error", "A colour of the theme does not have enough contrast with its background."),
    "markdown-failed": ("error", "A text's markdown cannot be converted to HTML."),
    "missing-extra": ("error", "The site needs an extra of this program that is not installed."),
    "missing-file": ("error", "A required file is missing."),
    "missing-image": ("error", "A picture that a record names does not exist."),
    "missing-key": ("error", "A required key is missing."),
    "name-clash": ("error", "The names of two files differ only by Unicode normal form."),
    "newsletter-plug": ("warning", "An article contains the source's own newsletter promotion."),
    "no-front-matter": ("error", "A record does not begin with a front matter block."),
    "not-a-mapping": ("error", "The front matter is not a mapping of keys to values."),
    "not-utf8": ("error", "A text file is not UTF-8."),
    "outside-file": ("error", "A file or folder of the site is a link that leads out of the site."),
    "over-limit": (
        "error",
        "A record, picture or template takes more than `[limits]` allows, or ends the process that it is in.",
    ),
    "path-taken": ("error", "Two outputs would have the same path."),
    "placeholder": ("error", "A record that is not a draft contains a placeholder from 'newsprint new'."),
    "repeated-paragraph": ("warning", "A paragraph occurs twice in one record."),
    "several-authors": ("warning", "One author's name looks like a list of names."),
    "short-campaign": ("warning", "A campaign gets nothing in its run, or less than half of its share."),
    "similar-name": ("warning", "The names of two files differ only by case, so not all systems can store both."),
    "template-failed": ("error", "A template failed while a page was rendered."),
    "template-syntax": ("error", "A template cannot be parsed."),
    "unclosed-front-matter": ("error", "The front matter block has no closing line."),
    "unfounded-quote": ("warning", "A story quotes words that are in no recorded text of that source."),
    "unknown-asset": ("error", "A template or an option refers to an asset that does not exist."),
    "unknown-folder": ("warning", "A folder of content/ does not belong to any kind of record."),
    "unknown-key": ("error", "A key that this kind of record or table does not have."),
    "unknown-name": ("error", "A template uses a name, attribute, filter, test, macro or block that does not exist."),
    "unknown-reference": ("error", "A record refers to another that does not exist."),
    "unknown-string": ("error", "A template uses a text that is in no table of texts."),
    "unknown-syntax": ("warning", "A text contains syntax of another program, which is shown as it is written."),
    "unknown-technique": ("warning", "A technique of a story is not in the vocabulary."),
    "unknown-template": ("error", "A template that another template or a page needs is in no theme of the chain."),
    "unknown-theme": ("error", "The theme is neither in the site's themes/ nor built in."),
    "unreadable-file": ("error", "A file cannot be read."),
    "unsafe-theme": ("error", "A theme does what its sandbox does not allow."),
    "unusable-html": (
        "warning",
        "HTML in markdown that pages cannot contain, such as a form or an embedded video, is removed.",
    ),
    "unusable-link": (
        "warning",
        "A link in markdown is neither a web address, a record nor a file; only its text is kept.",
    ),
    "unusable-name": ("error", "A name is not valid in a path, or for an option or a token."),
    "unwritable-card": ("warning", "No font of social cards has the characters of a text."),
    "vanished-address": ("warning", "An address that readers may know no longer exists."),
    "wrong-value": ("error", "A value does not have the type or form that its key requires."),
    "yaml-alias": ("error", "The front matter uses a YAML alias or anchor."),
}
"""The codes of problems in builds."""

CHECK_CODES: Codes = {
    "bare-picture": ("warning", "Pages show a picture without its alternative text or its size."),
    "broken-fragment": ("error", "A link names a fragment that does not exist."),
    "broken-link": ("error", "A link leads to no output of the site, or is not a valid address."),
    "case-clash": ("error", "The paths of two outputs differ only in case."),
    "dead-outside-link": ("warning", "Another host reports that the target of a link is gone."),
    "duplicate-canonical": ("warning", "Several pages have the same canonical address."),
    "duplicate-description": ("warning", "Several pages have the same description."),
    "duplicate-original": ("warning", "Two articles are about the same report."),
    "duplicate-title": ("warning", "Two articles, or several pages, have the same title."),
    "faulty-feed": ("error", "A feed lacks something that readers need, or contradicts itself."),
    "heavy-picture": ("warning", "A picture is larger than any page can use."),
    "hidden-link": ("warning", "A link in a public text leads to a draft or an expired record."),
    "hidden-reference": ("warning", "Public records show the title of a record that is a draft."),
    "moved-link": ("warning", "Another host reports that the target of a link has moved permanently."),
    "slashless-link": ("warning", "A link to a folder lacks its slash."),
    "unequal-feeds": ("error", "The formats of one feed do not contain the same items."),
    "unreachable-link": ("warning", "Another host does not answer, or answers with an error."),
    "unreadable-output": ("error", "An output is not valid XML, JSON or HTML."),
    "unused-picture": ("warning", "A picture is not used anywhere."),
}
"""Further codes of `newsprint check`, besides the rules of the themes' contract."""

IMPORT_CODES: Codes = {
    "left-out-character": ("warning", "A text of the other generator contains a control character."),
    "unread-settings": ("warning", "The settings of the other generator cannot be read."),
}
"""Further codes of `newsprint import`."""

CONTRACT_WARNINGS = frozenset({"article-weight", "feed-link", "front-weight", "lazy-picture"})
"""The rules of the themes' contract that are advice; all others are errors."""

_WARNINGS = CONTRACT_WARNINGS.union(
    code
    for codes in (CODES, CHECK_CODES, IMPORT_CODES)
    for code, (severity, _) in codes.items()
    if severity == "warning"
)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem with one of the user's files.

    `key` and `needle` are its place in the file; `line` (counted from 1) and `found` (that line's text)
    are set only if they are known anyway.
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
        """Its severity in the tables of codes."""
        return "warning" if self.code in _WARNINGS else "error"

    @property
    def is_error(self) -> bool:
        """Whether the site cannot be published with it."""
        return self.severity == "error"


class LocatedProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem with its line and that line's text, safe to print; only `load.locate` makes it.

    `--json` documents have its fields in this order.
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
    """What the program refuses to do; the user sees the message without a traceback."""


class UsageError(NewsprintError):
    """The arguments of the command are wrong: a title, a name or an address that cannot be used."""


class SiteError(NewsprintError):
    """The site's files have errors."""

    def __init__(self, problems: Iterable[Problem], unchecked: Iterable[str] = ()) -> None:
        """Take problems, at least one of them an error, and what could not be checked because of them."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.unchecked: tuple[str, ...] = tuple(unchecked)
        super().__init__("; ".join(problem.message for problem in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...], tuple[str, ...]]]:
        """Support pickling, for worker processes."""
        return type(self), (self.problems, self.unchecked)


class ConfigError(SiteError):
    """`site.toml` has errors."""


class ContentError(SiteError):
    """Records have errors."""


class ThemeError(SiteError):
    """A theme has errors."""


class PlanError(SiteError):
    """Two outputs claim one path."""


class RenderError(SiteError):
    """A template failed on a view."""


class RefusalError(NewsprintError):
    """The site's files have errors; the problems have their lines."""

    def __init__(self, problems: Iterable[LocatedProblem], unchecked: Iterable[str] = ()) -> None:
        """Take problems, at least one of them an error, and what could not be checked because of them."""
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
        """Support pickling, for worker processes."""
        return type(self), self._told


class PublishError(PlaceError):
    """The output folder or the store cannot be written."""


@contextmanager
def os_errors_at(place: object) -> Iterator[None]:
    """Raise errors of the system as a PublishError, at the file that they name, else at a place."""
    try:
        yield
    except OSError as fault:
        raise PublishError(str(fault.filename or place), fault.strerror or str(fault)) from fault


class ClusterError(PlaceError):
    """The workers of a cluster cannot be reached, or cannot be used."""


_LONGEST_WORD = 100  # characters; comparing takes time that grows with their square
_MOST_COMPARED = 1000  # of more words, those that are next to the word in order


def suggest(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A hint with the nearest known word: `did you mean 'topic'?`; else the other hint."""
    near = nearest(word, known)
    meant = f"did you mean '{near}'?" if near else ""
    return " ".join(filter(None, (meant, otherwise)))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most similar to a word; None if none is similar."""
    from difflib import get_close_matches

    word = str(word)
    if len(word) > _LONGEST_WORD:
        return None
    names = sorted(known)
    place = max(0, bisect_left(names, word) - _MOST_COMPARED // 2)
    return next(iter(get_close_matches(word, names[place : place + _MOST_COMPARED], n=1, cutoff=0.6)), None)


def explain_unreadable(fault: OSError, *, file: str) -> Problem:
    """The Problem of a file that the system does not open."""
    if fault.errno == errno.ENAMETOOLONG:
        top = "/".join(file.split("/")[:3])
        message, hint = "folders nest deeper in it than the system allows", "move its files up, or remove it"
        return Problem(file=top, code="unreadable-file", message=message, hint=hint)
    return Problem(file=file, code="unreadable-file", message=f"cannot be read: {fault.strerror}")


def explain_encoding(fault: UnicodeDecodeError, *, file: str) -> Problem:
    """The Problem of a file that is not UTF-8, with the line of the first byte that is not."""
    line = fault.object.count(b"\n", 0, fault.start) + 1
    message = f"byte {fault.object[fault.start]:#04x} is not UTF-8"
    return Problem(file=file, code="not-utf8", message=message, hint="save the file as UTF-8", line=line)
