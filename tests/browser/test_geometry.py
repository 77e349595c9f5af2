"""Where things are on pages: what stands above the fold, and that nothing covers, leaves or outgrows its place."""

from collections.abc import Iterable
from itertools import product

import pytest
from fuzzing import fuzz, is_long

from browsing import Serve, Served, Welcome
from conftest import THEMES

LOOKS = [theme for theme in THEMES if theme != "base"]
"""The themes that lay out pages; `base` has one column of everything."""

FOLD = {
    "broadsheet": {(1280, 800): 8, (360, 740): 3},
    "terminal": {(1280, 800): 12, (360, 740): 4},
    "river": {(1280, 800): 16, (360, 740): 5},
}
"""How many headlines of the front page are complete when it is opened, by the size of the window."""
TOPIC_FOLD = 2
"""The same of a topic, on a phone."""
MASTHEAD = {1280: 120, 360: 96}
"""How high a masthead may be, in pixels by the width of the window."""
VOID = 120
"""How high an empty place beside cards may be, in pixels."""

PAGES = {
    "golden": [
        "",
        "topics/chips/",
        "stories/collision/",
        "news/chips/everything/",
        "latest/",
        "stories/",
        "sources/observer/",
        "feeds/",
    ],
    "german": ["", "topics/chips/", "stories/collision/", "news/chips/everything/"],
    "arabic": ["", "news/chips/everything/"],
}
WIDTHS = [360, 768, 1280, 1680]

HEADLINES = """
() => {
  const isWhole = (node) => {
    const range = new Range();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    return box.height && box.top >= 0 && box.bottom <= innerHeight;
  };
  return [...document.querySelectorAll("main .headline, main .others li:not(.all)")].filter(isWhole).length;
}
"""

FAULTS = """
([most]) => {
  const faults = [];
  const name = (node) => `${node.tagName.toLowerCase()}.${node.className} "${node.textContent.trim().slice(0, 30)}"`;
  const box = (node) => node.getBoundingClientRect();
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(`the page scrolls ${wide} px sideways`);

  const scrolls = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.overflowX !== "visible" || style.position === "fixed") return true;
    }
    return false;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const node = text.parentElement;
    if (!text.data.trim() || node.closest(".visually-hidden, [hidden], template, script, svg")) continue;
    const range = new Range();
    range.selectNodeContents(text);
    range.setStart(text, text.data.search(/\\S/));
    const block = node.closest("li, p, h1, h2, h3, h4, dd, dt, td, th, summary, figcaption") ?? node;
    const place = box(block);
    const parts = [...range.getClientRects()].filter((part) => part.top < place.bottom);
    const leaves = parts.some((part) => part.left < place.left - 2 || part.right > place.right + 2);
    if (leaves && !scrolls(node)) faults.push(`leaves its box: ${name(node)}`);
    for (const picture of node.closest(".card")?.querySelectorAll("img") ?? []) {
      const shape = box(picture);
      const covers = (part) =>
        part.left < shape.right - 1 && part.right > shape.left + 1 &&
        part.top < shape.bottom - 1 && part.bottom > shape.top + 1;
      if (shape.width && parts.some(covers)) faults.push(`under a picture: ${name(node)}`);
    }
  }

  const shown = (node) => [...node.querySelectorAll("img, p, h3, a, svg")].filter((one) => one.checkVisibility());
  const ends = (node) => Math.max(...shown(node).map((one) => box(one).bottom));
  for (const list of document.querySelectorAll(".cards, .covered .headlines, .featured, .top-beside")) {
    if (getComputedStyle(list).display !== "grid") continue;
    const rows = Map.groupBy([...list.children], (one) => Math.round(box(one).top));
    const columns = Math.max(...[...rows.values()].map((row) => row.length));
    for (const row of rows.values()) {
      const bottoms = row.map(ends);
      const hole = Math.max(...bottoms) - Math.min(...bottoms);
      const short = row[bottoms.indexOf(Math.min(...bottoms))];
      if (hole > most) faults.push(`${Math.round(hole)} px empty in a row of ${list.className}: ${name(short)}`);
      const last = Math.max(...row.map((one) => box(one).right)) - Math.min(...row.map((one) => box(one).left));
      const isFull = columns === 1 || last > box(list).width / 2 - 2;
      if (!isFull) faults.push(`a row of ${list.className} is not full: ${name(row[0])}`);
    }
  }
  return faults;
}
"""

COVERED = """
() => {
  const isCovered = (node) => {
    node.focus();
    const box = node.getClientRects()[0];
    const top = document.elementFromPoint(box.left + Math.min(5, box.width / 2), box.top + box.height / 2);
    return box.width > 1 && top && !top.contains(node) && !node.contains(top) && !node.labels?.length;
  };
  const places = [...document.querySelectorAll("a[href], button, summary, select, input")];
  return places.filter((node) => node.checkVisibility() && isCovered(node)).map((node) => node.outerHTML.slice(0, 90));
}
"""
"""What lies under a sticky bar, or under the surface of another link, when it has the focus."""


@pytest.mark.parametrize("theme", LOOKS)
def test_headlines_are_above_the_fold(serve: Serve, welcome: Welcome, theme: str) -> None:
    page = welcome(serve("golden", theme)).open("")
    for (width, height), wanted in FOLD[theme].items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(HEADLINES) >= wanted, width
        assert page.locator(".masthead").evaluate("(node) => node.offsetHeight") <= MASTHEAD[width]
    for site in ("golden", "demo"):
        page = welcome(serve(site, theme)).open("topics/chips/")
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate(HEADLINES) >= TOPIC_FOLD, site


SPACE_OUT = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }
  `);
  document.adoptedStyleSheets = [sheet];
}
"""
"""Spaces a page as WCAG 1.4.12 lets readers ask for."""

CUT = """
() => {
  const cut = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const hides = (value) => ["hidden", "clip"].includes(value);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (node.closest(".visually-hidden, [hidden], template, script, thead, .scheme")) continue;
    const range = new Range();
    range.selectNodeContents(texts.currentNode);
    for (const part of range.getClientRects()) {
      for (let one = node; one; one = one.parentElement) {
        const { overflowX, overflowY, overflowClipMargin } = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        const room = 3 + (parseFloat(overflowClipMargin) || 0);
        const isCut =
          (hides(overflowX) && (part.right > box.right + room || part.left < box.left - room)) ||
          (hides(overflowY) && (part.bottom > box.bottom + room || part.top < box.top - room));
        if (isCut) cut.add(`${one.className}: ${node.textContent.trim().slice(0, 40)}`);
      }
    }
  }
  return [...cut];
}
"""
"""Texts that something cuts off."""


def look(welcome: Welcome, served: Served, paths: Iterable[str]) -> list[str]:
    """The faults of pages in every width, with more space, and with the focus; to open them takes longest."""
    reader = welcome(served)
    faults = []
    for path in paths:
        page = reader.open(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            faults += [f"{path} {width}: {fault}" for fault in page.evaluate(FAULTS, [VOID])]
        page.set_viewport_size({"width": 320, "height": 800})
        page.evaluate(SPACE_OUT)
        found = page.evaluate(FAULTS, [10 * VOID]) + page.evaluate(CUT)
        faults += [f"{path} with more space: {fault}" for fault in found]
        page.evaluate("document.adoptedStyleSheets = []")
        page.set_viewport_size({"width": 360, "height": 800})
        faults += [
            f"{path}: something covers {node}" for node in page.evaluate(COVERED)
        ]  # last, as it scrolls the page
    return faults


@pytest.mark.parametrize("theme", LOOKS)
def test_nothing_covers_leaves_or_outgrows_its_place_or_is_cut_off(serve: Serve, welcome: Welcome, theme: str) -> None:
    faults = {site: look(welcome, serve(site, theme), paths) for site, paths in PAGES.items()}
    assert [fault for fault in faults.items() if fault[1]] == []


BACKWARDS = """
() => {
  const backwards = new Set();
  const places = ".headline, .standfirst, .slot-copy p, .entry-description, .views dd, .agreed li, .prose p, .about p";
  for (const node of document.querySelectorAll(places)) {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let last = null;
    while (texts.nextNode()) {
      if (texts.currentNode.data.trim()) last = texts.currentNode;
    }
    const end = last?.data.trimEnd().length ?? 0;
    if (!/[A-Za-z]{2}[.:!?]$/.test(last?.data.slice(0, end))) continue;
    const [stop, letter] = [end - 1, end - 2].map((at) => {
      const range = new Range();
      range.setStart(last, at);
      range.setEnd(last, at + 1);
      return range.getBoundingClientRect();
    });
    if (stop.left < letter.left) backwards.add(last.data.trim());
  }
  return [...backwards];
}
"""
"""English texts whose full stop is before them."""


@pytest.mark.parametrize("theme", THEMES)
def test_an_english_text_of_an_arabic_site_ends_where_it_ends(serve: Serve, welcome: Welcome, theme: str) -> None:
    reader = welcome(serve("arabic", theme))
    for path in ("", "stories/collision/", "news/chips/typical-report/", "topics/", "sponsors/"):
        assert reader.open(path).evaluate(BACKWARDS) == [], path


@pytest.mark.parametrize("theme", LOOKS)
def test_charts_have_the_readers_colours_whatever_they_chose(serve: Serve, welcome: Welcome, theme: str) -> None:
    """With forced colours, texts of charts are as dark or light as all others, also where "Light" is chosen."""
    reader = welcome(serve("demo", theme), forced_colors="active", color_scheme="dark")
    page = reader.open("insights/")
    page.evaluate("document.documentElement.dataset.scheme = 'light'")
    colours = page.locator(".chart text").evaluate_all("(all) => all.map((one) => getComputedStyle(one).fill)")
    assert set(colours) == {page.evaluate("getComputedStyle(document.body).color")}


@fuzz
@pytest.mark.skipif(not is_long(), reason="opens every page, which takes minutes")
@pytest.mark.parametrize(("site", "theme"), [*product(PAGES, LOOKS)])
def test_no_page_of_a_site_outgrows_its_place(serve: Serve, welcome: Welcome, site: str, theme: str) -> None:
    served = serve(site, theme)
    files = [file for file in served.folder.rglob("index.html") if b'http-equiv="refresh"' not in file.read_bytes()]
    pages = [file.parent.relative_to(served.folder).as_posix() for file in files]
    assert look(welcome, served, [f"{page}/" for page in sorted(pages) if page != "."]) == []
