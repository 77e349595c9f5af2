"""Follows the links of a built site as a browser would."""

import posixpath
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html


def refs_of(page: Path) -> set[str]:
    """Every address that a page loads or leads to; what a template leads to within the page may come with it."""
    tree = html.document_fromstring(page.read_bytes())
    found = {str(value) for value in tree.xpath("//@href[not(starts-with(., '#') and ancestor::template)] | //@src")}
    for srcset in tree.xpath("//@srcset"):
        found |= {part.split()[0] for part in str(srcset).split(",")}
    return found


def file_of(output: Path, base_url: str, address: str) -> Path | None:
    """The file that an address of the site means; None for other hosts and other schemes."""
    base = urlsplit(base_url)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or parts.netloc != base.netloc:
        return None
    prefix = base.path.rstrip("/") + "/"
    path = unquote(parts.path)
    assert path.startswith(prefix), f"{address} is outside of {base_url}"
    inner = path.removeprefix(prefix)
    return output / (posixpath.join(inner, "index.html") if inner.endswith("/") or not inner else inner)


def broken_links(output: Path, base_url: str, *, start: str | None = None) -> set[tuple[str, str]]:
    """Pages with an address of the site behind which there is no file or no such anchor.

    With `start` only the pages that can be reached from it; else all pages.
    """
    base_url = base_url.rstrip("/") + "/"
    waiting = [output / start] if start else sorted(output.rglob("*.html"))
    waiting = [page for page in waiting if ".newsprint-staging" not in page.parts]
    seen = set(waiting)
    broken = set()
    while waiting:
        page = waiting.pop()
        inner = page.relative_to(output).as_posix()
        page_url = urljoin(base_url, inner.removesuffix("index.html"))
        for ref in refs_of(page):
            address = urljoin(page_url, ref)
            file = file_of(output, base_url, address)
            if file is None:
                continue
            fragment = urlsplit(address).fragment
            if not file.is_file() or (fragment and f'id="{fragment}"' not in file.read_text()):
                broken.add((inner, ref))
            elif start and file.suffix == ".html" and file not in seen:
                seen.add(file)
                waiting.append(file)
    return broken
