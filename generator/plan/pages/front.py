"""Plans the front page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from generator.names import RecordId
from generator.outputs import Draft
from generator.outputs.pages import FrontPage, Section
from generator.outputs.parts import Card
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.meta import Head, page_meta, site_feeds
from generator.plan.parts import cards_of
from generator.plan.slots import Spot, decide_slot, slot_of
from generator.plan.stories import lead_cards, most_covered
from generator.records import Article, Topic
from generator.site import Snapshot

SECONDARY_ITEMS = 3
STORY_ITEMS = 4
MOST_OF_STORY = 2  # articles of one event that the upper part of the front page holds


def plan_front(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/`: the newest articles, pinned ones first, and a section per featured topic. None is there twice.

    No story fills the front page: at most two of its articles are among lead, secondary and grid, and the most covered
    stories are others than those of lead and secondary.
    """
    make = partial(_front_page, context, material.snapshot)
    yield Draft(context.urls.front_path(), FrontPage, "the front page", make)


def _front_page(context: PlanContext, snapshot: Snapshot) -> FrontPage:
    path, site, front = context.urls.front_path(), context.config.site, context.config.front
    articles = snapshot.articles
    ranked = _spread([*(one for one in articles if one.pinned), *(one for one in articles if not one.pinned)])
    top = list(islice(ranked, 1 + SECONDARY_ITEMS))
    shown = {article.id for article in top}
    latest = _take(articles, front.latest_items, shown)
    grid = _take(ranked, front.grid_items, shown)
    sections = list(_choose_sections(snapshot, shown, front.section_items))
    ordered = [*top, *latest, *grid, *(article for _, chosen in sections for article in chosen)]
    leading = lead_cards(context, ordered, snapshot.stories_covered_in(ordered))
    cards = {article.id: card for article, card in zip(ordered, leading, strict=True)}
    opening = decide_slot(context, Spot(path, "front"), snapshot.slot_time)
    newest = cards_of(context, articles[: front.latest_items]) or leading
    head = Head(site.title, site.description, cards=newest, feeds=site_feeds(context))
    return FrontPage(
        meta=page_meta(context, path, head),
        slot=slot_of(context, opening),
        opening=opening,
        lead=cards[top[0].id] if top else None,
        secondary=tuple(cards[article.id] for article in top[1:]),
        grid=tuple(cards[article.id] for article in grid),
        sections=tuple(_section(context, topic, chosen, cards) for topic, chosen in sections if chosen),
        latest=tuple(cards[article.id] for article in latest),
        latest_href=context.urls.index_href("latest"),
        stories=most_covered(context, snapshot, STORY_ITEMS, besides=top),
        stories_href=context.urls.index_href("stories"),
    )


def _take(articles: Iterable[Article], count: int, shown: set[RecordId]) -> list[Article]:
    """The first articles that are not shown yet; from now on they are."""
    taken = list(islice((article for article in articles if article.id not in shown), count))
    shown.update(article.id for article in taken)
    return taken


def _choose_sections(snapshot: Snapshot, shown: set[RecordId], items: int) -> Iterator[tuple[Topic, list[Article]]]:
    """The newest articles of each featured topic that are not shown yet."""
    for topic in snapshot.topics:
        listed = snapshot.articles_by_topic.get(topic.id, ()) if topic.featured else ()
        yield topic, _take(listed, items, shown)


def _section(context: PlanContext, topic: Topic, articles: Iterable[Article], cards: dict[RecordId, Card]) -> Section:
    return Section(
        title=topic.title,
        href=context.urls.listing_href("topics", topic.id),
        colour=topic.colour,
        cards=tuple(cards[article.id] for article in articles),
    )


def _spread(articles: Iterable[Article]) -> Iterator[Article]:
    """Articles in their order, less the third and later ones of each story."""
    seen: Counter[str] = Counter()
    for article in articles:
        if article.story is not None:
            seen[article.story] += 1
        if article.story is None or seen[article.story] <= MOST_OF_STORY:
            yield article
