"""The door of this room: one output → its bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.digest import digest_bytes
from generator.errors import Problem, RenderError
from generator.names import Digest
from generator.outputs import Output
from generator.outputs.views import (
    Animation,
    AnyView,
    Chrome,
    Copy,
    Document,
    Headers,
    Redirects,
    Rendition,
    Robots,
    RssFeed,
    Schema,
    Sitemap,
    SitemapIndex,
    SocialCard,
)
from generator.render.api import render_document, render_schema
from generator.render.darkroom import Darkroom
from generator.render.feeds import render_rss
from generator.render.hosting import render_headers, render_redirects
from generator.render.indexes import render_robots, render_sitemap, render_sitemap_index
from generator.render.pages import PageRenderer
from generator.theme import THEME_ASSET, Theme

_PLAIN: dict[type[AnyView], Callable[[Any], bytes]] = {
    Sitemap: render_sitemap,
    SitemapIndex: render_sitemap_index,
    Robots: render_robots,
    Redirects: render_redirects,
    Schema: render_schema,
}
"""What the bytes of a view need nothing else for."""


class Renderer:
    """Renders the outputs of one build. It is given views and the theme, never the site."""

    def __init__(self, theme: Theme, chrome: Chrome, root: Path | None) -> None:
        """Take what all outputs share; `root` is the site's folder, None on a host that does not see its files."""
        self._theme = theme
        self._root = root
        self._darkroom = Darkroom(self._read_file)
        self._pages = PageRenderer(theme, chrome)

    def render(self, output: Output, read_body: Callable[[Digest], str]) -> bytes:
        """Render one output; `read_body` gives a compiled body by its digest.

        Raises:
            RenderError: a template failed on the view, or a picture changed while the site was built.
        """
        match output.view:
            case Sitemap() | SitemapIndex() | Robots() | Redirects() | Schema():
                return _PLAIN[type(output.view)](output.view)
            case RssFeed():
                return render_rss(output.view, read_body)
            case Copy():
                return self._theme.asset_bytes[output.view.asset.file.removeprefix(THEME_ASSET)]
            case Rendition() | Animation():
                return self._render_picture(output.view)
            case SocialCard():
                from generator.render.social import draw_card

                font = output.view.font
                return draw_card(output.view, self._read_file(font.file, font.digest) if font else None)
            case Document():
                return render_document(output.view, read_body)
            case Headers():
                return render_headers(output.view, self._pages.render(output, read_body).decode())
            case _:
                return self._pages.render(output, read_body)

    def _render_picture(self, view: Rendition | Animation) -> bytes:
        try:
            if isinstance(view, Rendition):
                return self._darkroom.develop(view)
            from generator.render.animations import strip_metadata

            return strip_metadata(
                self._read_file(view.asset.file, view.asset.digest), view.asset.name.rpartition(".")[2]
            )
        except RenderError:
            raise
        except Exception as fault:  # Pillow's decoders raise whatever a broken file makes them raise
            raise _refuse(view.asset.file, str(fault) or type(fault).__name__, "save it anew") from fault

    def _read_file(self, file: str, digest: Digest) -> bytes:
        """A file of the content, as it was when it was measured."""
        assert self._root is not None
        try:
            data = (self._root / file).read_bytes()
        except OSError as fault:
            raise _refuse(file, fault.strerror or str(fault), "build again") from fault
        if digest_bytes(data) != digest:
            raise _refuse(file, "it changed while the site was built", "build again")
        return data


def _refuse(file: str, why: str, hint: str) -> RenderError:
    message = f"the file cannot be used: {why}"
    return RenderError([Problem(file=file, code="broken-image", message=message, hint=hint)])
