"""The corridor through all rooms: a site's folder goes in, a published site comes out."""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from generator.config import CONFIG_NAME, Config, read_config
from generator.digest import digest_of
from generator.errors import ContentError, PlanError, Problem, PublishError, RenderError, SiteError, ThemeError
from generator.load import MEMORY_NAME, Bodies, Loaded, Memory, load_records, locate_problems, memory_key
from generator.names import Digest
from generator.outputs import Plan
from generator.outputs.views import Chrome
from generator.plan import plan_outputs
from generator.publish import (
    MEMORY_FOLDER,
    Reason,
    Staged,
    Stale,
    Work,
    clear_staging,
    decide,
    finish_publishing,
    lock_output,
    lock_site,
    make_staging,
    publish,
    read_ledger,
    scan_output,
    stage,
    state_folder,
)
from generator.records import Body
from generator.records.body import blocks_of
from generator.render import Renderer
from generator.site import Site, check_extracts, check_fragments, check_quotes, check_references, link_site
from generator.theme import Theme, open_theme
from generator.workers import Workers

Progress = Callable[[int, int], None]
"""Told how many outputs are rendered, of how many."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked for.

    `root` is the folder with `site.toml`, `output` where the site goes, `now` an aware time.
    `workers` is the number of processes, None for one per core.
    """

    root: Path
    output: Path
    now: datetime
    drafts: bool = False
    workers: int | None = None
    force: bool = False
    strict: bool = False
    keep_going: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. `read` counts records; the others outputs.

    `problems` are the warnings and, with `keep_going`, the errors of what was left out, located.
    `left_out` are the files of those records, sorted.
    """

    read: int
    rendered: int
    written: int
    kept: int
    removed: int
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    reasons: dict[str, tuple[str, Reason]]


def _say_nothing(_done: int, _total: int) -> None:
    """Report progress to nobody."""


def build(request: Request, *, progress: Progress = _say_nothing) -> Report:
    """Build a site.

    Args:
        request: What is asked for.
        progress: Called after each chunk of rendered outputs.

    Returns:
        The report of what was done; the output folder holds the site.

    Raises:
        SiteError: the site's files are at fault; carries every Problem, located. Nothing was published.
        PublishError: the output folder cannot be written, or another build is running.
    """
    root, output = _resolve(request.root), _resolve(request.output)
    _refuse_output(root, output)
    try:
        config = read_config(root)
        with lock_site(root), lock_output(output), Workers(request.workers) as workers:
            state = state_folder(root, output)
            finish_publishing(output, state)
            with closing(Memory(root / MEMORY_FOLDER / MEMORY_NAME, memory_key(config))) as memory:
                loaded = load_records(root, config, memory, workers)
                prepared = _prepare(request, root, config, loaded, memory.file)
                before = read_ledger(state)
                work = decide(prepared.plan, prepared.theme, before, scan_output(output), force=request.force)
                staged = _render(prepared, work, root, memory.file, output, workers, progress)
            receipt = publish(work, staged, before, output, state)
    except SiteError as fault:
        raise type(fault)(locate_problems(fault.problems, root)) from fault
    except (sqlite3.Error, IsADirectoryError) as fault:
        raise PublishError(str(root / MEMORY_FOLDER / MEMORY_NAME), str(fault)) from fault
    except BrokenExecutor as fault:
        clear_staging(output)
        raise PublishError(str(root), "a worker process was ended; with less memory try --workers 1") from fault
    return Report(
        read=prepared.read,
        rendered=len(work.render),
        written=receipt.written,
        kept=len(work.keep),
        removed=receipt.removed,
        problems=tuple(locate_problems(prepared.problems, root)),
        left_out=prepared.left_out,
        reasons=_list_reasons(work),
    )


def _refuse_output(root: Path, output: Path) -> None:
    """Refuse an output folder that holds the site's own files, or lies among them."""
    sources = [root / name for name in ("content", "themes", MEMORY_FOLDER)]
    if root.is_relative_to(output) or any(output.is_relative_to(source) for source in sources):
        raise PublishError(str(output), "the output folder cannot hold the site's own files or lie among them")
    if (output / CONFIG_NAME).exists():
        raise PublishError(str(output), "the output folder cannot be another site's folder")


def _resolve(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError) as fault:
        raise PublishError(str(path), "the path is a link that leads to itself") from fault


def _list_reasons(work: Work) -> dict[str, tuple[str, Reason]]:
    reasons = {stale.output.path: ("rendered", stale.reason) for stale in work.render}
    reasons |= dict.fromkeys(work.keep, ("kept", Reason.SAME))
    reasons |= dict.fromkeys(work.remove, ("removed", Reason.UNPLANNED))
    return dict(sorted(reasons.items()))


class _Prepared(msgspec.Struct, frozen=True):
    theme: Theme
    plan: Plan
    read: int
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]


def _prepare(request: Request, root: Path, config: Config, loaded: Loaded, memory_file: Path) -> _Prepared:
    """Check, link and plan; with `keep_going` without the records that are at fault."""
    problems = list(loaded.problems)
    theme: Theme | None = None
    try:
        theme = open_theme(root, config)
    except ThemeError as fault:
        problems += fault.problems
    errors = [problem for problem in problems if problem.is_error or request.strict]
    is_hopeless = any(not _is_record(problem.file) for problem in errors)
    if theme is None or is_hopeless or (errors and not request.keep_going):
        problems += check_references(loaded.records, config, faulty=loaded.faulty)
        raise ContentError(problems) if theme else ThemeError(problems)

    records = loaded.records
    left_out = {problem.file for problem in errors}
    names = set(loaded.faulty)
    while True:
        try:
            site = link_site(records, config, left_out=names if request.keep_going else ())
            plan = plan_outputs(
                site, loaded.assets, theme.assets.values(), config, now=request.now, drafts=request.drafts
            )
            break
        except (ContentError, PlanError) as fault:
            problems += fault.problems
            faulty = {problem.file for problem in fault.problems}
            if not request.keep_going or not all(map(_is_record, faulty)):
                raise ContentError(problems) from fault
            left_out |= faulty
            names |= records.names_in(faulty)
            records = records.without(faulty)
    problems += check_fragments(site)
    problems += _check_words(site, memory_file)
    if request.strict and problems:
        raise ContentError(problems)
    theme.check_templates(output.template for output in plan.outputs if output.template)
    return _Prepared(theme, plan, records.count, tuple(problems), tuple(sorted(left_out)))


def _check_words(site: Site, memory_file: Path) -> list[Problem]:
    """Warn of quotations that their source does not contain, and of extracts longer than a source allows."""
    with closing(Bodies(memory_file)) as bodies:

        def read_text(body: Body) -> str:
            return "" if body.is_empty else " ".join(blocks_of(bodies.read_body(body.digest)))

        return [
            *check_quotes(site.stories.values(), list(site.articles.values()), read_text),
            *check_extracts(site.articles.values(), site.sources, read_text),
        ]


def _is_record(file: str) -> bool:
    """Whether a Problem's file is a record, which a site can do without."""
    return file.startswith("content/") and file.endswith(".md")


def _render(
    prepared: _Prepared, work: Work, root: Path, memory_file: Path, output: Path, workers: Workers, progress: Progress
) -> list[Staged]:
    """Render what is stale into the staging folder."""
    if not work.render:
        return []
    chunk = partial(
        render_chunk,
        theme=prepared.theme,
        chrome=prepared.plan.chrome,
        root=root,
        memory_file=memory_file,
        staging=make_staging(output),
    )
    staged: list[Staged] = []
    failed: dict[tuple[str, int | None], Problem] = {}
    progress(0, len(work.render))
    for results in workers.run(chunk, work.render):
        for result in results:
            if isinstance(result, Staged):
                staged.append(result)
            else:
                failed.setdefault((result.file, result.line), result)
        progress(len(staged), len(work.render))
    if failed:
        clear_staging(output)
        raise RenderError(failed.values())
    return staged


def render_chunk(
    chunk: Sequence[Stale], *, theme: Theme, chrome: Chrome, root: Path, memory_file: Path, staging: Path
) -> list[Staged | Problem]:
    """Render and stage outputs; a template's failure is a Problem in the place of its output."""
    renderer = _open_renderer(theme, chrome, root)
    results: list[Staged | Problem] = []
    with closing(Bodies(memory_file)) as bodies:
        for stale in chunk:
            try:
                data = renderer.render(stale.output, bodies.read_body)
            except RenderError as fault:
                results += fault.problems
            else:
                results.append(stage(staging, stale.output, data, written=stale.written))
    return results


_last_renderer: tuple[Digest, Renderer] | None = None


def _open_renderer(theme: Theme, chrome: Chrome, root: Path) -> Renderer:
    """The renderer of the chunk before, where it was for the same theme and chrome: templates compile once a worker."""
    global _last_renderer  # noqa: PLW0603 - what a worker process keeps between chunks
    key = digest_of([theme.digest, chrome, str(root)])
    if _last_renderer is None or _last_renderer[0] != key:
        _last_renderer = (key, Renderer(theme, chrome, root))
    return _last_renderer[1]
