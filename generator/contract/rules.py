"""The rules of the contract, and the function that checks pages."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.contract import policy, reading, sponsors, structure, weight
from generator.contract.built import Built
from generator.contract.page import Fault, GoldenPage
from generator.errors import Problem


class Rule(NamedTuple):
    """A rule: its code, and the function that finds where a page breaks it, whose docstring is the rule in words."""

    code: str
    check: Callable[[GoldenPage], Iterator[Fault]]

    @property
    def says(self) -> str:
        """The rule in a sentence."""
        return (self.check.__doc__ or "").partition("\n")[0]


RULES = (
    Rule("sponsor-slot", sponsors.check_slot),
    Rule("sponsor-label", sponsors.check_label),
    Rule("sponsor-policy", sponsors.check_policy),
    Rule("sponsor-link", sponsors.check_rel),
    Rule("original-link", reading.check_original),
    Rule("time-element", reading.check_times),
    Rule("picture-alt", reading.check_pictures),
    Rule("picture-size", structure.check_sizes),
    Rule("draft-mark", reading.check_draft),
    Rule("badge-word", reading.check_badge),
    Rule("language-mark", reading.check_language),
    Rule("headline-language", reading.check_headlines),
    Rule("address-direction", reading.check_addresses),
    Rule("heading-order", structure.check_headings),
    Rule("landmarks", structure.check_landmarks),
    Rule("skip-link", structure.check_skip_link),
    Rule("repeated-id", structure.check_ids),
    Rule("dangling-id", structure.check_references),
    Rule("nameless", structure.check_names),
    Rule("zoom", structure.check_zoom),
    Rule("noindex", structure.check_index),
    Rule("unescaped-text", policy.check_escaping),
    Rule("content-policy", policy.check_policy),
    Rule("inline-script", policy.check_scripts),
    Rule("inline-style", policy.check_styles),
    Rule("foreign-host", policy.check_hosts),
    Rule(weight.ARTICLE, weight.check_article_weight),
    Rule(weight.FRONT, weight.check_front_weight),
    Rule("lazy-picture", structure.check_lazy_pictures),
    Rule("feed-link", structure.check_feed_links),
)
"""Every rule, in the order in which they are reported."""


def check_pages(built: Built) -> list[Problem]:
    """Check every page by every rule.

    Returns:
        A Problem per rule and kind of mistake, at the first page that makes it; in the order of the rules.
    """
    pages = [GoldenPage(path, built) for path in sorted(built.facts)]
    return [problem for rule in RULES for problem in _hold(rule, pages)]


def _hold(rule: Rule, pages: list[GoldenPage]) -> Iterator[Problem]:
    places: dict[str, list[tuple[GoldenPage, Fault]]] = {}
    for page in pages:
        for fault in rule.check(page):
            places.setdefault(fault.message, []).append((page, fault))
    for message, found in places.items():
        page, fault = found[0]
        others = len({other.path for other, _ in found}) - 1
        yield Problem(
            file=page.path,
            line=fault.node.sourceline if fault.node is not None else None,
            code=rule.code,
            message=message + (f" (and on {others} more {'page' if others == 1 else 'pages'})" if others else ""),
            found=fault.found,
            expected=fault.expected,
            hint=fault.hint,
        )
