"""Compiled bodies for readers elsewhere."""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import urljoin

from generator.names import Digest
from generator.outputs.views import Text
from generator.records.body import resolve_refs

_FRAGMENT = re.compile(r'(<a(?: title="[^"]*")? href=")#')


def write_absolute(text: Text, url: str, site_url: str, read_body: Callable[[Digest], str]) -> str:
    """A body for readers elsewhere: every link and picture by its full address.

    Args:
        text: The body, and where its links lead.
        url: The address of the page that it stands on.
        site_url: An address of the site, for the host.
        read_body: Gives a compiled body by its digest.
    """

    def resolve(attribute: str, ref: str) -> str:
        if attribute == "href":
            href = text.hrefs.get(ref)
            return f' href="{escape(urljoin(site_url, href))}"' if href else ""
        picture = text.pictures[ref]
        return f' src="{escape(picture.url)}" width="{picture.width}" height="{picture.height}"'

    html = resolve_refs(read_body(text.digest), resolve)
    return _FRAGMENT.sub(lambda match: f"{match[1]}{escape(url)}#", html)
