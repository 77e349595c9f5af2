"""Rules for an article: its origin, its times, its pictures, its language, its marks."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice

from lxml.etree import Element
from lxml.html import HtmlElement

from generator.contract.built import PageFacts
from generator.contract.page import Fault, GoldenPage, shorten, show_tag

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_WRITTEN_DAY = re.compile(
    r"\b\d{1,2}\.? \w{3,9} 2031\b|\b\w{3,9} \d{1,2}, 2031\b|\b2031-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]2031\b"
)
"""A day of the year in which the golden records are set, in words or numbers."""
_ADDRESS = re.compile(r"(?:https?://)?[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?")
"""A web address, or one without its scheme."""


def check_original(page: GoldenPage) -> Iterator[Fault]:
    """An article with an original links to it."""
    original = page.facts.original
    links = [link for link in page.main.iter("a") if link.get("href") == original] if original else []
    if original and not any(page.is_shown(link) and page.heard(link) for link in links):
        hint = "print page.source_url as a link; base does in origin.html"
        yield Fault("there is no link to the original", expected=f'<a href="{original}">', hint=hint)


def check_times(page: GoldenPage) -> Iterator[Fault]:
    """Each date is in a `<time>` with a valid `datetime`, and the record's own dates are shown."""
    hint = "base writes times with the macros of time.html"
    times = []
    for node in page.tree.iter("time"):
        found = _read_time(node.get("datetime", ""))
        times.append(found)
        if found is None:
            expected = "datetime such as 2026-06-03T09:30:00Z or 2026-06-03"
            yield Fault("a <time> has no valid datetime", node, found=show_tag(node), expected=expected, hint=hint)
    for wanted in page.facts.times:
        if not any(one in (wanted, wanted.date()) for one in times):
            expected = f'<time datetime="{wanted.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}">'
            yield Fault("a time of the record is not shown, or not in a <time>", expected=expected, hint=hint)
    for text in page.tree.xpath(
        "//body//text()[not(ancestor::time or ancestor::script or ancestor::pre or ancestor::svg)]"
    ):
        if _WRITTEN_DAY.search(text):
            yield Fault("a date is outside <time>", text.getparent(), found=shorten(text), hint=hint)


def check_pictures(page: GoldenPage) -> Iterator[Fault]:
    """Every picture has an `alt`, and the record's picture has the record's text."""
    for image in page.tree.iter("img"):
        if image.get("alt") is None:
            hint = 'print its alt; alt="" if a text beside it is enough'
            yield Fault("a picture has no alt", image, found=show_tag(image), hint=hint)
    described = {image.get("alt") for image in page.main.iter("img")}
    if page.facts.picture and page.facts.picture not in described:
        hint = "print page.image.alt as the alt of the picture"
        yield Fault("the alt of the record's picture is missing", expected=f'alt="{page.facts.picture}"', hint=hint)


def check_language(page: GoldenPage) -> Iterator[Fault]:
    """The page, and a text in another language, declare their language and direction."""
    hint = "base writes both attributes with the macro of lang.html"
    root = page.tree.getroottree().getroot()
    facts = page.facts
    if (root.get("lang"), root.get("dir") or "ltr") != (facts.site_language, facts.site_direction):
        message = "<html> does not declare the page's language or direction"
        expected = f'<html lang="{facts.site_language}" dir="{facts.site_direction}">'
        yield Fault(message, root, found=show_tag(root), expected=expected, hint="base does in layout.html")
    for heading in page.main.iter("h1"):
        yield from _missing_marks(heading, facts, "the text", hint)


def _missing_marks(node: HtmlElement, facts: PageFacts, what: str, hint: str) -> Iterator[Fault]:
    if _inherited(node, "lang") != facts.language:
        message = f"{what} is not marked as being in another language"
        yield Fault(message, node, found=show_tag(node), expected=f'lang="{facts.language}"', hint=hint)
    if (_inherited(node, "dir") or "ltr") != facts.direction:
        message = f"{what} does not declare its direction"
        yield Fault(message, node, found=show_tag(node), expected=f'dir="{facts.direction}"', hint=hint)


def check_headlines(page: GoldenPage) -> Iterator[Fault]:
    """A headline that links to a text in another language declares its language and direction."""
    hint = "base writes both attributes with the macros of lang.html, for cards and links that have a language"
    for link in page.tree.iter("a"):
        facts = page.facts_behind(link)
        if facts is None or not facts.headline or page.is_hidden(link):
            continue
        for node in link.iter(Element):
            own = (node.text, *(child.tail for child in node))
            if facts.headline in " ".join(" ".join((text or "").split()) for text in own):
                yield from islice(_missing_marks(node, facts, "a headline", hint), 1)


def check_addresses(page: GoldenPage) -> Iterator[Fault]:
    """An address shown as text runs from left to right, whatever the direction of the page."""
    for link in page.tree.iter("a"):
        shown = " ".join(link.text_content().split())
        if _ADDRESS.fullmatch(shown) and shown in link.get("href", "") and not _says_direction(link):
            hint = 'give it dir="ltr", as the macro link() of link.html does'
            yield Fault("an address is shown as text", link, found=show_tag(link), expected='dir="ltr"', hint=hint)


def check_draft(page: GoldenPage) -> Iterator[Fault]:
    """A draft is marked as a draft, in words, and a scheduled record as scheduled."""
    shown = page.shown(page.main).casefold() if page.facts.is_draft or page.facts.is_scheduled else ""
    hint = "print the macro unready() of mark.html with the page"
    if page.facts.is_draft and "draft" not in shown:
        yield Fault("the page of a draft is not marked as a draft", expected="the word 'Draft'", hint=hint)
    if page.facts.is_scheduled and "scheduled" not in shown:
        message = "the page of a scheduled record is not marked as scheduled"
        yield Fault(message, expected="the word 'Scheduled'", hint=hint)


def check_badge(page: GoldenPage) -> Iterator[Fault]:
    """A badge is also a word for screen readers."""
    badge = page.facts.badge
    if not badge:
        return
    header = next((heading.getparent() for heading in page.main.iter("h1")), page.main)
    if badge not in page.heard(header).casefold():
        hint = "print the macro badge() of mark.html at the headline; text in aria-hidden is not heard"
        yield Fault("the badge is not a word for screen readers", header, expected=f"the word '{badge}'", hint=hint)


def _read_time(text: str) -> datetime | date | None:
    """A moment or a day as HTML writes it (section 4.5.14, the `time` element); a month is its first day."""
    try:
        if _MONTH.fullmatch(text):
            return date.fromisoformat(f"{text}-01")
        if "T" not in text and " " not in text:
            return date.fromisoformat(text) if len(text) == len("2026-06-03") else None
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _says_direction(node: HtmlElement) -> bool:
    """Whether an element, the one around it or one in it declares the direction of its text."""
    around = node.getparent()
    return any(
        one.get("dir") == "ltr" or one.tag == "bdi" for one in (*node.iter(), *([] if around is None else [around]))
    )


def _inherited(node: HtmlElement, name: str) -> str:
    return next((one.get(name, "") for one in (node, *node.iterancestors()) if one.get(name)), "")
