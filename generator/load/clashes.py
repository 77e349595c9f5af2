"""Files whose names look the same and are not."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.errors import Problem
from generator.names import compose


def find_clashes(paths: Iterable[str]) -> Iterator[Problem]:
    """Name each file whose path differs from another's by Unicode normal form only.

    Nobody can tell such names apart, and systems such as macOS cannot hold both files.
    """
    first: dict[str, str] = {}
    named = sorted((path for path in paths if not path.isascii()), key=lambda path: (path != compose(path), path))
    for path in named:
        other = first.setdefault(compose(path), path)
        if other != path:
            message = "another file has the same name in another Unicode normal form (NFC and NFD)"
            hint = "remove or rename one of them: they look the same, and macOS cannot store both"
            found = ascii(PurePosixPath(path).name)[1:-1]
            yield Problem(file=path, code="name-clash", message=message, found=found, hint=hint)
