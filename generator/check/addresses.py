"""Resolves the links of a built site: to a place of the site, or to an address elsewhere."""

from collections.abc import Container
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from generator.names import OutputPath, SiteUrl, served_path

_PORTS = {"http": 80, "https": 443}
_NO_SCHEME_OF_OURS = ("mailto:", "tel:", "data:", "blob:", "javascript:", "about:", "sms:", "tag:", "urn:")


class Target(NamedTuple):
    """A place of the site: the decoded path below the site's address, and a fragment."""

    path: str
    fragment: str


class Addresses:
    """Resolves links; those that mean the same in every output are resolved once."""

    def __init__(self, site: SiteUrl) -> None:
        """Take the address of the site."""
        self._site = site
        self._base = f"{site.base_path}/"
        self._origin = _origin_of(site.url)
        self._known: dict[str, Target | str | None] = {}

    def resolve(self, href: str, path: OutputPath, base: str = "") -> Target | str | None:
        """Resolve a link in the output at `path`; `base` is the base that the output sets for relative links.

        Returns:
            A place of the site, an address elsewhere on the web, or None for anything else.

        Raises:
            ValueError: the link is not valid.
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
    """The output that a host sends for a path, and whether it does so without a redirect."""
    file, folder = served_path(path), served_path(f"{path}/")
    if file in outputs:
        return file, True
    return (folder, False) if path and folder in outputs else (None, True)


def _origin_of(address: str) -> tuple[str, int]:
    """Host and port; http and https are one site. An invalid port is a ValueError."""
    parts = urlsplit(address)
    port = parts.port or _PORTS[parts.scheme]
    return (parts.hostname or "").rstrip("."), 443 if port == 80 else port
