"""The stable digest of plain data."""

import functools
import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

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

_encoder = msgspec.msgpack.Encoder(order="deterministic")


def digest_bytes(data: bytes) -> Digest:
    """Digest of bytes."""
    return Digest(hashlib.blake2b(data, digest_size=16, person=_PERSON).hexdigest())


def digest_of(value: Any) -> Digest:
    """Digest of plain data or of a Struct; maps in any order give one digest."""
    return Digest(hashlib.blake2b(_encoder.encode(value), digest_size=16, person=_PERSON).hexdigest())


@functools.cache
def program_digest() -> Digest:
    """Digest of this program: its own source files, its font, and the versions of the libraries that shape our bytes.

    What an earlier program made is made again, so nobody has to remember to raise a version.
    """
    root = Path(__file__).parent
    kinds = ("**/*.py", "records/notes/*.yaml", "render/fonts/*.ttf")
    sources = [file.read_bytes() for file in sorted(file for kind in kinds for file in root.glob(kind))]
    return digest_of([*sources, sys.version, sorted(_library_versions().items())])


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
