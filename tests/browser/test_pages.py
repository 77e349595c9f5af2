"""Every kind of page in each bundled theme, opened in a real browser, in light and dark, on a phone and a desk."""

import os
from typing import Any, Literal

import pytest

from browsing import IN_PIECES, Serve, Welcome
from conftest import ROOT, THEMES
from generator.contract import PageFacts
from generator.names import served_path
from tools import require_npm

SCREENSHOTS = ROOT / ".screenshots"
HAS_PICTURES = "SCREENSHOTS" in os.environ
"""Whether somebody wants to look at them: they take a third of the time."""

GOLDEN = [
    "stories/collision/",
    "",
    "markup/",
    "news/chips/brief/",
    "topics/chips/",
    "news/chips/everything/",
    "feeds/",
    "news/odd/hostile/",
    "news/law/explainer/",
    "corrections/page/1/",
    "sources/observer/",
    "news/chips/typical-report/",
    "news/chips/unready/",
    "news/chips/arabic/",
    "news/space/feature/",
    "news/odd/long/",
    "stories/",
    "stories/collision/changes/",
    "corrections/",
    "latest/",
    "topics/",
    "topics/tides/",
    "entities/",
    "entities/quillon/",
    "tags/",
    "archive/",
    "archive/2031/06/",
    "archive/2031-w23/",
    "sponsors/",
    "insights/",
    "for-you/",
    "empty/",
    "404.html",
]
"""A page of every kind and form of the golden site; those first that show the most kinds of texts."""

DEMO = ["", "news/artificial-intelligence/half-an-hour-of-privacy/", "stories/openai-leadership-2023/", "sources/"]

ARABIC = [
    "",
    "news/chips/everything/",
    "stories/collision/",
    "stories/collision/changes/",
    "topics/chips/",
    "insights/",
    "markup/",
]
"""Pages of the golden site in Arabic, from right to left; `markup/` has code and tables."""

SITES = {"golden": GOLDEN, "demo": DEMO, "arabic": ARABIC}

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome depends on how an element looks, and not on where it is."""
LAYOUT = ["scrollable-region-focusable", "target-size"]
"""The rules whose outcome depends on the width; the rest sees the same document."""

VIEWS: list[tuple[int, Literal["light", "dark"], dict[str, Any]]] = [
    (1280, "light", {"runOnly": TAGS, "rules": {rule: {"enabled": False} for rule in COLOURS}}),
    (360, "light", {"runOnly": LAYOUT}),
    (1280, "dark", {}),  # the light page in other colours
]
"""What axe looks for in a whole page, in which width and colours. In each of them it looks for `COLOURS` in texts."""

AXE = """
async ([rules, places, colours]) => {
  const all = document.querySelectorAll("body *");
  const options = { resultTypes: ["violations"], preload: false };  // pages have no films, for which axe would wait
  const runs = [];
  if (rules.runOnly) runs.push(await axe.run(document, { ...rules, ...options }));
  if (places.length) {
    runs.push(await axe.run({ include: places.map((place) => all[place]) }, { runOnly: colours, ...options }));
  }
  return runs.flatMap(({ violations }) => violations).flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any, all, none }) =>
      `${id} (${help}): ${target.join(" ")}: ${[...any, ...all, ...none].map(({ message }) => message).join("; ")}`));
}
"""
"""The violations of some rules in a page, and of others in its elements at some places."""

LOOKS = """
() => {
  const styles = new Map();
  const style = (node) => styles.get(node) ?? styles.set(node, getComputedStyle(node)).get(node);
  const ground = (node) => {
    const { backgroundColor, backgroundImage } = style(node);
    const isClear = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none";
    return isClear && node.parentElement ? ground(node.parentElement) : [backgroundColor, backgroundImage];
  };
  const properties = [
    "color", "fontSize", "fontWeight", "fontStyle", "opacity", "display", "position", "textDecorationLine",
    "textShadow",
  ];
  const look = (node) =>
    [node.tagName, style(node.parentElement).color, ...properties.map((name) => style(node)[name]), ...ground(node)];
  const isText = (node) => [...node.childNodes].some((child) => child instanceof Text && child.data.trim());
  return [...document.querySelectorAll("body *")].map((node) => isText(node) ? look(node).join() : "");
}
"""
"""How each element with a text looks, on what ground and beside what colour; nothing for other elements."""

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName);
    if (!entry.hadRecentInput) window.shifts.push([entry.value, moved.join(", ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""

SCROLL = """
async () => {
  const paint = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let top = 0; top < document.documentElement.scrollHeight; top += 700) {
    scrollTo(0, top);
    await paint();
  }
  await Promise.all([...document.images].map((picture) => picture.decode()));
  await paint();
}
"""
"""Shows the whole page, part by part, until all of its pictures are there."""

CUT_OFF = """
() => [...document.querySelectorAll("main :is(p, dd, dt, h1, h2, h3)")]
  .filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX === "visible")
  .map((node) => node.textContent.trim().slice(0, 60))
"""
"""Texts that leave their box."""

FOCUSED = """
() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const box = node.getBoundingClientRect();
  const all = [...document.querySelectorAll("*")];
  return {
    place: all.indexOf(node),
    text: `${node.tagName} ${node.getAttribute("href") ?? ""} ${(node.textContent ?? "").trim().slice(0, 40)}`,
    isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0,
  };
}
"""

TABBABLE = """
() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((node) => !node.disabled && (node.type !== "radio" || node.checked)) // of a group, one
  .filter((node) => node.checkVisibility({ visibilityProperty: true })).length
"""


def name_of(path: str) -> str:
    return path.strip("/").replace("/", "-").removesuffix(".html") or "front"


@pytest.fixture(scope="session")
def axe() -> str:
    return require_npm("axe-core", "axe.min.js").read_text()


def pages_of(site: str, facts: dict[str, PageFacts]) -> list[str]:
    """The pages of a site that are opened: of the golden one at least one of each kind."""
    if site != "golden":
        return SITES[site]
    seen = {facts[served_path(path)].template for path in GOLDEN} | {"redirect.html"}  # it sends browsers on at once
    others = {fact.template: path.removesuffix("index.html") for path, fact in sorted(facts.items(), reverse=True)}
    return [*GOLDEN, *(path for template, path in sorted(others.items()) if template not in seen)]


def test_an_old_address_leads_to_the_new_one(serve: Serve, welcome: Welcome) -> None:
    page = welcome(serve("golden", "base")).open("news/copper/")
    page.wait_for_url("**/news/chips/copper/")
    assert page.locator("main h1").is_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_pages_are_open_to_everybody(
    serve: Serve, welcome: Welcome, axe: str, golden_facts: dict[str, PageFacts], theme: str
) -> None:
    """Axe finds nothing in any colours or width, and no page scrolls sideways on a small phone.

    Axe is given one page of each kind in base, and in each theme every page with a text that looks like none before.
    """
    folder = SCREENSHOTS / theme
    violations = []
    known: set[str] = set()
    # The other themes stand on base, which is nobody's look by itself, and the demonstration site has one of them.
    for site in ("golden", *(["arabic"] if theme != "base" else []), *(["demo"] if theme == "broadsheet" else [])):
        reader = welcome(serve(site, theme), reduced_motion="reduce", color_scheme="light")
        for path in pages_of(site, golden_facts):
            reader.page.set_viewport_size({"width": 320, "height": 640})
            page = reader.open(path)
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                violations.append(f"{site} {path} 320: scrolls sideways")
            violations += [f"{site} {path} 320: '{text}' is cut off" for text in page.evaluate(CUT_OFF)]
            looks = page.evaluate(LOOKS)
            new = {look: place for place, look in enumerate(looks) if look and look not in known}
            kind = golden_facts[served_path(path)].template if theme == "base" else ""
            if not (new or kind not in known or HAS_PICTURES):
                continue
            known |= {*looks, kind}
            page.evaluate(axe)
            for width, scheme, rules in VIEWS:
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                found = page.evaluate(AXE, [rules, [*new.values()], COLOURS])
                violations += [f"{site} {path} {scheme} {width}: {violation}" for violation in found]
                if HAS_PICTURES:
                    picture = folder / site / f"{name_of(path)}-{scheme}-{width}.jpeg"
                    page.screenshot(path=picture, type="jpeg", quality=60)
            page.emulate_media(color_scheme="light")
    assert violations == []


@pytest.mark.parametrize("path", ["", "news/chips/everything/", "stories/collision/", "topics/chips/"], ids=name_of)
@pytest.mark.parametrize("theme", THEMES)
def test_the_keyboard_walks_through_a_page_in_its_order(serve: Serve, welcome: Welcome, theme: str, path: str) -> None:
    reader = welcome(serve("golden", theme))
    page = reader.open_tab(path)  # where the focus was in the tab before does not matter in a new one
    wanted = page.evaluate(TABBABLE)
    seen: list[dict[str, Any]] = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        seen.append(focused)
    assert page.evaluate(FOCUSED) is None, "the focus does not leave the page"
    assert seen[0]["text"].startswith("A #"), "the first is not the skip link"
    assert [one["text"] for one in seen if not one["isSeen"]] == []
    places = [one["place"] for one in seen]
    assert places == sorted(set(places)), [one["text"] for one in seen]
    assert len(seen) == wanted
    page.close()


@pytest.mark.parametrize("theme", THEMES)
def test_the_skip_link_is_seen_when_it_has_the_focus_and_leads_to_the_content(
    serve: Serve, welcome: Welcome, theme: str
) -> None:
    page = welcome(serve("golden", theme)).open("news/chips/everything/")
    page.keyboard.press("Tab")
    box = page.locator(":focus").bounding_box()
    assert box is not None
    assert min(box["x"], box["y"]) >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", THEMES)
def test_a_page_stands_still_while_it_comes(serve: Serve, welcome: Welcome, theme: str, width: int) -> None:
    """Neither its next piece, nor a picture, nor a script moves what is there; but for a line that is cut in two."""
    reader = welcome(serve("golden", theme), width)
    moved = {}
    for path in ("", "news/chips/everything/", "news/chips/unready/", "stories/collision/", "topics/chips/"):
        page = reader.open(path + IN_PIECES)
        page.evaluate(SHIFTS)
        page.evaluate(SCROLL)
        shifts = page.evaluate("window.shifts")
        if sum(value for value, _ in shifts) > 0.05:
            moved[path] = shifts
    assert moved == {}


@pytest.mark.parametrize("theme", THEMES)
def test_code_runs_from_left_to_right_on_every_page(serve: Serve, welcome: Welcome, theme: str) -> None:
    page = welcome(serve("arabic", theme)).open("markup/")
    ways = "(nodes) => nodes.map((node) => getComputedStyle(node).direction)"
    assert page.locator("main").evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    assert set(page.locator("main :is(pre, code, kbd)").evaluate_all(ways)) == {"ltr"}


@pytest.mark.parametrize("theme", THEMES)
def test_a_site_is_read_without_scripts(serve: Serve, welcome: Welcome, theme: str) -> None:
    page = welcome(serve("golden", theme), java_script_enabled=False).open("")
    link = page.locator("main a[href*='/news/chips/typical-report/']").first
    link.click()
    page.wait_for_url("**/news/chips/typical-report/")
    assert page.locator("main h1").is_visible()
    assert page.locator("main", has_text="For seven days the lights").is_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_the_link_to_all_feeds_is_not_cut_off(serve: Serve, welcome: Welcome, theme: str) -> None:
    served = serve("golden", theme)
    for width in (320, 1280):
        links = welcome(served, width).open("feeds/").locator("a[href$='.opml']")
        assert links.count() == 1
        assert links.first.evaluate("link => link.scrollWidth <= link.clientWidth"), width


@pytest.mark.parametrize("theme", THEMES)
def test_the_label_of_a_sponsored_message_is_in_sight(serve: Serve, welcome: Welcome, theme: str) -> None:
    served = serve("golden", theme)
    labels = ["Advertisement · paid for by Oblong", "Advertisement", 'Paid for by "Statute" <Press>']
    seen = set()
    for width in (320, 1280):
        reader = welcome(served, width)
        for path in ("", "news/chips/everything/", "news/chips/brief/", "topics/chips/", "topics/law/"):
            slot = reader.open(path).locator("aside", has=reader.page.locator("a[rel~='sponsored']"))
            label = next(label for label in labels if slot.inner_text().casefold().startswith(label.casefold()))
            assert slot.get_by_text(label, exact=True).first.is_visible()
            seen.add(label)
    assert seen == set(labels)


@pytest.mark.parametrize("theme", THEMES)
def test_the_box_of_a_task_hangs_before_its_words(serve: Serve, welcome: Welcome, theme: str) -> None:
    hanging = """(boxes) => boxes.every((box) => {
        const item = box.closest("li").getBoundingClientRect(), own = box.getBoundingClientRect()
        return getComputedStyle(box).direction == "ltr" ? own.right <= item.left : own.left >= item.right
    })"""
    for site in ("golden", "arabic"):
        boxes = welcome(serve(site, theme)).open("markup/").locator(".task input")
        assert boxes.count() == 3
        assert boxes.evaluate_all(hanging), site


@pytest.mark.parametrize("theme", THEMES)
def test_the_dateline_of_an_article_that_runs_the_other_way_begins_where_its_headline_begins(
    serve: Serve, welcome: Welcome, theme: str
) -> None:
    right = """(node) => {
        const range = new Range()
        range.selectNodeContents(node)
        return range.getBoundingClientRect().right
    }"""
    for width in (360, 1280):
        page = welcome(serve("golden", theme), width).open("news/chips/arabic/")
        assert page.locator(".dateline").evaluate("(node) => getComputedStyle(node).direction") == "ltr"
        ends = [page.locator(place).evaluate(right) for place in ("h1", ".dateline")]
        assert ends[0] == pytest.approx(ends[1], abs=10)
