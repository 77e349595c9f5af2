"""topic: what articles are about, in the order of the site's navigation (`content/topics/`)."""

from collections.abc import Iterator

from generator.records.fields import Colour, Id, Order, Prose, Record, Reference, SitePath, Time, Title, refer


class Topic(Record, frozen=True, kw_only=True):
    """A subject with a listing, a feed and a place in the navigation."""

    title: Title
    description: Prose = ""
    parent: Id | None = None
    order: Order = 0
    colour: Colour | None = None
    featured: bool = False
    aliases: tuple[SitePath, ...] = ()
    published: Time | None = None
    expires: Time | None = None
    draft: bool = False

    def references(self) -> Iterator[Reference]:
        """The topic above it."""
        yield from refer(("parent",), "topic", self.parent)
