"""Stores of objects as places of a site: all that fsspec has a file system for."""

import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from generator.digest import digest_bytes
from generator.errors import PublishError
from generator.media import media_type
from generator.names import STATE_FOLDER, Digest, OutputPath, hide_password, is_output_path
from generator.outputs import Phase
from generator.publish.lock import Waiting
from generator.publish.manifest import Manifest
from generator.publish.place import COPY_NAME, FileMove, Place, Staging

_PATTERN = re.compile(r"[*?\[\]]")
_OBJECTS_AT_ONCE = 1000

# The version of an object, by the names that file systems give it, the most reliable first.
_VERSION_KEYS = (
    *("ETag", "etag", "md5Hash", "generation", "mtime"),
    *("LastModified", "last_modified", "updated", "created"),
)

# The arguments for the media type of objects; other file systems have none.
_TYPE_ARGUMENTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "s3": lambda kind: {"ContentType": kind},
    "gs": lambda kind: {"content_type": kind},
    "abfs": lambda kind: {"content_settings": {"content_type": kind}},
}


class Store:
    """A folder of a store; outputs are staged in the site's folder and uploaded phase by phase."""

    def __init__(self, url: str, root: Path, files: Any, prefix: str) -> None:
        """Take the URL, the site's folder, and fsspec's file system with the path in it."""
        self.name = self.seen_from_site = hide_password(url)
        self.state = root / STATE_FOLDER / "outputs" / digest_bytes(url.rstrip("/").encode())[:12]
        self.staging = Staging(self.state / "staging", None)
        self._files = files
        self._prefix = prefix.rstrip("/") + "/"

    def lock(self, waiting: Waiting) -> AbstractContextManager[None]:  # noqa: ARG002 - as the other places
        """No lock; the lock of the site excludes its other builds."""
        return nullcontext()

    def stat(self, paths: Collection[OutputPath]) -> dict[OutputPath, tuple[int, int]]:
        """Size in bytes of each output that is there, and a number made from its version."""
        found = self._list() if paths else {}
        return {path: (info["size"], _version_of(info)) for path in paths if (info := found.get(path)) is not None}

    def read(self, path: OutputPath) -> bytes | None:
        """The bytes of an object; None if it does not exist."""
        with self._raising():
            try:
                return bytes(self._files.cat_file(self._prefix + path))
            except FileNotFoundError:
                return None

    def confirm(self, path: OutputPath, digest: Digest) -> Digest | None:  # noqa: ARG002 - as the other places
        """Unknown: its size fits, and reading all objects takes longer than uploading them."""
        return Digest("")

    def find_all(self) -> list[str]:
        """The paths of all objects, sorted."""
        return sorted(path for path in self._list() if path != COPY_NAME)

    def read_copy(self) -> bytes | None:
        """The bytes of the copy."""
        return self.read(OutputPath(COPY_NAME))

    def write_copy(self, data: bytes) -> None:
        """Replace the copy."""
        with self._raising():
            self._files.pipe_file(self._prefix + COPY_NAME, data)

    def remove_copy(self) -> None:
        """Remove the copy."""
        with self._raising(), suppress(FileNotFoundError):
            self._files.rm_file(self._prefix + COPY_NAME)

    def sync(self) -> None:
        """Wait for nothing: an uploaded object is safe."""

    def refuse_strangers(
        self, sources: Mapping[OutputPath, str], cleared: Sequence[OutputPath], ours: Container[OutputPath]
    ) -> None:
        """Refuse nothing: objects are never in the way of another."""

    def order(self, moved: Sequence[tuple[Phase, OutputPath]], sources: Mapping[OutputPath, str]) -> Iterator[FileMove]:
        """Each file by itself."""
        return (FileMove(phase, sources[path], path) for phase, path in moved)

    def put(self, moves: Sequence[FileMove], *, is_resumed: bool) -> None:
        """Upload one phase, many at once."""
        for kind, alike in groupby(sorted(moves, key=_type_of), key=_type_of):
            staged = [(self.staging.folder / move.source, self._prefix + move.goal) for move in alike]
            if is_resumed:
                staged = [(file, goal) for file, goal in staged if file.exists()]
            for start in range(0, len(staged), _OBJECTS_AT_ONCE):
                together = staged[start : start + _OBJECTS_AT_ONCE]
                with self._raising():
                    files, goals = [str(file) for file, _ in together], [goal for _, goal in together]
                    self._files.put(files, goals, **self._type_arguments(kind))
                for file, _ in together:
                    file.unlink()

    def remove(self, paths: Sequence[OutputPath]) -> None:
        """Remove objects, many at once."""
        goals = [self._prefix + path for path in filter(is_output_path, paths)]
        for start in range(0, len(goals), _OBJECTS_AT_ONCE):
            together = goals[start : start + _OBJECTS_AT_ONCE]
            with self._raising():
                try:
                    self._files.rm(together)
                except FileNotFoundError:  # some file systems fail for all objects if one is missing
                    for goal in together:
                        with suppress(FileNotFoundError):
                            self._files.rm_file(goal)

    def mark(self, manifest: Manifest, moves: Sequence[FileMove]) -> Manifest:
        """The manifest with the versions of uploaded objects; missing ones are rendered again by the next build."""
        goals = {OutputPath(move.goal) for move in moves}
        marks = {path: mark for path, (_, mark) in self.stat(goals).items()}
        entries = {
            path: msgspec.structs.replace(entry, changed_ns=marks.get(path, 0)) if path in goals else entry
            for path, entry in manifest.entries.items()
        }
        return msgspec.structs.replace(manifest, entries=entries)

    def succeed(self, *, is_changed: bool) -> AbstractContextManager[Place]:  # noqa: ARG002 - as the other places
        """The store itself."""
        return nullcontext(self)

    def tidy(self) -> list[str]:
        """Nothing is superfluous."""
        return []

    def _list(self) -> dict[str, Mapping[str, Any]]:
        """What the store knows of all objects, by their paths."""
        with self._raising():
            self._files.invalidate_cache()
            try:
                listed = self._files.find(self._prefix, detail=True)
            except FileNotFoundError:
                return {}
        return {name.removeprefix(self._prefix): info for name, info in listed.items()}

    def _type_arguments(self, kind: str) -> dict[str, Any]:
        protocols = self._files.protocol
        names = (protocols,) if isinstance(protocols, str) else protocols
        return next((_TYPE_ARGUMENTS[name](kind) for name in names if name in _TYPE_ARGUMENTS), {})

    @contextmanager
    def _raising(self) -> Iterator[None]:
        """Raise errors of the store as PublishErrors."""
        try:
            yield
        except Exception as fault:  # each kind of store has its own exceptions
            raise PublishError(self.name, _explain(fault)) from fault


def open_store(url: str, root: Path) -> Store | Path:
    """Open the store at a URL without contacting it; returns a path if it is a folder of this host.

    Raises:
        PublishError: there is no such kind of store, or its package is not installed.
    """
    name = hide_password(url)
    if _PATTERN.search(url):
        raise PublishError(name, "the address of a store cannot contain *, ?, [ or ]")
    try:
        from fsspec.core import url_to_fs
        from fsspec.implementations.local import LocalFileSystem
    except ImportError as fault:
        raise PublishError(
            name, "a store needs more packages; install them with: pip install 'newsprint[cluster]'"
        ) from fault
    try:
        files, prefix = url_to_fs(url)
    except Exception as fault:
        raise PublishError(name, _explain(fault)) from fault
    return Path(prefix) if isinstance(files, LocalFileSystem) else Store(url, root, files, prefix)


def _type_of(move: FileMove) -> str:
    return media_type(move.goal)


def _version_of(info: Mapping[str, Any]) -> int:
    version = next((f"{key}:{info[key]}" for key in _VERSION_KEYS if info.get(key)), "")
    return int(digest_bytes(version.encode())[:12], 16)


def _explain(fault: Exception) -> str:
    return str(fault).strip() or type(fault).__name__
