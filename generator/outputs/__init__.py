"""Material out: what is to be written, and the view that each output is made from."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import IntEnum

import msgspec

from generator.errors import Problem
from generator.names import Digest, OutputPath, RecordId
from generator.outputs.views import (
    POLICY,
    TEMPLATES,
    Animation,
    AnyView,
    ArticleDocument,
    ArticlePage,
    Chrome,
    Copy,
    FrontPage,
    Headers,
    MarkdownAlternate,
    NotFoundPage,
    RedirectPage,
    Rendition,
    SitemapUrl,
    SocialCard,
    StoryPage,
    TextPage,
)

__all__ = [
    "Draft",
    "Home",
    "Identities",
    "Identity",
    "Made",
    "Output",
    "OutputMetadata",
    "Phase",
    "Plan",
    "SlotDecision",
    "distinct_slots",
    "template_of",
]


class Phase(IntEnum):
    """When an output moves into place: what others link to goes first, the front page last.

    Deletions come after all of them.
    """

    ASSET = 0
    NEW_PAGE = 1
    NEW_LISTING = 2
    CHANGED_PAGE = 3
    LISTING = 4
    FRONT = 5


class SlotDecision(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sponsored slot of an output, and what was decided for it; ids of campaigns.

    `spot` is the path that it was decided for: that of the page, also in what says the same for programs,
    or one of its own for each slot of a feed, whatever the feed's format. `place` is `front`, `topic` and so on,
    `topics` are those of the page, `since` is when that came (aware UTC), None where it was always there.
    `kept_away` would fit, were it not for what is told beside them; the same feed shows those `taken` before.
    """

    spot: str
    place: str
    chosen: str | None
    topics: tuple[str, ...] = ()
    kept_away: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    since: datetime | None = None


class OutputMetadata(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What others need to know of an output without its view.

    A page has its line in the sitemap, and the pictures that it shows, by `href`; a feed that is no archive its URL.
    `slots` are the sponsored slots that were decided for it, those that stayed empty among them.
    """

    listed: SitemapUrl | None = None
    pictures: tuple[str, ...] = ()
    feed: str | None = None
    slots: tuple[SlotDecision, ...] = ()


def distinct_slots(facts: Iterable[OutputMetadata]) -> tuple[SlotDecision, ...]:
    """The sponsored slots of all outputs, by their spots; each once, however many outputs show it."""
    return tuple(slot for _, slot in sorted({slot.spot: slot for one in facts for slot in one.slots}.items()))


class Made(msgspec.Struct, frozen=True):
    """A view that was made, and its facts."""

    view: AnyView
    facts: OutputMetadata = OutputMetadata()


class Draft(msgspec.Struct, frozen=True):
    """An output that is planned: `make` makes its view when that is needed.

    `key` is the digest of all that `make` is given, so one key means one view;
    None where the view costs less than its key.
    `owner` is the record's file, or what else it is made for; reports name it, the output does not depend on it.
    """

    path: OutputPath
    kind: type[AnyView]
    owner: str
    make: Callable[[], Made]
    key: Digest | None = None

    @property
    def template(self) -> str | None:
        """The template that renders it; None for what no theme shapes."""
        return template_of(self.kind)

    def phase(self, *, is_new: bool) -> Phase:
        """When it moves into place."""
        if self.kind in (Copy, Rendition, Animation, SocialCard):
            return Phase.ASSET
        if self.kind in (FrontPage, NotFoundPage):
            return Phase.FRONT
        if self.kind in (ArticlePage, MarkdownAlternate, StoryPage, TextPage, RedirectPage, ArticleDocument):
            return Phase.NEW_PAGE if is_new else Phase.CHANGED_PAGE
        return Phase.NEW_LISTING if is_new else Phase.LISTING


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
    `complete` takes the facts of all of them by path, in that order, and gives the drafts of what is made from those.
    `runs` takes all sponsored slots, and says of each campaign by id what it is promised and given in its run, in turns
    on pages.
    `until` is when the passing of time alone changes the plan; None where it never does.
    `identities` are those of all that feeds can hold.
    `addresses` gives the addresses that readers may have, and whose they are; `led` are those, as pages write them,
    from which a line of `_redirects` leads on.
    `warnings` are what the records and `site.toml` say that comes to nothing, or cannot be shown.
    """

    drafts: tuple[Draft, ...]
    templates: frozenset[str]
    complete: Callable[[Mapping[OutputPath, OutputMetadata]], Iterable[Draft]]
    chrome: Chrome
    runs: Callable[[tuple[SlotDecision, ...]], Mapping[RecordId, tuple[float, int]]]
    until: datetime | None = None
    identities: Identities = Identities()
    warnings: tuple[Problem, ...] = ()
    addresses: Callable[[], dict[OutputPath, Home]] = dict
    led: frozenset[str] = frozenset()


class Output(msgspec.Struct, frozen=True):
    """One file to be rendered from its view."""

    path: OutputPath
    view: AnyView
    owner: str

    @property
    def template(self) -> str | None:
        """The template that renders it; None for what no theme shapes."""
        return template_of(type(self.view))


def template_of(kind: type[AnyView]) -> str | None:
    """The template of a kind of view."""
    if kind is Headers:
        return POLICY
    return TEMPLATES.get(kind)  # type: ignore[arg-type]  # other views have none
