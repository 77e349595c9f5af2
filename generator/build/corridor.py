"""From a request to a published site, one room after the other."""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from generator.config import CONFIG_NAME, PUBLIC_FOLDER, Config, draft_config
from generator.digest import digest_of, program_digest
from generator.errors import (
    ConfigError,
    ContentError,
    LocatedProblem,
    Problem,
    PublishError,
    RefusalError,
    SiteError,
    ThemeError,
)
from generator.load import CACHE_NAME, BuildCache, Loaded, Scan, cache_key, load_records, scan_content
from generator.load.files import CONTENT
from generator.names import Digest
from generator.outputs import distinct_slots
from generator.outputs.views import POLICY, TEMPLATES, Chrome, Headers
from generator.publish import (
    CHECK_FOLDER,
    PREVIEW_FOLDER,
    STATE_FOLDER,
    BuildStamp,
    Decision,
    Folder,
    Manifest,
    Place,
    Reason,
    Receipt,
    Waiting,
    Work,
    decide,
    find_renamed,
    hold_staging,
    keep_addresses,
    keep_stamp,
    lock_site,
    publish,
    read_addresses,
    read_manifest,
    read_stamp,
    share,
    stat_manifest,
    state_folder,
    sum_up,
    wait_silently,
)
from generator.records import MEDIA_FOLDER
from generator.theme import Theme, Views, open_theme
from generator.workers import WorkerLostError, Workers

if TYPE_CHECKING:  # a build with nothing to do does without it
    from generator.build.prepare import Prepared


class Progress(Protocol):
    """Told of what is done now, how many of them are done, of how many."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show it."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked for.

    `root` is the folder with `site.toml`, `output` where the site goes, a folder or the URL of a store;
    `now` is an aware time.
    `workers` is the number of processes, None for one per core;
    `executor` the address of a cluster that works in their place, as `dask://HOST:PORT`.
    `drafts` and `future` publish what readers are not to see, or not yet, marked as such.
    With `explain` the report gives reasons.
    `command` is what others are told who wait until it is done.
    """

    root: Path
    output: Path | str
    now: datetime
    drafts: bool = False
    future: bool = False
    workers: int | None = None
    executor: str | None = None
    force: bool = False
    strict: bool = False
    keep_going: bool = False
    explain: bool = False
    command: str = "newsprint build"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. `read` counts records; the others outputs.

    `withheld` counts the records that readers do not see: `drafts`, `scheduled` and `expired`, campaigns among them.
    `problems` are the warnings and, with `keep_going`, the errors of what was left out, located.
    `left_out` are the files of those records, sorted.
    `reasons` says of each output what became of it and why, where that was asked for.
    `until` is when the passing of time alone changes the site, None where it never does.
    `base_path` is the path that the site lives under, such as `/news`.
    """

    read: int
    withheld: dict[str, int]
    rendered: int
    written: int
    kept: int
    removed: int
    problems: tuple[LocatedProblem, ...]
    left_out: tuple[str, ...]
    reasons: dict[str, tuple[str, Reason]]
    until: datetime | None
    base_path: str


def _say_nothing(step: str, done: int, total: int) -> None:
    """Report progress to nobody."""


class PlannedSite(NamedTuple):
    """What a build knows before it decides: the records, the plan, and what the last build left (`before`)."""

    root: Path
    place: Place
    config: Config
    cache: BuildCache
    workers: Workers
    loaded: Loaded
    prepared: "Prepared"
    before: Manifest

    @property
    def shown_files(self) -> frozenset[str]:
        """The files of `content/`, besides records, that a record, the font's key or an option of the theme names."""
        chosen = (value for value in self.config.theme.options.values() if isinstance(value, str))
        named = {asset.file for asset in self.loaded.assets.values()}
        return frozenset(named | {f"{CONTENT}/{MEDIA_FOLDER}/{name}" for name in chosen})


def build(request: Request, *, progress: Progress = _say_nothing, waiting: Waiting = wait_silently) -> Report:
    """Build a site.

    Args:
        request: What is asked for.
        progress: Called after each chunk of records that are read and of outputs that are rendered.
        waiting: Told of whoever is at work on the site or the output folder, while that lasts.

    Returns:
        The report of what was done; the output folder holds the site.

    Raises:
        RefusalError: the site's files are at fault; carries every Problem. Nothing was published.
        PublishError: the output folder or the store cannot be written, or another build does not end.
        ClusterError: the cluster cannot be reached or used. Nothing was published.
    """
    root = _resolve(request.root)
    with _told(root):
        place = open_place(request.output, root)
        config = _read_config(request, root)
        with (
            lock_site(root, by=request.command, waiting=waiting),
            place.lock(waiting),
            hold_staging(place),
            _open_cache(root, config) as cache,
        ):
            return _build(request, root, place, config, cache, progress)


@contextmanager
def survey(request: Request, *, waiting: Waiting = wait_silently) -> Iterator[PlannedSite]:
    """Go through all rooms up to the plan, and let nothing out: what builds do not do by themselves is asked here.

    Args:
        request: What a build would be asked for.
        waiting: Told of whoever is at work on the site, while that lasts.

    Yields:
        What that build would know. The site and its cache are locked until the end.

    Raises:
        RefusalError, PublishError, ClusterError: as `build` does.
    """
    root = _resolve(request.root)
    with _told(root):
        place = open_place(request.output, root)
        config = _read_config(request, root)
        with (
            lock_site(root, by=request.command, waiting=waiting),
            _open_cache(root, config) as cache,
            _open_workers(request) as workers,
        ):
            theme = _try_theme(root, config, cache)
            loaded, prepared = _prepare(request, root, config, cache, workers, scan_content(root), theme)
            yield PlannedSite(root, place, config, cache, workers, loaded, prepared, read_manifest(place.state))


def warm_up() -> None:
    """Import what only a build with something to do needs, so that the first of many is as quick as the others."""
    for module in ("load.parse", "load.markdown", "build.enclosure_sizes", "build.prepare", "build.render", "render"):
        import_module(f"generator.{module}")


def _build(request: Request, root: Path, place: Place, config: Config, cache: BuildCache, progress: Progress) -> Report:
    began_ns = time.time_ns()
    scan = scan_content(root)
    theme = _try_theme(root, config, cache)
    before = read_manifest(place.state)
    on_disk = place.stat(before.entries)
    beside = _published_beside(place, root)
    sources = _digest_sources(request, config, theme, scan, stat_manifest(beside) if beside else None)
    stamp = None if request.force else read_stamp(place.state)
    if stamp and stamp.holds(sources, request.now) and before.is_intact(on_disk):
        return _report(request, config, stamp, Work.nothing(before), Receipt(0, 0))

    from generator.build.render import render_stale, set_up_job
    from generator.build.vanished import tell_vanished, turn_addresses

    is_settled, seen = scan.is_settled(began_ns) and not scan.linked, scan.others.keys()
    with _open_workers(request) as workers:
        loaded, prepared = _prepare(request, root, config, cache, workers, scan, theme, progress)
        del scan  # a tenth of what a large build holds
        plan = prepared.plan
        readers_have = read_manifest(beside) if beside else before
        problems = [*prepared.problems, *find_renamed(readers_have, plan.identities, config)]
        book = read_addresses(beside or place.state)
        turned = turn_addresses(book, plan, config)
        told = tell_vanished(book, turned, prepared.site, plan, request.now, with_former=beside is not None)
        shared = share(plan, prepared.theme)
        decisions = decide(plan, shared, before, on_disk, force=request.force)
        job = set_up_job(prepared.theme, plan.chrome, cache, root, place.staging)
        decided, staged = render_stale(decisions, job, workers, partial(progress, "Rendering", total=len(plan.drafts)))
    problems += _check_campaigns(prepared, decided, request.now)
    if request.strict and (problems or told):
        raise ContentError([*problems, *told])
    if beside:
        problems, told = [*problems, *told], []
    work = sum_up(decided, before)
    receipt = publish(work, shared, staged, before, place, now=request.now)
    stamp = BuildStamp(
        sources=sources,
        built=request.now,
        until=plan.until,
        read=prepared.read,
        withheld=prepared.withheld,
        problems=tuple(_locate(problems, root)),
        left_out=prepared.left_out,
    )
    # What was left out may lack a picture that the scan does not see when it comes, such as one in a hidden folder;
    # and what a linked folder gets may hide the picture of the same name that was found elsewhere.
    is_seen_whole = not prepared.left_out and all(asset.file in seen for asset in loaded.assets.values())
    keep_stamp(place.state, stamp if is_settled and is_seen_whole else None)
    if beside is None and turned != book:
        keep_addresses(place.state, turned)
    return _report(request, config, stamp, work, receipt, _locate(told, root))


def _check_campaigns(prepared: "Prepared", decided: Sequence[Decision], now: datetime) -> Iterator[Problem]:
    """Warn of campaigns that do not get what they are promised: when all slots are known, and nothing is published."""
    from generator.site import warn_of_short

    if sponsors := prepared.site.sponsors:
        slots = distinct_slots(one.facts for one in decided)
        yield from warn_of_short(sponsors.values(), prepared.plan.runs(slots), now)


def _prepare(
    request: Request,
    root: Path,
    config: Config,
    cache: BuildCache,
    workers: Workers,
    scan: Scan,
    theme: Theme | ThemeError,
    progress: Progress = _say_nothing,
) -> tuple[Loaded, "Prepared"]:
    from generator.build.enclosure_sizes import weigh_pictures
    from generator.build.prepare import prepare

    loaded = load_records(scan, root, config, cache, workers, partial(progress, "Reading"))
    prepared = prepare(
        loaded,
        theme,
        config,
        cache,
        now=request.now,
        drafts=request.drafts,
        future=request.future,
        keep_going=request.keep_going,
        lengths=weigh_pictures(loaded, config, cache, root, workers),
    )
    return loaded, prepared


def _read_config(request: Request, root: Path) -> Config:
    """The config of a site.

    Raises:
        ConfigError: what is wrong with it, and with the rest of the site as far as that does not depend on it.
    """
    draft = draft_config(root)
    if not draft.problems:
        return draft.config
    from tempfile import TemporaryDirectory

    from generator.build.prepare import check_rest, hidden_settings, knows_theme

    # In a cache of its own: one that is made with the wrong settings is of no use to the next build.
    with (
        TemporaryDirectory(prefix="newsprint-") as folder,
        closing(BuildCache(Path(folder) / CACHE_NAME, cache_key(draft.config))) as cache,
        _open_workers(request) as workers,
    ):
        scan, unknown = scan_content(root), hidden_settings(draft)
        loaded = load_records(scan, root, draft.config, cache, workers, unknown=unknown)
        theme = _try_theme(root, draft.config, cache) if knows_theme(draft) else None
    problems, unchecked = check_rest(loaded, draft, theme)
    raise ConfigError([*draft.problems, *problems], unchecked)


def _open_cache(root: Path, config: Config) -> AbstractContextManager[BuildCache]:
    return closing(BuildCache(root / STATE_FOLDER / CACHE_NAME, cache_key(config)))


@contextmanager
def _told(root: Path) -> Iterator[None]:
    """Tell faults as the exceptions of the corridor, and those of the site's files with their lines."""
    try:
        yield
    except SiteError as fault:
        raise RefusalError(_locate(fault.problems, root), fault.unchecked) from fault
    except sqlite3.Error as fault:
        raise PublishError(str(root / STATE_FOLDER / CACHE_NAME), str(fault)) from fault
    except OSError as fault:
        raise PublishError(str(fault.filename or root), fault.strerror or str(fault)) from fault
    except WorkerLostError as fault:
        raise PublishError(str(root), "a worker process was ended; with less memory try --workers 1") from fault


@contextmanager
def _open_workers(request: Request) -> Iterator[Workers]:
    """The processes of this host, or those of a cluster."""
    if request.executor is None:
        with Workers(request.workers, has_threads=isinstance(request.output, str)) as workers:
            yield workers
        return
    from generator.cluster import open_cluster

    with open_cluster(request.executor) as cluster, Workers(cluster.size, cluster) as workers:
        yield workers


VIEWS = Views({"chrome": Chrome}, {file: kind for kind, file in TEMPLATES.items()} | {POLICY: Headers})


def _try_theme(root: Path, config: Config, cache: BuildCache) -> Theme | ThemeError:
    """The theme, or what is wrong with it, to be told with what is wrong with the records."""
    try:
        return open_theme(root, config, cache, VIEWS)
    except ThemeError as fault:
        return fault


def _published_beside(place: Place, root: Path) -> Path | None:
    """For what is built aside, where it is kept what readers have: that of the site's own folder."""
    is_aside = place.state in (state_folder(root, root / aside) for aside in (PREVIEW_FOLDER, CHECK_FOLDER))
    return state_folder(root, root / PUBLIC_FOLDER) if is_aside else None


def _digest_sources(
    request: Request, config: Config, theme: Theme | ThemeError, scan: Scan, published: object
) -> Digest:
    """Digest of all that a build reads, files of `content/` by their stats, and of what it is asked for."""
    if isinstance(theme, ThemeError):  # the build will end with it; options at fault may be what no digest takes
        return Digest("")
    asked = (request.drafts, request.future, request.strict, request.keep_going)
    others = sorted((os.fsencode(path), stat) for path, stat in scan.others.items())  # no name need be UTF-8
    return digest_of(
        [program_digest(), config, theme.digest, asked, scan.records, others, repr(scan.problems), published]
    )


def _report(
    request: Request,
    config: Config,
    stamp: BuildStamp,
    work: Work,
    receipt: Receipt,
    told: Sequence[LocatedProblem] = (),
) -> Report:
    return Report(
        read=stamp.read,
        withheld=stamp.withheld,
        rendered=len(work.render),
        written=receipt.written,
        kept=len(work.keep),
        removed=receipt.removed,
        problems=(*stamp.problems, *told),
        left_out=stamp.left_out,
        reasons=_list_reasons(work) if request.explain else {},
        until=stamp.until,
        base_path=config.url.base_path,
    )


def _locate(problems: Sequence[Problem], root: Path) -> list[LocatedProblem]:
    """Find the lines of Problems; what that takes is imported only where there are any."""
    if not problems:
        return []
    from generator.load.locate import locate_problems

    return locate_problems(problems, root)


def open_place(output: Path | str, root: Path) -> Place:
    """The output folder or store of a site.

    Raises:
        PublishError: it cannot be one.
    """
    if isinstance(output, str):
        from generator.publish.store import open_store

        place = open_store(output, root)
        if not isinstance(place, Path):
            return place
        output = place
    output = _resolve(output)
    _refuse_output(root, output)
    return Folder(output, state_folder(root, output))


def _refuse_output(root: Path, output: Path) -> None:
    """Refuse an output folder that holds the site's own files, or lies among them; all but those that are for that."""
    if output in (root / PREVIEW_FOLDER, root / CHECK_FOLDER):
        return
    sources = [root / name for name in ("content", "themes", STATE_FOLDER)]
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
    reasons = {decision.path: ("rendered", decision.reason) for decision in work.render}
    reasons |= {decision.path: ("kept", decision.reason) for decision in work.keep}
    reasons |= dict.fromkeys(work.remove, ("removed", Reason.UNPLANNED))
    return dict(sorted(reasons.items()))
