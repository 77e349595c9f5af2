"""Plans the front page, the articles, the plain pages, `/for-you/` and the 404 page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

import msgspec

from generator.names import OutputPath, RecordId
from generator.outputs import Draft, views
from generator.outputs.views import (
    ArticlePage,
    ForYouPage,
    FrontPage,
    Link,
    Meta,
    NotFoundPage,
    Section,
    TextPage,
    Verified,
)
from generator.plan.changes import corrections_href, revisions_of
from generator.plan.desk import Desk, author_links, standfirst
from generator.plan.meta import article_meta, page_meta, site_feeds
from generator.plan.stories import lead_cards, most_covered, story_box
from generator.plan.urls import Directory, Links
from generator.records import Article, Body, Page, Topic
from generator.site import SlotTime, Snapshot, StoryCoverage, Tag, nearest

SECONDARY_ITEMS = 3
NOT_FOUND_ITEMS = 6
STORY_ITEMS = 4
MOST_OF_STORY = 2  # articles of one event that the upper part of the front page holds


def plan_front(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/`: the newest articles, pinned ones first, and a section per featured topic.

    However many sources tell an event, it does not fill the front page: two of its articles stand above the sections.
    """
    yield desk.draft(desk.urls.front_path(), FrontPage, "the front page", partial(_front_page, desk, snapshot))


def plan_articles(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan a page per article, newest first."""
    seen: dict[RecordId, int] = dict.fromkeys(snapshot.articles_by_topic, 0)
    for article in snapshot.articles:
        more = nearest(snapshot.articles_by_topic[article.topic], seen[article.topic])
        for topic in {article.topic, *article.also} if article.also else (article.topic,):
            seen[topic] += 1
        story = snapshot.story_by_id.get(article.story) if article.story else None
        yield desk.keyed_draft(
            desk.urls.article_path(article),
            ArticlePage,
            article.file,
            _article_page,
            article,
            tuple(more),
            snapshot.coverage_of(story) if story else None,
            snapshot.tags_of(article),
            directory.links_of(article),
            snapshot.slot_time,
        )


def plan_pages(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan the plain pages."""
    for page in snapshot.pages:
        path = desk.urls.page_path(page)
        yield desk.keyed_draft(path, TextPage, page.file, _text_page, page, directory.links_of(page))


def plan_not_found(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/404.html`, which a server shows for any path: it has no canonical address and is not indexed."""
    path = desk.urls.not_found_path()
    yield desk.draft(path, NotFoundPage, "the 404 page", partial(_not_found_page, desk, path, snapshot))


def plan_for_you(desk: Desk) -> Draft:
    """Plan `/for-you/`, which is another for each reader, and so nothing for search engines."""
    path = desk.urls.for_you_path()
    return desk.draft(path, ForYouPage, "the page of follows", partial(_for_you_page, desk, path))


def _front_page(desk: Desk, snapshot: Snapshot) -> FrontPage:
    path = desk.urls.front_path()
    site, front = desk.config.site, desk.config.front
    articles = snapshot.articles
    ranked = _spread([*(one for one in articles if one.pinned), *(one for one in articles if not one.pinned)])
    above = list(islice(ranked, 1 + SECONDARY_ITEMS + front.grid_items))
    shown = {article.id for article in above}
    sections: list[tuple[Topic, list[Article]]] = []
    for topic in snapshot.topics:
        listed = snapshot.articles_by_topic.get(topic.id, ()) if topic.featured else ()
        chosen = list(islice((article for article in listed if article.id not in shown), front.section_items))
        shown.update(article.id for article in chosen)
        sections.append((topic, chosen))
    ordered = [*above, *(article for _, chosen in sections for article in chosen)]
    leading = lead_cards(desk, ordered, snapshot.stories_covered_in(ordered))
    cards = {article.id: card for article, card in zip(ordered, leading, strict=True)}
    latest = desk.cards(articles[: front.latest_items])
    return FrontPage(
        meta=page_meta(desk, path, site.title, site.description, cards=latest or leading, feeds=site_feeds(desk)),
        slot=desk.slot(path, "front", snapshot.slot_time),
        lead=cards[above[0].id] if above else None,
        secondary=tuple(cards[article.id] for article in above[1 : 1 + SECONDARY_ITEMS]),
        grid=tuple(cards[article.id] for article in above[1 + SECONDARY_ITEMS :]),
        sections=tuple(
            Section(
                title=topic.title,
                href=desk.urls.topic_href(topic.id),
                colour=topic.colour,
                cards=tuple(cards[article.id] for article in chosen),
            )
            for topic, chosen in sections
            if chosen
        ),
        latest=latest,
        latest_href=desk.urls.index_href("latest"),
        stories=most_covered(desk, snapshot, STORY_ITEMS),
        stories_href=desk.urls.index_href("stories"),
    )


def _text_page(desk: Desk, path: OutputPath, page: Page, links: Links) -> TextPage:
    language = desk.foreign(page.language)
    crumbs = (desk.home_link(), Link(text=page.title, language=language))
    meta = page_meta(desk, path, page.title, page.body.lead, crumbs=crumbs, is_indexed=desk.is_out(page))
    return TextPage(
        meta=msgspec.structs.replace(meta, language=language),
        crumbs=crumbs,
        heading=page.title,
        text=desk.text(page, links),
        language=language,
        is_draft=page.draft,
        is_scheduled=desk.is_scheduled(page),
    )


def _for_you_page(desk: Desk, path: OutputPath) -> ForYouPage:
    crumbs = (desk.home_link(), Link(text=desk.say("for_you")))
    description = desk.say("for_you_description")
    indexes = (Link(text=desk.say(family), href=desk.urls.index_href(family)) for family in ("topics", "sources"))
    return ForYouPage(
        meta=page_meta(desk, path, desk.say("for_you"), description, crumbs=crumbs, is_indexed=False),
        crumbs=crumbs,
        heading=desk.say("for_you"),
        links=tuple(link for link in indexes if link.href),
    )


def _not_found_page(desk: Desk, path: OutputPath, snapshot: Snapshot) -> NotFoundPage:
    meta = page_meta(desk, path, desk.say("page_not_found"), desk.say("page_not_found_description"))
    return NotFoundPage(
        meta=Meta(title=meta.title, description=meta.description, canonical=None, is_indexed=False),
        topics=tuple(desk.topic_link(topic.id) for topic in snapshot.topics if desk.urls.topic_href(topic.id)),
        latest=desk.cards(snapshot.articles[:NOT_FOUND_ITEMS]),
    )


def _spread(articles: Iterable[Article]) -> Iterator[Article]:
    """Articles in their order, less the third and later ones of each story."""
    seen: Counter[str] = Counter()
    for article in articles:
        if article.story is not None:
            seen[article.story] += 1
        if article.story is None or seen[article.story] <= MOST_OF_STORY:
            yield article


def _article_page(
    desk: Desk,
    path: OutputPath,
    article: Article,
    more: tuple[Article, ...],
    told: StoryCoverage | None,
    tags: tuple[Tag, ...],
    links: Links,
    time: SlotTime,
) -> ArticlePage:
    topic = desk.topic_link(article.topic)
    topics = (article.topic, *(other for other in article.also if other != article.topic))
    crumbs = (desk.home_link(), topic, Link(text=article.title, language=desk.foreign(article.language)))
    verified = article.verified
    return ArticlePage(
        meta=article_meta(desk, path, article, tags, crumbs, told),
        crumbs=crumbs,
        slot=desk.slot(path, "article", time, topics=topics, article=article),
        id=article.id,
        headline=article.title,
        standfirst=standfirst(article) if article.summary else "",
        badge=article.badge,
        is_draft=article.draft,
        is_scheduled=desk.is_scheduled(article),
        language=article.language,
        topic=topic,
        topics=tuple(desk.topic_link(other) for other in topics),
        tags=desk.tag_links(tags),
        source=desk.source_link(article.source),
        source_title=article.source_title,
        source_language=desk.original_language(article),
        source_url=article.source_url,
        authors=author_links(article),
        via=tuple(desk.source_link(source) for source in article.via),
        published=article.published,
        updated=article.updated,
        reading_minutes=_minutes(article.body),
        image=desk.image(article),
        text=desk.text(article, links),
        verified=Verified(by=verified.by, how=verified.how, at=verified.at) if verified else None,
        changes=revisions_of(article),
        more=desk.cards(more),
        form=article.form,
        translated_from=article.translated_from,
        sentiment=sentiment_of(article),
        entities=desk.parties(article.entities),
        story=story_box(desk, article, told),
        brief=brief_of(desk, article, links) if article.form == "brief" else None,
        teaser=desk.text_at(article, "teaser", links) if article.form == "explainer" else None,
        teaser_minutes=_minutes(article.texts["teaser"]) if "teaser" in article.texts else 0,
        disclaimer=desk.text_at(article, "disclaimer", links),
        contents=_contents(article) if article.form == "feature" else (),
        corrections_href=corrections_href(desk, article),
    )


def _minutes(body: Body) -> int:
    return max(1, round(body.seconds / 60))


def sentiment_of(article: Article) -> views.Sentiment | None:
    """How an article sounds, where someone judged it."""
    judged = article.sentiment
    return views.Sentiment(label=judged.label, score=judged.score, by=judged.by) if judged else None


def _contents(article: Article) -> tuple[views.TocEntry, ...]:
    """The table of contents: the sections of the second level; empty where there is only one."""
    sections = [heading for heading in article.body.headings if heading.level == 2]
    return tuple(views.TocEntry(text=one.text, anchor=one.anchor) for one in sections) if len(sections) > 1 else ()


def brief_of(desk: Desk, article: Article, links: Links) -> views.Brief | None:
    """The parts of a brief."""
    brief = article.brief
    if brief is None:
        return None

    def texts(key: str, labels: Iterable[str]) -> tuple[views.Effect, ...]:
        found = (
            (label, desk.text_at(article, f"brief.{key}.{place}.text", links)) for place, label in enumerate(labels)
        )
        return tuple(views.Effect(label=label, text=text) for label, text in found if text)

    takeaways = (desk.text_at(article, f"brief.takeaways.{place}", links) for place in range(len(brief.takeaways)))
    return views.Brief(
        takeaways=tuple(text for text in takeaways if text),
        background=desk.text_at(article, "brief.background", links),
        why_it_matters=desk.text_at(article, "brief.why_it_matters", links),
        market_relevance=desk.text_at(article, "brief.market_relevance", links),
        market_effects=texts("market_effects", (effect.scope for effect in brief.market_effects)),
        perspectives=texts("perspectives", (view.stance for view in brief.perspectives)),
        outlook=desk.text_at(article, "brief.outlook", links),
    )
