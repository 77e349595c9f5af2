"""Views of sitemaps and `robots.txt` → bytes."""

from html import escape

from generator.outputs.files import NewsSitemap, Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.theme.filters import iso

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def render_sitemap(view: Sitemap) -> bytes:
    """Render a part of the sitemap (sitemaps.org, protocol 0.9, `urlset`; Google, "Image sitemaps")."""
    return _write("urlset", "url", view.urls)


def render_sitemap_index(view: SitemapIndex) -> bytes:
    """Render the list of sitemaps (sitemaps.org, protocol 0.9, `sitemapindex`)."""
    return _write("sitemapindex", "sitemap", view.urls)


def render_news_sitemap(view: NewsSitemap) -> bytes:
    """Render the news sitemap (Google, "Create a news sitemap")."""
    publication = f"<news:name>{_escape(view.publication)}</news:name><news:language>{view.language}</news:language>"
    lines = [_HEAD, f'<urlset xmlns="{_NAMESPACE}" xmlns:news="{_NEWS}">']
    for url in view.urls:
        fields = f"<news:publication_date>{iso(url.published)}</news:publication_date>"
        fields += f"<news:title>{_escape(url.title)}</news:title>"
        news = f"<news:news><news:publication>{publication}</news:publication>{fields}</news:news>"
        lines.append(f"<url><loc>{_escape(url.url)}</loc>{news}</url>")
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()


def render_robots(view: Robots) -> bytes:
    """Render `robots.txt` (RFC 9309), which allows everything."""
    lines = ["User-agent: *", "Disallow:"]
    if view.sitemap_url:
        lines += ["", f"Sitemap: {view.sitemap_url}"]
    return ("\n".join(lines) + "\n").encode()


def _write(root: str, element: str, urls: tuple[SitemapUrl, ...]) -> bytes:
    images = f' xmlns:image="{_IMAGES}"' if any(url.image for url in urls) else ""
    lines = [_HEAD, f'<{root} xmlns="{_NAMESPACE}"{images}>']
    for url in urls:
        updated = f"<lastmod>{iso(url.updated)}</lastmod>" if url.updated else ""
        image = f"<image:image><image:loc>{_escape(url.image)}</image:loc></image:image>" if url.image else ""
        lines.append(f"<{element}><loc>{_escape(url.url)}</loc>{updated}{image}</{element}>")
    lines.append(f"</{root}>\n")
    return "\n".join(lines).encode()


def _escape(text: str) -> str:
    return escape(text, quote=False)
