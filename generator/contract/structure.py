"""Rules for the structure of a page, which people need who do not see it."""

from collections.abc import Iterator
from itertools import pairwise

from lxml.html import HtmlElement

from generator.contract.page import Fault, GoldenPage, shorten, show_tag

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "for", "headers")
_FOCUSABLE = (
    "//body//*[self::a[@href] or self::button or self::input or self::select or self::textarea or self::summary "
    "or @tabindex]"
)


def check_headings(page: GoldenPage) -> Iterator[Fault]:
    """There is one `h1`, no level is skipped, and no heading is empty."""
    headings = list(page.tree.iter(*_HEADINGS))
    first = [node for node in headings if node.tag == "h1"]
    if len(first) != 1:
        found = f"{len(first)} of them"
        yield Fault("the page does not have exactly one <h1>", first[1] if first else None, found=found, expected="one")
    for before, after in pairwise(headings):
        if int(after.tag[1]) > int(before.tag[1]) + 1:
            message = f"a heading skips a level: <{after.tag}> after <{before.tag}>"
            yield Fault(message, after, found=shorten(after.text_content()), expected=f"<h{int(before.tag[1]) + 1}>")
    for node in headings:
        if not page.heard(node):
            yield Fault("a heading is empty", node, found=show_tag(node))


def check_landmarks(page: GoldenPage) -> Iterator[Fault]:
    """The page has one `main`, one `header` and one `footer`, and each `nav` has its own name."""
    outer = "not(ancestor::article or ancestor::aside or ancestor::main or ancestor::nav or ancestor::section)"
    for tag, where in (("main", "//main"), ("header", f"//header[{outer}]"), ("footer", f"//footer[{outer}]")):
        nodes = page.find(where)
        if len(nodes) != 1:
            message = f"the page does not have exactly one <{tag}>" + ("" if tag == "main" else " of its own")
            hint = "base writes it in layout.html"
            place = nodes[1] if nodes else None
            yield Fault(message, place, found=f"{len(nodes)} of them", expected="one", hint=hint)
    for tag in ("nav", "aside"):
        nodes = list(page.tree.iter(tag))
        names = [_name_of(page, node) for node in nodes]
        for node, name in zip(nodes, names, strict=True):
            if (not name and (tag == "nav" or len(nodes) > 1)) or names.count(name) > 1:
                what = "shares its name with another" if name else "has no name"
                yield Fault(f"a <{tag}> {what}", node, found=show_tag(node), expected="an aria-label of its own")


def check_skip_link(page: GoldenPage) -> Iterator[Fault]:
    """The first focusable element is a link to the `main`."""
    first = next(iter(page.find(_FOCUSABLE)), None)
    target = first.get("href", "").removeprefix("#") if first is not None else ""
    inside = {page.main.get("id"), *page.main.xpath(".//@id")}
    if first is None or not first.get("href", "").startswith("#") or not target or target not in inside:
        hint = 'begin <body> with <a href="#content">, and give <main> that id; base does in layout.html'
        found = show_tag(first) if first is not None else ""
        yield Fault("the page does not begin with a link to its content", first, found=found, hint=hint)


def check_ids(page: GoldenPage) -> Iterator[Fault]:
    """No id occurs twice."""
    for nodes in page.by_id.values():
        for node in nodes[1:]:
            yield Fault("an id occurs twice", node, found=show_tag(node), expected="ids that differ")


def check_references(page: GoldenPage) -> Iterator[Fault]:
    """Every id that an attribute or a link refers to exists."""
    for name in _REFERENCES:
        for node in page.find(f"//*[@{name}]"):
            if any(part not in page.by_id for part in node.get(name, "").split()):
                yield Fault(f"{name} refers to an id that does not exist", node, found=show_tag(node))
    for link in page.tree.iter("a"):
        href = link.get("href", "")
        if href.startswith("#") and href not in ("#", "#top") and href[1:] not in page.by_id:
            yield Fault("a link leads to an id that does not exist", link, found=show_tag(link))


def check_names(page: GoldenPage) -> Iterator[Fault]:
    """Every link, button and title has a text."""
    for node in page.find("//a[@href] | //button | //summary"):
        if not page.heard(node) and not node.get("aria-label") and not node.get("aria-labelledby"):
            yield Fault(f"a <{node.tag}> has no name", node, found=show_tag(node), hint="give it a text")
    title = page.tree.findtext(".//title") or ""
    if not title.strip():
        yield Fault("the page has no <title>", hint="print page.meta.title; base does in head.html")


def check_sizes(page: GoldenPage) -> Iterator[Fault]:
    """Every picture has `width` and `height`, so that nothing moves when it loads."""
    for image in page.tree.iter("img"):
        if not all(image.get(side, "").isdecimal() for side in ("width", "height")):
            hint = "base writes them with the macro of picture.html"
            yield Fault("a picture has no width and height", image, found=show_tag(image), hint=hint)


def check_zoom(page: GoldenPage) -> Iterator[Fault]:
    """The page fits a phone and can be zoomed."""
    views = page.find("//meta[@name='viewport']")
    content = views[0].get("content", "").replace(" ", "") if views else ""
    settings = dict(part.partition("=")[::2] for part in content.split(","))
    if settings.get("width") != "device-width":
        expected = '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield Fault("the page does not fit a phone", expected=expected)
    if settings.get("user-scalable") in ("no", "0") or "maximum-scale" in settings:
        yield Fault("the page prevents zooming", views[0], found=show_tag(views[0]))


def check_lazy_pictures(page: GoldenPage) -> Iterator[Fault]:
    """Pictures after the first one of the content load lazily; those above it load at once."""
    for image in page.tree.xpath("//main//img")[1:]:
        if image.get("loading") != "lazy":
            message = "a picture after the first is not loaded lazily"
            yield Fault(message, image, found=show_tag(image), expected='loading="lazy"')


def check_feed_links(page: GoldenPage) -> Iterator[Fault]:
    """The head announces the feeds of the page."""
    announced = {link.get("href") for link in page.tree.iter("link") if "alternate" in link.get("rel", "").split()}
    for feed in page.facts.feeds:
        if feed not in announced:
            hint = "base does in head.html, from page.meta.feeds"
            yield Fault(
                "the head does not announce a feed", expected=f'<link rel="alternate" href="{feed}">', hint=hint
            )


def check_index(page: GoldenPage) -> Iterator[Fault]:
    """A page that search engines must not list has `noindex`."""
    robots = ",".join(node.get("content", "") for node in page.find("//meta[@name='robots']"))
    if not page.facts.is_indexed and "noindex" not in robots:
        hint = "base does in head.html, from page.meta.is_indexed"
        expected = '<meta name="robots" content="noindex">'
        yield Fault("the page does not ask search engines to ignore it", expected=expected, hint=hint)


def _name_of(page: GoldenPage, node: HtmlElement) -> str:
    if node.get("aria-label"):
        return str(node.get("aria-label")).strip()
    named = [page.by_id[part][0] for part in node.get("aria-labelledby", "").split() if part in page.by_id]
    return " ".join(map(page.heard, named))
