"""The menus of all pages: those that every site has, or those of `[menu]` in `site.toml`."""

from collections.abc import Iterator
from typing import Literal

from generator.config import MenuItem
from generator.names import Kind
from generator.outputs.parts import Link, MenuGroup
from generator.plan.context import PlanContext
from generator.plan.families import INDEXES
from generator.plan.parts import article_link, index_link, page_link, record_link, story_link
from generator.plan.routes import ROUTES
from generator.site import Snapshot, split_ref

HEADER = ("latest", "stories")
"""The families that every page leads to at its top, unless the site has a menu of its own."""


def header_links(context: PlanContext, snapshot: Snapshot, *, has_for_you: bool) -> tuple[Link, ...]:
    """What every page leads to at its top, in order; pages of the site come after the entries of `[menu]`."""
    menus = _Menus(context, snapshot, has_for_you=has_for_you)
    items = context.config.menu.header
    if items is None:
        leading = (*(index_link(context, name) for name in HEADER), *menus.pages("header"), menus.for_you())
    else:
        leading = (*map(menus.link, items), *menus.pages("header", items))
    return tuple(link for link in leading if link and link.href)


def footer_groups(context: PlanContext, snapshot: Snapshot, *, feed: str | None) -> tuple[MenuGroup, ...]:
    """What every page leads to at its foot, in groups; those that would be empty are left out.

    `feed` is the `href` of the site's main feed.
    """
    menus = _Menus(context, snapshot, has_for_you=False)
    items, own = context.config.menu.footer, context.say("footer_site")
    groups: dict[str, list[Link | None]] = {}
    if items is None:
        groups[context.say("footer_browse")] = [index_link(context, family.name) for family in INDEXES]
        groups[context.say("footer_follow")] = [Link(text=context.say("rss_feed"), href=feed)]
    for item in items or ():
        groups.setdefault(item.group or own, []).append(menus.link(item))
    groups.setdefault(own, []).extend(menus.pages("footer", items or ()))
    found = ((heading, tuple(one for one in links if one and one.href)) for heading, links in groups.items())
    return tuple(MenuGroup(heading=heading, links=links) for heading, links in found if links)


class _Menus:
    """Makes the links of menus; what is hidden, switched off or empty has none."""

    def __init__(self, context: PlanContext, snapshot: Snapshot, *, has_for_you: bool) -> None:
        self._context, self._snapshot, self._has_for_you = context, snapshot, has_for_you

    def link(self, item: MenuItem) -> Link | None:
        """The link of an entry, under its own title if it has one."""
        found = self._find(item.to)
        return Link(text=item.title, href=found.href) if found and item.title else found

    def pages(self, place: str, items: tuple[MenuItem, ...] = ()) -> Iterator[Link]:
        """The pages of the site that say that they belong there, without those that have an entry."""
        named = {item.to for item in items}
        for page in self._snapshot.pages:
            if page.navigation == place and f"page:{page.id}" not in named:
                yield page_link(self._context, page)

    def for_you(self) -> Link | None:
        """The page of what a reader follows."""
        href = self._context.urls.href(ROUTES["for_you"].path())
        return Link(text=self._context.say("for_you"), href=href) if self._has_for_you else None

    def _find(self, to: str) -> Link | None:
        if to == "for_you":
            return self.for_you()
        if to.startswith("/"):
            return Link(text=to, href=self._context.urls.site.base_path + to)
        if "/" in to or to.startswith("mailto:"):
            return Link(text=to, href=to)
        return self._find_record(to) if ":" in to else index_link(self._context, to)

    def _find_record(self, to: str) -> Link | None:
        context, snapshot = self._context, self._snapshot
        kind, record_id = split_ref(to)
        if kind == "article":
            return article_link(context, found) if (found := snapshot.article_by_id.get(record_id)) else None
        if kind == "story":
            return story_link(context, story) if (story := snapshot.story_by_id.get(record_id)) else None
        if kind == "page":
            return next((page_link(context, page) for page in snapshot.pages if page.id == record_id), None)
        family = _FAMILIES[kind]
        return record_link(context, family, record_id) if record_id in context.urls.visible[family] else None


_FAMILIES: dict[Kind, Literal["topics", "sources", "entities"]] = {
    "topic": "topics",
    "source": "sources",
    "entity": "entities",
}
