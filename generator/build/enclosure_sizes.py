"""How many bytes the pictures have that feeds name: an enclosure says so before anybody fetches it."""

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
    """Weigh the rendition of each article's picture that serves where none can be chosen.

    Returns:
        Lengths in bytes by path. What the cache holds is not rendered again; what cannot be rendered is left out.
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
        # Only this host sees the files.
        with Workers() if workers.are_elsewhere else nullcontext(workers) as here:
            known |= chain.from_iterable(here.run(partial(_size_chunk, root=root), missing))
        kept = {path: known[path] for path in wanted if path in known}
        cache.put(_LENGTHS, program_digest(), msgspec.msgpack.encode(kept))
    return known


def _size_chunk(
    chunk: Sequence[tuple[OutputPath, Rendition | Animation]], *, root: Path
) -> list[tuple[OutputPath, int]]:
    """Weigh some pictures, but for those that cannot be rendered, which is told when that is tried for the site."""
    from generator.render.pictures import PictureRenderer

    renderer = PictureRenderer(root)
    sizes = []
    for path, view in chunk:
        with suppress(RenderError):
            sizes.append((path, len(renderer.render(view))))
    return sizes
