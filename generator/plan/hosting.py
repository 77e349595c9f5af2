"""Plans what stands at old addresses, and what hosts of static sites read: `_redirects` and `_headers`."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import product

from generator.names import OutputPath, output_path
from generator.outputs import Draft
from generator.outputs.views import FEED_TYPES, HeaderRule, Headers, Link, Redirect, RedirectPage, Redirects
from generator.plan.desk import Desk
from generator.plan.feeds import SPONSOR_FREE
from generator.plan.meta import page_meta
from generator.plan.urls import FEED_NAMES, INDEX, Directory
from generator.records import Article, Story
from generator.site import Edition

_FOR_EVER = (("Cache-Control", "public, max-age=31536000, immutable"),)
_FOR_ALL = ("Access-Control-Allow-Origin", "*")
_EVERYWHERE = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_NAMES = {
    name: FEED_TYPES[form] + ("; charset=utf-8" if name.endswith(".xml") else "") for form, name in FEED_NAMES.items()
}
"""Media types that hosts cannot tell from the suffix."""

_SUFFIXES = {"md": "text/markdown; charset=utf-8", "opml": "text/x-opml; charset=utf-8"}

_STORY_PAGE = re.compile(rf"stories/[^/]+/{INDEX}")
"""Where only a story's page can have been, with feeds and changes below it."""


def alias_path(alias: str) -> OutputPath:
    """The file behind an old address: `/old/place/` → `old/place/index.html`; `/old.html` is a file itself."""
    segments = alias.strip("/").split("/")
    return output_path(*segments) if segments[-1].endswith(".html") else output_path(*segments, INDEX)


def plan_redirects(desk: Desk, edition: Edition, _directory: Directory) -> Iterator[Draft]:
    """Plan a page at each old address of the visible articles and stories, and `_redirects` where there is one."""
    rules: list[Redirect] = []
    below: list[Redirect] = []
    for record, path in _moved(desk, edition):
        href = desk.urls.href(path)
        for old in dict.fromkeys(map(alias_path, record.aliases)):
            yield desk.keyed_draft(old, RedirectPage, record.file, _redirect_page, record.title, path)
            rules += (Redirect(old=one, new=href) for one in _spellings(desk.urls.href(old)))
            if isinstance(record, Story) and _STORY_PAGE.fullmatch(old):
                below += _moved_below(desk, edition, record, old)
    if rules:
        named = {rule.old: rule for rule in (*below, *rules)}
        view = partial(Redirects, rules=tuple(named[old] for old in sorted(named)))
        yield desk.draft(output_path("_redirects"), Redirects, "_redirects", view)


def plan_headers(desk: Desk, planned: Iterable[OutputPath]) -> Draft:
    """Plan `_headers` for a site with these outputs; every rule begins with the path that the site lives under."""
    base = desk.urls.site.base_path
    rules = [
        HeaderRule(path=f"{base}/assets/*", headers=_FOR_EVER),
        HeaderRule(path=f"{base}/media/*", headers=_FOR_EVER),
        *(
            HeaderRule(path=f"{base}{pattern}", headers=(("Content-Type", kind), _FOR_ALL))
            for pattern, kind in sorted(_patterns(planned))
        ),
    ]
    if desk.config.outputs.api:
        rules.append(HeaderRule(path=f"{base}/api/*", headers=(_FOR_ALL, ("X-Robots-Tag", "noindex"))))
    view = partial(Headers, path=f"{base}/*", everywhere=_EVERYWHERE, rules=tuple(rules))
    return desk.draft(output_path("_headers"), Headers, "_headers", view)


def _moved(desk: Desk, edition: Edition) -> Iterator[tuple[Article | Story, OutputPath]]:
    """Records with old addresses, and where they are now."""
    yield from ((article, desk.urls.article_path(article)) for article in edition.articles if article.aliases)
    if desk.config.outputs.stories:
        yield from ((story, desk.urls.story_path(story)) for story in edition.stories if story.aliases)


def _moved_below(desk: Desk, edition: Edition, story: Story, old: OutputPath) -> Iterator[Redirect]:
    """What stands below a story's page: its feeds, its changes and their feeds."""
    urls, told = desk.urls, edition.told(story)
    changes = desk.changes(told)
    old_changes = output_path(*old.split("/")[:-1], "changes", INDEX)
    if changes and (href := urls.changes_href(story)):
        yield from (Redirect(old=one, new=href) for one in _spellings(urls.href(old_changes)))
    reports = len(edition.articles_by_story.get(story.id, ()))
    twins = [(SPONSOR_FREE,)] if desk.has_sponsored_feeds else []
    moves = (
        ("stories", reports, old, urls.story_path(story), [(), *twins]),
        ("changes", len(changes), old_changes, urls.changes_path(story), [()]),
    )
    for kind, count, before, after, folders in moves:
        for form, below in product(desk.config.feed_formats, folders if urls.has_feed(kind, count) else ()):
            places = [urls.href(urls.feed_path(listing, form, *below)) for listing in (before, after)]
            yield Redirect(old=places[0], new=places[1])


def _spellings(href: str) -> tuple[str, ...]:
    """An address as hosts compare it, letter by letter: that of a folder with and without the slash at its end."""
    return (href.rstrip("/"), href) if href.endswith("/") else (href,)


def _redirect_page(desk: Desk, _own: OutputPath, title: str, path: OutputPath) -> RedirectPage:
    heading = desk.say("page_moved")
    crumbs = (desk.home_link(), Link(text=heading))
    return RedirectPage(
        meta=page_meta(desk, path, title, heading, is_indexed=False),
        crumbs=crumbs,
        heading=heading,
        target=Link(text=title, href=desk.urls.href(path)),
    )


def _patterns(planned: Iterable[OutputPath]) -> set[tuple[str, str]]:
    """Each place in which files have a media type of their own: `/:a/:b/feed.xml`, or `/*.md`."""
    found: set[tuple[str, str]] = set()
    for depth, name in {(path.count("/"), path.rpartition("/")[2]) for path in planned}:
        suffix = name.rpartition(".")[2]
        if name in _NAMES:
            places = "".join(f"/:{letter}" for letter in "abcdefgh"[:depth])
            found.add((f"{places}/{name}", _NAMES[name]))
        elif suffix in _SUFFIXES:
            found.add((f"/*.{suffix}", _SUFFIXES[suffix]))
    return found
