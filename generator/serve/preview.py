"""What a preview shows, and where it is built."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from generator.build import Request
from generator.config import PUBLIC_FOLDER
from generator.publish import PREVIEW_FOLDER, read_manifest, state_folder


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """A preview: `root` is the site's folder, resolved.

    With `published` it shows what readers see, else drafts and scheduled records, too.
    `now` is an aware time, None for the present; `workers` is that of a build.
    """

    root: Path
    published: bool = False
    now: datetime | None = None
    workers: int | None = None

    @property
    def folder(self) -> Path:
        """The folder where it is built; it is never deployed, because it has drafts."""
        return self.root / PREVIEW_FOLDER

    @property
    def meanwhile(self) -> Path | None:
        """The published site, which is shown until there is a preview; None if there is none."""
        public = self.root / PUBLIC_FOLDER
        entries = read_manifest(state_folder(self.root, public.resolve())).entries
        return public if "index.html" in entries and (public / "index.html").is_file() else None

    @property
    def request(self) -> Request:
        """The request of its builds."""
        return Request(
            root=self.root,
            output=self.folder,
            now=self.now or datetime.now(UTC),
            drafts=not self.published,
            future=not self.published,
            workers=self.workers,
            explain=True,
            command="newsprint serve",
        )
