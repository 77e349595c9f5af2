"""Reads the files of a built site: links, and what is checked of pages and feeds."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from generator.check.reading.documents import (
    find_in_json,
    find_in_markdown,
    find_in_plain_text,
    find_in_redirects,
    find_in_sheet,
    find_in_xml,
    parse_json,
    parse_xml,
)
from generator.check.reading.feeds import is_json_feed, is_xml_feed, read_json_feed, read_xml_feed
from generator.check.reading.pages import read_page
from generator.check.reading.texts import FeedText, OutputText, PageText, ReadEnclosure, ReadItem
from generator.digest import program_digest
from generator.load import BuildCache
from generator.names import Digest, OutputPath
from generator.publish import Manifest
from generator.workers import Workers

_MEMORY = "check"


class _CachedReading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    digest: Digest
    texts: OutputText


def read_outputs(
    folder: Path, manifest: Manifest, cache: BuildCache, workers: Workers, progress: Callable[[int, int], None]
) -> dict[OutputPath, OutputText]:
    """Read every output that may have a link; the cache has the unchanged ones.

    Returns:
        Their texts by path, sorted.

    Raises:
        OSError: an output cannot be read.
    """
    found = cache.get(_MEMORY, program_digest())
    known = msgspec.msgpack.decode(found, type=dict[OutputPath, _CachedReading]) if found else {}
    wanted = {path: entry.digest for path, entry in sorted(manifest.entries.items()) if _reader_of(path)}
    kept = {path: one for path, one in known.items() if wanted.get(path) == one.digest}
    unread = [(path, digest) for path, digest in wanted.items() if path not in kept]
    done = 0
    for chunk in workers.run(partial(_read_chunk, folder=folder), unread):
        kept.update(chunk)
        done += len(chunk)
        progress(done, len(unread))
    if kept != known:
        cache.put(_MEMORY, program_digest(), msgspec.msgpack.encode(kept))
    return {path: kept[path].texts for path in wanted}


def read_output(path: str, data: bytes) -> OutputText:
    """Read one output; empty if its kind has no links."""
    reader = _reader_of(path)
    try:
        return reader(data) if reader else OutputText()
    except ValueError as fault:
        return OutputText(fault=str(fault))


def _read_chunk(chunk: Sequence[tuple[OutputPath, Digest]], *, folder: Path) -> list[tuple[OutputPath, _CachedReading]]:
    return [(path, _CachedReading(digest, read_output(path, (folder / path).read_bytes()))) for path, digest in chunk]


def _reader_of(path: str) -> Callable[[bytes], OutputText] | None:
    return _READERS_BY_PATH.get(path) or _READERS.get(PurePosixPath(path).suffix)


def _read_links(find: Callable[[bytes], Iterable[str]], data: bytes) -> OutputText:
    return OutputText(_sort(find(data)))


def _read_xml(data: bytes) -> OutputText:
    root = parse_xml(data)
    links = _sort(find_in_xml(root))
    return OutputText(links, feed=read_xml_feed(root) if is_xml_feed(root) else None)


def _read_html(data: bytes) -> OutputText:
    """Read a page, or a feed at an old address that is a folder, whose file is `index.html`."""
    return _read_xml(data) if data.startswith(b"<?xml") else read_page(data)


def _read_json(data: bytes) -> OutputText:
    document = parse_json(data)
    links = _sort(find_in_json(document))
    return OutputText(links, feed=read_json_feed(document) if is_json_feed(document) else None)


def _sort(links: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(links)))


_READERS: dict[str, Callable[[bytes], OutputText]] = {
    ".html": _read_html,
    ".xml": _read_xml,
    ".opml": _read_xml,
    ".svg": _read_xml,
    ".json": _read_json,
    ".webmanifest": _read_json,
    ".css": partial(_read_links, lambda data: find_in_sheet(data.decode(errors="replace"))),
    ".md": partial(_read_links, find_in_markdown),
    ".txt": partial(_read_links, find_in_plain_text),
}
"""The readers of outputs by suffix; other outputs have no links."""

_READERS_BY_PATH: dict[str, Callable[[bytes], OutputText]] = {
    "_redirects": partial(_read_links, find_in_redirects),
    "llms.txt": partial(_read_links, find_in_markdown),
}
