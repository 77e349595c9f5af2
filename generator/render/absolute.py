"""Compiled bodies for readers elsewhere."""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import urlsplit

from generator.names import Digest
from generator.outputs.parts import Text
from generator.records.body import resolve_refs

_BOXES = {'<label><input type="checkbox" disabled> ': "☐ ", '<label><input type="checkbox" disabled checked> ': "☑ "}
"""Tasks of lists, by the signs that feed readers leave alone."""
_LABEL = re.compile(r'<label><input type="checkbox" disabled(?: checked)?> |</label>')
_FRAGMENT = re.compile(r'(<a(?: title="[^"]*")? href=")#')


def write_absolute(text: Text, url: str, site_url: str, read_body: Callable[[Digest], str]) -> str:
    """The HTML of a body with every link and picture by its full address.

    Args:
        text: The body, and what its refs lead to.
        url: The page that shows it, which links to its own headings lead to.
        site_url: The site's front page.
        read_body: Gives a compiled body by its digest.
    """
    scheme, host, *_ = urlsplit(site_url)

    def resolve(attribute: str, ref: str) -> str:
        if attribute == "href":
            href = text.hrefs.get(ref)
            return f' href="{scheme}://{host}{escape(href)}"' if href else ""
        picture = text.pictures[ref]
        return f' src="{escape(picture.url)}" width="{picture.width}" height="{picture.height}"'

    html = resolve_refs(read_body(text.digest), resolve)
    if "<label>" in html:
        html = _LABEL.sub(lambda match: _BOXES.get(match[0], ""), html)
    return _FRAGMENT.sub(lambda match: f"{match[1]}{escape(url)}#", html)
