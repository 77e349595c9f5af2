"""Notes what makers of views ask for by name: the dependencies that are not among their ingredients."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Made = TypeVar("Made")
Name = TypeVar("Name", bound=str)
Value = TypeVar("Value")


class Asked:
    """The names that were asked for since something began to be made: `sources/reuters`, `rota`."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def during(self, make: Callable[[], Made]) -> tuple[Made, frozenset[str]]:
        """Make something, and note what it asks for; what is made around it does not get its names by that."""
        before, self.names = self.names, set()
        try:
            return make(), frozenset(self.names)
        finally:
            self.names = before


class Watched(Mapping[Name, Value], Generic[Name, Value]):
    """A mapping that notes which of its values are asked for, each by the family and its own name.

    Whoever goes through all of it asks for the family.
    """

    def __init__(self, asked: Asked, family: str, values: Mapping[Name, Value]) -> None:
        self._asked = asked
        self._family = family
        self._values = values

    def __getitem__(self, name: Name) -> Value:
        self._asked.names.add(f"{self._family}/{name}")
        return self._values[name]

    def __iter__(self) -> Iterator[Name]:
        self._asked.names.add(self._family)
        return iter(self._values)

    def __len__(self) -> int:
        self._asked.names.add(self._family)
        return len(self._values)
