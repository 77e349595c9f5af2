"""Views → `_redirects` and `_headers`, which hosts of static sites read.

Source: the formats that Netlify and Cloudflare Pages share.
"""

from collections.abc import Iterable

from generator.outputs.files import Headers, Redirects
from generator.policy import HEADER

_ANCESTORS = "frame-ancestors 'self'"
"""A directive that is not allowed in a page's policy (Content Security Policy Level 3, section 3.3)."""


def render_redirects(view: Redirects) -> bytes:
    """Render `_redirects`: a line per old address."""
    return "".join(" ".join((rule.old, *rule.conditions, rule.new, "301\n")) for rule in view.rules).encode()


def render_headers(view: Headers, policy: str) -> bytes:
    """Render `_headers`; the policy is that of the pages, with the sites that may frame them."""
    everywhere = (*view.everywhere, (HEADER, f"{policy.strip()}; {_ANCESTORS}"))
    blocks = [_write_rule(view.path, everywhere), *(_write_rule(rule.path, rule.headers) for rule in view.rules)]
    return "\n".join(blocks).encode()


def _write_rule(path: str, headers: Iterable[tuple[str, str]]) -> str:
    return "".join([f"{path}\n", *(f"  {name}: {value}\n" for name, value in headers)])
