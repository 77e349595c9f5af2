"""Compiled bodies with full addresses, for feeds and the API."""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import urlsplit

from generator.names import Digest
from generator.outputs.parts import Text
from generator.records.body import resolve_refs

ReadBody = Callable[[Digest], str]
"""Reads a compiled body by its digest."""

_BOXES = {'<label><input type="checkbox" disabled> ': "☐ ", '<label><input type="checkbox" disabled checked> ': "☑ "}
"""Checkboxes of task lists as characters, which feed readers do not remove."""
_LABEL = re.compile(r'<label><input type="checkbox" disabled(?: checked)?> |</label>')
_FRAGMENT = re.compile(r'(<a(?: title="[^"]*")? href=")#')


def write_absolute(text: Text, url: str, site_url: str, read_body: ReadBody) -> str:
    """The HTML of a body with the full address of every link and picture.

    `url` is the page that shows it, the target of links to its own headings; `site_url` is the front page.
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
