"""Plans listings of articles."""

from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from typing import NamedTuple

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import ListingPage
from generator.outputs.parts import Calendar, Card, Link, Meta
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.families import LISTED, Family
from generator.plan.keys import keyed_draft
from generator.plan.meta import Head, feeds_of, numbered_title, page_meta, rss_of
from generator.plan.paging import numbered_href, pages_of, split_pages
from generator.plan.parts import cards_of, home_link, index_link, record_link, text_of
from generator.plan.periods import calendar_of, neighbours_of, numbers_of, week_links, weeks_by_topic
from generator.plan.profiles import profile_of
from generator.plan.routes import numbered_path
from generator.plan.slots import Spot, decide_slot, slot_of
from generator.plan.stories import lead_cards
from generator.records import Entity, Source, Topic
from generator.site import SlotTime, Snapshot, StoryCoverage


def plan_listings(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan the pages of each listing of each family that is on; a record without articles has its page, too."""
    page_items = context.config.listings.page_items
    for family in LISTED:
        listed = material.collections.of(family.name) if getattr(context.config.outputs, family.name) else ()
        beside = _beside(context, material, family, listed)
        for one in listed:
            stories = _stories_of(one, material.snapshot, page_items)
            time = material.snapshot.slot_time if isinstance(one.record, Topic) else None
            around = next(beside)
            yield keyed_draft(context, one.path, ListingPage, one.owner, _first_page, one, stories, time, around)
            for number, articles, _ in islice(pages_of(one.articles, page_items), 1, None):
                path, part = numbered_path(one.path, number), msgspec.structs.replace(one, articles=articles)
                yield keyed_draft(context, path, ListingPage, one.owner, _full_page, part, number)


class Around(NamedTuple):
    """What leads from a listing to other times: the months beside it and its calendar, or the weeks of a topic."""

    earlier: Link | None = None
    later: Link | None = None
    calendar: Calendar | None = None
    weeks: tuple[Link, ...] = ()


def _beside(
    context: PlanContext, material: PlanMaterial, family: Family, listed: Sequence[Collection]
) -> Iterator[Around]:
    """What leads from each listing of a family to other times."""
    if family.name == "archive":
        for place, month in enumerate(listed):
            yield Around(*neighbours_of(context, listed, place), calendar_of(context, material, month))
    elif family.name == "topics" and context.config.outputs.topic_weeks:
        weeks = weeks_by_topic(material.collections.of("topic_weeks"))
        yield from (Around(weeks=week_links(context, weeks.get(one.id, ()))) for one in listed)
    else:
        yield from repeat(Around(), len(listed))


def _stories_of(collection: Collection, snapshot: Snapshot, page_items: int) -> tuple[StoryCoverage, ...]:
    """The stories of the articles on the first page, and those in which the record takes part."""
    if collection.record is not None:
        entity = collection.record.id if isinstance(collection.record, Entity) else None
        return snapshot.stories_covered_in(collection.articles, entity=entity)
    if collection.family.name != "latest":
        return ()
    on_first, _ = split_pages(len(collection.articles), page_items)
    return snapshot.stories_covered_in(collection.articles[:on_first])


def _first_page(
    context: PlanContext,
    path: OutputPath,
    collection: Collection,
    stories: tuple[StoryCoverage, ...],
    time: SlotTime | None,
    around: Around,
) -> ListingPage:
    record = collection.record
    on_first, below = split_pages(len(collection.articles), context.config.listings.page_items)
    cards = lead_cards(context, collection.articles[:on_first], stories)
    crumbs = _crumbs(context, collection)
    topic = record if isinstance(record, Topic) else None
    opening = decide_slot(context, Spot(path, "topic", (topic.id,)), time) if topic and time else None
    below_topic = (one for one in context.standing.ordered_topics if topic and one.parent == topic.id)
    return ListingPage(
        meta=_meta(context, path, collection, collection.title, crumbs, cards),
        crumbs=crumbs,
        slot=slot_of(context, opening),
        opening=opening,
        kind=collection.family.kind,
        heading=collection.title,
        description=collection.description,
        cards=cards,
        older=numbered_href(context.urls, path, below),
        feed=rss_of(feeds_of(context, collection)),
        text=text_of(context, record, collection.links) if record else None,
        colour=topic.colour if topic else None,
        links=tuple(record_link(context, "topics", one.id) for one in below_topic),
        profile=profile_of(context, collection, stories),
        numbers=numbers_of(context, path, below),
        earlier=around.earlier,
        later=around.later,
        calendar=around.calendar,
        weeks=around.weeks,
        is_draft=record.draft if record else False,
        is_scheduled=context.is_scheduled(record) if record else False,
    )


def _full_page(context: PlanContext, path: OutputPath, part: Collection, number: int) -> ListingPage:
    """A full page of a listing, which never changes again: it links to older pages and to the listing only."""
    title, newest, last_crumbs = numbered_title(context, part, number)
    crumbs, cards = (*_crumbs(context, part)[:-1], *last_crumbs), cards_of(context, part.articles)
    return ListingPage(
        meta=_meta(context, path, part, title, crumbs, cards),
        crumbs=crumbs,
        kind=part.family.kind,
        heading=part.title,
        description=part.description,
        cards=cards,
        number=number,
        older=numbered_href(context.urls, part.path, number - 1),
        newest=newest,
        numbers=numbers_of(context, part.path, 0, number),
        feed=rss_of(feeds_of(context, part)),
    )


def _meta(
    context: PlanContext,
    path: OutputPath,
    collection: Collection,
    heading: str,
    crumbs: Sequence[Link],
    cards: Sequence[Card],
) -> Meta:
    record = collection.record
    is_source = isinstance(record, Source)  # who publishes may be an entity, too
    title = context.say("source_heading", source=heading) if is_source else heading
    is_indexed = record is None or (context.is_out(record) and not (isinstance(record, Source) and record.noindex))
    head = Head(title, collection.description, crumbs, cards, feeds_of(context, collection), is_indexed)
    return page_meta(context, path, head)


def _crumbs(context: PlanContext, collection: Collection) -> tuple[Link, ...]:
    family, own = collection.family, Link(text=collection.title)
    if family.kind == family.name:
        return home_link(context), own
    above: list[Link] = []
    parent = collection.record.parent if isinstance(collection.record, Topic) else None
    while parent is not None:
        above.insert(0, record_link(context, "topics", parent))
        parent = context.standing.topics[parent].parent
    return home_link(context), index_link(context, family.name), *above, own
