"""The grammar of a Content-Security-Policy.

Source: Content Security Policy Level 3, section 2.2.1.
"""

from collections.abc import Mapping, Sequence

HEADER = "Content-Security-Policy"

DIRECTIVES = {
    "form": "form-action",
    "image": "img-src",
    "script": "script-src",
    "connect": "connect-src",
    "frame": "frame-src",
}
"""The directive for each key of `[security.allow]`."""


def read_policy(text: str) -> dict[str, list[str]]:
    """The sources that each directive allows, by its name; of two of one name the first counts."""
    directives: dict[str, list[str]] = {}
    for directive in text.split(";"):
        name, *sources = directive.split() or [""]
        directives.setdefault(name.lower(), sources)
    directives.pop("", None)
    return directives


def write_policy(directives: Mapping[str, Sequence[str]]) -> str:
    """A policy on one line."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())
