"""What several kinds of pages show of a story."""

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from generator.names import RecordId
from generator.outputs.parts import Card, Link, OtherReport, SourceFacts, StoryBox, StoryCard, StoryScore
from generator.plan.context import PlanContext
from generator.plan.parts import card_of, image_of, record_link
from generator.records import Article, Story
from generator.site import Comparison, Completeness, Snapshot, StoryCoverage, compare_coverage, reports_of


def compare(context: PlanContext, coverage: StoryCoverage) -> Comparison:
    """How the sources covered a story."""
    own, sources = context.config.site.source, context.standing.sources
    make = partial(compare_coverage, coverage.story, coverage.articles, sources, own_source=own)
    return context.once((Comparison, coverage.story.id), make)


def summary_of(story: Story) -> str:
    """A story's summary, else the beginning of its text."""
    return " ".join(story.summary.split()) or story.body.lead


def status_of(story: Story) -> str:
    """A story's status on pages."""
    return "quiet" if story.is_quiet else story.status


def story_card(context: PlanContext, coverage: StoryCoverage) -> StoryCard:
    """A story in a list."""
    story, articles = coverage.story, compare(context, coverage).articles
    return StoryCard(
        title=story.title,
        href=context.urls.story_href(story),
        summary=summary_of(story),
        status=status_of(story),
        topic=record_link(context, "topics", story.topic),
        colour=context.standing.topics[story.topic].colour,
        sources=len({article.source for article in articles}),
        reports=len(articles),
        latest=articles[-1].published if articles else story.published,
        facts=tuple(facts_by_source(context, coverage).values()),
        image=image_of(context, story),
        is_draft=story.draft,
        is_scheduled=context.is_scheduled(story),
    )


def facts_by_source(context: PlanContext, coverage: StoryCoverage) -> dict[RecordId, SourceFacts]:
    """What each source did with the facts of a story, in the order of its page; empty if it has no facts."""
    comparison = compare(context, coverage)
    scores = {score.source: score for score in comparison.ranking}
    return {
        source: SourceFacts(
            source=context.standing.sources[source].title,
            states=states,
            words=context.say("list_comma").join(_count_states(context, states, scores.get(source))),
        )
        for source, states in zip(comparison.sources, zip(*comparison.tellings, strict=True), strict=False)
    }


def _count_states(context: PlanContext, states: tuple[str, ...], score: Completeness | None) -> Iterator[str]:
    """How many facts a source told of those that it could know, and how many others there are of each kind."""
    if score:
        yield context.say("barcode_least" if score.is_least else "barcode_told", told=score.told, count=score.known)
    for state in ("disputed", "early", "unseen"):
        if count := states.count(state):
            yield context.say(f"barcode_{state}", count=count)


def most_covered(
    context: PlanContext, snapshot: Snapshot, count: int, *, besides: Iterable[Article] = ()
) -> tuple[StoryCard, ...]:
    """The stories with reports, by the number of sources, then the newest first; without those of some articles."""
    told = {article.story for article in besides}
    weighed: list[tuple[int, float, str, StoryCoverage]] = []
    for coverage in (snapshot.coverage_of(story) for story in snapshot.stories if story.id not in told):
        reports = reports_of(coverage.story, coverage.articles, own_source=context.config.site.source)
        if reports:
            sources = {article.source for article in reports}
            weighed.append((-len(sources), -reports[-1].published.timestamp(), coverage.story.title, coverage))
    weighed.sort(key=lambda one: one[:3])
    return tuple(story_card(context, coverage) for *_, coverage in weighed[:count])


def story_scores(context: PlanContext, coverage: StoryCoverage) -> tuple[StoryScore, ...]:
    """How many facts each source reported of those that it could know, in their ranking."""
    return tuple(
        score_part(context, record_link(context, "sources", score.source), score)
        for score in compare(context, coverage).ranking
    )


def score_part(context: PlanContext, name: Link, score: Completeness) -> StoryScore:
    """The score of a source in a story, under the name of one of them."""
    series = context.standing.looks["sources"][score.source]
    return StoryScore(name=name, told=score.told, known=score.known, is_least=score.is_least, series=series)


def story_box(
    context: PlanContext, article: Article, coverage: StoryCoverage | None, *, has_facts: bool = False
) -> StoryBox | None:
    """The story of an article and its other reports, with what each told if asked; None if the story is not visible."""
    if coverage is None:
        return None
    reports = compare(context, coverage).articles
    facts = facts_by_source(context, coverage) if has_facts else {}
    return StoryBox(
        title=coverage.story.title,
        href=context.urls.story_href(coverage.story),
        others=tuple(
            OtherReport(
                source=record_link(context, "sources", one.source),
                headline=one.title,
                href=context.urls.article_href(one),
                published=one.published,
                badge=one.badge,
                language=context.foreign(one.language),
                facts=facts.get(one.source),
            )
            for one in reports
            if one.id != article.id
        ),
        reports=len(reports),
        sources=len({one.source for one in reports}),
        facts=facts.get(article.source),
    )


def lead_cards(context: PlanContext, articles: Iterable[Article], stories: Iterable[StoryCoverage]) -> tuple[Card, ...]:
    """A card for each article, in their order; the first card of each story shows its other reports.

    `stories` has at least the visible stories of these articles.
    """
    waiting = {coverage.story.id: coverage for coverage in stories}

    def lead(article: Article) -> Card:
        coverage = waiting.pop(article.story, None) if article.story else None
        box = story_box(context, article, coverage, has_facts=True)
        card = card_of(context, article)
        return msgspec.structs.replace(card, story=box) if box and box.others else card

    return tuple(map(lead, articles))
