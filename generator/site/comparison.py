"""How the sources cover one story: computed from its facts and articles, never asserted."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Literal

import msgspec

from generator.names import RecordId
from generator.records import Article, Source, Story

FactStatus = Literal["told", "disputed", "silent"]


class Completeness(msgspec.Struct, frozen=True):
    """How many of the known facts a source reports."""

    source: RecordId
    told: int
    known: int


class Comparison(msgspec.Struct, frozen=True):
    """The comparison of a story's coverage.

    `sources` is the order in which every part of the page names them: by their first article, then by title.
    `agreed` are the places (in `story.facts`) of the facts that every source reports and nobody disputes.
    `tellings` has a row per fact and in it a cell per source.
    `ranking` is by reported facts, most first, ties in the order of `sources`; empty if there are no facts.
    `own` are the site's own articles of the story, oldest first, which are not compared.
    `origins` are the sources that the reports go back to, by `via`, in order of the first report that does.
    """

    sources: tuple[RecordId, ...]
    articles: tuple[Article, ...]
    own: tuple[Article, ...]
    agreed: tuple[int, ...]
    tellings: tuple[tuple[FactStatus, ...], ...]
    ranking: tuple[Completeness, ...]
    origins: tuple[RecordId, ...]


def compare_coverage(
    story: Story, articles: Sequence[Article], sources: dict[RecordId, Source], *, own_source: RecordId | None = None
) -> Comparison:
    """Compare how sources cover a story.

    Args:
        story: Its facts, differences and coverage.
        articles: Its visible articles, in any order.
        sources: All sources, for their titles.
        own_source: The site itself, which is compared only if the story names it.

    Returns:
        Only sources with an article, a fact, a view or coverage in the story count.
    """
    reports = reports_of(story, articles, own_source=own_source)
    reporting = dict.fromkeys(article.source for article in reports)
    silent = _named_sources(story) - reporting.keys()
    order = (*reporting, *sorted(silent, key=lambda source: (sources[source].title.casefold(), source)))
    tellings = tuple(
        tuple(_telling(source, fact.sources, fact.disputed_by) for source in order) for fact in story.facts
    )
    told = {source: sum(row[place] == "told" for row in tellings) for place, source in enumerate(order)}
    ranked = sorted(order, key=lambda source: -told[source])
    return Comparison(
        sources=order,
        articles=reports,
        own=tuple(one for one in sorted(articles, key=_by_time) if one not in reports),
        agreed=tuple(place for place, row in enumerate(tellings) if row and set(row) == {"told"}),
        tellings=tellings,
        ranking=tuple(Completeness(source, told[source], len(tellings)) for source in ranked if tellings),
        origins=_trace_origins(reports),
    )


def reports_of(story: Story, articles: Iterable[Article], *, own_source: RecordId | None = None) -> tuple[Article, ...]:
    """The articles that report a story, oldest first: all but the site's own, unless the story names the site."""
    by_time = sorted(articles, key=_by_time)
    is_named = own_source in _named_sources(story)
    return tuple(one for one in by_time if is_named or one.source != own_source)


_by_time = attrgetter("published", "id")


def _named_sources(story: Story) -> set[RecordId]:
    """The sources that the story's own record names."""
    named = {source for fact in story.facts for source in (*fact.sources, *fact.disputed_by)}
    named |= {source for difference in story.differences for source in difference.views}
    return named | set(story.coverage)


def _telling(source: RecordId, told_by: Sequence[RecordId], disputed_by: Sequence[RecordId]) -> FactStatus:
    if source in disputed_by:
        return "disputed"
    return "told" if source in told_by else "silent"


def _trace_origins(reports: Sequence[Article]) -> tuple[RecordId, ...]:
    """Follow `via` from each report to the sources that name no other, or only each other."""
    above: dict[RecordId, dict[RecordId, None]] = {}
    for article in reports:
        above.setdefault(article.source, {}).update(dict.fromkeys(article.via))
    for article in reports:
        if not article.via:
            above[article.source] = {}

    def reach(starts: Iterable[RecordId]) -> dict[RecordId, None]:
        reached: dict[RecordId, None] = {}
        waiting = list(starts)[::-1]
        while waiting:
            source = waiting.pop()
            if source not in reached:
                reached[source] = None
                waiting += reversed(above.get(source, {}))
        return reached

    origins: dict[RecordId, None] = {}
    for article in reports:
        for source in reach(article.via or (article.source,)):
            if all(source in reach((other,)) for other in reach((source,))):
                origins[source] = None
    return tuple(origins)
