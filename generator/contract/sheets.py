"""Style sheets: what they load, and what they hide."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import tinycss2
from cssselect import HTMLTranslator, SelectorError

_HIDES = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "content-visibility": re.compile(r"hidden"),
    "opacity": re.compile(r"0*\.?0*%?"),
    "font-size": re.compile(r"0*\.?0*(?:[a-z]+|%)?"),
    "clip": re.compile(r"rect\(.*"),
    "clip-path": re.compile(r"inset\((?:50|100)%\)|circle\(0.*"),
    "color": re.compile(r"transparent"),
    "text-indent": re.compile(r"-\d{3,}.*|-100%"),
}
"""Values of a property that hide an element."""

_SHEETS = 16  # whose findings are kept: pages share their style sheets
_NOT_ON_SCREEN = re.compile(r"\s*print\b")
_GROUPS = ("media", "supports", "layer", "container", "scope")


@lru_cache(_SHEETS)
def loaded_addresses(css: str) -> tuple[str, ...]:
    """Every address that a style sheet, or a part of one, loads, as written: of `@import` and `url()`.

    Source: CSS Values and Units, section 4.5.
    """
    return tuple(_find_addresses(css))


@lru_cache(_SHEETS)
def hiding_paths(css: str) -> tuple[str, ...]:
    """XPaths of what a style sheet hides, at any width of a screen; selectors beyond XPath are left out."""
    translator = HTMLTranslator()
    paths: list[str] = []
    for rule in _screen_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        if any(map(_hides, tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True))):
            for selector in _split_selectors(tinycss2.serialize(rule.prelude)):
                try:
                    paths.append(translator.css_to_xpath(selector))
                except SelectorError:
                    continue
    return tuple(paths)


def _find_addresses(css: str) -> Iterator[str]:
    waiting = tinycss2.parse_component_value_list(css, skip_comments=True)[::-1]
    while waiting:  # no recursion: style sheets nest as deep as they like
        node = waiting.pop()
        waiting += reversed(getattr(node, "content", None) or getattr(node, "arguments", None) or ())
        if node.type == "url":
            yield node.value
        elif node.type == "function" and node.lower_name in ("url", "src"):
            yield from (argument.value for argument in node.arguments if argument.type == "string")
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            yield from (token.value for token in rule.prelude if token.type == "string")


def _screen_rules(nodes: list[Any]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif _is_group(node):
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _screen_rules(inner)


def _is_group(node: Any) -> bool:
    """Whether a node is a block such as `@media` whose rules count on a screen."""
    is_block = node.type == "at-rule" and node.lower_at_keyword in _GROUPS and node.content is not None
    return is_block and not _NOT_ON_SCREEN.match(tinycss2.serialize(node.prelude))


def _hides(declaration: Any) -> bool:
    if declaration.type != "declaration":
        return False
    pattern = _HIDES.get(declaration.lower_name)
    return pattern is not None and pattern.fullmatch(tinycss2.serialize(declaration.value).strip()) is not None


def _split_selectors(prelude: str) -> Iterator[str]:
    """The selectors of a list, split at the commas outside of brackets; those of `::before` and the like left out."""
    depth, start = 0, 0
    for place, sign in enumerate(f"{prelude},"):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            if "::" not in (selector := prelude[start:place].strip()):
                yield selector
            start = place + 1
