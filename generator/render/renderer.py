"""The door of this room: one output → its bytes."""

from collections.abc import Callable
from pathlib import Path

from generator.names import Digest
from generator.outputs import Output
from generator.outputs.views import (
    Animation,
    Chrome,
    Copy,
    Feed,
    Guide,
    MarkdownTwin,
    NewsSitemap,
    Opml,
    Rendition,
    Robots,
    Sitemap,
    SitemapIndex,
    SocialCard,
)
from generator.render.feeds import render_feed, render_opml
from generator.render.indexes import render_index
from generator.render.pages import PageRenderer
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
                return render_feed(output.view, read_body)
            case Opml():
                return render_opml(output.view)
            case Sitemap() | SitemapIndex() | NewsSitemap() | Robots():
                return render_index(output.view)
            case Guide() | MarkdownTwin():
                return self._write_markdown(output.view, read_body)
            case Copy():
                return self._theme.asset_bytes[output.view.asset.file.removeprefix(THEME_ASSET)]
            case Rendition() | Animation():
                return self._pictures.render(output.view)
            case SocialCard():
                return self._draw_card(output.view)
            case _:
                return self._pages.render(output, read_body)

    def _write_markdown(self, view: Guide | MarkdownTwin, read_body: Callable[[Digest], str]) -> bytes:
        from generator.render.markdown import render_guide, render_twin

        return render_guide(view) if isinstance(view, Guide) else render_twin(view, read_body)

    def _draw_card(self, view: SocialCard) -> bytes:
        from generator.render.social import draw_card

        return draw_card(view, self._pictures.read_file(view.font.file, view.font.digest) if view.font else None)
