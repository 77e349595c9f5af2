"""The targets of links and pictures in imported texts: records and copies if there are any, else the old ones."""

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urljoin, urlsplit

from generator.errors import Problem
from generator.importers.addresses import old_address, old_path
from generator.importers.headings import name_headings
from generator.importers.html import Rewriting
from generator.importers.old_site import Leftover, OldSite, Post
from generator.importers.pictures import OldPictures
from generator.importers.texts import rewrite_text
from generator.load.markdown import Compiler
from generator.names import slugify
from generator.records import KINDS, Body

FILE = "newsprint-file:"
"""Before a link that a reader resolved to a file, percent-encoded. A hostile text gains nothing by writing it: such a
link leads to an imported record or nowhere."""

TOPIC = "newsprint-topic:"
"""Before the name of a category, percent-encoded."""

_WEB = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Links:
    """Rewrites texts; knows all posts by their files and old addresses."""

    def __init__(
        self, found: OldSite, refs: Mapping[str, str], topics: frozenset[str], pictures: OldPictures, *, host: str
    ) -> None:
        """Keep what was found, the record of each post's file (`article:x`), the ids of topics, the new site's host."""
        self._found = found
        self._refs = refs
        self._files_by_ref = {ref: file for file, ref in refs.items()}
        self._topics = topics
        self._pictures = pictures
        self._base = urlsplit(found.url)
        self._host = host
        self._posts = {post.file: post for post in found.posts}
        places = ((one, post.file) for post in reversed(found.posts) for one in post.addresses)
        self._files = {old_address(one): file for one, file in places}
        self._compiler = Compiler()
        self._bodies: dict[str, Body] = {}
        self._headings: dict[str, tuple[str, dict[str, str]]] = {}

    def rewrite(self, post: Post) -> tuple[str, list[Leftover]]:
        """A post's text with its links and pictures as records write them, and what had no place."""
        lacks: list[Leftover] = []
        how = Rewriting(
            link=lambda target: self._lead(post, target, lacks),
            picture=lambda target: self.show(post, target, lacks),
            report=lambda what, found, fate: lacks.append(Leftover(what, found, fate)),
            has_bare_links=self._found.has_bare_links,
            has_dashes=self._found.has_dashes,
            has_breaks=self._found.has_breaks,
        )
        return rewrite_text(self._named(post)[0], how), list(dict.fromkeys(lacks))

    def show(self, post: Post, target: str, lacks: list[Leftover]) -> tuple[str | None, bool]:
        """What a post writes for a picture, and whether that is still a picture."""
        path = self._own_path(target)
        if path is None:
            is_web = target.lower().startswith(("http://", "https://", "//"))
            fate = "is on another host; became a link" if is_web else "cannot be shown"
            lacks.append(Leftover("picture", target[:200], fate))
            return name_scheme(target) if is_web else None, False
        file = self._pictures.find(post.file, path)
        place = self._pictures.place(file) if file else None
        if isinstance(place, str):
            return place, True
        why = f": {place.message}" if isinstance(place, Problem) else ""
        instead = self._absolute(post, path)
        fault, fate = "cannot be shown" if why else "not found", "and became a link" if instead else "its words stay"
        lacks.append(Leftover("picture", target[:200], f"{fault}, {fate}{why}"))
        return instead, False

    def _lead(self, post: Post, target: str, lacks: list[Leftover]) -> str | None:
        if target.startswith("#"):
            anchor = self._anchor(post, target[1:])
            if anchor is None:
                lacks.append(Leftover("link", target, "no such heading; kept"))
            return f"#{anchor}" if anchor else target
        if target.startswith(TOPIC):
            name = slugify(unquote(target.removeprefix(TOPIC)))
            return f"topic:{name}" if name in self._topics else None
        path = self._own_path(target)
        if path is None and target.partition(":")[0].lower() in KINDS:
            lacks.append(Leftover("link", target[:200], "would lead to a record of this site; became text"))
            return None
        if path is None:
            return name_scheme(target)
        place, _, fragment = path.partition("#")
        ref = self._find(post, place)
        if ref is None:
            return self._lead_back(post, target, path, lacks)
        return ref + self._fragment(ref, fragment, target, lacks)

    def _lead_back(self, post: Post, target: str, path: str, lacks: list[Leftover]) -> str | None:
        """A link to what is not imported keeps its target, which is lost once this site replaces the old one."""
        instead = name_scheme(target) if _WEB.match(target) else self._absolute(post, path)
        if instead is None:
            is_file = target.startswith(FILE)
            fate = f"leads to no record; {'became text' if is_file else 'kept'}"
            lacks.append(Leftover("link", _written(target), fate))
            return None if is_file else target
        is_front = old_address(path) == "/" and not self._base.path.strip("/")  # which the new site has, too
        if self._base.netloc.lower() == self._host and not is_front:
            lacks.append(Leftover("link", _written(target), f"leads to what was not imported: {instead}"))
        return instead

    def _fragment(self, ref: str, fragment: str, target: str, lacks: list[Leftover]) -> str:
        file = self._files_by_ref.get(ref) if fragment else None
        anchor = self._anchor(self._posts[file], fragment) if file else None
        if fragment and anchor is None:
            lacks.append(Leftover("link", _written(target), f"no such heading; leads to the text: {ref}"))
        return f"#{anchor}" if anchor else ""

    def _own_path(self, target: str) -> str | None:
        """A link inside the old site, without its host; None for any other."""
        if target.startswith(FILE):
            return target
        web = _WEB.match(target)
        if web and self._base.netloc and web[1].lower() == self._base.netloc.lower():
            return target[web.end() :] or "/"
        return None if web or _SCHEME.match(target) else target

    def _find(self, post: Post, place: str) -> str | None:
        if place.startswith(FILE):
            return self._refs.get(unquote(place.removeprefix(FILE)))
        path, _, query = place.partition("?")
        path = unquote(path)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(post.file), path))
        for file in (beside, path.lstrip("/"), f"{beside}.md", f"{beside}/index.md", f"{beside}/_index.md"):
            if file in self._refs and path:
                return self._refs[file]
        own = post.addresses[0] if post.addresses else "/"
        for base in (f"{own}/", own):
            address = old_path(urljoin(base, quote(path)), self._base.path)
            for one in (f"{address}?{query}", address):
                if one in self._files:
                    return self._refs.get(self._files[one])
            topic_path = self._found.topic_path
            listing = re.fullmatch(topic_path, address)
            if listing and slugify(listing[1]) in self._topics:
                return f"topic:{slugify(listing[1])}"
        return None

    def _absolute(self, post: Post, path: str) -> str | None:
        """The old, absolute target of a link; None if the address of the old site is not known."""
        if not self._base.netloc or path.startswith(FILE):
            return None
        base = f"{self._base.scheme}://{self._base.netloc}"
        own = post.addresses[0] if post.addresses else "/"
        whole = path if path.startswith("/") else urljoin(f"{own}/", path)
        prefix = self._base.path.rstrip("/")
        return base + quote(whole if whole.startswith(prefix + "/") else prefix + whole, safe="/%#?=&;:+,@!~")

    def _anchor(self, post: Post, fragment: str) -> str | None:
        text, renamed = self._named(post)
        wanted = unquote(fragment)
        wanted = renamed.get(wanted) or renamed.get(wanted.lower()) or wanted
        if post.file not in self._bodies:
            self._bodies[post.file] = self._compiler.compile(text, file=post.file).body
        body = self._bodies[post.file]
        return body.anchor_of(wanted) or body.anchor_of(slugify(wanted))

    def _named(self, post: Post) -> tuple[str, dict[str, str]]:
        if post.file not in self._headings:
            self._headings[post.file] = name_headings(post.text)
        return self._headings[post.file]


def name_scheme(address: str) -> str:
    """A web address with its scheme, also if it begins with its host."""
    return f"https:{address}" if address.startswith("//") else address


def _written(target: str) -> str:
    return unquote(target.removeprefix(FILE))[:200]
