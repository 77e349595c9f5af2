"""Makes the chrome: what surrounds every page."""

from generator.outputs.parts import Allowed, Chrome
from generator.plan.context import PlanContext
from generator.plan.menus import footer_groups, header_links
from generator.plan.parts import mirror, record_link
from generator.plan.routes import ROUTES
from generator.site import Snapshot


def make_chrome(context: PlanContext, snapshot: Snapshot, *, has_for_you: bool) -> Chrome:
    """Make the chrome: the site's name, its navigation and its footer."""
    site, urls = context.config.site, context.urls
    top = (
        record_link(context, "topics", topic.id) for topic in context.standing.ordered_topics if topic.parent is None
    )
    has_feed = bool(snapshot.articles) and context.config.outputs.rss
    feed = urls.href(urls.feed_path(urls.front_path(), "rss")) if has_feed else None
    return Chrome(
        title=site.title,
        tagline=site.tagline,
        language=site.language,
        direction=context.strings.direction,
        home=urls.href(urls.front_path()),
        base_path=urls.site.base_path,
        topics=tuple(link for link in top if link.href),
        header=header_links(context, snapshot, has_for_you=has_for_you),
        footer=footer_groups(context, snapshot, feed=feed),
        feed=feed,
        for_you=urls.href(ROUTES["for_you"].path()) if has_for_you else None,
        copyright=site.copyright,
        allow=mirror(context.config.security.allow, Allowed),
    )
