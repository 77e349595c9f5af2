"""Plans the document of each article."""

from collections.abc import Iterator

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.documents import ArticleDocument, Author, Image
from generator.outputs.parts import Sentiment, Verified
from generator.plan.context import LinkedArticle, PlanContext, PlanMaterial
from generator.plan.documents import references
from generator.plan.keys import keyed_draft
from generator.plan.pages.article import topics_of
from generator.plan.parts import image_of, mirror, revisions_of, standfirst, story_link, tag_links, text_at, text_of
from generator.plan.passages import brief_of
from generator.plan.routes import ROUTES
from generator.plan.slots import article_slot
from generator.records import Story
from generator.site import SlotTime


def plan_article_documents(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan a document per article."""
    snapshot = material.snapshot
    for article in snapshot.articles:
        story = snapshot.story_by_id.get(article.story) if article.story else None
        path, given = ROUTES["api_records"].path("articles", article.id), material.with_links(article)
        time = snapshot.slot_time
        yield keyed_draft(context, path, ArticleDocument, article.file, _article_document, given, story, time)


def _article_document(
    context: PlanContext, _path: OutputPath, given: LinkedArticle, story: Story | None, time: SlotTime
) -> ArticleDocument:
    article, tags, links = given
    page, topics = context.urls.article_path(article), topics_of(article)
    changes = revisions_of(article)
    image = image_of(context, article)
    is_full = context.config.feeds.content == "full"
    return ArticleDocument(
        **references.head_of(context, ArticleDocument, page),
        id=article.id,
        title=article.title,
        summary=standfirst(article),
        form=article.form,
        badge=article.badge,
        language=article.language or context.config.site.language,
        translated_from=article.translated_from,
        source=references.named_record(context, "sources", article.source),
        source_url=article.source_url,
        source_title=article.source_title,
        authors=tuple(mirror(author, Author) for author in article.authors),
        via=tuple(references.named_record(context, "sources", source) for source in article.via),
        published=article.published,
        updated=article.updated,
        changes=changes,
        corrections=tuple(change for change in changes if change.is_significant),
        topic=references.named_record(context, "topics", article.topic),
        topics=tuple(references.named_record(context, "topics", topic) for topic in topics),
        tags=tuple(
            references.named(context, "tags", tag.slug, link)
            for tag, link in zip(tags, tag_links(context, tags), strict=True)
        ),
        story=references.named(context, "stories", story.id, story_link(context, story)) if story else None,
        entities=references.named_entities(context, article.entities),
        sentiment=mirror(article.sentiment, Sentiment) if article.sentiment else None,
        verified=mirror(article.verified, Verified) if article.verified else None,
        image=mirror(image, Image) if image else None,
        content_html=text_of(context, article, links) if is_full else None,
        brief=brief_of(context, article, links) if is_full else None,
        teaser_html=text_at(context, article, "teaser", links) if is_full and article.form == "explainer" else None,
        disclaimer_html=text_at(context, article, "disclaimer", links),
        slot=references.slot_document(context, article_slot(context, page, article, topics, time)),
    )
