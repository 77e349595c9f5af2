"""HTML with links → the same with a number at each link, and what the numbers lead to: links for paper."""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin

from markupsafe import Markup

_LINK = re.compile(r'<a href="([^"#][^"]*)"')


class NotedText(NamedTuple):
    """HTML whose links have numbers in `data-note`, and the full address of each number, from 1."""

    html: Markup
    addresses: tuple[str, ...]


def note_links(html: Markup, page_url: str) -> NotedText:
    """Number the links of a page's HTML that lead elsewhere, in their order; links to one address have one number."""
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        address = urljoin(page_url, unescape(match[1]))
        return f'{match[0]} data-note="{numbers.setdefault(address, len(numbers) + 1)}"'

    return NotedText(Markup(_LINK.sub(number, html)), tuple(numbers))  # noqa: S704 - digits are all that is added
