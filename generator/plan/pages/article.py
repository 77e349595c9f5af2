"""Plans the page of each article."""

from collections.abc import Callable, Iterator

from generator.names import OutputPath, RecordId
from generator.outputs import Draft
from generator.outputs.pages import ArticlePage, TocEntry
from generator.outputs.parts import Link, Sentiment, Verified
from generator.plan import parts
from generator.plan.context import LinkedArticle, PlanContext, PlanMaterial
from generator.plan.keys import keyed_draft
from generator.plan.meta import article_meta
from generator.plan.passages import brief_of
from generator.plan.slots import article_slot, slot_of
from generator.plan.stories import story_box
from generator.plan.structured import News
from generator.records import Article, Body
from generator.site import SlotTime, StoryCoverage, nearest


def plan_articles(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan a page per article, newest first."""
    snapshot = material.snapshot
    seen: dict[RecordId, int] = dict.fromkeys(snapshot.articles_by_topic, 0)
    for article in snapshot.articles:
        listing = snapshot.articles_by_topic[article.topic]
        more = nearest(listing, seen[article.topic], fits=_tells_another(article.story) if article.story else None)
        for topic in {article.topic, *article.also} if article.also else (article.topic,):
            seen[topic] += 1
        story = snapshot.story_by_id.get(article.story) if article.story else None
        coverage, time = snapshot.coverage_of(story) if story else None, snapshot.slot_time
        path, given = context.urls.article_path(article), material.with_links(article)
        yield keyed_draft(context, path, ArticlePage, article.file, _article_page, given, tuple(more), coverage, time)


def _article_page(
    context: PlanContext,
    path: OutputPath,
    given: LinkedArticle,
    more: tuple[Article, ...],
    coverage: StoryCoverage | None,
    time: SlotTime,
) -> ArticlePage:
    article, tags, links = given
    topic = parts.record_link(context, "topics", article.topic)
    topics = topics_of(article)
    crumbs = (parts.home_link(context), topic, Link(text=article.title, language=context.foreign(article.language)))
    opening = article_slot(context, path, article, topics, time)
    return ArticlePage(
        meta=article_meta(context, path, News(article, tags, crumbs, coverage)),
        crumbs=crumbs,
        slot=slot_of(context, opening),
        opening=opening,
        id=article.id,
        headline=article.title,
        standfirst=parts.standfirst(article) if article.summary else "",
        badge=article.badge,
        is_draft=article.draft,
        is_scheduled=context.is_scheduled(article),
        language=article.language,
        topic=topic,
        colour=context.standing.topics[article.topic].colour,
        topics=tuple(parts.record_link(context, "topics", other) for other in topics),
        tags=parts.tag_links(context, tags),
        source=parts.record_link(context, "sources", article.source),
        source_title=article.source_title,
        source_language=parts.original_language(context, article),
        source_url=article.source_url,
        authors=parts.author_links(article),
        via=parts.source_links(context, article.via),
        published=article.published,
        updated=article.updated,
        corrected=parts.last_correction(article),
        reading_minutes=_minutes(article.body),
        image=parts.image_of(context, article),
        text=parts.text_of(context, article, links),
        verified=parts.mirror(article.verified, Verified) if article.verified else None,
        changes=parts.revisions_of(article),
        more=parts.cards_of(context, more),
        form=article.form,
        translated_from=article.translated_from,
        sentiment=parts.mirror(article.sentiment, Sentiment) if article.sentiment else None,
        entities=parts.mentions_of(context, article.entities),
        story=story_box(context, article, coverage),
        brief=brief_of(context, article, links),
        teaser=parts.text_at(context, article, "teaser", links) if article.form == "explainer" else None,
        teaser_minutes=_minutes(article.texts["teaser"]) if "teaser" in article.texts else 0,
        words=article.body.words,
        teaser_words=article.texts["teaser"].words if "teaser" in article.texts else 0,
        disclaimer=parts.text_at(context, article, "disclaimer", links),
        contents=_contents(article) if article.form == "feature" else (),
        pull_quotes=article.pull_quotes if article.form == "feature" else (),
        corrections_href=parts.corrections_href(context, article),
        is_rich=any(body.is_rich for body in (article.body, *article.texts.values())),
    )


def _tells_another(story: RecordId) -> Callable[[Article], bool]:
    return lambda other: other.story != story


def topics_of(article: Article) -> tuple[RecordId, ...]:
    """The topics of an article, each once, the primary one first."""
    return tuple(dict.fromkeys((article.topic, *article.also)))


def _minutes(body: Body) -> int:
    return max(1, round(body.seconds / 60))


def _contents(article: Article) -> tuple[TocEntry, ...]:
    """The table of contents: the sections of the second level; empty if there is only one."""
    sections = [heading for heading in article.body.headings if heading.level == 2]
    return tuple(TocEntry(text=one.text, anchor=one.anchor) for one in sections) if len(sections) > 1 else ()
