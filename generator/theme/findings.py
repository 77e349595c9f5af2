"""What builds remember of a theme."""

from typing import Protocol

from generator.names import Digest


class Findings(Protocol):
    """Keeps slow results from build to build; `load.BuildCache` is one."""

    def get(self, name: str, key: Digest) -> bytes | None:
        """The result under a name, if it is for the same key."""

    def put(self, name: str, key: Digest, found: bytes) -> None:
        """Keep a result."""
