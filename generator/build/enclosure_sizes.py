"""Finds the sizes of the pictures in feeds, which enclosures contain."""

from collections.abc import Sequence
from contextlib import nullcontext, suppress
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from generator.config import Config
from generator.digest import program_digest
from generator.errors import RenderError
from generator.load import BuildCache, Loaded
from generator.names import OutputPath
from generator.outputs.files import Animation, Rendition
from generator.plan import place_renditions
from generator.workers import Workers

_LENGTHS = "lengths"


def find_enclosure_sizes(
    loaded: Loaded, config: Config, cache: BuildCache, root: Path, workers: Workers
) -> dict[OutputPath, int]:
    """Sizes in bytes of the plain rendition of each article's picture, by path.

    Cached sizes are not computed again; pictures that cannot be rendered are left out.
    """
    wanted: dict[OutputPath, Rendition | Animation] = {}
    for article in loaded.records.of("article").values() if config.feed_formats else ():
        asset = loaded.assets.get((article.file, article.image.src)) if article.image else None
        if asset is not None and asset.width:
            wanted.update([place_renditions(asset, config.images).plain])
    found = cache.get(_LENGTHS, program_digest())
    known = msgspec.msgpack.decode(found, type=dict[OutputPath, int]) if found else {}
    missing = [(path, view) for path, view in wanted.items() if path not in known]
    if missing:
        # Only this host has the files.
        with Workers() if workers.are_elsewhere else nullcontext(workers) as here:
            known |= chain.from_iterable(here.run(partial(_size_chunk, root=root), missing))
        kept = {path: known[path] for path in wanted if path in known}
        cache.put(_LENGTHS, program_digest(), msgspec.msgpack.encode(kept))
    return known


def _size_chunk(
    chunk: Sequence[tuple[OutputPath, Rendition | Animation]], *, root: Path
) -> list[tuple[OutputPath, int]]:
    """The sizes of some pictures; those that cannot be rendered are reported later."""
    from generator.render.pictures import PictureRenderer

    renderer = PictureRenderer(root)
    sizes = []
    for path, view in chunk:
        with suppress(RenderError):
            sizes.append((path, len(renderer.render(view))))
    return sizes
