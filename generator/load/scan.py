"""Finds the files of a site without opening them."""

from collections.abc import Iterable
from pathlib import Path

from generator.load.files import Scan, scan_content
from generator.load.static import scan_static


def scan_site(root: Path, allow_links: Iterable[str] = ()) -> Scan:
    """List the files of a site, whose root is the folder with `site.toml`; `allow_links` is that of `[content]`."""
    scan = scan_content(root, allow_links)
    static, problems = scan_static(scan.reach)
    return scan._replace(static=static, problems=[*scan.problems, *problems])
