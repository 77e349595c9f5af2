"""The stable digest of plain data."""

import base64
import functools
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from generator import __version__
from generator.names import Digest

VERSION = 1
"""Goes into every digest: raise it when the way of digesting changes."""

_PERSON = f"newsprint{VERSION}".encode()
_LIBRARIES = (
    *(
        "arabic-reshaper",
        "babel",
        "feedgen",
        "html-to-markdown",
        "idna",
        "jinja2",
        "lxml",
        "markdown",
        "markupsafe",
        "msgspec",
        "nh3",
    ),
    *("pillow", "pygments", "pyromark", "python-bidi", "python-frontmatter", "pyyaml", "tzdata"),
)

_SEAL_BYTES = 16
_SOURCES = (".py", ".yaml", ".ttf")
_RECORDED = re.compile(r"generator/.+\.(py|yaml|ttf),sha256=")

_encoder = msgspec.msgpack.Encoder(order="deterministic")


def digest_bytes(data: bytes) -> Digest:
    """Digest of bytes."""
    return Digest(hashlib.blake2b(data, digest_size=16, person=_PERSON).hexdigest())


def seal(data: bytes, name: str = "") -> bytes:
    """Data in the form in which it is kept: after a digest of its bytes, and of the name that it is kept under."""
    return _digest_sealed(data, name) + data


def unseal(sealed: object, name: str = "") -> bytes | None:
    """Sealed data; None if a bit of it or of its name changed. Nothing else may read what is kept before this."""
    if not isinstance(sealed, bytes):  # a database gives what it finds
        return None
    data = sealed[_SEAL_BYTES:]
    return data if sealed[:_SEAL_BYTES] == _digest_sealed(data, name) else None


def _digest_sealed(data: bytes, name: str) -> bytes:
    digest = hashlib.blake2b(data, digest_size=_SEAL_BYTES, person=_PERSON)
    digest.update(name.encode(errors="surrogatepass"))
    return digest.digest()


def digest_of(value: Any) -> Digest:
    """Digest of plain data or of a Struct; maps in any order give one digest."""
    return Digest(hashlib.blake2b(_encoder.encode(value), digest_size=16, person=_PERSON).hexdigest())


@functools.cache
def program_digest() -> Digest:
    """Digest of this program: its own source files, its font, and the versions of the libraries that shape our bytes.

    What an earlier program made is made again, so nobody has to remember to raise a version.
    """
    root = Path(__file__).parent
    found = dict(_find_sources(root))
    sources = _recorded_sources(root, found) or [_source_line(root, path) for path in found]
    return digest_of([sorted(sources), sys.version, sorted(_library_versions().items())])


def _find_sources(folder: Path | str) -> Iterator[tuple[str, int]]:
    """Find the program's own files: their full paths, and when each was modified, in ns."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_SOURCES):
                yield entry.path, entry.stat().st_mtime_ns
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _find_sources(entry.path)


def _recorded_sources(root: Path, found: dict[str, int]) -> list[str] | None:
    """The lines of an installed program's RECORD for these files: no file needs to be read.

    Returns:
        None if the program runs from a checkout, or a file changed, came or went since it was installed.

    Source: Python Packaging, "Recording installed projects", "The RECORD file".
    """
    record = root.parent / f"newsprint-{__version__}.dist-info" / "RECORD"
    try:
        with record.open(encoding="utf-8") as opened:
            installed_ns = os.fstat(opened.fileno()).st_mtime_ns
            lines = [line.rstrip("\n") for line in opened if _RECORDED.match(line)]
    except (OSError, UnicodeDecodeError):
        return None
    paths = {f"{root.parent}/{line.partition(',')[0]}" for line in lines}
    return lines if paths == found.keys() and max(found.values()) <= installed_ns else None


def _source_line(root: Path, path: str) -> str:
    """A file's line, as RECORD has it."""
    data = Path(path).read_bytes()
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
    return f"{Path(path).relative_to(root.parent).as_posix()},sha256={digest},{len(data)}"


def _library_versions() -> dict[str, str]:
    """Versions from the names of the libraries' metadata folders: `importlib.metadata` takes 20 ms to import.

    Source: Python Packaging, "Recording installed projects", "The .dist-info directory".
    """
    versions: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError):
            for entry in os.scandir(folder or "."):
                name, dash, version = entry.name.removesuffix(".dist-info").partition("-")
                name = name.lower().replace("_", "-")
                if dash and entry.name.endswith(".dist-info") and name in _LIBRARIES:
                    versions.setdefault(name, version)
    return versions
