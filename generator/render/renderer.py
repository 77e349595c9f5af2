"""The door of this room: one output → its bytes."""

from collections.abc import Callable
from pathlib import Path

from generator.digest import digest_bytes
from generator.errors import Problem, RenderError
from generator.names import Digest
from generator.outputs import Output
from generator.outputs.views import Chrome, Copy, Robots, RssFeed, Sitemap, SitemapIndex
from generator.render.feeds import render_rss
from generator.render.indexes import render_robots, render_sitemap, render_sitemap_index
from generator.render.pages import PageRenderer
from generator.theme import THEME_ASSET, Theme


class Renderer:
    """Renders the outputs of one build. It is given views and the theme, never the site."""

    def __init__(self, theme: Theme, chrome: Chrome, root: Path | None) -> None:
        """Take what all outputs share; `root` is the site's folder, None on a host that cannot copy its pictures."""
        self._theme = theme
        self._root = root
        self._pages = PageRenderer(theme, chrome)

    def render(self, output: Output, read_body: Callable[[Digest], str]) -> bytes:
        """Render one output; `read_body` gives a compiled body by its digest.

        Raises:
            RenderError: a template failed on the view.
        """
        match output.view:
            case RssFeed():
                return render_rss(output.view, read_body)
            case Sitemap():
                return render_sitemap(output.view)
            case SitemapIndex():
                return render_sitemap_index(output.view)
            case Robots():
                return render_robots(output.view)
            case Copy():
                return _read_asset(output.view, self._theme, self._root)
            case _:
                return self._pages.render(output, read_body)


def _read_asset(view: Copy, theme: Theme, root: Path | None) -> bytes:
    if view.asset.file.startswith(THEME_ASSET):
        return theme.asset_bytes[view.asset.file.removeprefix(THEME_ASSET)]
    assert root is not None
    try:
        data = (root / view.asset.file).read_bytes()
    except OSError as fault:
        raise _changed_meanwhile(view, fault.strerror or str(fault)) from fault
    if digest_bytes(data) != view.asset.digest:
        raise _changed_meanwhile(view, "it changed while the site was built")
    return data


def _changed_meanwhile(view: Copy, why: str) -> RenderError:
    message = f"the picture cannot be copied: {why}"
    return RenderError([Problem(file=view.asset.file, code="broken-image", message=message, hint="build again")])
