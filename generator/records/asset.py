"""A file that is published beside the pages."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

import msgspec

from generator.names import Digest, OutputPath, SiteUrl, compose, output_path, page_path

THEME_ASSET = "theme:"
"""Before the name of an asset whose bytes are in the theme."""


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of the content, a file of a theme, or one of `static/`.

    `name` is its name in the output, without the digest: `style.css`; for a file of `static/` its path in the output.
    `file` is the place of its bytes: relative to the site's folder, or `theme:` and the asset's name.
    `width` and `height` are pixels of a picture as it is shown; 0 for other files.
    `colour` is its average as `#rrggbb`; empty for a transparent picture.
    """

    name: str
    file: str
    digest: Digest
    width: int = 0
    height: int = 0
    colour: str = ""
    is_animated: bool = False


def digest_name(asset: Asset) -> str:
    """An asset's name with its digest: `style.4f1c2ab90d.css`, cacheable for ever."""
    stem, dot, suffix = asset.name.rpartition(".")
    return f"{stem}.{asset.digest[:10]}.{suffix}" if dot else f"{asset.name}.{asset.digest[:10]}"


def assets_path(asset: Asset) -> OutputPath:
    """Where a theme's asset goes: `assets/style.4f1c2ab90d.css`."""
    return output_path("assets", *digest_name(asset).split("/"))


def find_static(link: str, static: Mapping[str, str]) -> str | None:
    """The link, as pages write it, to the file that an address in a text means, such as `/files/a%20b.pdf#page=2`.

    `static` is what `hrefs_of` gives; None if it has no such file.
    """
    path, mark, fragment = link.partition("#")
    href = static.get(compose(unquote(path)))
    return href + mark + quote(fragment, safe="=&,;:%") if href else None


def hrefs_of(static: Iterable[Asset], site: SiteUrl) -> dict[str, str]:
    """The links to files of `static/`, as pages write them, by their decoded paths: `/files/a b.pdf`."""
    paths = (static_path(one) for one in static)
    return {
        served: site.base_path + quote(served) for path in paths for served in {f"/{path}", unquote(page_path(path))}
    }


def static_path(asset: Asset) -> OutputPath:
    """Where a file of `static/` goes: the path that it has there."""
    return output_path(*asset.name.split("/"), as_is=True)
