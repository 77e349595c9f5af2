"""Plans the front page, the articles, the plain pages and the 404 page."""

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.outputs import Output, views
from generator.outputs.views import ArticlePage, Change, FrontPage, Link, NotFoundPage, Section, TextPage, Verified
from generator.plan.desk import Desk, standfirst
from generator.plan.meta import article_meta, page_meta, site_feeds
from generator.plan.stories import most_covered, story_box
from generator.records import Article, Body
from generator.site import nearest

SECONDARY_ITEMS = 3
NOT_FOUND_ITEMS = 6
STORY_ITEMS = 4
MOST_OF_STORY = 2  # articles of one event that the upper part of the front page holds
WORDS_PER_MINUTE = 230  # silent reading of English prose; Brysbaert 2019 gives 238 for non-fiction


def plan_front(desk: Desk) -> Iterator[Output]:
    """Plan `/`: the newest articles, pinned ones first, and a section per featured topic.

    However many sources tell an event, it does not fill the front page: two of its articles stand above the sections.
    """
    path = desk.urls.front_path()
    site, front = desk.config.site, desk.config.front
    articles = desk.edition.articles
    ranked = _spread([*(one for one in articles if one.pinned), *(one for one in articles if not one.pinned)])
    lead, rest = ranked[:1], ranked[1:]
    secondary, grid = rest[:SECONDARY_ITEMS], rest[SECONDARY_ITEMS : SECONDARY_ITEMS + front.grid_items]
    shown = {article.id for article in (*lead, *secondary, *grid)}
    sections = []
    for topic in desk.edition.topics:
        listed = desk.edition.articles_by_topic.get(topic.id, ()) if topic.featured else ()
        chosen = [article for article in listed if article.id not in shown][: front.section_items]
        shown.update(article.id for article in chosen)
        if chosen:
            href = desk.urls.topic_href(topic.id)
            sections.append(Section(title=topic.title, href=href, colour=topic.colour, cards=desk.cards(chosen)))
    latest = desk.cards(articles[: front.latest_items])
    view = FrontPage(
        meta=page_meta(desk, path, site.title, site.description, cards=latest, feeds=site_feeds(desk)),
        slot=desk.slot(path, "front"),
        lead=desk.card(lead[0].id) if lead else None,
        secondary=desk.cards(secondary),
        grid=desk.cards(grid),
        sections=tuple(sections),
        latest=latest,
        latest_href=desk.urls.index_href("latest"),
        stories=most_covered(desk, STORY_ITEMS),
        stories_href=desk.urls.index_href("stories"),
    )
    yield Output(path, view, "the front page")


def plan_articles(desk: Desk) -> Iterator[Output]:
    """Plan a page per article, newest first."""
    places = {
        topic: {article.id: place for place, article in enumerate(listed)}
        for topic, listed in desk.edition.articles_by_topic.items()
    }
    for article in desk.edition.articles:
        listed = desk.edition.articles_by_topic[article.topic]
        more = nearest(listed, places[article.topic][article.id])
        yield Output(desk.urls.article_path(article), _article_page(desk, article, more), article.file)


def plan_pages(desk: Desk) -> Iterator[Output]:
    """Plan the plain pages."""
    for page in desk.edition.pages:
        path = desk.urls.page_path(page)
        crumbs = (desk.home_link(), Link(text=page.title))
        view = TextPage(
            meta=page_meta(desk, path, page.title, page.body.lead, crumbs=crumbs),
            crumbs=crumbs,
            heading=page.title,
            text=desk.text(page),
        )
        yield Output(path, view, page.file)


def plan_not_found(desk: Desk) -> Iterator[Output]:
    """Plan `/404.html`, which a server shows for any path: it has no canonical address and is not indexed."""
    path = desk.urls.not_found_path()
    meta = page_meta(desk, path, "Page not found", "There is no page at this address.")
    view = NotFoundPage(
        meta=type(meta)(title=meta.title, description=meta.description, canonical=None, is_indexed=False),
        topics=tuple(desk.topic_link(topic.id) for topic in desk.edition.topics if desk.urls.topic_href(topic.id)),
        latest=desk.cards(desk.edition.articles[:NOT_FOUND_ITEMS]),
    )
    yield Output(path, view, "the 404 page")


def _spread(articles: Iterable[Article]) -> list[Article]:
    """Articles in their order, less the third and later ones of each story."""
    seen: Counter[str] = Counter()
    kept = []
    for article in articles:
        if article.story is not None:
            seen[article.story] += 1
        if article.story is None or seen[article.story] <= MOST_OF_STORY:
            kept.append(article)
    return kept


def _article_page(desk: Desk, article: Article, more: list[Article]) -> ArticlePage:
    path = desk.urls.article_path(article)
    topic = desk.topic_link(article.topic)
    topics = (article.topic, *(other for other in article.also if other != article.topic))
    crumbs = (desk.home_link(), topic, Link(text=article.title))
    verified = article.verified
    return ArticlePage(
        meta=article_meta(desk, path, article, crumbs),
        crumbs=crumbs,
        slot=desk.slot(path, "article", topics=topics, article=article),
        id=article.id,
        headline=article.title,
        standfirst=standfirst(article) if article.summary else "",
        badge=desk.badge(article),
        is_draft=article.draft,
        language=article.language,
        topic=topic,
        topics=tuple(desk.topic_link(other) for other in topics),
        tags=desk.tag_links(article),
        source=desk.source_link(article.source),
        source_title=article.source_title,
        source_url=article.source_url,
        author=article.author,
        via=tuple(desk.source_link(source) for source in article.via),
        published=article.published,
        updated=desk.updated(article),
        reading_minutes=_minutes(article.body),
        image=desk.image(article),
        text=desk.text(article),
        verified=Verified(by=verified.by, how=verified.how, at=verified.at) if verified else None,
        changes=tuple(
            Change(at=change.at, note=change.note, is_significant=change.significant)
            for change in sorted(article.revisions, key=lambda change: change.at, reverse=True)
            if change.at <= desk.edition.now
        ),
        more=desk.cards(more),
        form=article.form,
        translated_from=article.translated_from,
        sentiment=_sentiment(article),
        entities=desk.parties(article.entities),
        story=story_box(desk, article),
        brief=_brief(desk, article) if article.form == "brief" else None,
        teaser=desk.text_at(article, "teaser") if article.form == "explainer" else None,
        teaser_minutes=_minutes(article.texts["teaser"]) if "teaser" in article.texts else 0,
        disclaimer=desk.text_at(article, "disclaimer"),
        contents=_contents(article) if article.form == "feature" else (),
    )


def _minutes(body: Body) -> int:
    return max(1, round(body.words / WORDS_PER_MINUTE))


def _sentiment(article: Article) -> views.Sentiment | None:
    judged = article.sentiment
    return views.Sentiment(label=judged.label, score=judged.score, by=judged.by) if judged else None


def _contents(article: Article) -> tuple[views.TocEntry, ...]:
    """The table of contents: the sections of the second level; empty where there is only one."""
    sections = [heading for heading in article.body.headings if heading.level == 2]
    return tuple(views.TocEntry(text=one.text, anchor=one.anchor) for one in sections) if len(sections) > 1 else ()


def _brief(desk: Desk, article: Article) -> views.Brief | None:
    brief = article.brief
    if brief is None:
        return None

    def texts(key: str, labels: Iterable[str]) -> tuple[views.Effect, ...]:
        found = ((label, desk.text_at(article, f"brief.{key}.{place}.text")) for place, label in enumerate(labels))
        return tuple(views.Effect(label=label, text=text) for label, text in found if text)

    takeaways = (desk.text_at(article, f"brief.takeaways.{place}") for place in range(len(brief.takeaways)))
    return views.Brief(
        takeaways=tuple(text for text in takeaways if text),
        background=desk.text_at(article, "brief.background"),
        why_it_matters=desk.text_at(article, "brief.why_it_matters"),
        market_relevance=desk.text_at(article, "brief.market_relevance"),
        market_effects=texts("market_effects", (effect.scope for effect in brief.market_effects)),
        perspectives=texts("perspectives", (view.stance for view in brief.perspectives)),
        outlook=desk.text_at(article, "brief.outlook"),
    )
