"""How the sources cover one story: computed from its facts and articles, never asserted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Literal

import msgspec

from generator.names import RecordId
from generator.records import Article, Source, Story
from generator.records.story import Fact

FactStatus = Literal["told", "disputed", "silent", "early", "unseen"]
"""`early`: all reports of the source are older than the fact. `unseen`: we do not have the whole text of the source.

Only `silent` means that a source left a fact out.
"""


class Completeness(msgspec.Struct, frozen=True):
    """How many facts a source reports of those that it could know.

    With `is_least`, it may report more: we do not have its whole text.
    """

    source: RecordId
    told: int
    known: int
    is_least: bool = False


class Comparison(msgspec.Struct, frozen=True):
    """The comparison of a story's coverage.

    `sources` is the order in which every part of the page names them: by their first article, then by title.
    `agreed` are the places (in `story.facts`) of the facts that all sources that could know them report, and at least
    two if there are several, and nobody disputes.
    `tellings` has a row per fact and in it a cell per source.
    `ranking` is by the share of reported facts, the largest first, ties in the order of `sources`; then come the
    sources that may report more. It lacks sources that could know no fact.
    `own` are the site's own articles of the story, oldest first, which are not compared.
    `origins` are the sources that the reports go back to, by `via`, in order of the first report that does. There may
    be more with `has_more_origins`: what a report cites is unknown.
    """

    sources: tuple[RecordId, ...]
    articles: tuple[Article, ...]
    own: tuple[Article, ...]
    agreed: tuple[int, ...]
    tellings: tuple[tuple[FactStatus, ...], ...]
    ranking: tuple[Completeness, ...]
    origins: tuple[RecordId, ...]
    has_more_origins: bool = False


def compare_coverage(
    story: Story, articles: Sequence[Article], sources: Mapping[RecordId, Source], *, own_source: RecordId | None = None
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
    latest = {report.source: max(report.published, report.updated or report.published) for report in reports}
    partly = {source for source, coverage in story.coverage.items() if coverage.seen != "full"}
    tellings = tuple(
        tuple(_telling(source, fact, latest.get(source), is_whole=source not in partly) for source in order)
        for fact in story.facts
    )
    scores = (
        _score(source, [row[place] for row in tellings], is_least=source in partly)
        for place, source in enumerate(order)
    )
    return Comparison(
        sources=order,
        articles=reports,
        own=tuple(one for one in sorted(articles, key=_by_time) if one not in reports),
        agreed=tuple(place for place, row in enumerate(tellings) if _is_agreed(row)),
        tellings=tellings,
        ranking=tuple(sorted((one for one in scores if one.known), key=_by_share)),
        origins=_trace_origins(reports),
        has_more_origins=any(report.source in partly and not report.via for report in reports),
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


def _telling(source: RecordId, fact: Fact, latest: datetime | None, *, is_whole: bool) -> FactStatus:
    if source in fact.disputed_by:
        return "disputed"
    if source in fact.sources:
        return "told"
    if fact.at is not None and latest is not None and latest < fact.at:
        return "early"
    return "silent" if is_whole else "unseen"


def _score(source: RecordId, cells: Sequence[FactStatus], *, is_least: bool) -> Completeness:
    return Completeness(source, cells.count("told"), len(cells) - cells.count("early"), is_least=is_least)


def _by_share(score: Completeness) -> tuple[bool, float]:
    return score.is_least, -score.told / score.known


def _is_agreed(row: Sequence[FactStatus]) -> bool:
    told = row.count("told")
    return told >= min(2, len(row)) > 0 and not {"disputed", "silent"} & set(row)


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
