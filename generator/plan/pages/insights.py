"""Plans `/insights/`: what the whole of the site's articles shows."""

from collections.abc import Iterator
from itertools import islice

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import InsightsPage
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.keys import keyed_draft
from generator.plan.meta import frame_of
from generator.plan.parts import record_link
from generator.plan.profiles import mix_row, months, tones
from generator.plan.stories import story_card, story_scores
from generator.plan.techniques import count_techniques
from generator.records import Article
from generator.site import StoryCoverage

INSIGHT_STORIES = 12


def plan_insights(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/insights/`; none if nothing is published."""
    snapshot = material.snapshot
    if snapshot.articles:
        path = context.urls.index_path("insights")
        stories = tuple(map(snapshot.coverage_of, snapshot.stories))
        by_topic = tuple(snapshot.articles_by_topic.get(topic.id, ()) for topic in context.standing.ordered_topics)
        owner = "the insights"
        yield keyed_draft(context, path, InsightsPage, owner, _insights, snapshot.articles, by_topic, stories)


def _insights(
    context: PlanContext,
    path: OutputPath,
    articles: tuple[Article, ...],
    by_topic: tuple[tuple[Article, ...], ...],
    stories: tuple[StoryCoverage, ...],
) -> InsightsPage:
    mixes = (
        mix_row(context, record_link(context, "topics", topic.id), (article.source for article in listed), "sources")
        for topic, listed in zip(context.standing.ordered_topics, by_topic, strict=True)
    )
    scored = ((story_card(context, one), scores) for one in stories if (scores := story_scores(context, one)))
    return InsightsPage(
        **frame_of(context, path, context.say("insights"), context.say("insights_description")),
        mixes=tuple(mix for mix in mixes if mix),
        tones=tones(context, articles),
        months=months(context, articles),
        techniques=count_techniques(context, stories),
        stories=tuple(islice(scored, INSIGHT_STORIES)),
    )
