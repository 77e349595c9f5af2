"""Makes the chrome: what surrounds every page."""

from collections.abc import Iterator

from generator.outputs.parts import Chrome, Link
from generator.plan.context import PlanContext
from generator.plan.families import INDEXES
from generator.plan.parts import index_link, page_link, record_link
from generator.plan.routes import ROUTES
from generator.site import Snapshot

HEADER = ("latest", "stories")
"""The families that every page leads to at its top."""


def make_chrome(context: PlanContext, snapshot: Snapshot, *, has_for_you: bool) -> Chrome:
    """Make the chrome: the site's name, its navigation and its footer."""
    site, urls = context.config.site, context.urls

    def pages(place: str) -> Iterator[Link]:
        return (page_link(context, page) for page in snapshot.pages if page.navigation == place)

    indexes = (index_link(context, family.name) for family in INDEXES)
    leading = (index_link(context, name) for name in HEADER)
    top = (
        record_link(context, "topics", topic.id) for topic in context.standing.ordered_topics if topic.parent is None
    )
    feed = urls.feed_path(urls.front_path(), "rss")
    return Chrome(
        title=site.title,
        tagline=site.tagline,
        language=site.language,
        direction=context.strings.direction,
        home=urls.href(urls.front_path()),
        base_path=urls.site.base_path,
        topics=tuple(link for link in top if link.href),
        header=(*(link for link in leading if link.href), *pages("header")),
        indexes=tuple(link for link in indexes if link.href),
        footer=tuple(pages("footer")),
        feed=urls.href(feed) if snapshot.articles and context.config.outputs.rss else None,
        for_you=urls.href(ROUTES["for_you"].path()) if has_for_you else None,
        copyright=site.copyright,
    )
