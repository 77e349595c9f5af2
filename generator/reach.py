"""Where the files of a site may be: in its folder, and where `[content] allow_links` lets links lead."""

import os
from collections.abc import Iterable
from pathlib import Path

from generator.errors import Problem


class Reach:
    """The folder of a site, and the places outside of it that links may lead to."""

    def __init__(self, root: Path, allowed: Iterable[str] = ()) -> None:
        """Take the site's folder, and the folders and files of `allow_links`."""
        self.root = root
        self._real = os.path.realpath(root)
        places = (self._real, *(os.path.realpath(os.path.join(self._real, one)) for one in allowed))  # noqa: PTH118
        self._places = tuple(f"{place.rstrip('/')}/" for place in places)
        self._folders: dict[str, bool] = {}

    @property
    def places(self) -> tuple[str, ...]:
        """The absolute paths of the site's folder and of what `allow_links` names."""
        return self._places

    def holds(self, path: str) -> bool:
        """Whether a path of the site stays within reach, whatever links are in it; each folder is asked for once."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = self._is_within(folder)
        is_plain = self._folders[folder] and not os.path.islink(f"{self._real}/{path}")  # noqa: PTH114
        return is_plain or self._is_within(path)

    def check(self, path: str) -> Problem | None:
        """The Problem with the first link in a path of the site that leads out of reach."""
        if self.holds(path):
            return None
        parts = path.split("/")
        starts = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        link = next(start for start in starts if not self._is_within(start))
        place = self._resolve(link)
        target = min(os.path.relpath(place, self._real), place, key=len)
        return Problem(
            file=link,
            code="outside-file",
            message=f"'{link}' is a link that leads out of the site, to '{target}'",
            hint=f"put the file or folder itself there, or add '{target}' to 'allow_links' in [content] of site.toml",
        )

    def _is_within(self, path: str) -> bool:
        return f"{self._resolve(path)}/".startswith(self._places)

    def _resolve(self, path: str) -> str:
        return os.path.realpath(f"{self._real}/{path}")
