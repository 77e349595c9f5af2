"""Plans the documents of the API, by which programs read the site, and their schemas.

Lists keep still as listings do: see `generator.plan.listings`.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Literal, get_args

from generator.names import OutputPath, RecordId, output_path
from generator.outputs import Draft, views
from generator.outputs.views import (
    Action,
    AnyDocument,
    ArticleDocument,
    ArticleEntry,
    ArticlesDocument,
    Author,
    Collection,
    Document,
    EntityDocument,
    FeedAddress,
    Image,
    IndexDocument,
    ListDocument,
    ListedRecord,
    Moment,
    Named,
    NamedEntity,
    Picture,
    Schema,
    SourceDocument,
    SponsoredSlot,
    StoryCompleteness,
    StoryDifference,
    StoryDocument,
    StoryFact,
    StoryViewpoint,
    TagDocument,
    TopicDocument,
    Verified,
)
from generator.plan.changes import revisions_of
from generator.plan.desk import Desk, standfirst
from generator.plan.meta import site_feeds
from generator.plan.pages import brief_of, sentiment_of
from generator.plan.paging import split_pages
from generator.plan.urls import Directory, Links
from generator.records import Article, Entity, EntityRole, Source, Story, Topic
from generator.site import Comparison, SlotTime, Snapshot, StoryCoverage, Tag

FOLDER = "api"
VERSION: Literal[1] = 1

_DOCUMENTS: dict[str, type[Document]] = {
    "stories": StoryDocument,
    "topics": TopicDocument,
    "sources": SourceDocument,
    "entities": EntityDocument,
    "tags": TagDocument,
}
"""The collections that have a switch of their own in `[outputs]`."""


def plan_api(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan documents of articles and of the records of each family that is on, their lists, an index and schemas."""
    yield from _plan_articles(desk, snapshot, directory)
    yield from _plan_parts(desk, _path("articles"), "the API", snapshot.articles)
    records: dict[str, Iterable[Draft]] = {
        "stories": _plan_stories(desk, snapshot, directory),
        "topics": _plan_topics(desk, snapshot, directory),
        "sources": _plan_sources(desk, snapshot, directory),
        "entities": _plan_entities(desk, snapshot, directory),
        "tags": _plan_tags(desk, snapshot),
    }
    for family, drafts in records.items():
        if getattr(desk.config.outputs, family):
            yield from drafts
            yield _draft_list(desk, snapshot, family)
    yield desk.draft(_path("index"), IndexDocument, "the API", partial(_index, desk, snapshot))
    for kind in get_args(AnyDocument):
        name = _type_of(kind)
        schema = partial(Schema, document=name, url=_schema_url(desk, kind))
        yield desk.draft(_path("schemas", name), Schema, "the API", schema)


def _path(*names: str) -> OutputPath:
    return output_path(FOLDER, *names[:-1], f"{names[-1]}.json")


def _url(desk: Desk, *names: str) -> str:
    return desk.urls.absolute(_path(*names))


def _type_of(kind: type[Document]) -> str:
    return str(kind.__struct_config__.tag)


def _schema_url(desk: Desk, kind: type[Document]) -> str:
    return _url(desk, "schemas", _type_of(kind))


def _plan_articles(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    for article in snapshot.articles:
        yield desk.keyed_draft(
            _path("articles", article.id),
            ArticleDocument,
            article.file,
            _article,
            article,
            snapshot.story_by_id.get(article.story) if article.story else None,
            snapshot.tags_of(article),
            directory.links_of(article),
            snapshot.slot_time,
        )


def _plan_stories(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    for story in snapshot.stories:
        path, links = _path("stories", story.id), directory.links_of(story)
        yield desk.keyed_draft(path, StoryDocument, story.file, _story, snapshot.coverage_of(story), links)


def _plan_topics(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    for topic in snapshot.topics:
        articles, path = snapshot.articles_by_topic.get(topic.id, ()), _path("topics", topic.id)
        parts = (topic, directory.links_of(topic), _shown(desk, articles), len(articles), snapshot.slot_time)
        yield desk.keyed_draft(path, TopicDocument, topic.file, _topic, *parts)
        yield from _plan_full_parts(desk, path, topic.file, articles)


def _plan_sources(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    for source in snapshot.sources:
        articles, path = snapshot.articles_by_source.get(source.id, ()), _path("sources", source.id)
        shown, links = _shown(desk, articles), directory.links_of(source)
        yield desk.keyed_draft(path, SourceDocument, source.file, _source, source, links, shown, len(articles))
        yield from _plan_full_parts(desk, path, source.file, articles)


def _plan_entities(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    for entity in snapshot.entities:
        articles, path = snapshot.articles_by_entity.get(entity.id, ()), _path("entities", entity.id)
        shown, links = _shown(desk, articles), directory.links_of(entity)
        yield desk.keyed_draft(path, EntityDocument, entity.file, _entity, entity, links, shown, len(articles))
        yield from _plan_full_parts(desk, path, entity.file, articles)


def _plan_tags(desk: Desk, snapshot: Snapshot) -> Iterator[Draft]:
    for tag in snapshot.tags:
        articles, path = snapshot.articles_by_tag[tag.slug], _path("tags", tag.slug)
        owner = f"the tag '{tag.label}' of {articles[0].file}"
        yield desk.keyed_draft(path, TagDocument, owner, _tag, tag, _shown(desk, articles), len(articles))
        yield from _plan_full_parts(desk, path, owner, articles)


def _plan_parts(desk: Desk, head: OutputPath, owner: str, articles: tuple[Article, ...]) -> Iterator[Draft]:
    """Plan a list of articles that is about no record: its head, and the full parts below."""
    yield desk.keyed_draft(head, ArticlesDocument, owner, _head, _shown(desk, articles), len(articles))
    yield from _plan_full_parts(desk, head, owner, articles)


def _plan_full_parts(desk: Desk, head: OutputPath, owner: str, articles: tuple[Article, ...]) -> Iterator[Draft]:
    size = desk.config.listings.page_items
    _, below = split_pages(len(articles), size)
    for number in range(1, below + 1):
        end = len(articles) - (number - 1) * size
        part = articles[end - size : end]
        yield desk.keyed_draft(_part_path(head, number), ArticlesDocument, owner, _full_part, head, number, part)


def _shown(desk: Desk, articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """What the head of a list shows."""
    on_first, _ = split_pages(len(articles), desk.config.listings.page_items)
    return articles[:on_first]


def _part_path(head: OutputPath, number: int) -> OutputPath:
    """`/api/topics/chips.json` → `/api/parts/topics/chips/2.json`; no id can meet it."""
    return _path("parts", *head.removesuffix(".json").split("/")[1:], str(number))


def _older(desk: Desk, head: OutputPath, count: int) -> str | None:
    """The newest full part below the head of a list of so many articles."""
    _, below = split_pages(count, desk.config.listings.page_items)
    return desk.urls.absolute(_part_path(head, below)) if below else None


def _head(desk: Desk, path: OutputPath, shown: tuple[Article, ...], count: int) -> ArticlesDocument:
    return ArticlesDocument(
        schema=_schema_url(desk, ArticlesDocument),
        version=VERSION,
        url=desk.urls.absolute(desk.urls.front_path()),
        number=None,
        articles=_entries(desk, shown),
        older=_older(desk, path, count),
        newest=desk.urls.absolute(path),
    )


def _full_part(
    desk: Desk, _own: OutputPath, head: OutputPath, number: int, articles: tuple[Article, ...]
) -> ArticlesDocument:
    """A full part of a list, which never changes again: it leads to older parts and to the head only."""
    return ArticlesDocument(
        schema=_schema_url(desk, ArticlesDocument),
        version=VERSION,
        url=desk.urls.absolute(desk.urls.front_path()),
        number=number,
        articles=_entries(desk, articles),
        older=desk.urls.absolute(_part_path(head, number - 1)) if number > 1 else None,
        newest=desk.urls.absolute(head),
    )


def _article(
    desk: Desk,
    _own: OutputPath,
    article: Article,
    story: Story | None,
    tags: tuple[Tag, ...],
    links: Links,
    time: SlotTime,
) -> ArticleDocument:
    page = desk.urls.article_path(article)
    topics = tuple(dict.fromkeys((article.topic, *article.also)))
    changes = revisions_of(article)
    verified = article.verified
    is_full = desk.config.feeds.content == "full"
    return ArticleDocument(
        schema=_schema_url(desk, ArticleDocument),
        version=VERSION,
        url=desk.urls.absolute(page),
        id=article.id,
        title=article.title,
        summary=standfirst(article),
        form=article.form,
        badge=article.badge,
        language=article.language or desk.config.site.language,
        translated_from=article.translated_from,
        source=_named_source(desk, article.source),
        source_url=article.source_url,
        source_title=article.source_title,
        authors=tuple(Author(name=author.name, url=author.url) for author in article.authors),
        via=tuple(_named_source(desk, source) for source in article.via),
        published=article.published,
        updated=article.updated,
        changes=changes,
        corrections=tuple(change for change in changes if change.is_significant),
        topic=_named_topic(desk, article.topic),
        topics=tuple(_named_topic(desk, topic) for topic in topics),
        tags=tuple(_named(desk, "tags", tag.slug, tag.label, desk.urls.tag_href(tag)) for tag in tags),
        story=_named(desk, "stories", story.id, story.title, desk.urls.story_href(story)) if story else None,
        entities=_entities(desk, article.entities),
        sentiment=sentiment_of(article),
        verified=Verified(by=verified.by, how=verified.how, at=verified.at) if verified else None,
        image=_image(desk.image(article)),
        content_html=desk.text(article, links) if is_full else None,
        brief=brief_of(desk, article, links) if is_full and article.form == "brief" else None,
        teaser_html=desk.text_at(article, "teaser", links) if is_full and article.form == "explainer" else None,
        disclaimer_html=desk.text_at(article, "disclaimer", links),
        slot=_slot(desk, desk.slot(page, "article", time, topics=topics, article=article)),
    )


def _story(desk: Desk, _own: OutputPath, told: StoryCoverage, links: Links) -> StoryDocument:
    story, comparison = told.story, desk.compare(told)
    return StoryDocument(
        schema=_schema_url(desk, StoryDocument),
        version=VERSION,
        url=desk.urls.absolute(desk.urls.story_path(story)),
        id=story.id,
        title=story.title,
        summary=" ".join(story.summary.split()) or story.body.lead,
        status=story.status,
        published=story.published,
        updated=story.updated,
        topic=_named_topic(desk, story.topic),
        entities=_entities(desk, story.entities),
        image=_image(desk.image(story)),
        verdict_html=desk.text_at(story, "verdict", links),
        text_html=desk.text(story, links),
        sources=tuple(_named_source(desk, source) for source in comparison.sources),
        facts=_facts(story, comparison),
        differences=tuple(
            StoryDifference(
                aspect=difference.aspect,
                views=tuple(_viewpoints(desk, story, f"differences.{place}.views", comparison, links)),
            )
            for place, difference in enumerate(story.differences)
        ),
        completeness=tuple(
            StoryCompleteness(source=one.source, told=one.told, known=one.known) for one in comparison.ranking
        ),
        origins=comparison.origins,
        timeline=tuple(Moment(at=one.at, text=one.text) for one in sorted(story.timeline, key=lambda one: one.at)),
        articles=_entries(desk, told.articles),
    )


def _facts(story: Story, comparison: Comparison) -> tuple[StoryFact, ...]:
    def those(row: Sequence[str], telling: str) -> tuple[str, ...]:
        return tuple(source for source, one in zip(comparison.sources, row, strict=True) if one == telling)

    return tuple(
        StoryFact(text=fact.text, told_by=those(row, "told"), disputed_by=those(row, "disputed"))
        for fact, row in zip(story.facts, comparison.tellings, strict=True)
    )


def _viewpoints(desk: Desk, story: Story, key: str, comparison: Comparison, links: Links) -> Iterator[StoryViewpoint]:
    for source in comparison.sources:
        text = desk.text_at(story, f"{key}.{source}", links)
        if text is not None:
            yield StoryViewpoint(source=source, text_html=text)


def _topic(
    desk: Desk, path: OutputPath, topic: Topic, links: Links, shown: tuple[Article, ...], count: int, time: SlotTime
) -> TopicDocument:
    page = desk.urls.topic_path(topic.id)
    return TopicDocument(
        schema=_schema_url(desk, TopicDocument),
        version=VERSION,
        url=desk.urls.absolute(page),
        id=topic.id,
        title=topic.title,
        description=topic.description,
        parent=_named_topic(desk, topic.parent) if topic.parent else None,
        text_html=desk.text(topic, links),
        slot=_slot(desk, desk.slot(page, "topic", time, topics=(topic.id,))),
        count=count,
        articles=_entries(desk, shown),
        older=_older(desk, path, count),
    )


def _source(
    desk: Desk, path: OutputPath, source: Source, links: Links, shown: tuple[Article, ...], count: int
) -> SourceDocument:
    return SourceDocument(
        schema=_schema_url(desk, SourceDocument),
        version=VERSION,
        url=desk.urls.absolute(desk.urls.source_path(source.id)),
        id=source.id,
        title=source.title,
        homepage=source.homepage,
        country=source.country,
        language=source.language,
        owner=source.owner,
        licence=source.licence,
        text_html=desk.text(source, links),
        count=count,
        articles=_entries(desk, shown),
        older=_older(desk, path, count),
    )


def _entity(
    desk: Desk, path: OutputPath, entity: Entity, links: Links, shown: tuple[Article, ...], count: int
) -> EntityDocument:
    return EntityDocument(
        schema=_schema_url(desk, EntityDocument),
        version=VERSION,
        url=desk.urls.absolute(desk.urls.entity_path(entity.id)),
        id=entity.id,
        title=entity.title,
        entity_type=entity.type,
        ticker=entity.ticker,
        homepage=entity.homepage,
        same_as=entity.same_as,
        description=entity.description,
        text_html=desk.text(entity, links),
        count=count,
        articles=_entries(desk, shown),
        older=_older(desk, path, count),
    )


def _tag(desk: Desk, path: OutputPath, tag: Tag, shown: tuple[Article, ...], count: int) -> TagDocument:
    return TagDocument(
        schema=_schema_url(desk, TagDocument),
        version=VERSION,
        url=desk.urls.absolute(desk.urls.tag_path(tag)),
        id=tag.slug,
        title=tag.label,
        count=count,
        articles=_entries(desk, shown),
        older=_older(desk, path, count),
    )


def _draft_list(desk: Desk, snapshot: Snapshot, family: str) -> Draft:
    return desk.draft(_path(family), ListDocument, "the API", partial(_list, desk, snapshot, family))


def _list(desk: Desk, snapshot: Snapshot, family: str) -> ListDocument:
    urls = desk.urls
    return ListDocument(
        schema=_schema_url(desk, ListDocument),
        version=VERSION,
        url=urls.absolute(urls.index_path(family) if urls.index_href(family) else urls.front_path()),
        collection=family,
        records=tuple(
            ListedRecord(
                id=record_id,
                title=title,
                url=urls.absolute(page),
                api_url=_url(desk, family, record_id),
                count=len(articles),
            )
            for record_id, title, page, articles in _records_of(desk, snapshot, family)
        ),
    )


def _records_of(
    desk: Desk, snapshot: Snapshot, family: str
) -> Iterable[tuple[str, str, OutputPath, Sequence[Article]]]:
    """Id, title, page and articles of each record of a family, in the order of its index."""
    urls, no_articles = desk.urls, ()
    by_story, by_topic = snapshot.articles_by_story, snapshot.articles_by_topic
    by_source, by_entity = snapshot.articles_by_source, snapshot.articles_by_entity
    records: dict[str, Iterable[tuple[str, str, OutputPath, Sequence[Article]]]] = {
        "stories": (
            (one.id, one.title, urls.story_path(one), by_story.get(one.id, no_articles)) for one in snapshot.stories
        ),
        "topics": (
            (one.id, one.title, urls.topic_path(one.id), by_topic.get(one.id, no_articles)) for one in snapshot.topics
        ),
        "sources": (
            (one.id, one.title, urls.source_path(one.id), by_source.get(one.id, no_articles))
            for one in snapshot.sources
        ),
        "entities": (
            (one.id, one.title, urls.entity_path(one.id), by_entity.get(one.id, no_articles))
            for one in snapshot.entities
        ),
        "tags": (
            (one.slug, one.label, urls.tag_path(one), snapshot.articles_by_tag[one.slug]) for one in snapshot.tags
        ),
    }
    return records[family]


def _index(desk: Desk, snapshot: Snapshot) -> IndexDocument:
    site = desk.config.site
    collections = [_collection(desk, "articles", len(snapshot.articles), ArticlesDocument, ArticleDocument)]
    for family, kind in _DOCUMENTS.items():
        if getattr(desk.config.outputs, family):
            collections.append(_collection(desk, family, len(getattr(snapshot, family)), ListDocument, kind))
    return IndexDocument(
        schema=_schema_url(desk, IndexDocument),
        version=VERSION,
        url=desk.urls.absolute(desk.urls.front_path()),
        title=site.title,
        description=site.description,
        language=site.language,
        updated=snapshot.articles[0].published if snapshot.articles else None,
        collections=tuple(collections),
        feeds=tuple(
            FeedAddress(title=feed.title, type=feed.type, url=desk.urls.site.full(feed.href))
            for feed in site_feeds(desk)
        ),
    )


def _collection(
    desk: Desk, name: str, count: int, list_kind: type[Document], document_kind: type[Document]
) -> Collection:
    folder = desk.urls.absolute(output_path(FOLDER, name))
    return Collection(
        name=name,
        count=count,
        list_url=_url(desk, name),
        list_schema=_schema_url(desk, list_kind),
        document_template=f"{folder}/{{id}}.json",
        document_schema=_schema_url(desk, document_kind),
    )


def _entries(desk: Desk, articles: Iterable[Article]) -> tuple[ArticleEntry, ...]:
    return tuple(
        ArticleEntry(
            id=article.id,
            title=article.title,
            url=desk.urls.site.full(desk.urls.article_href(article)),
            api_url=_url(desk, "articles", article.id),
            language=article.language or desk.config.site.language,
            published=article.published,
            updated=article.updated,
            source=article.source,
            topic=article.topic,
        )
        for article in articles
    )


def _named(desk: Desk, family: str, record_id: str, title: str, href: str | None) -> Named:
    """Another record; `href` is the link to its page, None where its family is off."""
    if href is None:
        return Named(id=record_id, title=title, url=None, api_url=None)
    return Named(id=record_id, title=title, url=desk.urls.site.full(href), api_url=_url(desk, family, record_id))


def _named_topic(desk: Desk, topic: RecordId) -> Named:
    return _named(desk, "topics", topic, desk.topics[topic].title, desk.urls.topic_href(topic))


def _named_source(desk: Desk, source: RecordId) -> Named:
    return _named(desk, "sources", source, desk.sources[source].title, desk.urls.source_href(source))


def _entities(desk: Desk, parts: Sequence[EntityRole]) -> tuple[NamedEntity, ...]:
    def named(part: EntityRole) -> NamedEntity:
        entity = desk.entities[part.entity]
        one = _named(desk, "entities", entity.id, entity.title, desk.urls.entity_href(entity.id))
        return NamedEntity(
            id=one.id, title=one.title, url=one.url, api_url=one.api_url, entity_type=entity.type, role=part.role
        )

    return tuple(map(named, parts))


def _image(picture: Picture | None) -> Image | None:
    if picture is None:
        return None
    return Image(url=picture.url, alt=picture.alt, credit=picture.credit, width=picture.width, height=picture.height)


def _slot(desk: Desk, slot: views.Slot | None) -> SponsoredSlot | None:
    if slot is None:
        return None
    return SponsoredSlot(
        label=slot.label,
        sponsored=True,
        sponsor=slot.sponsor,
        homepage=slot.homepage,
        policy_url=desk.urls.site.full(slot.policy.href) if slot.policy and slot.policy.href else None,
        tagline=slot.tagline,
        headline=slot.headline,
        proof=slot.proof,
        creative=slot.creative,
        note=slot.note,
        text_html=slot.text,
        actions=tuple(Action(text=action.text, url=action.href or "") for action in slot.actions),
        image=_image(slot.image),
    )
