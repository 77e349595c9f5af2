"""Exclusive campaigns that clash on a page."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import combinations

from generator.errors import Problem
from generator.names import RecordId
from generator.records import Article, Sponsor

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def check_exclusive(campaigns: Mapping[RecordId, Sponsor], articles: Mapping[RecordId, Article]) -> Iterator[Problem]:
    """Report pairs of exclusive campaigns, by id, that run at one time and fit the same page; drafts do not run."""
    exclusive = [one for _, one in sorted(campaigns.items()) if one.exclusive and not one.draft]
    for one, other in combinations(exclusive, 2):
        places = [place for place in one.places if place in other.places and _meet(place, one, other, articles)]
        starts = max(one.starts or _FIRST, other.starts or _FIRST)
        ends = min(one.ends or _LAST, other.ends or _LAST)
        if places and starts < ends:
            since = f" from {starts:%Y-%m-%dT%H:%MZ}" if starts != _FIRST else ""
            until = f" until {ends:%Y-%m-%dT%H:%MZ}" if ends != _LAST else ""
            yield Problem(
                file=other.file,
                code="exclusive-clash",
                key=("exclusive",),
                message=f"'{other.id}' and '{one.id}' ({one.file}) are both exclusive{since}{until}",
                expected=f"one exclusive campaign at a time, in {', '.join(places)}",
                hint="end one before the other starts, use other places or topics, or remove 'exclusive'",
            )


def _meet(place: str, one: Sponsor, other: Sponsor, articles: Mapping[RecordId, Article]) -> bool:
    """Whether both fit the same page of a place: the front page has no topic, an article may have several."""
    if place == "front":
        return not one.topics and not other.topics
    if not one.topics or not other.topics or set(one.topics) & set(other.topics):
        return True
    return place == "article" and any(
        {article.topic, *article.also} & set(one.topics) and {article.topic, *article.also} & set(other.topics)
        for article in articles.values()
        if article.also
    )
