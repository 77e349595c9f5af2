"""Posts that are settled → the text of records, each checked by the loader before it is written."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from generator.config import Config
from generator.errors import Problem
from generator.importers.bylines import read_bylines
from generator.importers.links import Links
from generator.importers.old_site import WITHOUT_WORDS, Leftover
from generator.importers.settle import SettledPost, tag_language
from generator.load.text import check_text
from generator.names import ContentPath, Kind
from generator.scaffold import compose_record


class RecordDraft(msgspec.Struct, frozen=True):
    """A record to be written: its file, its text, where it came from, and what had no place in it."""

    file: ContentPath
    kind: Kind
    id: str
    text: str
    origin: str = ""
    left: Mapping[str, Any] = {}
    lacks: tuple[Leftover, ...] = ()


class Editor:
    """Writes the texts of articles and pages."""

    def __init__(self, config: Config, links: Links, *, source: str, url: str, language: str) -> None:
        self._config = config
        self._links = links
        self._source = source
        self._url = url
        self._main = tag_language(language) or ""

    def write(self, one: SettledPost) -> RecordDraft:
        """A post as a record."""
        text, lacks = self._links.rewrite(one.post)
        lacks = [*one.lacks, *lacks]
        matter = self._page(one) if one.is_page else self._article(one, lacks)
        folder = "pages" if one.is_page else f"articles/{one.published.astimezone(self._config.zone).year}"
        return RecordDraft(
            file=ContentPath(f"content/{folder}/{one.id}.md"),
            kind="page" if one.is_page else "article",
            id=one.id,
            text=compose_record({key: value for key, value in matter.items() if value not in ("", [])}, text),
            origin=one.post.file,
            left=one.left,
            lacks=tuple(lacks),
        )

    def _page(self, one: SettledPost) -> dict[str, Any]:
        post = one.post
        return {
            "title": one.title,
            "navigation": post.navigation,
            "language": None if self._is_ours(post.language) else post.language,
            "order": post.order,
            "published": post.published.isoformat() if post.published else None,
            "expires": post.expires.isoformat() if post.expires and "expires" not in one.left else None,
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
            "title": one.title,
            "source": self._source,
            "source_url": None if is_ours else f"{self._url.rstrip('/')}{quote(address)}",
            "author": bylines[0].name if is_one else None,
            "author_url": next(iter(bylines[0].links), None) if is_one else None,
            "authors": None if is_one else [{"name": name, "url": to[0]} if to else name for name, to in bylines],
            "published": one.published.isoformat(),
            "updated": post.updated.isoformat() if post.updated and "updated" not in one.left else None,
            "expires": post.expires.isoformat() if post.expires and "expires" not in one.left else None,
            "topic": one.topics[0],
            "also": list(one.topics[1:]),
            "tags": list(one.tags),
            "summary": post.summary,
            "image": self._image(one, lacks),
            "language": None if self._is_ours(post.language) else post.language,
            "aliases": list(one.aliases),
            "guid": post.guid,
            "draft": post.is_draft or None,
        }

    def _is_ours(self, language: str) -> bool:
        """Whether a language is the new site's; that of the old site as a whole may differ from it in the region."""
        ours = self._config.site.language
        return language == ours or (language == self._main and language.partition("-")[0] == ours.partition("-")[0])

    def _image(self, one: SettledPost, lacks: list[Leftover]) -> dict[str, str] | None:
        if one.post.image is None:
            return None
        path, words = one.post.image
        place, is_picture = self._links.show(one.post, path, lacks)
        if place is None or not is_picture:
            return None
        if not words:
            lacks.append(Leftover("picture", path, WITHOUT_WORDS))
        return {"src": place, "alt": words or one.title}


def check_drafts(
    drafts: Iterable[RecordDraft], config: Config, *, known: Collection[str], pictures: Collection[str]
) -> Iterable[tuple[RecordDraft, list[Problem]]]:
    """Each draft with the Problems that a build would find; `known` are all that it may name, such as `article:a`."""
    for draft in drafts:
        read = check_text(draft.text, draft.file, draft.kind, config)
        dead = [f"the link '{ref}' leads nowhere" for ref in read.names if ref not in known]
        missing = [f"no picture '{src}'" for src in read.pictures if src not in pictures]
        found = [("dead-link", message) for message in dead] + [("missing-image", message) for message in missing]
        yield draft, [*read.problems, *(_explain(draft, code, message) for code, message in found)]


def _explain(draft: RecordDraft, code: str, message: str) -> Problem:
    """A link or picture that engines of markdown see where we saw none, such as in code that does not end."""
    hint = "look for code that does not end, or write a full address"
    return Problem(file=draft.file, code=code, message=message, hint=hint)
