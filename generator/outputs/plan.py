"""What `plan` gives: the drafts of all outputs, and what is known of the site as a whole."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import msgspec

from generator.errors import Problem
from generator.names import Digest, OutputPath, RecordId
from generator.outputs.asked import Asked
from generator.outputs.metadata import OutputMetadata, read_metadata
from generator.outputs.parts import Chrome, SlotDecision
from generator.outputs.view import View


class Draft(msgspec.Struct, frozen=True):
    """An output that is planned: `make` makes its view when that is needed.

    `key` is the digest of all that `make` is given, and `asked` notes what it asks for besides: with the same key, and
    if nothing that it asked for has changed, it makes the same view.
    `key` is None if the view costs less than its key.
    `owner` is the record's file, or what else it is made for; reports name it, the output does not depend on it.
    The path of a bundle is the folder of its files, which nothing else may lie in.
    An output that `is_copy` shows the same as another; only that one is listed and counted.
    """

    path: OutputPath
    kind: type[View]
    owner: str
    make: Callable[[], View]
    key: Digest | None = None
    is_copy: bool = False
    asked: Asked | None = None

    def make_noting(self) -> tuple[View, str]:
        """Make the view; with the names that were asked for, sorted and separated by spaces."""
        if self.asked is None:
            return self.make(), ""
        view, names = self.asked.during(self.make)
        return view, " ".join(sorted(names))

    def read_metadata(self, view: View) -> OutputMetadata:
        """What others need to know of the output that has this view."""
        known = read_metadata(view)
        return OutputMetadata(pictures=known.pictures) if self.is_copy else known


class Home(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Whose an address is: a record's by its kind and id, a tag's, or nobody's (both empty).

    `mark` is what a record is known by under another id; `is_below` says that it is not the record's own page.
    """

    kind: str = ""
    id: str = ""
    mark: str = ""
    is_below: bool = False


class Identity(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An item that feeds may hold: what readers know it by, the record's file, its page and its title.

    `path` is empty of what has no page of its own.
    """

    guid: str
    file: str
    path: str
    title: str


class Identities(msgspec.Struct, frozen=True):
    """What feed readers know items by.

    `items` are by names that outlive all but another id: `article:chip`, `sponsor:acme`, `change:source:flood:wire`.
    `authority` and `zone` are what they were made with.
    `former` are the guids that programs gave which read times without a zone in the site's, where that differs.
    """

    authority: str = ""
    zone: str = ""
    items: dict[str, Identity] = {}
    former: dict[str, str] = {}


class Plan(msgspec.Struct, frozen=True):
    """Every output of a build, and the chrome that its pages share.

    `drafts` are sorted by path, no path twice; `templates` are those of all outputs.
    `complete` takes the metadata of all of them by path, in that order, and gives the drafts that are made from it.
    `runs` takes all sponsored slots, and says of each campaign by id what it is promised and given in its run, in turns
    on pages.
    `until` is when the passing of time alone changes the plan; None where it never does.
    `identities` are those of all that feeds can hold.
    `addresses` gives the addresses that readers may have, and whose they are; `led` are those, as pages write them,
    from which a line of `_redirects` leads on.
    `standing` are the digests of all that makers of views can ask for, by name.
    `warnings` are what the records and `site.toml` say that comes to nothing, or cannot be shown.
    """

    drafts: tuple[Draft, ...]
    templates: frozenset[str]
    complete: Callable[[Mapping[OutputPath, OutputMetadata]], Iterable[Draft]]
    chrome: Chrome
    runs: Callable[[tuple[SlotDecision, ...]], Mapping[RecordId, tuple[float, int]]]
    until: datetime | None = None
    identities: Identities = Identities()
    standing: Mapping[str, Digest] = {}
    warnings: tuple[Problem, ...] = ()
    addresses: Callable[[], dict[OutputPath, Home]] = dict
    led: frozenset[str] = frozenset()


class Output(msgspec.Struct, frozen=True):
    """An output to be rendered from its view: one file, or the several of a bundle."""

    path: OutputPath
    view: View
    owner: str
