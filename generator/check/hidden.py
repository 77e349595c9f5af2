"""Links in public texts to what readers cannot see: their words stand there without a link."""

from collections.abc import Iterator
from datetime import datetime

from generator.errors import Problem
from generator.names import RecordId
from generator.records import Article, Record, Story
from generator.site import Edition, Site, split_ref


def check_hidden(site: Site, edition: Edition, now: datetime) -> Iterator[Problem]:
    """Warn of links to drafts and to what expired; one to what only waits for its time comes by itself."""
    standing = (site.topics, site.sources, site.entities)
    public: tuple[Record, ...] = (
        *(*edition.articles, *edition.stories, *edition.pages),
        *(record for records in standing for record in records.values()),
    )
    for record in public:
        for body in (record.body, *record.texts.values()):
            for link in body.links:
                if why := _why_hidden(link, site, edition, now):
                    yield Problem(
                        file=record.file,
                        code="hidden-link",
                        severity="warning",
                        needle=link,
                        message=f"'{link}' leads to {why}: readers see its words without a link",
                        hint="publish that record, or take the link out",
                    )


def _why_hidden(link: str, site: Site, edition: Edition, now: datetime) -> str:
    kind, name = split_ref(link)
    record_id = RecordId(name)
    target: Article | Story | None = None
    if kind == "article" and record_id not in edition.article_by_id:
        target = site.articles.get(record_id)
    elif kind == "story" and record_id not in edition.story_by_id:
        target = site.stories.get(record_id)
    if target is None:
        return ""
    if target.draft:
        return "a draft"
    has_expired = isinstance(target, Article) and target.expires is not None and target.expires <= now
    return "what has expired" if has_expired else ""
