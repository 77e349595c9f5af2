"""Which addresses readers may have: those of the last build, and those that vanished before it and lead nowhere."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

import msgspec

from generator.names import OutputPath
from generator.outputs import Home
from generator.publish.manifest import read_kept, write_draft

_NAME = "addresses"


class AddressBook(msgspec.Struct, frozen=True):
    """The addresses of one output folder, and whose they were.

    `there` are those that the last build wrote; `gone` those that stood there once and that nothing stands at,
    nor leads on from. It is written after the site is in place, so that a build that was cut off is caught up with.
    """

    there: dict[OutputPath, Home] = {}
    gone: dict[OutputPath, Home] = {}

    def turn(self, there: Mapping[OutputPath, Home], is_answered: Callable[[OutputPath], bool]) -> Self:
        """The book after a build.

        Args:
            there: The addresses that the build writes.
            is_answered: Whether a line leads on from an address, or it is known to be gone.
        """
        known = {**self.gone, **self.there}
        lost = {path: home for path, home in known.items() if path not in there and not is_answered(path)}
        return type(self)(dict(there), dict(sorted(lost.items())))


def read_addresses(state: Path) -> AddressBook:
    """The book that the last build left; an empty one where there is none that can be read."""
    return read_kept(state / _NAME, AddressBook) or AddressBook()


def keep_addresses(state: Path, book: AddressBook) -> None:
    """Keep a book beside the manifest.

    Raises:
        OSError: the system refuses.
    """
    write_draft(state / _NAME, msgspec.msgpack.encode(book)).replace(state / _NAME)
