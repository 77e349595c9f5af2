"""Plans `/stories/`, the index of stories."""

from collections.abc import Iterator

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import StoriesPage
from generator.outputs.parts import Link
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.keys import keyed_draft
from generator.plan.meta import Head, page_meta
from generator.plan.parts import home_link
from generator.plan.stories import story_card
from generator.site import StoryCoverage


def plan_story_index(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan the index of stories; none if there are no stories."""
    snapshot = material.snapshot
    if snapshot.stories:
        path = context.urls.index_path("stories")
        stories = tuple(map(snapshot.coverage_of, snapshot.stories))
        yield keyed_draft(context, path, StoriesPage, "the index of stories", _stories_page, stories)


def _stories_page(context: PlanContext, path: OutputPath, told: tuple[StoryCoverage, ...]) -> StoriesPage:
    heading = context.say("stories")
    crumbs = (home_link(context), Link(text=heading))
    cards = (story_card(context, one) for one in told)
    stories = tuple(sorted(cards, key=lambda card: (-card.latest.timestamp(), card.title)))
    head = Head(heading, context.say("stories_description"), crumbs, stories)
    return StoriesPage(meta=page_meta(context, path, head), crumbs=crumbs, heading=heading, stories=stories)
