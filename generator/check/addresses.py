"""What the links of a built site mean: a file of the site, or an address elsewhere."""

from collections.abc import Container
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from generator.names import OutputPath, SiteUrl, served_path

_PORTS = {"http": 80, "https": 443}
_NO_SCHEME_OF_OURS = ("mailto:", "tel:", "data:", "blob:", "javascript:", "about:", "sms:", "tag:", "urn:")


class Target(NamedTuple):
    """A place of the site: the path as the host gets it, decoded, below the site's address; and a fragment."""

    path: str
    fragment: str


class Addresses:
    """Tells what links mean; the answers for links that mean the same everywhere are remembered."""

    def __init__(self, site: SiteUrl) -> None:
        """Take where the site lives."""
        self._site = site
        self._base = f"{site.base_path}/"
        self._origin = _origin_of(site.url)
        self._known: dict[str, Target | str | None] = {}

    def resolve(self, href: str, path: OutputPath, base: str = "") -> Target | str | None:
        """What a link means.

        Args:
            href: The link as written.
            path: The output that it stands in.
            base: What the output's relative links start from, where it says so itself.

        Returns:
            A place of the site; the address of what is elsewhere on the web; None for what is neither.

        Raises:
            ValueError: the link cannot be read.
        """
        is_alike = not base and (href.startswith("/") or "://" in href[:8])
        if is_alike and href in self._known:
            return self._known[href]
        found = self._read(href, path, base)
        if is_alike:
            self._known[href] = found
        return found

    def _read(self, href: str, path: OutputPath, base: str) -> Target | str | None:
        if href.lower().startswith(_NO_SCHEME_OF_OURS):
            return None
        page = self._site.absolute(path)
        address = urljoin(urljoin(page, base), href)
        parts = urlsplit(address)
        if parts.scheme not in _PORTS:
            return None
        if not parts.hostname:
            raise ValueError("no host")
        inner = unquote(parts.path) or "/"
        if _origin_of(address) != self._origin or not f"{inner}/".startswith(self._base):
            return parts._replace(fragment="").geturl()
        return Target(inner[len(self._base) :].lstrip("/"), unquote(parts.fragment).partition(":~:")[0])


def find_file(path: str, outputs: Container[str]) -> tuple[str | None, bool]:
    """The output that a host sends for a path, and whether it does so at once: not by way of another address."""
    file, folder = served_path(path), served_path(f"{path}/")
    if file in outputs:
        return file, True
    return (folder, False) if path and folder in outputs else (None, True)


def _origin_of(address: str) -> tuple[str, int]:
    """Host and port; http and https are one site. A port that is none is a ValueError."""
    parts = urlsplit(address)
    port = parts.port or _PORTS[parts.scheme]
    return (parts.hostname or "").rstrip("."), 443 if port == 80 else port
