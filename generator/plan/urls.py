"""The addresses of outputs, and which of them exist."""

from collections.abc import Mapping
from functools import cache

from generator.config import Config
from generator.names import FeedFormat, OutputPath, RecordId
from generator.outputs.asked import Asked
from generator.outputs.feeds import FEED_NAMES
from generator.plan.families import FAMILIES, INDEXES, Family
from generator.plan.routes import ROUTES, path_below
from generator.records import Addressed, Article, Body, Record, Story, find_static
from generator.site import Snapshot, split_ref

Links = Mapping[str, str]
"""The targets of the links in a record's texts: `article:art-1` → an `href`; links to hidden records are left out."""


NO_LINKS: Links = {}


class Urls:
    """Paths of outputs, and links to them; a link is None if its target is off or does not exist.

    `href` gives the link to an output as pages write it, `absolute` its full URL.
    `filled` are the families whose index holds something.
    `visible` are the topics, sources and entities that have a page, by their family; `fed_topics` have feeds.
    `asked` notes which of these are asked for.
    It knows no article and no story.
    """

    def __init__(self, snapshot: Snapshot, config: Config) -> None:
        """Take which families are on and which topics, sources and entities there are."""
        self.asked = Asked()
        self._on = config.outputs
        self._article_paths: dict[RecordId, OutputPath] = {}
        self.site, self.href, self.absolute = config.url, config.url.href, config.url.absolute
        listed = {"topics": snapshot.topics, "sources": snapshot.sources, "entities": snapshot.entities}
        self.visible = {family: {one.id for one in records} for family, records in listed.items()}
        self.has_articles = bool(snapshot.articles)
        self._min_items = config.feeds.min_items
        topics, by_topic = FAMILIES["topics"], snapshot.articles_by_topic
        self.fed_topics = {one for one in self.visible["topics"] if self.has_feed(topics, len(by_topic.get(one, ())))}
        self.filled = {
            family.name
            for family in INDEXES
            if family.shows_empty or (self._is_on(family) and len(family.members(snapshot)))
        }
        if not config.feed_formats:
            self.filled.discard("feeds")

    def _is_on(self, family: Family) -> bool:
        switches = filter(None, (family.name, family.within))
        return family.name == "site" or all(getattr(self._on, switch) for switch in switches)

    def front_path(self) -> OutputPath:
        """`/`."""
        return ROUTES["site"].path()

    def article_path(self, article: Article) -> OutputPath:
        """`/news/<topic>/<slug>/`; the slug is the id if the record gives none."""
        if (path := self._article_paths.get(article.id)) is None:
            path = ROUTES["articles"].path(article.topic, article.slug or article.id)
            self._article_paths[article.id] = path
        return path

    def markdown_path(self, article: Article) -> OutputPath:
        """`/news/<topic>/<slug>/index.md`."""
        return path_below(self.article_path(article), "index.md")

    def record_path(self, record: Addressed) -> OutputPath:
        """The page of a record; the slug in it is the id if the record gives none."""
        if isinstance(record, Article):
            return self.article_path(record)
        return ROUTES[record.file.split("/")[1]].path(getattr(record, "slug", None) or record.id)

    def changes_path(self, story: Story) -> OutputPath:
        """`/stories/<slug>/changes/`."""
        return ROUTES["changes"].path(story.slug or story.id)

    def index_path(self, family: str) -> OutputPath:
        """`/topics/`, `/archive/`, `/insights/` and the like."""
        return FAMILIES[family].index_path

    def article_href(self, article: Article) -> str:
        """The link to an article that is visible."""
        return self.href(self.article_path(article))

    def listing_href(self, family: str, *names: str) -> str | None:
        """The link to the listing of a topic, source, entity, tag or month; None if it is not visible."""
        if family in self.visible:
            self.asked.names.add(f"{family}/{names[0]}")
        if names[0] not in self.visible.get(family, names) or not getattr(self._on, family):
            return None
        return self.href(ROUTES[family].path(*names))

    def story_href(self, story: Story) -> str | None:
        """The link to a story that is visible."""
        return self.href(self.record_path(story)) if self._on.stories else None

    def changes_href(self, story: Story) -> str | None:
        """The link to what changed in a visible story in which anything did."""
        return self.href(self.changes_path(story)) if self._is_on(FAMILIES["changes"]) else None

    def index_href(self, family: str) -> str | None:
        """The link to the index of a family; None if it is off or empty."""
        if not getattr(self._on, family) or family not in self.filled:
            return None
        return self.href(self.index_path(family))

    def has_feeds(self, family: Family) -> bool:
        """Whether members of a family may have feeds: it is on, and so are its feeds."""
        return bool(family.feeds) and self._is_on(family) and (family.name == "site" or getattr(self._on, family.feeds))

    def has_topic_feed(self, topic: RecordId) -> bool:
        """Whether a topic has feeds."""
        self.asked.names.add(f"topics/{topic}")
        return topic in self.fed_topics

    def has_feed(self, family: Family, count: int) -> bool:
        """Whether a member with so many articles or changes has feeds."""
        return self.has_feeds(family) and self.has_articles and count >= (self._min_items if family.terms else 1)

    def feed_path(self, listing: OutputPath, form: FeedFormat, *folders: str) -> OutputPath:
        """The path of a feed of a page that lists: `…/feed.xml`, `…/atom.xml` or `…/feed.json`, in folders below it."""
        return path_below(listing, *folders, FEED_NAMES[form])


class Directory:
    """Finds the targets of links among all that is visible."""

    def __init__(self, snapshot: Snapshot, urls: Urls, static: Mapping[str, str]) -> None:
        """Take what is visible, and the addresses of files of `static/` as `find_static` wants them."""
        self._static = static
        self._articles = snapshot.article_by_id
        self._stories = snapshot.story_by_id
        self._pages = {page.id: page for page in snapshot.pages}
        self._urls = urls
        self._find = cache(self._find_target)

    def links_of(self, record: Record) -> Links:
        """The targets of the links in all texts of a record."""
        if not record.texts:
            return self._links_in((record.body,)) if record.body.links or record.body.files else NO_LINKS
        return self._links_in((record.body, *record.texts.values()))

    def _links_in(self, texts: tuple[Body, ...]) -> Links:
        links = {link: self._find(link) for body in texts for link in body.links}
        links |= {link: find_static(link, self._static) for body in texts for link in body.files}
        return {link: href for link, href in links.items() if href is not None}

    def _find_target(self, link: str) -> str | None:
        kind, record_id = split_ref(link)
        fragment = link.partition("#")[2] if "#" in link else ""
        urls = self._urls
        if kind == "article":
            article = self._articles.get(record_id)
            return urls.article_href(article) + _fragment(article.body, fragment) if article else None
        if kind == "page" and (page := self._pages.get(record_id)):
            return urls.href(urls.record_path(page)) + _fragment(page.body, fragment)
        if kind == "story" and (story := self._stories.get(record_id)):
            return urls.story_href(story)
        family = {"topic": "topics", "source": "sources", "entity": "entities"}.get(kind)
        return urls.listing_href(family, record_id) if family else None


def _fragment(body: Body, fragment: str) -> str:
    anchor = body.anchor_of(fragment) if fragment else None
    return f"#{anchor}" if anchor else ""
