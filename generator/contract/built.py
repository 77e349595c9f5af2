"""The input of the contract: the files that a theme made, and what their pages have to show."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import msgspec


class PageFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a theme must show of a page; texts are empty if there is nothing to show.

    `template` is the kind of page, `id` an article's; `language` and `direction` are those of the text,
    and of its `headline`.
    `original` is the address of the source's own report, `times` are those of the record, `picture` is its description.
    `feeds` are the links to the feeds of the page.
    `label` is that of the sponsored message, `sponsor` who pays, `sponsor_url` its site, `policy` the link to ours.
    """

    template: str
    id: str
    site_language: str
    site_direction: str
    headline: str
    language: str
    direction: str
    original: str
    times: tuple[datetime, ...]
    picture: str
    badge: str
    is_draft: bool
    is_scheduled: bool
    is_indexed: bool
    feeds: tuple[str, ...]
    label: str
    sponsor: str
    policy: str
    sponsor_url: str


class Built(msgspec.Struct, frozen=True):
    """A built site: `url` is its address, without a slash at its end; `files` and `facts` are by path.

    `allowed` are the origins of other sites that pages may use, by the directive of their policy.
    `budgets` are the most bytes by the code of the rule that limits them.
    """

    url: str
    files: Mapping[str, bytes]
    facts: Mapping[str, PageFacts]
    allowed: Mapping[str, tuple[str, ...]]
    budgets: Mapping[str, int]

    def address(self, path: str) -> str:
        """The full address of a file."""
        return f"{self.url}/{path.removesuffix('index.html')}"

    def is_own(self, address: str) -> bool:
        """Whether a full address is on the site's own host."""
        own = urlsplit(self.url)
        try:
            asked = urlsplit(address)
        except ValueError:
            return False
        return asked.scheme in ("data", "blob") or (asked.scheme, asked.netloc) == (own.scheme, own.netloc)

    def allows(self, address: str, directive: str) -> bool:
        """Whether a full address is on the site's own host, or on one that the site allows."""
        origins = self.allowed.get(directive, ())
        return self.is_own(address) or any(address == one or address.startswith(f"{one}/") for one in origins)

    def file_at(self, address: str) -> tuple[str, bytes] | None:
        """Path and bytes of the file behind a full address; None if the site has none."""
        inner = unquote(urlsplit(address).path).removeprefix(f"{urlsplit(self.url).path}/")
        path = f"{inner}index.html" if not inner or inner.endswith("/") else inner
        data = self.files.get(path) if self.is_own(address) else None
        return None if data is None else (path, data)

    def resolve(self, href: str, path: str) -> str:
        """The full address of a link in a file."""
        try:
            return urljoin(self.address(path), href.strip())
        except ValueError:
            return href


def open_built(
    folder: Path,
    url: str,
    facts: Mapping[str, PageFacts],
    allowed: Mapping[str, tuple[str, ...]],
    budgets: Mapping[str, int],
) -> Built:
    """Read the pages and style sheets of a built site.

    Args:
        folder: Its output folder.
        url: `[site] url`.
        facts: The facts of its pages by path.
        allowed: `[security.allow]`, by directive.
        budgets: `[budgets]`, by the code of the rule.
    """
    files = {
        file.relative_to(folder).as_posix(): file for kind in ("html", "css") for file in folder.rglob(f"*.{kind}")
    }
    return Built(url, {path: file.read_bytes() for path, file in sorted(files.items())}, facts, allowed, budgets)
