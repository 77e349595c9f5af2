"""Records and theme → a plan, or everything that is wrong with them."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import TypeAlias

import msgspec

from generator.build.faulty_config import ADDRESSES, QUOTATIONS
from generator.build.opened import OpenSite, PlanAt, PreparedBuild
from generator.digest import program_digest
from generator.errors import ContentError, PlanError, Problem, SiteError, ThemeError
from generator.load import Bodies, BuildCache, Loaded
from generator.names import OutputPath
from generator.outputs import Plan
from generator.plan import PlanSupplies, plan_outputs
from generator.publish import AddressBook
from generator.records import Body, write_name
from generator.records.body import blocks_of
from generator.site import Judged, Name, Site, check_fragments, check_references, check_words, count_withheld, link_site
from generator.theme import Theme

_ADDRESSES_OF_FAULTY = "the addresses of records that have errors or refer to one that has"


def prepare(
    loaded: Loaded, theme: Theme | ThemeError, opened: OpenSite, book: AddressBook, sizes: Mapping[OutputPath, int]
) -> PreparedBuild:
    """Check, link and plan.

    Args:
        loaded: The records and assets.
        theme: The theme, or what is wrong with it.
        opened: The site, with the request.
        book: What readers know; a record keeps its address in it.
        sizes: Bytes of the renditions in feeds.

    Raises:
        SiteError: records, references or the theme have errors.
    """
    problems = list(loaded.problems)
    if isinstance(theme, ThemeError):
        problems += theme.problems
    left_out = {problem.file for problem in problems if problem.is_error}
    if left_out:
        problems += check_references(
            loaded.records, opened.config, faulty=loaded.faulty, claims=loaded.claims, unread=loaded.unread
        )
    if isinstance(theme, ThemeError):
        raise ThemeError(problems, [ADDRESSES, QUOTATIONS])
    _refuse_others(left_out, problems)

    request = opened.request
    open_plan = partial(_open_plan, _gather_supplies(loaded, theme, book, sizes), opened, book)
    site, plan, plan_at, read = _link_and_plan(loaded, open_plan, opened, problems, left_out)
    problems += check_fragments(site)
    lacking = theme.find_lacking(plan.templates)
    if left_out and not request.keep_going:
        raise ContentError([*problems, *lacking], [_ADDRESSES_OF_FAULTY, QUOTATIONS])
    problems += plan.warnings
    problems += _check_words(site, opened.cache)
    if lacking:
        raise ThemeError([*problems, *lacking])
    withheld = count_withheld(site, request.now, drafts=request.drafts, future=request.future)
    return PreparedBuild(theme, site, plan, plan_at, read, withheld, tuple(problems), tuple(sorted(left_out)))


_OpenPlan: TypeAlias = Callable[[Site, set[Name]], PlanAt]
"""Opens the plan of a site without some records."""


def _link_and_plan(
    loaded: Loaded,
    open_plan: _OpenPlan,
    opened: OpenSite,
    problems: list[Problem],
    left_out: set[str],
) -> tuple[Site, Plan, PlanAt, int]:
    """Link, plan and count the records without those in `left_out`, and add faulty ones to it until none is left."""
    records, names = loaded.records, set(loaded.faulty)
    while True:
        try:
            site = link_site(records, opened.config, left_out=names)
            plan_at = open_plan(site, {name for name in names if name[1] not in records.of(name[0])})
            return site, plan_at(opened.request.now), plan_at, records.count
        except (ContentError, PlanError) as fault:
            # A reference to a record that is left out is only an error if the site is published without it.
            if opened.request.keep_going or isinstance(fault, PlanError) or not left_out:
                problems += _unreported(fault.problems, problems)
            faulty = {problem.file for problem in fault.problems}
            _refuse_others(faulty, problems, fault)
            left_out |= faulty
            names |= records.names_in(faulty)
            records = records.without(faulty)


def _gather_supplies(loaded: Loaded, theme: Theme, book: AddressBook, sizes: Mapping[OutputPath, int]) -> PlanSupplies:
    return PlanSupplies(
        theme.strings,
        loaded.assets,
        tuple(theme.assets.values()),
        theme.has_script,
        sizes,
        theme.logo_href,
        loaded.card_characters,
        book.find_home,
        static=loaded.static,
    )


def _open_plan(supplies: PlanSupplies, opened: OpenSite, book: AddressBook, site: Site, left_out: set[Name]) -> PlanAt:
    """Plan a site without some records, which keep the addresses that they had in the last build."""
    request = opened.request
    homes = {**book.gone, **book.there}.items() if left_out else ()
    names = {(str(kind), str(record_id)): write_name(kind, record_id) for kind, record_id in left_out}
    kept = {path: names[home.kind, home.id] for path, home in homes if (home.kind, home.id) in names}
    supplies = supplies._replace(kept={path: book.files.get(name, name) for path, name in kept.items()})

    def plan_at(now: datetime) -> Plan:
        return plan_outputs(site, supplies, opened.config, now=now, drafts=request.drafts, future=request.future)

    return plan_at


def _refuse_others(files: Iterable[str], problems: Iterable[Problem], cause: SiteError | None = None) -> None:
    """Refuse errors in other files than records: only records can be left out."""
    if not all(file.startswith("content/") and file.endswith(".md") for file in files):
        raise ContentError(problems, [ADDRESSES, QUOTATIONS]) from cause


def _unreported(problems: Iterable[Problem], reported: Iterable[Problem]) -> list[Problem]:
    """Problems without those that were reported before, even with another hint."""
    seen = {(problem.file, problem.code, problem.key, problem.needle) for problem in reported}
    return [one for one in problems if (one.file, one.code, one.key, one.needle) not in seen]


def _check_words(site: Site, cache: BuildCache) -> list[Problem]:
    """Check quotations and extracts; the cache has earlier results."""
    key = program_digest()
    found = cache.get(_WORDS, key)
    known = msgspec.msgpack.decode(found, type=Judged) if found else {}
    with closing(Bodies(cache.file)) as bodies:

        def read_text(body: Body) -> str:
            return "" if body.is_empty else " ".join(blocks_of(bodies.read_body(body.digest)))

        judged = check_words(site, known, read_text)
    if judged != known:
        cache.put(_WORDS, key, msgspec.msgpack.encode(judged))
    return [problem for problems in judged.values() for problem in problems]


_WORDS = "words"
