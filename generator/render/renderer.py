"""The door of this room: one output → its bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from generator.names import Digest
from generator.outputs import Output
from generator.outputs.documents import Document, Schema
from generator.outputs.feeds import Feed, Opml
from generator.outputs.files import (
    Animation,
    CampaignReport,
    Copy,
    Headers,
    LlmsTxt,
    MarkdownAlternate,
    NewsSitemap,
    Redirects,
    Rendition,
    Robots,
    Sitemap,
    SitemapIndex,
    SocialCard,
)
from generator.outputs.parts import Chrome
from generator.outputs.view import View
from generator.render.api import render_document, render_ledger, render_schema
from generator.render.feeds import render_feed, render_opml
from generator.render.hosting import render_headers, render_redirects
from generator.render.indexes import render_news_sitemap, render_robots, render_sitemap, render_sitemap_index
from generator.render.pages import PageRenderer
from generator.render.pictures import PictureRenderer
from generator.theme import THEME_ASSET, Theme

ReadBody: TypeAlias = Callable[[Digest], str]

_PLAIN: dict[type[View], Callable[[Any], bytes]] = {
    Sitemap: render_sitemap,
    SitemapIndex: render_sitemap_index,
    NewsSitemap: render_news_sitemap,
    Robots: render_robots,
    Opml: render_opml,
    Redirects: render_redirects,
    Schema: render_schema,
    CampaignReport: render_ledger,
}
"""Views whose bytes need nothing else."""

BUNDLES: dict[type[View], Callable[[Any, ReadBody], dict[str, bytes]]] = {}
"""Views that are rendered to several files, by their paths below the output's."""


class Renderer:
    """Renders the outputs of one build. It is given views and the theme, never the site."""

    def __init__(self, theme: Theme, chrome: Chrome, root: Path | None) -> None:
        """Take what all outputs share; `root` is the site's folder, None on a host that does not see its files."""
        self._theme = theme
        self._pictures = PictureRenderer(root)
        self._pages = PageRenderer(theme, chrome)

    def render(self, output: Output, read_body: ReadBody) -> bytes | dict[str, bytes]:
        """Render one output, a file or a bundle of files; `read_body` gives a compiled body by its digest.

        Raises:
            RenderError: a template failed on the view, or a picture changed while the site was built.
        """
        match output.view:
            case Feed():
                return render_feed(output.view, read_body)
            case LlmsTxt() | MarkdownAlternate():
                return self._write_markdown(output.view, read_body)
            case Document():
                return render_document(output.view, read_body)
            case Headers():
                return render_headers(output.view, self._pages.render(output, read_body).decode())
            case Copy() | Rendition() | Animation() | SocialCard():
                return self._render_file(output.view)
            case _ if render := _PLAIN.get(type(output.view)):
                return render(output.view)
            case _ if output.view.is_bundle:
                return BUNDLES[type(output.view)](output.view, read_body)
            case _:
                return self._pages.render(output, read_body)

    def _write_markdown(self, view: LlmsTxt | MarkdownAlternate, read_body: Callable[[Digest], str]) -> bytes:
        from generator.render.markdown import render_alternate, render_llms_txt

        return render_llms_txt(view) if isinstance(view, LlmsTxt) else render_alternate(view, read_body)

    def _render_file(self, view: Copy | Rendition | Animation | SocialCard) -> bytes:
        if isinstance(view, Copy):
            return self._theme.asset_bytes[view.asset.file.removeprefix(THEME_ASSET)]
        if not isinstance(view, SocialCard):
            return self._pictures.render(view)
        from generator.render.social import draw_card

        return draw_card(view, self._pictures.read_file(view.font.file, view.font.digest) if view.font else None)
