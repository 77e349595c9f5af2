"""The families of pages: one table of their names, contents and switches."""

import re
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from generator.names import OutputPath
from generator.plan.routes import INDEX, NUMBERED, ROUTES
from generator.records import Article
from generator.site import Snapshot, corrections

Members = Callable[[Snapshot], Sequence[Any]]
Groups = Callable[[Snapshot], Mapping[Any, tuple[Article, ...]]]


class Family(NamedTuple):
    """A family of pages.

    `name` is its switch in `[outputs]`, the key of its heading in the strings, and its key in `ROUTES`.
    `kind` is the name of its listings in views, `feeds` the switch of its feeds; both are empty if it has none.
    `members` are the items of a snapshot that have a page each, `groups` the articles of each of them by id.
    In a family of `terms`, only members with at least `[feeds] min_items` articles have a feed.
    A family that `has_index` is in the navigation unless it is empty; one that `shows_empty` is always there.
    A family `within` another one is on only if that one is on, too.
    Pages of a family that `comes` are made from articles alone, so any new article can add one; if it `passes`, they
    are of a time, and nobody misses one that loses its last article.
    """

    name: str
    members: Members
    groups: Groups | None = None
    kind: str = ""
    feeds: str = ""
    terms: bool = False
    has_index: bool = True
    shows_empty: bool = False
    comes: bool = False
    passes: bool = False
    within: str = ""

    @property
    def index_path(self) -> OutputPath:
        """The index of all members."""
        return ROUTES["indexes"].path(self.name)

    @property
    def expression(self) -> str:
        """A regular expression of the folders of the pages that list its articles."""
        return ROUTES[self.name].expression if self.name in ROUTES else f"{self.name}/"


_articles, _stories = attrgetter("articles"), attrgetter("stories")
_by_topic, _by_source, _by_entity = map(attrgetter, ("articles_by_topic", "articles_by_source", "articles_by_entity"))
_by_tag, _by_month, _by_story = map(attrgetter, ("articles_by_tag", "articles_by_month", "articles_by_story"))

_by_week, _by_topic_week = map(attrgetter, ("articles_by_week", "articles_by_topic_week"))

_TABLE = (
    Family("site", _articles, feeds="site", has_index=False),
    Family("latest", _articles, kind="latest", shows_empty=True),
    Family("topics", attrgetter("topics"), _by_topic, "topic", "topic_feeds", terms=True, shows_empty=True),
    Family("stories", _stories, _by_story, feeds="story_feeds"),
    Family("sources", attrgetter("sources"), _by_source, "source", "source_feeds", terms=True, shows_empty=True),
    Family("entities", attrgetter("entities"), _by_entity, "entity", "entity_feeds", terms=True),
    Family("tags", attrgetter("tags"), _by_tag, "tag", "tag_feeds", terms=True, comes=True),
    Family("archive", _by_month, _by_month, "month", comes=True, passes=True),
    Family("weeks", _by_week, _by_week, "week", has_index=False, comes=True, passes=True, within="archive"),
    Family(
        "topic_weeks", _by_topic_week, _by_topic_week, "week", has_index=False, comes=True, passes=True, within="topics"
    ),
    Family("insights", _articles),
    Family("changes", _stories, feeds="change_feeds", has_index=False, comes=True, within="stories"),
    Family("corrections", lambda one: corrections(one.articles, one.stories), feeds="correction_feeds"),
    Family("sponsors", lambda one: (*one.campaigns, *one.past_campaigns)),
    Family("feeds", _articles),
)

FAMILIES = {family.name: family for family in _TABLE}
"""All families, in the order of the navigation and of lists of feeds."""

INDEXES = tuple(family for family in FAMILIES.values() if family.has_index)
"""Those with an index, which is in the navigation."""

LISTED = tuple(family for family in FAMILIES.values() if family.kind and family.kind != "week")
"""Those with listings of articles."""

WEEKS = tuple(family for family in FAMILIES.values() if family.kind == "week")
"""Those with a page per week."""

_WITH_PAGES = tuple(family for family in FAMILIES.values() if family.kind or family.feeds)
_BELOW_LISTINGS = "|".join(f"{family.expression}{NUMBERED}.+" for family in _WITH_PAGES)
_COMING = "|".join(f"{family.expression}{INDEX if family.kind else '.+'}" for family in _WITH_PAGES if family.comes)
_PASSING = "|".join(f"{family.expression}{INDEX}" for family in FAMILIES.values() if family.passes)
_OF_MEMBERS = "|".join(family.expression for family in _WITH_PAGES if family.groups and family.feeds)

_FEED_LISTS = f"{ROUTES['feed_lists'].expression}{INDEX}"

_COMES_WITH_TIME = re.compile(f"{_BELOW_LISTINGS}|{_COMING}|{_FEED_LISTS}")
_PASSES = re.compile(rf"(?:.*/)?{NUMBERED}[^/]+|{_PASSING}|{_FEED_LISTS}")
_HAS_FEEDS_BELOW = re.compile(f"(?:{_OF_MEMBERS}){INDEX}")


def comes_with_time(path: str) -> bool:
    """Whether a path is reserved for pages and feeds that come with time, such as the next full page of a listing."""
    return _COMES_WITH_TIME.fullmatch(path) is not None


def passes(path: str) -> bool:
    """Whether an output comes and goes with what it lists: full pages, archives and lists of feeds, months, weeks."""
    return _PASSES.fullmatch(path) is not None


def has_feeds_below(path: str) -> bool:
    """Whether a path is that of a page with feeds below it."""
    return _HAS_FEEDS_BELOW.fullmatch(path) is not None
