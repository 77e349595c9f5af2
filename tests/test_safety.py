"""Strangers' text: nothing in a record comes out alive."""

import html
import json
import re
from xml.etree import ElementTree as ET

import msgspec
import pytest
from lxml import html as lxml_html

from sitebench import SiteBench, article

pytestmark = pytest.mark.slow

ATTACKS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=https://evil.example/x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "</script><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<!--<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<math><mtext><table><mglyph><style><img src=https://evil.example/x onerror=alert(1)>",
]
LINKS = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](//evil.example/)",
    "![x](javascript:alert(1))",
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="https://ok.example/" onclick="alert(1)" style="position:fixed">x</a>',
    '<form action="https://evil.example/"><input name=x><button>go</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<base href="https://evil.example/">',
    '<p id="main" class="skip-link">x</p>',
]


def record(body: str = "", **matter: object) -> str:
    return "---\n" + msgspec.yaml.encode(matter).decode() + "---\n" + body + "\n"


def hostile_site(bench: SiteBench, text: str) -> SiteBench:
    """A site that says one text wherever a record may say something."""
    body = "\n\n".join([text, f"*{text}*", f"> {text}", f"```python\n{text}\n```", f"| {text} |\n|---|\n| {text} |"])
    bench.write("content/topics/chips.md", record(body, title=text, description=text, featured=True))
    bench.write(
        "content/sources/wire.md", record(body, title=text, homepage="https://wire.example/", owner=text, licence=text)
    )
    bench.write("content/entities/acme.md", record(body, title=text, type="company", description=text))
    bench.write("content/pages/about.md", record(body, title=text, navigation="header"))
    bench.write(
        "content/sponsors/ad.md",
        record(
            body,
            sponsor=text,
            homepage="https://brand.example/",
            label=text,
            tagline=text,
            proof=text,
            headline=text,
            creative=text,
            note=text,
            actions=[{"text": text, "url": "https://brand.example/'\"".rstrip("'\"")}],
        ),
    )
    bench.write(
        "content/articles/a1.md",
        article(
            text,
            1,
            body=body,
            summary=text,
            author=text,
            source_title=text,
            tags=[f"x{text}"],
            entities=[{"entity": "acme", "role": text}],
            verified={"by": text, "how": text, "at": "2026-05-02"},
            revisions=[{"at": "2026-05-03", "note": text, "significant": True}],
            source_url="https://wire.example/?a=1&b=%22",
            story="event",
            sentiment={"label": "mixed", "score": 0.5, "by": text},
            form="brief",
            brief={
                "takeaways": [text],
                **dict.fromkeys(("background", "why_it_matters", "market_relevance", "outlook"), text),
                "market_effects": [{"scope": "sector", "text": text}],
                "perspectives": [{"stance": "for", "text": text}],
            },
            disclaimer=text,
            quotes=[text],
        ),
    )
    bench.write(
        "content/articles/a2.md",
        article(
            *(text, 2),
            body=f"## {text}\n\n{text}\n\n## {text}\n",
            source_title=text,
            story="event",
            sentiment={"label": "negative", "score": -1},
            form="feature",
            translated_from="zh-Hans",
            via=["post"],
        ),
    )
    bench.write("content/articles/a3.md", article(text, 3, form="explainer", teaser=text))
    bench.write(
        "content/stories/event.md",
        record(
            body,
            title=text,
            summary=text,
            published="2026-05-03",
            topic="chips",
            tags=[f"x{text}"],
            entities=[{"entity": "acme", "role": text}],
            verdict=body,
            facts=[{"text": text, "sources": ["wire"], "disputed_by": ["post"]}, {"text": text, "sources": ["wire"]}],
            differences=[{"aspect": text, "views": {"wire": text, "post": body}}],
            coverage={
                "wire": {
                    **dict.fromkeys(("framing", "tone", "note"), text),
                    "techniques": [{"name": text, "explanation": text, "quotes": [text]}],
                }
            },
            timeline=[{"at": "2026-05-01", "text": text}],
        ),
    )
    site = "\n".join(f"{name} = {json.dumps(text)}" for name in ("title", "tagline", "description", "copyright"))
    return bench.write("site.toml", f'[site]\n{site}\nurl = "https://bench.example"\n[theme]\nname = "broadsheet"\n')


def is_chart(node: lxml_html.HtmlElement) -> bool:
    """Whether it is one of our own pictures: hidden, of a few shapes, with no attribute that says more than numbers."""
    if node.tag == "svg" and re.fullmatch(r"chart chart-[a-z]+", node.get("class", "")):
        assert all(child.tag in {"rect", "line", "circle", "text"} for child in node)
        assert not [inner for child in node for inner in child]
        return node.get("aria-hidden") == "true" and set(node.attrib) == CHART_ATTRIBUTES
    return False


FOR_YOU_CONTROLS = [
    ("button", {"type": "button", "role": "switch", "class": "switch", "aria-checked": "false"}),
    ("form", {"class": "follow-actions", "data-part": "mute"}),
    ("input", {"name": "term", "list": "names", "maxlength": "80", "autocomplete": "off", "required": ""}),
    ("button", {}),
]
"""What follows and mutes; the form has no address, and the policy lets none be sent."""


def is_control(node: lxml_html.HtmlElement) -> bool:
    """Whether it is one of our own buttons, which stand still in a template until the script takes them out."""
    is_plain = set(node.attrib) <= {"type", "aria-pressed", "data-part", "accept", "hidden"}
    is_held = any(above.tag == "template" for above in node.iterancestors())
    if is_held and (node.tag, dict(node.attrib)) in FOR_YOU_CONTROLS:
        return True
    return is_plain and is_held and (node.tag, node.get("type")) in {("button", "button"), ("input", "file")}


def is_barcode(node: lxml_html.HtmlElement) -> bool:
    """Whether it is our picture of who told what: a path per state, and a label, which says no more than words."""
    if node.tag == "svg" and node.get("class") == "barcode":
        assert {child.tag for child in node} <= {"path"}
        assert all(re.fullmatch(r"[-MHVhvlz0-9. ]+", child.get("d", "")) for child in node)
        return node.get("role") == "img" and set(node.attrib) == BARCODE_ATTRIBUTES
    return False


def is_choice(node: lxml_html.HtmlElement) -> bool:
    """Whether it is one of our own choices, which style sheets read."""
    return node.tag == "input" and node.get("type") == "radio" and set(node.attrib) <= CHOICE_ATTRIBUTES


CHART_ATTRIBUTES = {"class", "width", "height", "aria-hidden", "focusable"}
BARCODE_ATTRIBUTES = {"class", "viewbox", "width", "height", "stroke", "stroke-width", "role", "aria-label"}
CHOICE_ATTRIBUTES = {"type", "name", "value", "checked"}


def assert_dead(markup: str, *, is_page: bool) -> None:
    """No element, attribute or address that could act; on a page one script, which is JSON-LD and parses."""
    tree = (
        lxml_html.document_fromstring(markup) if is_page else lxml_html.fragment_fromstring(markup, create_parent=True)
    )
    for node in tree.iter():
        if not isinstance(node.tag, str):
            assert not is_page or "script" not in (node.text or "")
            continue
        allowed = {"script", "meta", "link"} if is_page else set()
        if is_chart(node) or (is_page and (is_control(node) or is_barcode(node) or is_choice(node))):
            continue
        bad = {"script", "iframe", "object", "embed", "form", "input", "button", "base", "style", "svg", "math", "meta"}
        assert node.tag not in bad - allowed, markup
        if node.tag == "script" and (source := node.get("src")):
            assert re.fullmatch(r"/assets/script/[a-z]+\.[0-9a-f]{10}\.js", source)
            assert not node.text
        elif node.tag == "script":
            assert node.get("type") == "application/ld+json"
            json.loads(node.text or "")
        if node.tag == "meta":
            assert node.get("http-equiv") in (None, "Content-Security-Policy")
        for name, value in node.attrib.items():
            assert not name.startswith("on"), markup
            assert name != "style", markup
            if name in ("href", "src", "content"):
                address = re.sub(r"[\x00-\x20]", "", html.unescape(str(value))).lower()
                assert not re.match(r"(javascript|vbscript|data):", address), markup
                if name == "src" or node.tag == "link":
                    assert "evil.example" not in address
                assert not address.startswith("//")


@pytest.mark.parametrize("attack", [*ATTACKS, *LINKS])
def test_no_record_gets_anything_alive_onto_a_page_or_into_a_feed(bench: SiteBench, attack: str) -> None:
    hostile_site(bench, attack).build().expect_built()
    pages = feeds = 0
    for path, data in bench.files().items():
        if path.endswith(".html"):
            assert_dead(data.decode(), is_page=True)
            pages += 1
        elif path.endswith(("feed.xml", "atom.xml")):
            feeds += 1
            for item in ET.fromstring(data).iter():
                if item.tag.endswith(("description", "encoded", "content")):
                    assert_dead(f"<p>{item.text or ''}</p>", is_page=False)
        elif path.endswith("feed.json"):
            feeds += 1
            for item in json.loads(data)["items"]:
                assert_dead(item["content_html"], is_page=False)
    assert pages > 20
    assert bench.page("stories/event/index.html").tree.xpath("//svg")
    assert feeds > 20
    assert "{{ 7 * 7 }}" not in attack or "{{ 7 * 7 }}" in bench.page("news/chips/a1/index.html").text


def test_a_hostile_body_cannot_take_the_ids_and_classes_of_the_page(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("News", 1, body='## Main\n\n<p id="main" class="slot">x</p>'))
    bench.build().expect_built()
    ids = bench.page("news/chips/a1/index.html").tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["../evil", "..", "a/b", "/etc/passwd", "a\\b", ".hidden", "-x", "A", "x."])
@pytest.mark.parametrize("key", ["slug", "id"])
def test_no_record_names_a_path_outside_of_its_place(bench: SiteBench, key: str, name: str) -> None:
    bench.write("content/articles/a1.md", article("News", 1, **{key: name})).build().expect_refused()
    assert "[unusable-name]" in bench.problems
    assert not bench.output.exists()


def test_every_page_forbids_scripts_of_others_and_other_hosts_by_its_policy(bench: SiteBench) -> None:
    bench.build().expect_built()
    for path, data in bench.files().items():
        if path.endswith(".html"):
            tree = lxml_html.document_fromstring(data)
            (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy


def test_links_in_a_campaigns_copy_say_that_they_are_sponsored(bench: SiteBench) -> None:
    copy = "Go [there](https://brand.example/x), or to [chips](topic:chips)."
    bench.write(
        "content/sponsors/ad.md", record(copy, sponsor="Brand", homepage="https://brand.example/", headline="Buy")
    )
    bench.build().expect_built()
    links = bench.page("index.html").tree.xpath("//aside[@aria-label='Advertisement']//a")
    assert {link.get("href") for link in links} >= {"https://brand.example/x", "/topics/chips/"}
    assert {link.get("rel") for link in links} == {"sponsored noopener"}
