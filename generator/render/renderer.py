"""The door of this room: an output → its bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.limits import Limits
from generator.outputs import Output, files
from generator.outputs.documents import Document, Schema
from generator.outputs.feeds import Feed, Opml
from generator.outputs.parts import Chrome
from generator.outputs.view import View
from generator.records import Asset
from generator.render.absolute import ReadBody
from generator.render.api import render_campaigns, render_document, render_schema
from generator.render.feeds import render_feed, render_opml
from generator.render.hosting import render_headers, render_redirects
from generator.render.indexes import render_news_sitemap, render_robots, render_sitemap, render_sitemap_index
from generator.render.markdown import render_alternate, render_llms_txt
from generator.render.pages import PageRenderer
from generator.render.pictures import PictureRenderer
from generator.theme import THEME_ASSET, Theme

_PLAIN: dict[type[View], Callable[[Any], bytes]] = {
    files.Sitemap: render_sitemap,
    files.SitemapIndex: render_sitemap_index,
    files.NewsSitemap: render_news_sitemap,
    files.Robots: render_robots,
    files.LlmsTxt: render_llms_txt,
    Opml: render_opml,
    files.Redirects: render_redirects,
    Schema: render_schema,
    files.CampaignReport: render_campaigns,
}
"""Views that need nothing else."""

_OF_TEXTS: dict[type[View], Callable[[Any, ReadBody], bytes]] = {
    Feed: render_feed,
    files.MarkdownAlternate: render_alternate,
}
"""Views that refer to texts by their digests."""

BUNDLES: dict[type[View], Callable[[Any, ReadBody], dict[str, bytes]]] = {}
"""Views that are rendered to several files; the results are by path below that of the output."""


class Renderer:
    """Renders the outputs of one build from views and the theme; it does not know the site."""

    def __init__(self, theme: Theme, chrome: Chrome, limits: Limits, root: Path | None) -> None:
        """Take what all outputs share; `root` is the site's folder, None on a host without its files."""
        self._theme = theme
        self._pictures = PictureRenderer(root)
        self._pages = PageRenderer(theme, chrome, limits, is_endable=root is not None)

    def render(self, output: Output, read_body: ReadBody) -> bytes | dict[str, bytes]:
        """Render one output, a file or a bundle of files; `read_body` gives a compiled body by its digest.

        Raises:
            RenderError: a template failed on the view, or a picture changed while the site was built.
        """
        match output.view:
            case Document():
                return render_document(output.view, read_body)
            case files.Headers():
                return render_headers(output.view, self._pages.render(output, read_body).decode())
            case files.Copy(asset=asset):
                return self._copy(asset)
            case files.Rendition() | files.Animation():
                return self._pictures.render(output.view)
            case files.SocialCard(font=font):
                from generator.render.social import draw_card

                return draw_card(output.view, self._pictures.read_file(font.file, font.digest) if font else None)
            case _ if render := _PLAIN.get(type(output.view)):
                return render(output.view)
            case _ if write := _OF_TEXTS.get(type(output.view)) or BUNDLES.get(type(output.view)):
                return write(output.view, read_body)
            case _:
                return self._pages.render(output, read_body)

    def _copy(self, asset: Asset) -> bytes:
        if asset.file.startswith(THEME_ASSET):
            return self._theme.asset_bytes[asset.file.removeprefix(THEME_ASSET)]
        return self._pictures.read_file(asset.file, asset.digest)
