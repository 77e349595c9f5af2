"""What stands beside the news, and is known to every maker of views: topics, sources, entities and campaigns."""

from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from generator.digest import digest_of
from generator.names import Digest, RecordId
from generator.outputs.asked import Watched
from generator.plan.charts import looks_of
from generator.plan.urls import Directory, Links, Urls
from generator.records import Entity, Record, Source, Sponsor, Topic
from generator.site import Rota, Site, Snapshot

_MESSAGE = frozenset(
    {"actions", "body", "creative", "digest", "headline", "image", "label", "note", "proof", "tagline", "texts"}
)
"""What a campaign says; it decides nothing about slots."""

_ROTA, _ORDER = "rota", "order"


class Standing:
    """What makers may ask for by name; `asked` notes what each asks for.

    `topics`, `sources` and `entities` are all, visible or not; `campaigns` are those of the rota.
    `campaign_links` are the targets of the links of running campaigns.
    `looks` are those of sources and topics in charts, by their family.
    """

    topics: Mapping[RecordId, Topic]
    sources: Mapping[RecordId, Source]
    entities: Mapping[RecordId, Entity]
    campaigns: Mapping[RecordId, Sponsor]
    campaign_links: Mapping[RecordId, Links]
    looks: Mapping[str, Mapping[RecordId, int]]

    def __init__(self, site: Site, snapshot: Snapshot, urls: Urls, directory: Directory) -> None:
        self.asked = urls.asked
        self._snapshot, self._urls = snapshot, urls
        self._topics = site.topics | {topic.id: topic for topic in snapshot.topics}
        self._links = {campaign.id: directory.links_of(campaign) for campaign in snapshot.campaigns}
        self._looks = {"sources": looks_of(site.sources), "topics": looks_of(site.topics)}
        self.topics = Watched(self.asked, "topics", self._topics)
        self.sources = Watched(self.asked, "sources", site.sources)
        self.entities = Watched(self.asked, "entities", site.entities)
        self.campaigns = Watched(self.asked, "campaigns", snapshot.rota.campaigns)
        self.campaign_links = Watched(self.asked, "campaigns", self._links)
        self.looks = {family: Watched(self.asked, f"looks/{family}", of) for family, of in self._looks.items()}
        self._records: dict[str, Mapping[RecordId, Record]] = {
            "topics": self._topics,
            "sources": site.sources,
            "entities": site.entities,
        }

    @property
    def ordered_topics(self) -> tuple[Topic, ...]:
        """The visible topics in the order of the site."""
        self.asked.names.add(_ORDER)
        return self._snapshot.topics

    @property
    def rota(self) -> Rota:
        """Decides which campaign a slot shows; what campaigns say is asked for by their own names."""
        self.asked.names.add(_ROTA)
        return self._snapshot.rota

    @cached_property
    def digests(self) -> Mapping[str, Digest]:
        """The digest of each name, and of each family for those who go through it."""
        return dict(self._digest())

    def _digest(self) -> Iterator[tuple[str, Digest]]:
        campaigns = self._snapshot.rota.campaigns
        for family, records in self._records.items():
            visible = self._urls.visible[family]
            fed = self._urls.fed_topics if family == "topics" else ()
            digests = [
                (f"{family}/{name}", Digest(f"{record.digest}{'+' * (name in visible)}{'*' * (name in fed)}"))
                for name, record in records.items()
            ]
            yield from digests
            yield family, digest_of(digests)
        for family, looks in self._looks.items():
            yield from ((f"looks/{family}/{name}", Digest(str(look))) for name, look in looks.items())
            yield f"looks/{family}", digest_of(sorted(looks.items()))
        shown = [
            (f"campaigns/{one.id}", digest_of([one.digest, self._links.get(one.id)])) for one in campaigns.values()
        ]
        yield from shown
        yield "campaigns", digest_of(shown)
        yield _ROTA, digest_of([_booking_of(one) for one in campaigns.values()])
        yield _ORDER, digest_of([topic.digest for topic in self._snapshot.topics])


def _booking_of(campaign: Sponsor) -> list[object]:
    """All of a campaign but what it says."""
    fields = msgspec.structs.fields(campaign)
    return [getattr(campaign, field.name) for field in fields if field.name not in _MESSAGE]
