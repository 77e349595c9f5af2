"""Adds the script of the preview to built pages, and lets their policy run it."""

import html
import re

from generator.policy import read_policy, write_policy

OWN = "/-newsprint/"
"""The path of the preview's own files."""

_META = re.compile(rb"<meta\b[^<>]*\bhttp-equiv=[\"']?content-security-policy\b[^<>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"(\bcontent=)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_NEEDED = ("script-src", "connect-src")


def add_script(page: bytes, build: int, origin: str) -> bytes:
    """Add the script of the preview to a page of a build; `origin` is such as `http://127.0.0.1:8000`."""
    script = f'<script type="module" src="{OWN}reload.js?build={build}"></script>'.encode()
    page = _META.sub(lambda meta: _loosen_meta(meta[0], origin + OWN), page)
    end = _HEAD_END.search(page)
    place = end.start() if end else len(page)
    return page[:place] + script + page[place:]


def loosen_policy(policy: str, source: str) -> str:
    """Allow scripts and connections of one more source in a Content-Security-Policy.

    Source: CSP Level 3, sections 6.1 (a missing directive falls back to `default-src`) and 6.7.2 (`'none'`).
    """
    directives = read_policy(policy)
    for name in _NEEDED:
        allowed = directives.get(name, directives.get("default-src"))
        if allowed is not None:
            directives[name] = [*(one for one in allowed if one.lower() != "'none'"), source]
    return write_policy(directives)


def _loosen_meta(meta: bytes, source: str) -> bytes:
    def loosen(content: re.Match[str]) -> str:
        policy = loosen_policy(html.unescape(content[2][1:-1]), source)
        return f'{content[1]}"{html.escape(policy)}"'

    text = meta.decode(errors="surrogateescape")
    return _CONTENT.sub(loosen, text, count=1).encode(errors="surrogateescape")
