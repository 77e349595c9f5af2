"""What a reader of another system finds: posts as plain data, and what of them has no place here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

import msgspec

from generator.config import EngineName
from generator.errors import Problem

Lack = Literal["key", "link", "picture", "tag", "html", "attribute", "address", "time", "file"]
"""What has no place: a key of the front matter, a link or picture that leads nowhere, a tag of the other system's
templates, HTML that records do not hold, an attribute of markdown, an old address, a time, a whole file."""


SHOWS_NOTHING = "left out: it shows nothing"
WITHOUT_WORDS = "has no alternative text; the title is used"
"""What became of something that no reader of the old site misses."""


class Leftover(msgspec.Struct, frozen=True, order=True):
    """Something that has no place in a record: what was found, and what became of it."""

    what: Lack
    found: str
    fate: str


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A text of the other system.

    `file` is its path in the folder that is read. `slug` is what it is called, still to be made a path's segment.
    `text` is its markdown, in which the other system's tags are resolved; links are still to be.
    `topics` are names of categories, `addresses` old paths of the site, its own first.
    `guid` is what readers of the old feeds know it by; "" where that is not certain.
    `authors` are names as they were written, maybe with markdown.
    `image` is the path of its picture and the words for it.
    `left` are the front matter's keys without a place, with their values; `lacks` is what else has none.
    """

    file: str
    is_page: bool
    slug: str
    title: str
    text: str
    published: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    is_draft: bool = False
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    language: str = ""
    image: tuple[str, str] | None = None
    addresses: tuple[str, ...] = ()
    guid: str = ""
    navigation: str | None = None
    order: int | None = None
    left: Mapping[str, Any] = {}
    lacks: tuple[Leftover, ...] = ()


class OldSite(NamedTuple):
    """All that a reader found.

    `url` is where the old site lives, "" where nothing says so. `picture_folders` are those that its pictures are
    looked for in, besides that of the text. `topic_path` is the pattern of the listings' paths, with their category.
    `unread` are files that are no markdown, but whose text a reader of the old site could see.
    `has_bare_links` says that an address in the text became a link by itself, `has_dashes` that `--` became a dash,
    `has_breaks` that each line of a paragraph was one on the page.
    `language` is the site's own, that of texts which name none; "" where nothing says so.
    `engine` is the one of ours that reads markdown most like the old one.
    """

    title: str
    url: str
    posts: list[Post]
    problems: list[Problem]
    unread: list[str]
    picture_folders: tuple[str, ...] = ("",)
    topic_path: str = "(?!)"
    has_bare_links: bool = False
    has_dashes: bool = False
    has_breaks: bool = False
    engine: EngineName = "commonmark"
    language: str = ""
