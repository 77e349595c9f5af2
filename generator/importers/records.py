"""Settled posts → the text of records, each checked by the loader before it is written."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from generator.config import Config
from generator.errors import Problem
from generator.importers.bylines import read_bylines
from generator.importers.links import Links
from generator.importers.old_site import WITHOUT_WORDS, Leftover, Post
from generator.importers.outcome import ImportedRecord
from generator.importers.settle import SettledPost, tag_language
from generator.load import warn_of_missing
from generator.load.loader import settings_of
from generator.load.parse import parse_text
from generator.names import ContentPath
from generator.scaffold import compose_record


class Editor:
    """Writes the texts of articles and pages."""

    def __init__(self, config: Config, links: Links, *, source: str, url: str, language: str) -> None:
        self._config = config
        self._links = links
        self._source = source
        self._url = url
        self._main = tag_language(language) or ""

    def write(self, one: SettledPost) -> ImportedRecord:
        """A post as a record."""
        post = one.post
        text, lacks = self._links.rewrite(post)
        lacks = [*post.lacks, *lacks]
        matter = self._page(one) if post.is_page else self._article(one, lacks)
        year = post.published and post.published.astimezone(self._config.zone).year
        folder = "pages" if post.is_page else f"articles/{year}"
        return ImportedRecord(
            file=ContentPath(f"content/{folder}/{one.id}.md"),
            kind="page" if post.is_page else "article",
            id=one.id,
            text=compose_record({key: value for key, value in matter.items() if value not in ("", [])}, text),
            origin=post.file,
            left=post.left,
            lacks=tuple(lacks),
        )

    def _page(self, one: SettledPost) -> dict[str, Any]:
        post = one.post
        return {
            "title": post.title,
            "navigation": post.navigation,
            "language": self._language(post),
            "order": post.order,
            "published": _iso(post.published),
            "expires": _iso(post.expires),
            "aliases": list(one.aliases),
            "draft": post.is_draft or None,
        }

    def _article(self, one: SettledPost, lacks: list[Leftover]) -> dict[str, Any]:
        post = one.post
        is_ours = self._source == self._config.site.source
        address = next(iter(post.addresses), "")
        bylines = read_bylines(post.authors)
        is_one = len(bylines) == 1
        further = [link for byline in bylines for link in byline.links[1:]]
        lacks += (Leftover("link", link, "left out of the names of the authors") for link in further)
        return {
            "title": post.title,
            "source": self._source,
            "source_url": None if is_ours else f"{self._url.rstrip('/')}{quote(address)}",
            "author": bylines[0].name if is_one else None,
            "author_url": next(iter(bylines[0].links), None) if is_one else None,
            "authors": None if is_one else [{"name": name, "url": to[0]} if to else name for name, to in bylines],
            "published": _iso(post.published),
            "updated": _iso(post.updated),
            "expires": _iso(post.expires),
            "topic": post.topics[0],
            "also": list(post.topics[1:]),
            "tags": list(post.tags),
            "summary": post.summary,
            "image": self._image(one, lacks),
            "language": self._language(post),
            "aliases": list(one.aliases),
            "guid": post.guid,
            "draft": post.is_draft or None,
        }

    def _language(self, post: Post) -> str | None:
        """The language that a record names: not the new site's, nor the old site's if it differs in the region only."""
        ours, language = self._config.site.language, post.language
        is_main = language == self._main and language.partition("-")[0] == ours.partition("-")[0]
        return None if language == ours or is_main else language

    def _image(self, one: SettledPost, lacks: list[Leftover]) -> dict[str, str] | None:
        if one.post.image is None:
            return None
        path, words = one.post.image
        place, is_picture = self._links.show(one.post, path, lacks)
        if place is None or not is_picture:
            return None
        if not words:
            lacks.append(Leftover("picture", path, WITHOUT_WORDS))
        return {"src": place, "alt": words or one.post.title}


def check_drafts(
    drafts: Iterable[ImportedRecord], config: Config, *, known: Collection[str], pictures: Collection[str]
) -> Iterable[tuple[ImportedRecord, list[Problem]]]:
    """Each draft with the Problems that a build would find; `known` are all that it may name, such as `article:a`."""
    settings = settings_of(config)
    for draft in drafts:
        read = parse_text(draft.text, draft.file, draft.kind, settings)
        names = filter(None, read.named.split("\0"))
        found = [("dead-link", f"the link '{ref}' leads nowhere") for ref in names if ref not in known]
        found += [("missing-image", f"no picture '{src}'") for src in read.pictures if src not in pictures]
        # Engines of markdown see these where this room saw none, such as in code that does not end.
        hint = "look for code that does not end, or write a full address"
        more = (Problem(file=draft.file, code=code, message=message, hint=hint) for code, message in found)
        yield draft, [*read.problems, *warn_of_missing(draft.file, read.files, {}), *more]


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
