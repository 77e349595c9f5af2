"""The result of reading another system's site: posts as plain data, and what has no place in records."""

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
"""Fates of things that no reader of the old site misses."""


class Leftover(msgspec.Struct, frozen=True, order=True):
    """Something that has no place in a record, and its fate."""

    what: Lack
    found: str
    fate: str


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A text of the other system.

    `file` is its path in the old folder. `slug` is its name, not yet a segment of a path.
    `text` is its markdown, with the other system's tags resolved, but not its links.
    `topics` are names of categories, `addresses` old paths of the site, its own first.
    `guid` is its identity in the old feeds; "" if that is not certain.
    `authors` are names as written, maybe with markdown.
    `image` is the path of its picture and the description.
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

    `url` is the address of the old site, "" if it is not known.
    Pictures are searched in `picture_folders`, after the folder of the text.
    `topic_path` is the pattern of the listings' paths, with their category.
    `unread` are files other than markdown whose text readers of the old site could see.
    `has_bare_links` means that an address in a text became a link by itself, `has_dashes` that `--` became a dash.
    With `has_breaks`, each line of a paragraph was a line on the page.
    `language` is the one of texts that name none; "" if it is not known.
    `engine` is the engine of newsprint that reads markdown most like the old one.
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
