"""The ids of a site, from file names and the first bytes of files: quick enough to complete words in a shell."""

import os
import re
from contextlib import suppress

from generator.load.files import CONTENT
from generator.names import Kind, RecordId, compose
from generator.reach import Reach
from generator.reading import list_files
from generator.records import FOLDERS

_HEAD = 4096  # bytes of a file that are searched for a key `id`
_OWN_ID = re.compile(rb"^id:[ \t]*(?:\"([^\"\r\n]+)\"|'([^'\r\n]+)'|([^\s#\"']+))", re.MULTILINE)
_FENCE = re.compile(rb"^---[ \t]*\r?$", re.MULTILINE)


def list_ids(reach: Reach, kind: Kind) -> dict[RecordId, str]:
    """The ids of a kind and their files, in order; records may be faulty, and the first of two with one id counts."""
    folder = next(name for name, one in FOLDERS.items() if one == kind)
    place = f"{CONTENT}/{folder}"
    found: dict[RecordId, str] = {}
    for path in (f"{place}/{name}" for name in list_files(reach.root / place) if name.endswith(".md")):
        if reach.holds(path):
            found.setdefault(_read_id(f"{reach.root}/{path}"), path)
    return found


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
