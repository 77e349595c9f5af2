"""Posts → records: their kinds, ids, topics, and the old addresses that become aliases."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import msgspec

from generator.importers.addresses import KEPT, alias_of, old_path
from generator.importers.bylines import read_bylines
from generator.importers.old_site import Leftover, Post
from generator.names import Kind, RecordId, is_language, slugify

_PAGES = (".html", ".htm")

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a draft without one, if no text of the site has a date."""


class SettledPost(NamedTuple):
    """A post as its record has it; the `topics` of articles are ids, the first is its own, and they have a date."""

    post: Post
    id: RecordId
    aliases: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its path on the new site."""
        return f"/{self.id}/" if self.post.is_page else f"/news/{self.post.topics[0]}/{self.id}/"

    @property
    def ref(self) -> str:
        """Its name in links."""
        return f"{'page' if self.post.is_page else 'article'}:{self.id}"


class _TakenIds:
    """The paths in use, without the slash at their ends, and all folders above them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths: set[str] = set()
        self._folders: set[str] = set()
        for path in paths:
            self.add(path)

    def add(self, path: str) -> None:
        plain = path.rstrip("/")
        self._paths.add(plain)
        self._folders.update(_folders_of(plain))

    def has_room(self, path: str) -> bool:
        """Whether a path is free, with no file above it and, if it is a file, nothing below it."""
        plain = path.rstrip("/")
        above = any(one.endswith(_PAGES) and one in self._paths for one in _folders_of(plain))
        return plain not in self._paths and not above and not (plain.endswith(_PAGES) and plain in self._folders)


def settle_posts(
    posts: list[Post],
    *,
    topic: str,
    language: str,
    pages: Collection[str],
    is_other: Callable[[Kind, RecordId, str], bool],
) -> list[SettledPost]:
    """Decide what every post becomes, in order of their files.

    `topic` is for posts without a category, `language` for those that name none; `pages` are ids of the site.
    `is_other` returns whether the site has a record of a kind and id with another title.
    """
    newest = max((post.published for post in posts if post.published), default=_NEVER)
    main = tag_language(language) or ""
    ids = _choose_ids(posts, main, is_other)
    settled = [_settle(post, ids[post.file], newest, topic, main) for post in posts]
    taken = _TakenIds([*(one.path for one in settled), *(f"/{page}/" for page in pages)])
    return [_give_aliases(one, taken) for one in settled]


def is_page(post: Post) -> bool:
    """A text without a date is a page; but a draft of a post has none yet."""
    return post.is_page or (post.published is None and not post.is_draft)


def _choose_ids(posts: list[Post], main: str, is_other: Callable[[Kind, RecordId, str], bool]) -> dict[str, RecordId]:
    """An id by file: the slug, or the slug and the language if two posts share it, or the whole path.

    It is numbered if another post, or another record of the site, has it.
    """
    names = Counter((is_page(post), _name(post)) for post in posts)
    wanted = [(is_page(post), _name_apart(post, names, main)) for post in posts]
    count = Counter(wanted)
    ids: dict[str, RecordId] = {}
    used = {name for name, number in count.items() if number == 1}
    for post, (of_page, name) in zip(posts, wanted, strict=True):
        kind: Kind = "page" if of_page else "article"
        is_own = count[of_page, name] == 1
        stem = name if is_own else slugify(str(PurePosixPath(post.file).with_suffix(""))) or name
        chosen, number = RecordId(stem), 1
        while ((of_page, chosen) in used and not (is_own and number == 1)) or is_other(kind, chosen, _title(post)):
            number += 1
            chosen = RecordId(f"{stem[:180]}-{number}")
        used.add((of_page, chosen))
        ids[post.file] = chosen
    return ids


def _name(post: Post) -> str:
    stem = PurePosixPath(post.file).stem
    name = slugify(post.slug) or slugify(post.title) or slugify(stem) or "untitled"
    if post.language and not is_page(post) and re.search(rf"\.{re.escape(post.language)}$", stem):
        name = f"{name[:190]}-{slugify(post.language)}"
    return f"{name[:190]}-page" if is_page(post) and name in KEPT else name


def _name_apart(post: Post, names: Counter[tuple[bool, str]], main: str) -> str:
    """The name of a text; if others share it, the language is appended, except for the site's own."""
    name = _name(post)
    language = (tag_language(post.language) or "").lower()
    is_apart = names[is_page(post), name] > 1 and language not in {"", main.lower()}
    return f"{name[:190]}-{language}" if is_apart and not name.endswith(f"-{language}") else name


def _title(post: Post) -> str:
    return post.title or post.slug.replace("-", " ").replace("_", " ").strip().capitalize() or "Untitled"


def _settle(post: Post, record_id: RecordId, newest: datetime, topic: str, main: str) -> SettledPost:
    lacks = list(post.lacks)
    left = {key: value for key, value in post.left.items() if not _is_own_address(value, post)}
    becomes_page = is_page(post)
    if post.published is None and not becomes_page:
        lacks.append(Leftover("time", "no date", "dated as the newest text, and a draft"))
    language = tag_language(post.language) if post.language else main
    if language is None:
        left["language"] = post.language
    post = msgspec.structs.replace(post, language=language or "")
    if becomes_page:
        left |= _what_pages_lack(post)
    tags = tuple(tag for tag in post.tags if slugify(tag))
    if unusable := [tag for tag in post.tags if not slugify(tag)]:
        left["tags"] = unusable
    named = tuple(dict.fromkeys(slug for name in post.topics if (slug := slugify(name)) and not _is_tongue(name, post)))
    if not becomes_page:
        post = msgspec.structs.replace(post, published=post.published or newest, topics=named or (topic,))
        for key in ("updated", "expires"):
            if (at := getattr(post, key)) is not None and at < post.published:
                left[key] = at.isoformat()
                post = msgspec.structs.replace(post, **{key: None})
    settled = {"title": _title(post), "is_page": becomes_page, "tags": tags, "left": left, "lacks": tuple(lacks)}
    return SettledPost(msgspec.structs.replace(post, **settled), record_id)


def _is_own_address(value: Any, post: Post) -> bool:
    """Whether a key is only the text's own address."""
    is_web = isinstance(value, str) and value.startswith(("https://", "http://"))
    return is_web and bool(post.addresses) and old_path(value) == post.addresses[0] != "/"


def _is_tongue(topic: str, post: Post) -> bool:
    """Whether a category, among others, is only the folder of the text's language."""
    return len(post.topics) > 1 and bool(post.language) and tag_language(topic) == post.language


def _what_pages_lack(post: Post) -> dict[str, Any]:
    values = {
        "updated": post.updated.isoformat() if post.updated else "",
        "categories": list(post.topics),
        "tags": list(post.tags),
        "author": ", ".join(one.name for one in read_bylines(post.authors)),
        "summary": post.summary,
        "image": post.image[0] if post.image else "",
    }
    return {key: value for key, value in values.items() if value}


def _give_aliases(one: SettledPost, taken: _TakenIds) -> SettledPost:
    """Add the old addresses that are free; `taken` grows by them."""
    aliases: list[str] = []
    lacks = list(one.post.lacks)
    for address in dict.fromkeys(filter(None, one.post.addresses)):
        alias = alias_of(address)
        if address == "/" or alias == one.path:
            continue
        if alias is None or not taken.has_room(alias):
            fate = "cannot be an alias" if alias is None else "taken by another"
            lacks.append(Leftover("address", address[:200], fate))
            continue
        taken.add(alias)
        aliases.append(alias)
    return SettledPost(msgspec.structs.replace(one.post, lacks=tuple(lacks)), one.id, tuple(aliases))


def tag_language(written: str) -> str | None:
    """A language as BCP 47 writes it: `zh-TW` for `zh_tw`; None if it is not a language.

    Source: RFC 5646, section 2.1.1.
    """
    tag = written.replace("_", "-")
    if not is_language(tag):
        return None
    first, *others = tag.split("-")
    cased = (one.upper() if len(one) == 2 else one.title() if len(one) == 4 else one.lower() for one in others)
    return "-".join([first.lower(), *cased])


def _folders_of(path: str) -> list[str]:
    return [str(one) for one in PurePosixPath(path).parents]
