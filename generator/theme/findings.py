"""What a theme is remembered by from build to build."""

from typing import Protocol

from generator.names import Digest


class Findings(Protocol):
    """Where what takes long to find out is kept from build to build; `load.BuildCache` is one."""

    def get(self, name: str, key: Digest) -> bytes | None:
        """What was found out under a name from what the key is the digest of."""

    def put(self, name: str, key: Digest, found: bytes) -> None:
        """Keep what was found out."""
