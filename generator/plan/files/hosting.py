"""Plans `_headers`, which hosts of static sites read."""

from collections.abc import Iterable
from functools import partial

from generator.media import FEED_TYPES, media_type
from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.feeds import FEED_NAMES
from generator.outputs.files import HeaderRule, Headers
from generator.plan.context import PlanContext
from generator.plan.routes import ROUTES

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
"""Media types that do not follow from the suffix."""

_SUFFIXES = {"md", "opml"}


def plan_headers(context: PlanContext, planned: Iterable[OutputPath]) -> Draft:
    """Plan `_headers` for a site with these outputs; every rule begins with the base path of the site."""
    base = context.urls.site.base_path
    rules = [
        HeaderRule(path=f"{base}/assets/*", headers=_FOR_EVER),
        HeaderRule(path=f"{base}/media/*", headers=_FOR_EVER),
        *(
            HeaderRule(path=f"{base}{pattern}", headers=(("Content-Type", kind), _FOR_ALL))
            for pattern, kind in sorted(_patterns(planned))
        ),
    ]
    if context.config.outputs.api:
        rules.append(HeaderRule(path=f"{base}/api/*", headers=(_FOR_ALL, ("X-Robots-Tag", "noindex"))))
    view = partial(Headers, path=f"{base}/*", everywhere=_EVERYWHERE, rules=tuple(rules))
    return Draft(ROUTES["headers"].path(), Headers, "_headers", view)


def _patterns(planned: Iterable[OutputPath]) -> set[tuple[str, str]]:
    """The patterns of files with a special media type: `/:a/:b/feed.xml`, or `/*.md`."""
    found: set[tuple[str, str]] = set()
    for depth, name in {(path.count("/"), path.rpartition("/")[2]) for path in planned}:
        suffix = name.rpartition(".")[2]
        if name in _NAMES:
            places = "".join(f"/:{letter}" for letter in "abcdefgh"[:depth])
            found.add((f"{places}/{name}", _NAMES[name]))
        elif suffix in _SUFFIXES:
            found.add((f"/*.{suffix}", media_type(name)))
    return found
