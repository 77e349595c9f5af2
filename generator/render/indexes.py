"""Views of sitemaps and `robots.txt` → bytes."""

from html import escape

from generator.outputs.views import Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.theme.filters import iso

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_sitemap(view: Sitemap) -> bytes:
    """Render a part of the sitemap (sitemaps.org, protocol 0.9, `urlset`)."""
    return _write("urlset", "url", view.urls)


def render_sitemap_index(view: SitemapIndex) -> bytes:
    """Render the list of sitemaps (sitemaps.org, protocol 0.9, `sitemapindex`)."""
    return _write("sitemapindex", "sitemap", view.urls)


def render_robots(view: Robots) -> bytes:
    """Render `robots.txt` (RFC 9309): all may be read."""
    lines = ["User-agent: *", "Disallow:"]
    if view.sitemap_url:
        lines += ["", f"Sitemap: {view.sitemap_url}"]
    return ("\n".join(lines) + "\n").encode()


def _write(root: str, element: str, urls: tuple[SitemapUrl, ...]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for url in urls:
        updated = f"<lastmod>{iso(url.updated)}</lastmod>" if url.updated else ""
        lines.append(f"<{element}><loc>{escape(url.url, quote=False)}</loc>{updated}</{element}>")
    lines.append(f"</{root}>\n")
    return "\n".join(lines).encode()
