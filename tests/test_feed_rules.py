"""The rules of the W3C feed validator that can be checked without a network, by its names; all feeds keep them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import msgspec
import pytest
from feedsite import ATOM, HISTORY, RELATIVE, FeedFile, build_feeds, find_feeds
from lxml import etree, html

from generator.media import FEED_TYPES
from tools import require_npm

BASE = "https://golden.example/news/"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}content"
TAG_URI = re.compile(r"tag:[a-z0-9.\-]+,\d{4}(-\d\d(-\d\d)?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]+")
FULL_URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+\-.]*:(//)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
RELATIONS = {"alternate", "current", "enclosure", "hub", "next-archive", "prev-archive", "self", "via"}
SAFE_ELEMENTS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption"),
    *("figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s"),
    *("small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "var"),
}
SAFE_ATTRIBUTES = {
    *("align", "alt", "class", "dir", "height", "href", "id", "lang", "rel", "src", "start", "tabindex", "title"),
    "width",
}
SEVERAL = {f"{DC}creator", MEDIA, "category", *(f"{ATOM}{name}" for name in ("author", "category", "link"))}
"""Of what an item may have several."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_feeds(tmp_path_factory.mktemp("feeds") / "site")


@pytest.fixture(scope="module")
def feeds(output: Path) -> list[FeedFile]:
    return find_feeds(output)


def texts(feed: FeedFile, name: str) -> list[str]:
    """The texts of an element of each item."""
    return [one.findtext(name) or "" for one in feed.entries if one.find(name) is not None]


def contents(feed: FeedFile) -> Iterator[str]:
    """All HTML of a feed."""
    match feed.format:
        case "rss":
            yield from texts(feed, CONTENT)
            yield from texts(feed, "description")
        case "atom":
            yield from (
                one.findtext(f"{ATOM}content") for one in feed.entries if one.find(f"{ATOM}content") is not None
            )
        case _:
            yield from (item["content_html"] for item in feed.document["items"] if "content_html" in item)


def ids(feed: FeedFile) -> list[str]:
    if feed.format == "json_feed":
        return [item["id"] for item in feed.document["items"]]
    return texts(feed, "guid" if feed.format == "rss" else f"{ATOM}id")


def missing_self(feed: FeedFile) -> Iterator[str]:
    """MissingSelf, MissingAtomSelfLink, SelfDoesntMatchLocation, RelativeSelf, SelfNotAtom."""
    own = feed.document["feed_url"] if feed.format == "json_feed" else feed.links.get("self")
    if own != feed.url:
        yield str(own)
    if feed.format != "json_feed":
        (link,) = (one for one in feed.tree.findall(f"{ATOM}link") if one.get("rel") == "self")
        if link.get("type") != FEED_TYPES[feed.format]:
            yield str(link.get("type"))


def duplicate_entries(feed: FeedFile) -> Iterator[str]:
    """DuplicateEntries, DuplicateIds, DuplicateValue of guid, MissingGuid."""
    yield from (one for one, count in Counter(ids(feed)).items() if count > 1 or not one)
    if feed.format != "json_feed" and len(ids(feed)) != len(feed.entries):
        yield "an item without"


def duplicate_updated(feed: FeedFile) -> Iterator[str]:
    """DuplicateUpdated."""
    if feed.format == "atom":
        yield from (one for one, count in Counter(texts(feed, f"{ATOM}updated")).items() if count > 1)


def invalid_tag(feed: FeedFile) -> Iterator[str]:
    """InvalidTAG, InvalidPermalink, NonCanonicalURI."""
    own = [feed.tree.findtext(f"{ATOM}id")] if feed.format == "atom" else []
    yield from (one for one in (*ids(feed), *own) if not TAG_URI.fullmatch(one))
    if feed.format == "rss":
        yield from (node.text for node in feed.tree.iter("guid") if node.get("isPermaLink") != "false")


def invalid_dates(feed: FeedFile) -> Iterator[str]:
    """InvalidRFC2822Date, IncorrectDOW, InvalidRFC3339Date, ProblematicalRFC822Date."""
    if feed.format == "rss":
        for one in (*texts(feed, "pubDate"), feed.tree.findtext("lastBuildDate")):
            if not RFC822.fullmatch(one) or parsedate_to_datetime(one).strftime("%a") != one[:3]:
                yield one
    else:
        nodes = feed.tree.iter(f"{ATOM}updated", f"{ATOM}published") if feed.format == "atom" else ()
        items = feed.document["items"] if feed.format == "json_feed" else ()
        dates = [node.text for node in nodes] + [
            item[name] for item in items for name in ("date_published", "date_modified")
        ]
        yield from (one for one in dates if not RFC3339.fullmatch(one))
        assert dates


def updated_is_of_an_item(feed: FeedFile) -> Iterator[str]:
    """Not the validator's: the feed changed when one of its articles did, never when it was built."""
    if feed.format == "atom":
        own = datetime.fromisoformat(feed.tree.findtext(f"{ATOM}updated"))
        entries = [datetime.fromisoformat(one) for one in texts(feed, f"{ATOM}updated")]
        if own not in {one.replace(microsecond=0) for one in entries}:
            yield own.isoformat()
    if feed.format == "rss" and feed.tree.find("pubDate") is not None:
        yield "pubDate of the channel"


def addresses(feed: FeedFile) -> Iterator[str]:
    """InvalidFullLink, InvalidURLAttribute, InvalidUriChar, MissingHref."""
    found: list[str | None] = []
    if feed.format == "json_feed":
        document = feed.document
        found += [document["home_page_url"], document["feed_url"], document.get("next_url", BASE)]
        for item in document["items"]:
            found += [item["url"], item.get("external_url", BASE), item.get("image", BASE)]
            found += [one["url"] for one in item.get("attachments", ())]
    else:
        found += [node.get("href") for node in feed.tree.iter(f"{ATOM}link")]
        found += [node.text for node in feed.tree.iter("link", f"{ATOM}uri")]
        found += [node.get("url") for node in feed.tree.iter("source", "enclosure", MEDIA)]
    yield from (str(one) for one in found if not one or not FULL_URI.fullmatch(one) or not urlsplit(one).hostname)


def contains_rel_ref(feed: FeedFile) -> Iterator[str]:
    """ContainsRelRef."""
    yield from (found[0] for one in contents(feed) if (found := RELATIVE.search(one)))


def security_risk(feed: FeedFile) -> Iterator[str]:
    """SecurityRisk, SecurityRiskAttr, DangerousStyleAttr, NotHtml."""
    for one in contents(feed):
        for node in html.fragment_fromstring(one, create_parent="div").iterdescendants():
            if not isinstance(node.tag, str) or node.tag not in SAFE_ELEMENTS:
                yield str(node.tag)
            yield from (f"{node.tag} {name}" for name in node.attrib if name not in SAFE_ATTRIBUTES)
            if (node.get("href") or "").lower().startswith(("javascript:", "data:", "vbscript:")):
                yield str(node.get("href"))


def bad_characters(feed: FeedFile) -> Iterator[str]:
    """BadCharacters, UnicodeError, MissingNamespace, SAXError: XML in UTF-8 whose namespaces are declared."""
    text = feed.data.decode()
    yield from re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]", text)
    if feed.format != "json_feed":
        etree.fromstring(feed.data, etree.XMLParser(recover=False, resolve_entities=False))
        if not text.startswith("<?xml version='1.0' encoding='UTF-8'?>"):
            yield text[:50]


def contains_html(feed: FeedFile) -> Iterator[str]:
    """ContainsHTML, CharacterData: plain text is written so that no reader takes it for HTML."""
    if feed.format == "rss":
        for match in re.finditer(r"<(title|category|copyright|source)(?: [^>]*)?>([^<]*)<", feed.data.decode()):
            if "&amp;" in match[2] or "&lt;" in match[2]:
                yield match[0]


def enclosures(feed: FeedFile) -> Iterator[str]:
    """DuplicateEnclosure, InvalidIntegerAttribute, InvalidMIMEAttribute, MediaGroupWithoutAlternatives."""
    if feed.format == "json_feed":
        return
    for one in feed.entries:
        found = one.findall("enclosure") + [
            link for link in one.findall(f"{ATOM}link") if link.get("rel") == "enclosure"
        ]
        if len(found) > 1:
            yield "two enclosures"
        for enclosure in found:
            if int(enclosure.get("length")) <= 0 or not re.fullmatch(r"image/[a-z]+", enclosure.get("type")):
                yield str(dict(enclosure.attrib))


def elements(feed: FeedFile) -> Iterator[str]:
    """MissingElement, MissingTextualContent, MisplacedItem, NeedDescriptionBeforeContent, NotBlank.

    And DuplicateElement, but of what an item may have several.
    """
    if feed.format == "json_feed":
        return
    names = [etree.QName(node).localname for node in feed.tree]
    first = min(place for place, name in enumerate(names) if name in ("item", "entry"))
    if set(names[first:]) - {"item", "entry"}:
        yield "something after the first item"
    single = {"title", "description", "language", "lastBuildDate", "id", "updated", "subtitle", "rights", "copyright"}
    yield from (name for name in single if names.count(name) > 1)
    wanted = {
        "rss": ["title", "link", "description", "guid", "pubDate", f"{DC}creator"],
        "atom": [f"{ATOM}{name}" for name in ("title", "id", "updated", "published", "author", "summary", "link")],
    }[feed.format]
    for one in feed.entries:
        children = [node.tag for node in one]
        yield from (f"no {name}" for name in wanted if name not in children)
        if CONTENT in children and children.index(CONTENT) < children.index("description"):
            yield "content before description"
        yield from (f"{name} twice" for name, count in Counter(children).items() if count > 1 and name not in SEVERAL)
    nodes = feed.tree.iter("title", "description", "category", f"{ATOM}title", f"{ATOM}subtitle", f"{ATOM}summary")
    yield from (f"blank {node.tag}" for node in nodes if not (node.text or "").strip())


def atom_links(feed: FeedFile) -> Iterator[str]:
    """UnregisteredAtomLinkRel, DuplicateAtomLink, FeedHistoryRelInEntry, AtomLinkNotEmpty."""
    if feed.format == "json_feed":
        return
    for link in feed.tree.iter(f"{ATOM}link"):
        if link.get("rel") not in RELATIONS or link.text:
            yield str(dict(link.attrib))
    for entry in feed.entries:
        rels = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
        if set(rels) - {"alternate", "enclosure", "via"} or rels.count("alternate") > 1:
            yield str(rels)


def archives(feed: FeedFile) -> Iterator[str]:
    """MissingCurrentInArchive, LinkPastEnd, ArchiveIncomplete."""
    if feed.format == "json_feed":
        return
    is_archive = re.search(r"(^|/)feed/\d+/", feed.path) is not None
    if (feed.tree.find(f"{HISTORY}archive") is not None) is not is_archive:
        yield "fh:archive"
    if is_archive is not ("current" in feed.links) or ("hub" in feed.links) is is_archive:
        yield str(feed.links)


def sponsored(feed: FeedFile) -> Iterator[str]:
    """Not the validator's: what is paid for says so first, in its title and among its categories."""
    if feed.format != "json_feed":
        return
    items = feed.document["items"]
    paid = [place for place, item in enumerate(items) if ":sponsor:" in item["id"]]
    if paid and ("sponsor-free/" in feed.path or "feed/" in feed.path.removesuffix("feed.json")):
        yield "a sponsored item where none may be"
    for place in paid:
        label = items[place]["tags"][0]
        text = html.fragment_fromstring(items[place]["content_html"], create_parent="div").text_content()
        if not items[place]["title"].startswith(f"{label}: ") or not text.startswith(label):
            yield items[place]["title"]
        if place < 3 or any(place - other < 4 for other in paid if other < place):
            yield f"too many before {place}"


RULES: list[Callable[[FeedFile], Iterator[str]]] = [
    *(missing_self, duplicate_entries, duplicate_updated, invalid_tag, invalid_dates, updated_is_of_an_item),
    *(addresses, contains_rel_ref, security_risk, bad_characters, contains_html, enclosures, elements, atom_links),
    *(archives, sponsored),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_feed_keeps_the_rules(feeds: list[FeedFile], rule: Callable[[FeedFile], Iterator[str]]) -> None:
    assert {feed.path: found for feed in feeds if (found := [*rule(feed)])} == {}


def test_there_is_something_to_judge(feeds: list[FeedFile]) -> None:
    assert any(":sponsor:" in one for feed in feeds for one in ids(feed))
    assert any(b"<enclosure" in feed.data for feed in feeds)
    assert any(b'rel="hub"' in feed.data for feed in feeds)
    assert any("/feed/1/" in feed.path for feed in feeds)
    assert any("&lt;" in one for feed in feeds for one in contents(feed))


def test_json_feeds_validate_against_their_schema(feeds: list[FeedFile]) -> None:
    schema = msgspec.json.decode(require_npm("jsonfeed-schema", "schema-v1.1.json").read_bytes())
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    found = [
        (feed.path, fault.message)
        for feed in feeds
        if feed.format == "json_feed"
        for fault in validator.iter_errors(feed.document)
    ]
    assert found == []


def test_every_feed_is_sent_with_its_media_type(feeds: list[FeedFile], output: Path) -> None:
    """UnexpectedContentType, NonSpecificMediaType: by the rules that hosts read."""
    rules = re.findall(r"^/news(/\S+)\n  Content-Type: ([^;\n]+)", (output / "_headers").read_text(), re.MULTILINE)
    patterns = {re.compile(re.sub(r":\w+", "[^/]+", path)): kind for path, kind in rules}
    for feed in feeds:
        sent = [kind for pattern, kind in patterns.items() if pattern.fullmatch(f"/{feed.path}")]
        assert sent == [FEED_TYPES[feed.format]], feed.path


def test_every_feed_is_in_the_list_for_readers(feeds: list[FeedFile], output: Path) -> None:
    tree = etree.fromstring((output / "feeds.opml").read_bytes())
    listed = [node.get("xmlUrl") for node in tree.iter("outline") if node.get("xmlUrl")]
    heads = [
        feed.url
        for feed in feeds
        if feed.format == "rss" and not re.search(r"(^|/)(feed/\d+|sponsor-free)/", feed.path)
    ]
    assert sorted(listed) == sorted(heads)
    assert all(node.get("type") == "rss" and node.get("text") for node in tree.iter("outline") if node.get("xmlUrl"))
    assert all(node.get("text") for node in tree.iter("outline"))
    assert datetime.now(UTC).strftime("%Y-%m-%d") not in etree.tostring(tree).decode()
