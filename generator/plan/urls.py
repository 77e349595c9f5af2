"""Where every output of the site lives, and which of them exist."""

from generator.config import Config
from generator.names import OutputPath, RecordId, output_path
from generator.records import Article, Asset, Body, Page, Story
from generator.records.asset import digest_name
from generator.site import Edition, Tag, split_ref

INDEX = "index.html"


class Urls:
    """Paths of outputs, and the links to them: None for what is switched off or not to be seen."""

    def __init__(self, edition: Edition, config: Config) -> None:
        """Take what is visible and which families are on."""
        self._edition = edition
        self._on = config.outputs
        self.site = config.url
        self._topics = {topic.id for topic in edition.topics}
        self._sources = {source.id for source in edition.sources}
        self._entities = {entity.id for entity in edition.entities}
        self._pages = {page.id: page for page in edition.pages}

    def absolute(self, path: OutputPath) -> str:
        """The full URL of an output."""
        return self.site.absolute(path)

    def href(self, path: OutputPath) -> str:
        """The link to an output as pages write it."""
        return self.site.href(path)

    def front_path(self) -> OutputPath:
        """`/`."""
        return output_path(INDEX)

    def not_found_path(self) -> OutputPath:
        """`/404.html`."""
        return output_path("404.html")

    def media_path(self, asset: Asset) -> OutputPath:
        """`/media/<name with digest>`."""
        return output_path("media", digest_name(asset))

    def article_path(self, article: Article) -> OutputPath:
        """`/news/<topic>/<slug>/`; the slug is the id where the record says none."""
        return output_path("news", article.topic, article.slug or article.id, INDEX)

    def page_path(self, page: Page) -> OutputPath:
        """`/<slug>/`."""
        return output_path(page.slug or page.id, INDEX)

    def topic_path(self, topic: RecordId) -> OutputPath:
        """`/topics/<id>/`."""
        return output_path("topics", topic, INDEX)

    def source_path(self, source: RecordId) -> OutputPath:
        """`/sources/<id>/`."""
        return output_path("sources", source, INDEX)

    def entity_path(self, entity: RecordId) -> OutputPath:
        """`/entities/<id>/`."""
        return output_path("entities", entity, INDEX)

    def story_path(self, story: Story) -> OutputPath:
        """`/stories/<slug>/`; the slug is the id where the record says none."""
        return output_path("stories", story.slug or story.id, INDEX)

    def tag_path(self, tag: Tag) -> OutputPath:
        """`/tags/<tag>/`."""
        return output_path("tags", tag.slug, INDEX)

    def month_path(self, month: tuple[int, int]) -> OutputPath:
        """`/archive/<yyyy>/<mm>/`."""
        return output_path("archive", f"{month[0]:04}", f"{month[1]:02}", INDEX)

    def index_path(self, family: str) -> OutputPath:
        """`/topics/`, `/sources/`, `/stories/`, `/entities/`, `/tags/`, `/archive/`, `/latest/`, `/insights/`."""
        return output_path(family, INDEX)

    def article_href(self, article: Article) -> str:
        """The link to an article that is visible."""
        return self.href(self.article_path(article))

    def topic_href(self, topic: RecordId) -> str | None:
        """The link to a topic's listing."""
        return self.href(self.topic_path(topic)) if self._on.topics and topic in self._topics else None

    def source_href(self, source: RecordId) -> str | None:
        """The link to a source's listing."""
        return self.href(self.source_path(source)) if self._on.sources and source in self._sources else None

    def entity_href(self, entity: RecordId) -> str | None:
        """The link to an entity's page."""
        return self.href(self.entity_path(entity)) if self._on.entities and entity in self._entities else None

    def story_href(self, story: RecordId) -> str | None:
        """The link to a story that is visible."""
        found = self._edition.story_by_id.get(story)
        return self.href(self.story_path(found)) if self._on.stories and found else None

    def tag_href(self, tag: Tag) -> str | None:
        """The link to a tag's listing."""
        return self.href(self.tag_path(tag)) if self._on.tags else None

    def month_href(self, month: tuple[int, int]) -> str | None:
        """The link to a month of the archive."""
        return self.href(self.month_path(month)) if self._on.archive else None

    def index_href(self, family: str) -> str | None:
        """The link to an index of a family; None where it would hold nothing, which topics and sources may."""
        is_empty = {
            "tags": not self._edition.tags,
            "archive": not self._edition.articles,
            "insights": not self._edition.articles,
            "stories": not self._edition.stories,
            "entities": not self._edition.entities,
        }
        if not getattr(self._on, family) or is_empty.get(family):
            return None
        return self.href(self.index_path(family))

    def feed_path(self, listing: OutputPath) -> OutputPath | None:
        """The path of the RSS feed of a page that lists, `…/feed.xml`."""
        return output_path(*listing.split("/")[:-1], "feed.xml") if self._on.rss else None

    def resolve(self, body: Body) -> dict[str, str]:
        """What the links of a text lead to; a link to what cannot be seen is left out."""
        found = ((link, self._resolve_ref(link)) for link in body.links)
        return {link: href for link, href in found if href is not None}

    def _resolve_ref(self, link: str) -> str | None:
        kind, record_id = split_ref(link)
        fragment = link.partition("#")[2]
        if kind == "article" and (article := self._edition.article_by_id.get(record_id)):
            return self.article_href(article) + _fragment(article.body, fragment)
        if kind == "page" and (page := self._pages.get(record_id)):
            return self.href(self.page_path(page)) + _fragment(page.body, fragment)
        if kind == "topic":
            return self.topic_href(record_id)
        if kind == "source":
            return self.source_href(record_id)
        if kind == "entity":
            return self.entity_href(record_id)
        return self.story_href(record_id) if kind == "story" else None


def _fragment(body: Body, fragment: str) -> str:
    anchor = body.anchor_of(fragment) if fragment else None
    return f"#{anchor}" if anchor else ""
