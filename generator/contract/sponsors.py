"""Rules for sponsored messages: they cannot be mistaken for the site's own."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from generator.contract.page import Fault, GoldenPage, shorten, show_tag

_HINT = "base writes it in slot.html"


def check_slot(page: GoldenPage) -> Iterator[Fault]:
    """A page shows its sponsored message, in an `aside` outside every `article`."""
    if not page.facts.label:
        return
    links = _sponsor_links(page)
    if not links:
        yield Fault("the sponsored message is not shown", expected="an <aside> with it", hint=_HINT)
    for link in links:
        aside = _aside_of(link)
        if aside is None:
            yield Fault("a link of a sponsored message is outside every <aside>", link, hint=_HINT)
        elif any(one.tag == "article" for one in aside.iterancestors()):
            hint = "include slot.html after the end of the <article>"
            yield Fault("the sponsored message is inside an <article>", aside, hint=hint)


def check_label(page: GoldenPage) -> Iterator[Fault]:
    """The label of a sponsored message comes first, visibly and for screen readers, and names who pays."""
    label, sponsor = (" ".join(text.split()) for text in (page.facts.label, page.facts.sponsor))
    for slot in _slots(page):
        shown = page.shown(slot)
        hint = "print slot.label first in the <aside>, as text that nothing hides"
        expected = f"'{label}' first"
        if not page.is_shown(slot) or label not in shown:
            message = "the label of the sponsored message is not shown, or hidden"
        elif not shown.startswith(label):
            message = "something comes before the label of the sponsored message"
        elif sponsor not in shown:
            message, expected = "the sponsored message does not name who pays for it", f"'{sponsor}'"
            hint = "print slot.sponsor in the <aside>"
        else:
            continue
        yield Fault(message, slot, found=shorten(shown), expected=expected, hint=hint)


def check_policy(page: GoldenPage) -> Iterator[Fault]:
    """A sponsored message links to the site's policy, if there is one."""
    for slot in _slots(page):
        if page.facts.policy and not any(_is_policy(page, link) and page.is_shown(link) for link in slot.iter("a")):
            message = "the sponsored message has no link to the site's policy"
            yield Fault(message, slot, expected=f'<a href="{page.facts.policy}">', hint="link to slot.policy")


def check_rel(page: GoldenPage) -> Iterator[Fault]:
    """Links of sponsored messages have `rel="sponsored"`, except the link to the site's policy."""
    for slot in _slots(page):
        for link in slot.iter("a"):
            if not _is_policy(page, link) and "sponsored" not in link.get("rel", "").split():
                message = "a link of the sponsored message is not marked as such"
                expected = 'rel="sponsored noopener"'
                yield Fault(message, link, found=show_tag(link), expected=expected, hint=_HINT)


def _is_policy(page: GoldenPage, link: HtmlElement) -> bool:
    policy = page.facts.policy
    return bool(policy) and page.resolve(link.get("href", "")) == page.resolve(policy)


def _sponsor_links(page: GoldenPage) -> list[HtmlElement]:
    """The links to the sponsor's own site."""
    host = urlsplit(page.facts.sponsor_url).netloc
    return [link for link in page.tree.iter("a") if host and urlsplit(link.get("href", "")).netloc == host]


def _slots(page: GoldenPage) -> list[HtmlElement]:
    asides = [_aside_of(link) for link in _sponsor_links(page)]
    return list(dict.fromkeys(aside for aside in asides if aside is not None))


def _aside_of(node: HtmlElement) -> HtmlElement | None:
    return next(node.iterancestors("aside"), None)
