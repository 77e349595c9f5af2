"""Plans the outputs at old addresses: redirect pages, copies of feeds, and the lines of `_redirects`.

Feed readers do not follow redirect pages, so a feed is copied to its old address.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from generator.aliases import OldAddress, read_alias
from generator.config import CONFIG_NAME
from generator.digest import digest_of
from generator.errors import KeyPath, Problem, suggest
from generator.names import OutputPath, output_path, page_path, served_path
from generator.outputs import Draft
from generator.outputs.feeds import FEED_NAMES, Feed
from generator.outputs.files import Redirect, Redirects
from generator.outputs.pages import RedirectPage
from generator.outputs.parts import Link
from generator.plan.context import PlanContext
from generator.plan.families import has_feeds_below
from generator.plan.feeds.feeds import SPONSOR_FREE
from generator.plan.keys import keyed_draft
from generator.plan.meta import Head, page_meta
from generator.plan.parts import home_link
from generator.plan.routes import INDEX, ROUTES
from generator.records import Article, Page
from generator.site import Snapshot

REDIRECTS = ROUTES["redirects"].path()


class Moves(NamedTuple):
    """The redirects of a site.

    `drafts` are the files at old addresses, and `_redirects`; `led` are the addresses that a line of it redirects.
    `unfiled` are old addresses that have a line but no file, with the files that name them.
    `warnings` are about redirects that have no effect.
    """

    drafts: tuple[Draft, ...] = ()
    led: frozenset[str] = frozenset()
    unfiled: Mapping[OutputPath, str] = MappingProxyType({})
    warnings: tuple[Problem, ...] = ()


class _Move(NamedTuple):
    """An old address, the file that names it, and its target with the title and its language."""

    old: OldAddress
    owner: str
    path: OutputPath
    title: str
    of_feed: bool
    language: str | None = None


def plan_redirects(context: PlanContext, snapshot: Snapshot, planned: Sequence[Draft]) -> Moves:
    """Plan the outputs at the old addresses of the visible records, and at those of `[redirects]`.

    `planned` are all other pages and feeds of the site.
    """
    known = {draft.path: draft for draft in planned}
    builder = _Builder(context, known)
    for move in sorted(_record_moves(context, snapshot, known), key=_has_capitals):
        builder.add(move)
    builder.add_below()
    warnings = [*_find_feedless(snapshot)]
    warnings += [
        problem for old, new in context.config.redirects.items() if new and (problem := builder.add_line(old, new))
    ]
    return builder.finish(warnings)


def _record_moves(context: PlanContext, snapshot: Snapshot, known: Mapping[OutputPath, Draft]) -> Iterator[_Move]:
    for record in snapshot.addressed:
        page = context.urls.record_path(record)
        if page not in known:  # of a family that is off
            continue
        for old in dict.fromkeys(map(read_alias, record.aliases)):
            feed = None if isinstance(record, Article | Page) else _find_feed(context, page, old, known)
            language = context.foreign(record.language) if isinstance(record, Article | Page) else None
            yield _Move(old, record.file, feed or page, record.title, of_feed=feed is not None, language=language)


def _find_feed(
    context: PlanContext, page: OutputPath, old: OldAddress, known: Mapping[OutputPath, Draft]
) -> OutputPath | None:
    """The new feed of an old feed address: in its format, else in another that is on."""
    if old.feed_format is None:
        return None
    paths = (context.urls.feed_path(page, form) for form in (old.feed_format, *context.config.feed_formats))
    return next((path for path in paths if path in known), None)


def _has_capitals(move: _Move) -> bool:
    """Whether an old address has capitals; it yields to a file whose path differs only in case."""
    return any(segment != segment.lower() for segment in move.old.segments)


def _find_feedless(snapshot: Snapshot) -> Iterator[Problem]:
    """Warn of old feed addresses in records without a feed."""
    for record in snapshot.addressed:
        for place, alias in enumerate(record.aliases if isinstance(record, Article | Page) else ()):
            if read_alias(alias).is_surely_a_feed:
                message = f"the old address '{alias}' looks like a feed's, but leads feed readers to a page"
                hint = f'redirect it to a feed in site.toml, below [redirects]: "{alias}" = "/feed.xml"'
                yield _warn(("aliases", place), message, hint, file=record.file)


class _Builder:
    """Collects files and lines; the addresses in records come before those that follow from them."""

    def __init__(self, context: PlanContext, known: Mapping[OutputPath, Draft]) -> None:
        self._context = context
        self._known = known
        self._drafts: list[Draft] = []
        self._rules: dict[tuple[str, tuple[str, ...]], Redirect] = {}
        self._moves: list[_Move] = []
        self._folded: set[str] | None = None
        self._unfiled: dict[OutputPath, str] = {}

    def add(self, move: _Move) -> None:
        """Add the file and the lines of an old address; `check_claims` finds paths that are taken."""
        self._moves.append(move)
        new = self._context.urls.href(move.path)
        base = self._context.urls.site.base_path
        for spelling in move.old.spellings(of_feed=move.of_feed):
            rule = Redirect(old=base + spelling, new=new, conditions=move.old.conditions)
            if rule.old != rule.new:
                self._rules.setdefault((rule.old, rule.conditions), rule)
        at = move.old.path(of_feed=move.of_feed)
        if at is not None and not self._is_one_file_with_another(at):
            self._drafts.append(self._draft_at(at, move))
        else:
            self._unfiled.setdefault(at or OutputPath(move.old.written), move.owner)

    def add_below(self) -> None:
        """Add what moved together with a page: its feeds, and the changes of a story with their feeds."""
        taken = self._known.keys() | {draft.path for draft in self._drafts}
        for move in list(self._moves):
            old = move.old.path()
            if old is None or move.of_feed or not has_feeds_below(old):
                continue
            for below in self._list_below():
                before, after = (output_path(*path.split("/")[:-1], *below, any_case=True) for path in (old, move.path))
                if after in self._known and before not in taken:
                    inner = _Move(OldAddress(tuple(before.removesuffix(f"/{INDEX}").split("/"))), *move[1:])
                    of_feed = self._known[after].kind is Feed
                    self.add(inner._replace(path=after, of_feed=of_feed))

    def add_line(self, old: str, new: str) -> Problem | None:
        """Add a line of `[redirects]`, or return why it has no effect."""
        address = read_alias(old)
        path = served_path(unquote(new).removeprefix("/"))
        target = self._known.get(OutputPath(path))
        if target is None and (rule := self._rules.get((self._context.urls.site.base_path + new, ()))):
            target = next((one for at, one in self._known.items() if self._context.urls.href(at) == rule.new), None)
        key = ("redirects", old)
        if target is None:
            pages = {page_path(at): at for at in self._known}
            message = f"the redirect of '{old}' leads to '{new}', which does not exist"
            return _warn(key, message, suggest(new, pages, otherwise="use an address of this site"))
        of_feed = target.kind is Feed
        at = address.path(of_feed=of_feed)
        if at is not None and at in {*self._known, *(draft.path for draft in self._drafts)}:
            return _warn(key, f"the redirect of '{old}' has no effect: something is built there", "remove the line")
        self.add(_Move(address, CONFIG_NAME, target.path, new, of_feed=of_feed))
        return None

    def finish(self, warnings: Iterable[Problem]) -> Moves:
        """All redirects."""
        led = frozenset(old for old, conditions in self._rules if not conditions)
        if self._rules:
            # Lines with a query come before those of the path alone: hosts take the first that matches.
            ordered = sorted(self._rules.values(), key=lambda rule: (rule.old, not rule.conditions, rule.conditions))
            make = partial(Redirects, rules=tuple(ordered))
            self._drafts.append(Draft(REDIRECTS, Redirects, REDIRECTS, make))
        return Moves(tuple(self._drafts), led, self._unfiled, tuple(warnings))

    def _draft_at(self, at: OutputPath, move: _Move) -> Draft:
        if move.of_feed:  # only the feed at the new address is announced and counted
            feed = self._known[move.path]
            key = digest_of([feed.key, "copy"]) if feed.key else None
            return Draft(at, Feed, move.owner, feed.make, key, is_copy=True, asked=feed.asked)
        target = Link(text=move.title, href=self._context.urls.href(move.path), language=move.language)
        return keyed_draft(self._context, at, RedirectPage, move.owner, _redirect_page, target, move.path)

    def _is_one_file_with_another(self, at: OutputPath) -> bool:
        """Whether a path with capitals is the path of another file if case is ignored."""
        if at == at.lower():
            return False
        if self._folded is None:
            self._folded = {path.casefold() for path in self._known}
        folded = at.casefold()
        return folded in self._folded or folded in {draft.path.casefold() for draft in self._drafts}

    def _list_below(self) -> Iterator[tuple[str, ...]]:
        yield "changes", INDEX
        for folders, form in product(((), (SPONSOR_FREE,), ("changes",)), self._context.config.feed_formats):
            yield *folders, FEED_NAMES[form]


def _redirect_page(context: PlanContext, _own: OutputPath, target: Link, path: OutputPath) -> RedirectPage:
    heading = context.say("page_moved")
    crumbs = (home_link(context), Link(text=heading))
    meta = page_meta(context, path, Head(target.text, heading, is_indexed=False))
    return RedirectPage(
        meta=msgspec.structs.replace(meta, language=target.language),
        crumbs=crumbs,
        heading=heading,
        target=target,
    )


def _warn(key: KeyPath, message: str, hint: str, *, file: str = CONFIG_NAME) -> Problem:
    return Problem(file=file, code="idle-redirect", key=key, message=message, hint=hint)
