"""Views of pictures → bytes, from files in the site's folder."""

from pathlib import Path

from generator.animations import strip_metadata
from generator.digest import digest_bytes, digest_of, program_digest
from generator.errors import Problem, RenderError
from generator.names import Digest
from generator.outputs.files import Animation, Rendition
from generator.reading import read_regular
from generator.render.resize import Resizer
from generator.rendition_cache import RenditionCache

_MAX_BYTES = 10**12  # the highest limit that a site can set; the digest says whether it is the file that was measured


class PictureRenderer:
    """Renders pictures of one site."""

    def __init__(self, root: Path | None) -> None:
        """Take the site's folder, None on a host without its files."""
        self._root = root
        self._renditions = RenditionCache(root) if root else None
        self._resizer = Resizer(self.read_file)

    def render(self, view: Rendition | Animation) -> bytes:
        """Render a picture.

        Raises:
            RenderError: the file cannot be used, or changed while the site was built.
        """
        try:
            if isinstance(view, Rendition):
                return self._resize(view)
            return strip_metadata(
                self.read_file(view.asset.file, view.asset.digest), view.asset.name.rpartition(".")[2]
            )
        except RenderError:
            raise
        except Exception as fault:  # Pillow's decoders raise all kinds of exceptions for broken files
            raise _refuse(view.asset.file, str(fault) or type(fault).__name__, "save it again") from fault

    def _resize(self, view: Rendition) -> bytes:
        assert self._renditions is not None
        shape = (view.width, view.height, view.widest, view.format, view.quality)
        key = digest_of([program_digest(), view.asset.digest, shape])
        kept = self._renditions.get(key)
        if kept is None:
            kept = self._resizer.resize(view)
            self._renditions.put(key, kept)
        return kept

    def read_file(self, file: str, digest: Digest) -> bytes:
        """A file of the content, which must not have changed since it was measured."""
        assert self._root is not None
        try:
            data = read_regular(self._root / file, max_bytes=_MAX_BYTES)
        except OSError as fault:
            raise _refuse(file, fault.strerror or str(fault), "build again") from fault
        if digest_bytes(data) != digest:
            raise _refuse(file, "it changed while the site was built", "build again")
        return data


def _refuse(file: str, why: str, hint: str) -> RenderError:
    message = f"the file cannot be used: {why}"
    return RenderError([Problem(file=file, code="broken-image", message=message, hint=hint)])
