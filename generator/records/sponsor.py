"""sponsor: a campaign, one sponsored message and where it may stand (`content/sponsors/`)."""

from collections.abc import Iterator
from typing import Literal

from generator.records.fields import Fields, Id, ImageRef, Record, Reference, Text, Time, WebUrl, Weight, refer

Place = Literal["front", "topic", "article", "feed"]


class ActionFields(Fields, frozen=True, kw_only=True):
    """A link of the message; the first is the main one."""

    text: Text
    url: WebUrl


class Sponsor(Record, frozen=True, kw_only=True):
    """A campaign: its message, its places, and when it runs (from `starts`, until just before `ends`)."""

    sponsor: Text
    homepage: WebUrl
    label: Text | None = None
    tagline: str = ""
    proof: str = ""
    headline: Text
    creative: str = ""
    actions: tuple[ActionFields, ...] = ()
    note: str = ""
    image: ImageRef | None = None
    starts: Time | None = None
    ends: Time | None = None
    places: tuple[Place, ...] = ("front", "topic", "article", "feed")
    topics: tuple[Id, ...] = ()
    not_beside: tuple[Id, ...] = ()
    weight: Weight = 10
    exclusive: bool = False
    draft: bool = False

    def references(self) -> Iterator[Reference]:
        """The topics it may stand in and the entities it must not stand beside."""
        yield from refer(("topics",), "topic", self.topics)
        yield from refer(("not_beside",), "entity", self.not_beside)
