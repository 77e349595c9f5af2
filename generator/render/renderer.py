"""The door of this room: one output → its bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.errors import Problem, RenderError
from generator.names import Digest
from generator.outputs import Output
from generator.outputs.views import (
    Animation,
    Chrome,
    Copy,
    Feed,
    Opml,
    Rendition,
    Robots,
    Sitemap,
    SitemapIndex,
    SocialCard,
    View,
)
from generator.render.feeds import render_atom, render_opml, render_rss
from generator.render.indexes import render_robots, render_sitemap, render_sitemap_index
from generator.render.jsonfeed import render_json_feed
from generator.render.pages import PageRenderer
from generator.render.passages import ReadBody
from generator.render.pictures import PictureRenderer
from generator.theme import THEME_ASSET, Theme


class Renderer:
    """Renders the outputs of one build. It is given views and the theme, never the site."""

    def __init__(self, theme: Theme, chrome: Chrome, root: Path | None) -> None:
        """Take what all outputs share; `root` is the site's folder, None on a host that does not see its files."""
        self._theme = theme
        self._pictures = PictureRenderer(root)
        self._pages = PageRenderer(theme, chrome)

    def render(self, output: Output, read_body: Callable[[Digest], str]) -> bytes:
        """Render one output; `read_body` gives a compiled body by its digest.

        Raises:
            RenderError: a template failed on the view, or a picture changed while the site was built.
        """
        match output.view:
            case Feed():
                return FEED_RENDERERS[output.view.format](output.view, read_body)
            case Copy():
                return self._theme.asset_bytes[output.view.asset.file.removeprefix(THEME_ASSET)]
            case Rendition() | Animation():
                return self._pictures.render(output.view)
            case SocialCard():
                from generator.render.social import draw_card

                font = output.view.font
                return draw_card(output.view, self._pictures.read_file(font.file, font.digest) if font else None)
            case _:
                render = _RENDERERS.get(type(output.view))
                return render(output.view) if render else self._pages.render(output, read_body)


FEED_RENDERERS: dict[str, Callable[[Feed, ReadBody], bytes]] = {
    "rss": render_rss,
    "atom": render_atom,
    "json_feed": render_json_feed,
}

_RENDERERS: dict[type[View], Callable[[Any], bytes]] = {
    Opml: render_opml,
    Sitemap: render_sitemap,
    SitemapIndex: render_sitemap_index,
    Robots: render_robots,
}
"""Of views that need nothing else."""


def _refuse(file: str, why: str, hint: str) -> RenderError:
    message = f"the file cannot be used: {why}"
    return RenderError([Problem(file=file, code="broken-image", message=message, hint=hint)])
