"""All records, linked: every id in them resolves."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Any

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.errors import ContentError, Problem, nearest, suggest
from generator.limits import Limits, exceed
from generator.names import Kind, RecordId
from generator.records import FOLDERS, Addressed, Article, Claims, Entity, Page, Records, Source, Sponsor, Story, Topic
from generator.records.body import ANCHOR_PREFIX
from generator.records.fields import claims_of, links_of
from generator.site.exclusive import check_exclusive
from generator.site.identity import article_identity

Name = tuple[Kind, RecordId]
"""A record by its kind and id."""


class Site(msgspec.Struct, frozen=True):
    """The linked, read-only records of a site by their ids, including scheduled ones and drafts.

    A story is quiet `quiet_after` its last report; never, if that is zero.
    """

    articles: dict[RecordId, Article]
    stories: dict[RecordId, Story]
    topics: dict[RecordId, Topic]
    sources: dict[RecordId, Source]
    entities: dict[RecordId, Entity]
    sponsors: dict[RecordId, Sponsor]
    pages: dict[RecordId, Page]
    quiet_after: timedelta

    @property
    def addressed(self) -> Iterator[Addressed]:
        """All records with pages, kind by kind."""
        for records in (self.articles, self.stories, self.topics, self.sources, self.entities, self.pages):
            yield from records.values()

    @property
    def all_records(self) -> Iterator[Addressed | Sponsor]:
        """Every record, kind by kind."""
        yield from self.addressed
        yield from self.sponsors.values()


def link_site(records: Records, config: Config, *, left_out: Collection[Name] = ()) -> Site:
    """Link records to one Site.

    Args:
        records: The faultless records.
        config: Its `[site] source`, `[sponsors] policy` and records in `[menu]` are references too.
        left_out: Records that are not in the site; a link to one in a text becomes plain text.

    Raises:
        ContentError: a reference, or a link in a text, leads to no record; topics form a cycle; exclusive campaigns
            clash.
    """
    problems = check_references(records, config, left_out=left_out)
    if problems:
        raise ContentError(problems)
    quiet_after = timedelta(days=config.stories.developing_days)
    return Site(**{folder: records.of(kind) for folder, kind in FOLDERS.items()}, quiet_after=quiet_after)


def check_references(
    records: Records,
    config: Config,
    *,
    faulty: Collection[Name] = (),
    claims: Iterable[Claims] = (),
    left_out: Collection[Name] = (),
    unread: Collection[Kind] = (),
) -> list[Problem]:
    """Report every reference that leads nowhere, and contradictions among records.

    Args:
        records: The faultless records.
        config: Its `[site] source`, `[sponsors] policy` and records in `[menu]` are references too.
        faulty: Records with other faults; references to them are right.
        claims: What the files of those name.
        left_out: Records that are not in the site; only links in texts may lead to them.
        unread: Kinds with unreadable records; references to them are not reported.
    """
    known = _names_by_kind(records, faulty)
    linked = _names_by_kind(records, (*faulty, *left_out))
    problems: list[Problem] = []
    if not records.named <= {f"{kind}:{record_id}" for kind, ids in known.items() for record_id in ids}:
        for record in (record for kind in FOLDERS.values() for record in records.of(kind).values()):
            problems += _check_claims(claims_of(record), known, linked, unread)
    for one in claims:
        problems += _check_claims(one, known, linked, unread)
    own = config.site.source
    if own and own not in known["source"] and "source" not in unread:
        problems.append(_unknown(CONFIG_NAME, ("site", "source"), "source", own, known["source"]))
    policy = config.sponsors.policy
    if policy is not None and policy not in known["page"]:
        problems.append(_unknown(CONFIG_NAME, ("sponsors", "policy"), "page", policy, known["page"]))
    for menu, items in (("header", config.menu.header), ("footer", config.menu.footer)):
        for place, item in enumerate(items or ()):
            kind, record_id = split_ref(item.to)
            if kind in known and record_id not in known[kind] and kind not in unread:
                problem = _unknown(CONFIG_NAME, ("menu", menu, place, "to"), kind, record_id, known[kind])
                problems.append(msgspec.structs.replace(problem, needle=item.to))
    problems += _check_parents(records.of("topic"), config.limits)
    problems += _check_guids(records, config.feed_authority)
    problems += check_exclusive(records.of("sponsor"), records.of("article"))
    return problems


def _names_by_kind(records: Records, more: Iterable[Name]) -> dict[Kind, frozenset[RecordId]]:
    names = {kind: set(records.of(kind)) for kind in FOLDERS.values()}
    for kind, record_id in more:
        names[kind].add(record_id)
    return {kind: frozenset(ids) for kind, ids in names.items()}


def check_fragments(site: Site) -> Iterator[Problem]:
    """Warn of each link to a heading that its record does not have; the link leads to the record instead."""
    by_kind: dict[Kind, dict[RecordId, Any]] = {kind: getattr(site, folder) for folder, kind in FOLDERS.items()}
    for record in (record for records in by_kind.values() for record in records.values()):
        for key, link in ((key, link) for key, link in links_of(record) if "#" in link):
            kind, record_id = split_ref(link)
            target, fragment = by_kind[kind].get(record_id), link.partition("#")[2]
            if target is not None and target.body.anchor_of(fragment) is None:
                anchors = [heading.anchor.removeprefix(ANCHOR_PREFIX) for heading in target.body.headings]
                hint = suggest(fragment, anchors) or "the link leads to the whole record"
                message = f"'{link}' leads to no heading of that record"
                yield Problem(file=record.file, code="unusable-link", key=key, needle=link, message=message, hint=hint)


def _check_claims(
    claims: Claims,
    known: dict[Kind, frozenset[RecordId]],
    linked: dict[Kind, frozenset[RecordId]],
    unread: Collection[Kind],
) -> Iterator[Problem]:
    for reference in claims.references:
        if reference.id not in known[reference.kind] and reference.kind not in unread:
            yield _unknown(claims.file, reference.key, reference.kind, reference.id, known[reference.kind])
    for key, link in claims.links:
        kind, record_id = split_ref(link)
        if record_id not in linked[kind] and kind not in unread:
            yield Problem(
                file=claims.file,
                code="dead-link",
                key=key,
                needle=link,
                message=f"there is no {kind} for the link '{link}'",
                hint=_hint(record_id, kind, known[kind]),
            )


def split_ref(link: str) -> tuple[Kind, RecordId]:
    """`article:art-1#s-more` → kind and id."""
    kind, _, rest = link.partition(":")
    return kind, rest.partition("#")[0]  # type: ignore[return-value]  # load lets kinds only through


def _unknown(file: str, key: tuple[str | int, ...], kind: Kind, record_id: str, known: frozenset[RecordId]) -> Problem:
    return Problem(
        file=file,
        code="unknown-reference",
        key=key,
        message=f"no {kind} '{record_id}'",
        hint=_hint(record_id, kind, known),
    )


_MOST_NAMED = 6
_MOST_COMPARED = 500
"""Up to so many ids are sorted by likeness to an unknown one; of more, only a very similar one is named."""


def _hint(record_id: str, kind: Kind, known: frozenset[RecordId]) -> str:
    """The id that may be meant, or the known ids, the nearest first; and the folder of such records."""
    near = nearest(record_id, _sort(known))
    if near or len(known) > _MOST_COMPARED or not known:
        return suggest(record_id, (near,) if near else (), otherwise=_place_of(kind))
    from difflib import SequenceMatcher

    there = sorted(known, key=lambda one: (-SequenceMatcher(None, one, record_id).ratio(), one))
    named = ", ".join(f"'{one}'" for one in there[:_MOST_NAMED])
    more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
    return f"there {'is' if len(there) == 1 else 'are'} {named}{more}. {_place_of(kind)}"


@lru_cache(maxsize=8)
def _sort(known: frozenset[RecordId]) -> tuple[RecordId, ...]:
    """Ids in order; many records may refer to ids that do not exist."""
    return tuple(sorted(known))


def _place_of(kind: Kind) -> str:
    folder = next(folder for folder, one in FOLDERS.items() if one == kind)
    return f"{folder.capitalize()} live in content/{folder}/."


def _check_guids(records: Records, authority: str) -> Iterator[Problem]:
    """Report each article with the guid of another, which had it in the last build or was published before it."""
    articles: dict[RecordId, Article] = records.of("article")
    if not any(article.guid for article in articles.values()):
        return
    claimants: dict[str, list[Article]] = {}
    for article in articles.values():
        claimants.setdefault(article_identity(article, authority), []).append(article)
    files = {article.file for article in articles.values()}
    for identity, rivals in claimants.items():
        stood = records.guids.get(identity, "")
        if len(rivals) == 1 and stood in ("", rivals[0].file):
            continue
        rivals.sort(key=partial(_rank_guid, stood))
        holder = stood if stood and stood not in files else rivals.pop(0).file  # one that is left out keeps it
        for article in rivals:
            message = f"the guid '{identity}' is already used by {holder}"
            hint = "feed readers would confuse the two articles: give each its own guid, or none"
            yield Problem(file=article.file, code="duplicate-guid", key=("guid",), message=message, hint=hint)


def _rank_guid(stood: str, article: Article) -> tuple[bool, bool, datetime, str]:
    return article.file != stood, article.guid is not None, article.published, article.file


_MOST_IN_CIRCLE = 100


def _check_parents(topics: dict[RecordId, Topic], limits: Limits) -> Iterator[Problem]:
    """Report topics that form a cycle, and the first that is too deep below others."""
    levels: dict[RecordId, int] = {}
    for topic in topics.values():
        path: dict[RecordId, None] = {}
        above: RecordId | None = topic.id
        while above is not None and above in topics and above not in levels and above not in path:
            path[above] = None
            above = topics[above].parent
        if above in path:
            yield from _explain_circle(list(path)[list(path).index(above) :], topics)
        level = levels.get(above, 0) if above else 0
        for name in reversed(path):
            level += 1
            levels[name] = level
            if level == limits.topic_depth + 1:
                message, expected = f"a topic at level {level}", f"at most {limits.topic_depth} levels of topics"
                at = topics[name].file
                yield exceed(at, message, expected, "topic_depth", key=("parent",), remedy="give it a higher parent")


def _explain_circle(circle: list[RecordId], topics: dict[RecordId, Topic]) -> Iterator[Problem]:
    for place, name in enumerate(circle[:_MOST_IN_CIRCLE]):
        names = " → ".join([*circle[place:], *circle[:place], name][:_MOST_IN_CIRCLE])
        hint = "remove 'parent' from one of them"
        yield Problem(
            file=topics[name].file, code="loop", key=("parent",), message=f"topics form a cycle: {names}", hint=hint
        )
