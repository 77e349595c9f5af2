"""Finds the parts of a page by role and name, as a screen reader does."""

import copy
from collections.abc import Callable, Iterable, Iterator

from lxml import html
from lxml.html import HtmlElement

_BLOCKS = frozenset(
    {
        *("article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
        *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
_UNSPOKEN = frozenset({"head", "script", "style", "svg", "template"})
_LANDMARKS = {"aside": "complementary", "form": "form", "main": "main", "nav": "navigation", "section": "region"}


def spoken(node: HtmlElement) -> str:
    """What is read aloud of a node; words that only a style sheet parts stay glued."""
    return " ".join("".join(_text(node, lambda one: one.get("aria-hidden") == "true")).split())


def shown(node: HtmlElement) -> str:
    """What is seen of a node."""
    return " ".join("".join(_text(node, lambda one: "visually-hidden" in one.get("class", "").split())).split())


def name(node: HtmlElement) -> str:
    """The name of a landmark, by `aria-labelledby` or `aria-label`; empty where it has none."""
    if labels := node.get("aria-labelledby", "").split():
        return " ".join(spoken(_by_id(node, label)) for label in labels)
    return node.get("aria-label", "")


def landmark(page: HtmlElement, role: str, called: str) -> HtmlElement:
    """The landmark with a role and a name; there must be one."""
    return _one(
        (node for node in landmarks(page) if role_of(node) == role and name(node) == called), f"{role} '{called}'"
    )


def landmarks(page: HtmlElement) -> list[HtmlElement]:
    """All landmarks of a page that have a name; what a template holds is none yet, and a picture is none."""
    nodes = (node for node in page.iter() if isinstance(node.tag, str))
    named = (node for node in nodes if role_of(node) not in ("", "img") and name(node))
    return [node for node in named if next(node.iterancestors("template"), None) is None]


def role_of(node: HtmlElement) -> str:
    """The role of a landmark; empty for everything else."""
    return "" if node.tag == "svg" else node.get("role") or _LANDMARKS.get(node.tag, "")


def headings(page: HtmlElement, level: int | None = None) -> list[str]:
    """The headings in their order."""
    return [spoken(node) for node in _headings(page) if level in (None, _level(node))]


def section_of(page: HtmlElement, heading: str) -> HtmlElement:
    """What stands below a heading: the region that it names, else all up to the next heading that is not below it.

    In the second case it is a copy.
    """
    found = _one((node for node in _headings(page) if spoken(node) == heading), f"heading '{heading}'")
    for region in found.iterancestors("section"):
        if region.get("aria-labelledby") == found.get("id", ""):
            return region
    part = html.Element("div")
    above = found.getparent()
    for node in (above if above is not None and above.tag == "summary" else found).itersiblings():
        if any(_level(inner) <= _level(found) for inner in _headings(node)):
            break
        part.append(copy.deepcopy(node))
    return part


def rows(page: HtmlElement, caption: str) -> list[tuple[str, dict[str, HtmlElement]]]:
    """The rows of the table with a caption: each row's header, and its cells by their column's header."""
    found = _one(
        (node for node in page.iter("table") if node.find("caption") is not None and _caption(node) == caption),
        f"table '{caption}'",
    )
    columns = [spoken(node) for node in found.iterfind("thead/tr/th[@scope='col']")]
    assert all(columns), f"a column of '{caption}' has no header"
    assert len(set(columns)) == len(columns) == len(found.find("thead/tr")), f"columns of '{caption}': {columns}"
    read = []
    for row in found.iterfind("tbody/tr"):
        assert len(row) == len(columns), f"a row of '{caption}' is not as wide as its head"
        header = _one(row.iterfind("th[@scope='row']"), f"header of a row of '{caption}'")
        in_row = {column: cell for column, cell in zip(columns, row, strict=True) if cell is not header}
        read.append((spoken(header), in_row))
    return read


def cells(page: HtmlElement, caption: str) -> dict[str, dict[str, HtmlElement]]:
    """The cells of the table with a caption, by their row's and their column's header."""
    found = rows(page, caption)
    assert len(dict(found)) == len(found), f"two rows of '{caption}' have one header"
    return dict(found)


def table(page: HtmlElement, caption: str) -> dict[str, dict[str, str]]:
    """The texts of the table with a caption, by their row's and their column's header."""
    return {
        row: {column: spoken(cell) for column, cell in found.items()} for row, found in cells(page, caption).items()
    }


def terms(part: HtmlElement) -> dict[str, str]:
    """The definition lists of a part: each term has one definition and stands there once."""
    found: dict[str, str] = {}
    for term in part.iter("dt"):
        definition = term.getnext()
        assert definition is not None, f"'{spoken(term)}' has no definition"
        assert definition.tag == "dd", f"'{spoken(term)}' has no definition"
        assert spoken(term) not in found, f"two terms are called '{spoken(term)}'"
        assert term.xpath("ancestor::dl"), f"'{spoken(term)}' stands in no definition list"
        found[spoken(term)] = spoken(definition)
    return found


def items(part: HtmlElement) -> list[HtmlElement]:
    """The items of the one outermost list of a part."""
    inner = {node for above in part.iter("ul", "ol") for node in above.iterdescendants("ul", "ol")}
    return _one((node for node in part.iter("ul", "ol") if node not in inner), "list").findall("li")


def links(part: HtmlElement) -> dict[str, str]:
    """The links of a part by their names; links of one name lead to one place."""
    found: dict[str, str] = {}
    for node in part.iter("a"):
        href = found.setdefault(spoken(node), node.get("href"))
        assert href == node.get("href"), f"'{spoken(node)}' leads to {href} and to {node.get('href')}"
    assert "" not in found, "a link has no name"
    return found


def times(part: HtmlElement) -> dict[str, str]:
    """The times of a part: what machines read, and how people read it."""
    return {node.get("datetime"): spoken(node) for node in part.iter("time")}


def paragraphs(part: HtmlElement) -> list[str]:
    """The paragraphs of a part."""
    return [spoken(node) for node in part.iter("p")]


def quotes(part: HtmlElement) -> list[str]:
    """The block quotations of a part."""
    return [spoken(node) for node in part.iter("blockquote")]


def details(page: HtmlElement, summary: str) -> HtmlElement:
    """The disclosure with a summary."""
    return _one(
        (node for node in page.iter("details") if node[0].tag == "summary" and spoken(node[0]) == summary),
        f"details '{summary}'",
    )


def article(page: HtmlElement) -> HtmlElement:
    """The article that a page is about: the one that holds its first heading."""
    return _one((node for node in page.iter("article") if node.find(".//h1") is not None), "article")


def _text(node: HtmlElement, is_left_out: Callable[[HtmlElement], bool]) -> Iterator[str]:
    if not isinstance(node.tag, str) or node.tag in _UNSPOKEN or is_left_out(node):
        return
    around = " " if node.tag in _BLOCKS else ""
    yield around
    yield node.text or ""
    for child in node:
        yield from _text(child, is_left_out)
        yield child.tail or ""
    yield around


def _headings(page: HtmlElement) -> list[HtmlElement]:
    return list(page.iter("h1", "h2", "h3", "h4", "h5", "h6"))


def _level(heading: HtmlElement) -> int:
    return int(heading.tag[1])


def _caption(node: HtmlElement) -> str:
    return spoken(node.find("caption"))


def _by_id(node: HtmlElement, label: str) -> HtmlElement:
    return _one(node.getroottree().getroot().iterfind(f".//*[@id='{label}']"), f"id '{label}'")


def _one(found: Iterable[HtmlElement], what: str) -> HtmlElement:
    every = list(found)
    assert len(every) == 1, f"{what}: {len(every)} found"
    return every[0]
