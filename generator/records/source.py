"""source: who publishes (`content/sources/`)."""

from collections.abc import Iterator

from generator.names import Language
from generator.records.fields import Count, Country, Id, Record, Reference, SitePath, Text, Time, Title, WebUrl, refer


class Source(Record, frozen=True, kw_only=True):
    """A publisher: its home, its feeds, and how much of it we may show (`extract_words`, words).

    With `noindex` search engines are asked to ignore its articles and its page.
    """

    title: Title
    homepage: WebUrl | None = None
    country: Country | None = None
    language: Language | None = None
    owner: str = ""
    feeds: tuple[WebUrl, ...] = ()
    topic: Id | None = None
    licence: str = ""
    extract_words: Count | None = None
    icon: Text | None = None
    noindex: bool = False
    aliases: tuple[SitePath, ...] = ()
    published: Time | None = None
    expires: Time | None = None
    draft: bool = False

    def references(self) -> Iterator[Reference]:
        """The topic of what is fetched from it."""
        yield from refer(("topic",), "topic", self.topic)
