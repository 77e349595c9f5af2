"""Records and theme → a plan, or all that is wrong with them. Apart from `build`, which may end without it."""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from functools import partial

import msgspec

from generator.config import Config
from generator.digest import program_digest
from generator.errors import ContentError, PlanError, Problem, ThemeError
from generator.load import Bodies, Loaded, Memory
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
    memory: Memory,
    *,
    now: datetime,
    drafts: bool,
    future: bool,
    strict: bool,
    keep_going: bool,
    lengths: Mapping[OutputPath, int],
) -> Prepared:
    """Check, link and plan.

    Args:
        loaded: What lies on disk.
        theme: The theme, or what is wrong with it.
        config: The site's config.
        memory: Remembers what was judged of quotations.
        now: Aware UTC time of the build.
        drafts: Whether drafts count as published.
        future: Whether articles and stories that wait for their time count as published.
        strict: Whether warnings count as errors.
        keep_going: Whether records that are at fault are left out.
        lengths: Bytes of the renditions that feeds name.

    Raises:
        SiteError: records, references or the theme are at fault.
    """
    problems = list(loaded.problems)
    if isinstance(theme, ThemeError):
        problems += theme.problems
    errors = [problem for problem in problems if problem.is_error or strict]
    is_hopeless = any(not _is_record(problem.file) for problem in errors)
    if isinstance(theme, ThemeError) or is_hopeless or (errors and not keep_going):
        problems += check_references(loaded.records, config, faulty=loaded.faulty)
        raise ThemeError(problems) if isinstance(theme, ThemeError) else ContentError(problems)

    records = loaded.records
    left_out = {problem.file for problem in errors}
    names = set(loaded.faulty)
    while True:
        try:
            site = link_site(records, config, left_out=names if keep_going else ())
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
            problems += fault.problems
            faulty = {problem.file for problem in fault.problems}
            if not keep_going or not all(map(_is_record, faulty)):
                raise ContentError(problems) from fault
            left_out |= faulty
            names |= records.names_in(faulty)
            records = records.without(faulty)
    problems += plan.warnings
    problems += check_fragments(site)
    problems += _check_words(site, memory)
    if strict and problems:
        raise ContentError(problems)
    theme.check_templates(plan.templates)
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


def _check_words(site: Site, memory: Memory) -> list[Problem]:
    """Check quotations and extracts, but for those that the memory holds the outcome of."""
    key = program_digest()
    found = memory.recall(_WORDS, key)
    known = msgspec.msgpack.decode(found, type=Judged) if found else {}
    with closing(Bodies(memory.file)) as bodies:

        def read_text(body: Body) -> str:
            return "" if body.is_empty else " ".join(blocks_of(bodies.read_body(body.digest)))

        judged = check_words(site, known, read_text)
    if judged != known:
        memory.note(_WORDS, key, msgspec.msgpack.encode(judged))
    return [problem for problems in judged.values() for problem in problems]


_WORDS = "words"


def _is_record(file: str) -> bool:
    """Whether a Problem's file is a record, which a site can do without."""
    return file.startswith("content/") and file.endswith(".md")
