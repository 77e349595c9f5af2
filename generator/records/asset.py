"""A file that is published beside the pages."""

import msgspec

from generator.names import Digest, OutputPath, output_path

THEME_ASSET = "theme:"
"""Before the name of an asset whose bytes are in the theme."""


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of the content, or a file of a theme.

    `name` is its name in the output, without the digest: `style.css`.
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
