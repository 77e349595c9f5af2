"""Which ids there are, seen in file names and in the first bytes of files: for shells that ask at each key."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.load.files import CONTENT
from generator.names import Kind, RecordId, compose
from generator.records import FOLDERS

_HEAD = 4096  # bytes of a file that are looked at for a key `id`
_OWN_ID = re.compile(rb"^id:[ \t]*(?:\"([^\"\r\n]+)\"|'([^'\r\n]+)'|([^\s#\"']+))", re.MULTILINE)
_FENCE = re.compile(rb"^---[ \t]*\r?$", re.MULTILINE)


def list_ids(root: Path, kind: Kind) -> dict[RecordId, str]:
    """The ids of one kind and the files that have them, in order of the files; records may be at fault.

    Args:
        root: The folder with `site.toml`.
        kind: Which records; where two share an id, the first has it.
    """
    folder = next(name for name, one in FOLDERS.items() if one == kind)
    found: dict[RecordId, str] = {}
    for path in sorted(_walk(root, f"{CONTENT}/{folder}")):
        found.setdefault(_read_id(f"{root}/{path}"), path)
    return found


def _walk(root: Path, folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        with suppress(OSError):
            for entry in os.scandir(root / path):
                inner = f"{path}/{entry.name}"
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(inner)
                elif entry.name.endswith(".md") and entry.is_file():
                    yield inner


def _read_id(file: str) -> RecordId:
    with suppress(OSError, UnicodeDecodeError):
        opened = os.open(file, os.O_RDONLY)  # without Python's buffers, which take longer than to read
        try:
            head = os.read(opened, _HEAD).removeprefix(b"\xef\xbb\xbf")
        finally:
            os.close(opened)
        begin = _FENCE.match(head)
        end = _FENCE.search(head, begin.end()) if begin else None
        if begin and (own := _OWN_ID.search(head, 0, end.start() if end else _HEAD)):
            return RecordId(next(filter(None, own.groups())).decode())
    stem = os.path.basename(file).removesuffix(".md")  # noqa: PTH119 - a Path takes as long to make as the file to read
    return RecordId(compose(stem))
