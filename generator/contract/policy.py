"""Rules for what a page runs and loads: nothing inline, nothing from another host."""

import base64
import hashlib
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from generator.contract.page import Fault, GoldenPage, shorten, show_tag
from generator.contract.sheets import loaded_addresses
from generator.policy import DIRECTIVES, HEADER, read_policy

HOSTILE_TAG = "hostile-text"
"""The golden records write this element where only text belongs."""

_DATA_TYPES = ("application/ld+json", "application/json")
_LOADING_RELS = {
    *("stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest"),
    *("preload", "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch"),
}
_LOADING = {
    **dict.fromkeys(("audio", "embed", "iframe", "img", "input", "script", "source", "track", "video"), ("src",)),
    "video": ("src", "poster"),
    "object": ("data",),
    "form": ("action",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
}
_DIRECTIVES = {
    **dict.fromkeys(("img", "image", "source", "input"), DIRECTIVES["image"]),
    "form": DIRECTIVES["form"],
    "iframe": DIRECTIVES["frame"],
    "script": DIRECTIVES["script"],
}
"""What governs the addresses of an element."""

_SOURCES = re.compile(r"'(?:none|self|strict-dynamic|report-sample|sha(?:256|384|512)-[A-Za-z0-9+/=_-]+)'|data:|blob:")
_HASHES = re.compile(r"'(sha256|sha384|sha512)-([A-Za-z0-9+/=_-]+)'")
_HINT = "base has it in head.html"


def check_policy(page: GoldenPage) -> Iterator[Fault]:
    """A Content-Security-Policy comes before everything that it governs, and allows at most the site's own host.

    Source: Content Security Policy Level 3, section 2.3.
    """
    metas = _policy_metas(page)
    if not metas:
        expected = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; …">'
        yield Fault("the page has no Content-Security-Policy", expected=expected, hint=_HINT)
        return
    governed = page.find("//link[@rel='stylesheet'] | //script | //style")
    if governed and governed[0].sourceline < metas[0].sourceline:
        yield Fault("something comes before the Content-Security-Policy", governed[0], found=show_tag(governed[0]))
    policy = _policy_of(page)
    if "default-src" not in policy:
        yield Fault(
            "the Content-Security-Policy has no default-src", metas[0], expected="default-src 'none'", hint=_HINT
        )
    for name, sources in policy.items():
        for source in sources if name.endswith("-src") else ():
            if source in page.built.allowed.get(name, ()):
                continue
            if not _SOURCES.fullmatch(source) or (source == "data:" and name in ("default-src", "script-src")):
                message = f"the Content-Security-Policy allows more than the site's own files: {source}"
                yield Fault(message, metas[0], found=f"{name} {' '.join(sources)}", expected="'self' at most")


def check_scripts(page: GoldenPage) -> Iterator[Fault]:
    """The page contains no inline script, except data and scripts whose hash is in the policy."""
    for script in page.tree.iter("script"):
        is_data = script.get("type", "").lower() in _DATA_TYPES
        if script.get("src") is None and not is_data and not _has_hash(page, script, "script-src"):
            hint = "put it into a file of assets/ and write <script src>"
            yield Fault("the page contains an inline script", script, found=shorten(script.text or ""), hint=hint)
    for node in page.find("//*[@*[starts-with(name(), 'on')]]"):
        yield Fault("an attribute contains a script", node, found=show_tag(node))
    for node in page.find("//*[starts-with(normalize-space(@href), 'javascript:')]"):
        yield Fault("a link contains a script", node, found=show_tag(node))


def check_styles(page: GoldenPage) -> Iterator[Fault]:
    """The page contains no inline style, except styles whose hash is in the policy."""
    hint = "put it into a style sheet of assets/"
    for style in page.tree.iter("style"):
        if not _has_hash(page, style, "style-src"):
            yield Fault("the page contains an inline style sheet", style, found=shorten(style.text or ""), hint=hint)
    for node in page.find("//*[@style]"):
        yield Fault("an attribute contains a style", node, found=show_tag(node), hint=hint)


def check_hosts(page: GoldenPage) -> Iterator[Fault]:
    """Nothing is loaded from another host."""
    hint = "put the file into assets/ of the theme, or allow the host in [security.allow] of site.toml"
    for node, address in _loaded(page):
        if not page.built.allows(page.resolve(address), _DIRECTIVES.get(node.tag, "")):
            yield Fault("the page loads something from another host", node, found=show_tag(node), hint=hint)
    for _, path, data in page.sheets:
        for address in loaded_addresses(data.decode(errors="replace")):
            if not page.built.is_own(page.built.resolve(address, path)):
                message = f"the style sheet {path.rpartition('/')[2]} loads something from another host"
                yield Fault(message, found=shorten(address), hint=hint)


def check_escaping(page: GoldenPage) -> Iterator[Fault]:
    """The text of records never becomes an element."""
    for node in page.tree.iter(HOSTILE_TAG):
        hint = "remove '| safe', and quote the values of attributes"
        yield Fault("a record's text became an element", node.getparent(), found=show_tag(node), hint=hint)


def _policy_metas(page: GoldenPage) -> list[HtmlElement]:
    metas = page.find("//head/meta[@http-equiv]")
    return [meta for meta in metas if meta.get("http-equiv", "").lower() == HEADER.lower()]


def _policy_of(page: GoldenPage) -> dict[str, list[str]]:
    metas = _policy_metas(page)
    return read_policy(metas[0].get("content", "")) if metas else {}


def _has_hash(page: GoldenPage, node: HtmlElement, directive: str) -> bool:
    text = (node.text or "").encode()
    hashes = _HASHES.findall(" ".join(_policy_of(page).get(directive, ())))
    return any(base64.b64encode(hashlib.new(name, text).digest()).decode() == value for name, value in hashes)


def _loaded(page: GoldenPage) -> Iterator[tuple[HtmlElement, str]]:
    """Each address that opening the page loads, or that a form sends to, with its element."""
    for tag, names in _LOADING.items():
        for node in page.tree.iter(tag):
            yield from ((node, node.get(name, "")) for name in names if node.get(name))
    for node in page.find("//*[@srcset or @imagesrcset]"):
        for part in (node.get("srcset") or node.get("imagesrcset")).split(", "):
            yield node, part.split()[0] if part.split() else ""
    for link in page.tree.iter("link"):
        if not _LOADING_RELS.isdisjoint(link.get("rel", "").lower().split()):
            yield link, link.get("href", "")
