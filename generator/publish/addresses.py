"""The addresses that readers may have: those of the last build, and those that vanished earlier."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

import msgspec

from generator.names import OutputPath
from generator.outputs import Home
from generator.publish.manifest import read_kept

ADDRESSES_NAME = "addresses"


class AddressBook(msgspec.Struct, frozen=True):
    """The addresses of one output folder, and their owners.

    `there` are those that the last build wrote; `gone` are earlier ones without an output or a redirect.
    `files` are the files of its records by their names, such as `article:chip`; `guids` those of articles by guids.
    It is written after the site is in place, so the build after an interrupted one still compares with it.
    """

    there: dict[OutputPath, Home] = {}
    gone: dict[OutputPath, Home] = {}
    files: dict[str, str] = {}
    guids: dict[str, str] = {}

    def find_home(self, path: str) -> Home | None:
        """Whose an address is, or was before it vanished."""
        return self.there.get(OutputPath(path)) or self.gone.get(OutputPath(path))

    def turn(self, there: Mapping[OutputPath, Home], is_answered: Callable[[OutputPath], bool]) -> Self:
        """The book after a build that writes `there`; `is_answered` is whether an address is redirected or gone."""
        known = {**self.gone, **self.there}
        lost = {path: home for path, home in known.items() if path not in there and not is_answered(path)}
        return type(self)(dict(there), dict(sorted(lost.items())), self.files, self.guids)


def read_addresses(state: Path) -> AddressBook:
    """The book of the last build; an empty one if there is none."""
    return read_kept(state / ADDRESSES_NAME, AddressBook) or AddressBook()
