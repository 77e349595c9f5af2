"""Records and theme → a plan, or all that is wrong with them. Apart from `build`, which may end without it.

Where `site.toml` is at fault there is no plan, and the rest is checked as far as it does not depend on it.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import datetime
from functools import partial

import msgspec

from generator.config import Config, ConfigDraft
from generator.digest import program_digest
from generator.errors import ContentError, PlanError, Problem, ThemeError
from generator.load import Bodies, BuildCache, Loaded
from generator.names import OutputPath
from generator.outputs import Plan
from generator.plan import plan_outputs
from generator.records import Body
from generator.records.body import blocks_of
from generator.site import Judged, Site, check_fragments, check_references, check_words, count_withheld, link_site
from generator.theme import Theme


class Prepared(msgspec.Struct, frozen=True):
    """What a build has before it renders.

    `plan_at` plans the same records as they are at another time.
    `read` counts records, `withheld` those that readers do not see, by the state that keeps them;
    `left_out` are files of records at fault, sorted.
    """

    theme: Theme
    site: Site
    plan: Plan
    plan_at: Callable[[datetime], Plan]
    read: int
    withheld: dict[str, int]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]


def prepare(  # noqa: PLR0913 - all that a build knows
    loaded: Loaded,
    theme: Theme | ThemeError,
    config: Config,
    cache: BuildCache,
    *,
    now: datetime,
    drafts: bool,
    future: bool,
    keep_going: bool,
    lengths: Mapping[OutputPath, int],
) -> Prepared:
    """Check, link and plan.

    Args:
        loaded: What lies on disk.
        theme: The theme, or what is wrong with it.
        config: The site's config.
        cache: Remembers what was judged of quotations.
        now: Aware UTC time of the build.
        drafts: Whether drafts count as published.
        future: Whether articles and stories that wait for their time count as published.
        keep_going: Whether records that are at fault are left out.
        lengths: Bytes of the renditions that feeds name.

    Raises:
        SiteError: records, references or the theme are at fault.
    """
    problems = list(loaded.problems)
    if isinstance(theme, ThemeError):
        problems += theme.problems
    left_out = {problem.file for problem in problems if problem.is_error}
    if left_out:
        problems += check_references(
            loaded.records, config, faulty=loaded.faulty, claims=loaded.claims, unread=loaded.unread
        )
    if isinstance(theme, ThemeError) or not all(map(_is_record, left_out)):
        kind = ThemeError if isinstance(theme, ThemeError) else ContentError
        raise kind(problems, [_ADDRESSES, _QUOTATIONS])

    records = loaded.records
    names = set(loaded.faulty)
    while True:
        try:
            site = link_site(records, config, left_out=names)
            plan_at = partial(
                plan_outputs,
                site,
                loaded.assets,
                theme.assets.values(),
                config,
                theme.strings,
                drafts=drafts,
                future=future,
                has_script=theme.has_script,
                lengths=lengths,
                logo=theme.logo_href,
                card_characters=loaded.card_characters,
            )
            plan = plan_at(now=now)
            break
        except (ContentError, PlanError) as fault:
            # Who names what is left out is at fault only where the site is published without it.
            if keep_going or isinstance(fault, PlanError) or not left_out:
                problems += _untold(fault.problems, problems)
            faulty = {problem.file for problem in fault.problems}
            if not all(map(_is_record, faulty)):
                raise ContentError(problems, [_ADDRESSES, _QUOTATIONS]) from fault
            left_out |= faulty
            names |= records.names_in(faulty)
            records = records.without(faulty)
    problems += check_fragments(site)
    lacking = theme.find_lacking(plan.templates)
    if left_out and not keep_going:
        raise ContentError([*problems, *lacking], [_ADDRESSES_OF_FAULTY, _QUOTATIONS])
    problems += plan.warnings
    problems += _check_words(site, cache)
    if lacking:
        raise ThemeError([*problems, *lacking])
    withheld = count_withheld(site, now, drafts=drafts, future=future)
    return Prepared(
        theme,
        site,
        plan,
        lambda moment: plan_at(now=moment),
        records.count,
        withheld,
        tuple(problems),
        tuple(sorted(left_out)),
    )


def hidden_settings(draft: ConfigDraft) -> frozenset[str]:
    """The settings of parsing (`load.Settings`) that a fault of `site.toml` hides."""
    keys = {"own_source": ("site", "source"), "time_zone": ("site", "time_zone")}
    return frozenset(name for name, key in keys.items() if not draft.knows(*key))


def knows_theme(draft: ConfigDraft) -> bool:
    """Whether all that shapes the theme is known in spite of the faults of `site.toml`."""
    return draft.knows("theme") and draft.knows("strings") and draft.knows("site", "language")


def check_rest(loaded: Loaded, draft: ConfigDraft, theme: Theme | ThemeError | None) -> tuple[list[Problem], list[str]]:
    """Check what does not depend on a `site.toml` that is at fault.

    Args:
        loaded: What lies on disk.
        draft: What is known of the config.
        theme: The theme, or what is wrong with it; None where it is not known.

    Returns:
        What is wrong with records and theme, and what could not be checked.
    """
    problems = [
        *loaded.problems,
        *check_references(
            loaded.records, draft.config, faulty=loaded.faulty, claims=loaded.claims, unread=loaded.unread
        ),
        *(theme.problems if isinstance(theme, ThemeError) else ()),
    ]
    hidden = hidden_settings(draft)
    unchecked = [_ADDRESSES, _QUOTATIONS]
    unchecked += [_HIDDEN_BY[name] for name in sorted(hidden)]
    return problems, unchecked if theme else [*unchecked, "the theme"]


_HIDDEN_BY = {"own_source": "which articles need a 'source_url'", "time_zone": "the order of times"}
"""What cannot be checked without a setting."""

_ADDRESSES = "the addresses of pages"
_ADDRESSES_OF_FAULTY = "the addresses of records that are at fault or name one that is"
_QUOTATIONS = "quotations and extracts"
"""What cannot be checked where something else is at fault."""


def _untold(problems: Iterable[Problem], told: Iterable[Problem]) -> list[Problem]:
    """Problems without those that were told before, maybe with another hint."""
    seen = {(problem.file, problem.code, problem.key, problem.needle) for problem in told}
    return [one for one in problems if (one.file, one.code, one.key, one.needle) not in seen]


def _check_words(site: Site, cache: BuildCache) -> list[Problem]:
    """Check quotations and extracts, but for those that the cache holds the outcome of."""
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


def _is_record(file: str) -> bool:
    """Whether a Problem's file is a record, which a site can do without."""
    return file.startswith("content/") and file.endswith(".md")
