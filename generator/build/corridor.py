"""From a request to a published site, one room after the other."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from generator import publish
from generator.build.opened import CacheRemovedError, OpenSite, PlannedSite, locate, open_site, open_workers
from generator.build.place import find_published, recall_addresses
from generator.build.request import Progress, Report, Request, Viewer, show_nothing
from generator.build.themes import try_theme
from generator.digest import digest_of, program_digest
from generator.errors import ContentError, LocatedProblem, Problem, ThemeError
from generator.load import CACHE_NAME, BuildCache, Memory, Scan, load_records, scan_site
from generator.names import STATE_FOLDER, Digest, OutputPath
from generator.outputs import distinct_slots
from generator.theme import Theme
from generator.workers import Workers

if TYPE_CHECKING:  # a build with nothing to do does without them
    from generator.build.vanished import Losses


def build(
    request: Request,
    *,
    progress: Progress = show_nothing,
    waiting: publish.Waiting = publish.wait_silently,
    memory: Memory | None = None,
    viewer: Viewer | None = None,
) -> Report:
    """Build a site.

    Args:
        request: What is asked for.
        progress: Called after each chunk of records that are read and of outputs that are rendered.
        waiting: Called while another command works on the site or the output folder.
        memory: What a process that builds again holds from one build of the site to the next.
        viewer: Gets the pages that it looks at before the others are rendered, and before anything is published.

    Returns:
        The report of what was done; the site is published.

    Raises:
        RefusalError: the site's files have errors. Nothing was published.
        PublishError: the output folder or the store cannot be written, or another build does not end.
        ClusterError: the cluster cannot be reached or used. Nothing was published.
    """
    try:
        return _build(request, progress, waiting, memory, viewer)
    except CacheRemovedError:
        report = _build(request, progress, waiting, memory, viewer)
        return msgspec.structs.replace(report, healed=(_CACHE_WAS_DAMAGED, *report.healed))


_CACHE_WAS_DAMAGED = f"{STATE_FOLDER}/{CACHE_NAME} was damaged, so all records were read again"


def _build(
    request: Request, progress: Progress, waiting: publish.Waiting, memory: Memory | None, viewer: Viewer | None
) -> Report:
    with open_site(request, waiting, memory) as site, site.place.lock(waiting), publish.hold_staging(site.place):
        began_ns, scan = time.time_ns(), scan_site(site.root, site.config.content.allow_links)
        theme = try_theme(site.root, site.config, site.cache)
        last = publish.recall_manifest(site.place, is_cut_off=publish.is_cut_off(site.place))
        manifest, published = last.manifest, find_published(site.place, site.root)
        before = _LastBuild(manifest, _stat_outputs(site, manifest), published)
        sources = _digest_sources(site, theme, scan, before)
        stamp = None if request.force or not last.is_certain else publish.read_stamp(site.place.state)
        if stamp and stamp.holds(sources, request.now) and before.manifest.is_intact(before.on_disk):
            return _report(site, stamp, publish.Work.nothing(before.manifest), publish.Receipt(0, 0))

        from generator.build.render import render_planned, render_viewed
        from generator.build.shrinking import refuse_shrinking
        from generator.build.vanished import find_losses

        is_settled, files = scan.is_settled(began_ns) and not scan.linked, frozenset(scan.others)
        with open_workers(request) as workers:
            known = _plan(site, scan, theme, workers, before.manifest, progress)
            del scan  # a tenth of the memory of a large build
            if published is None and not request.allow_shrink:
                refuse_shrinking(known.prepared.counts, manifest.counts, site.root)
            losses = find_losses(known)
            if viewer:
                render_viewed(known, viewer)
            done = partial(progress, "Rendering", total=len(known.prepared.plan.drafts))
            rendered = render_planned(known, site.place.staging, before.on_disk, done)
        problems, reported_once = _gather_problems(known, losses, rendered.decisions)
        work = publish.sum_up(rendered.decisions, [one.path for one in rendered.staged], before.manifest)
        receipt = publish.publish(work, rendered.shared, rendered.staged, last, site.place, now=request.now)
        stamp = _make_stamp(known, sources, problems)
        publish.keep_stamp(site.place.state, stamp if is_settled and _is_seen_whole(known, files) else None)
        if not losses.are_aside and losses.after != losses.before:
            publish.write_kept(site.place.state / publish.ADDRESSES_NAME, losses.after)
        return _report(site, stamp, work, receipt, locate(reported_once, site.root))


@contextmanager
def survey(request: Request, *, waiting: publish.Waiting = publish.wait_silently) -> Iterator[PlannedSite]:
    """Plan a site and publish nothing.

    Yields:
        What a build of the request would know. The site and its cache are locked until the end.

    Raises:
        RefusalError, PublishError, ClusterError: as `build` does.
    """
    with open_site(request, waiting) as site, open_workers(request) as workers:
        theme = try_theme(site.root, site.config, site.cache)
        scan = scan_site(site.root, site.config.content.allow_links)
        yield _plan(site, scan, theme, workers, publish.read_manifest(site.place.state), show_nothing)


def warm_up() -> None:
    """Import what only a build with something to do needs, so that the first one is as fast as the others."""
    for module in ("load.parse", "load.markdown", "build.enclosure_sizes", "build.prepare", "build.render", "render"):
        import_module(f"generator.{module}")


class _LastBuild(NamedTuple):
    """The manifest of the last build and the stats of its outputs; `published` is the state of what readers have."""

    manifest: publish.Manifest
    on_disk: dict[OutputPath, tuple[int, int]]
    published: Path | None


def _stat_outputs(site: OpenSite, manifest: publish.Manifest) -> dict[OutputPath, tuple[int, int]]:
    on_disk = site.place.stat(manifest.entries)
    if site.request.verify:
        on_disk |= dict.fromkeys(publish.find_altered(site.place, manifest, [*on_disk]), _ALTERED)
    return on_disk


_ALTERED = (-1, -1)
"""The stat of what is not what was written; no file has it."""


def _plan(
    site: OpenSite,
    scan: Scan,
    theme: Theme | ThemeError,
    workers: Workers,
    before: publish.Manifest,
    progress: Progress,
) -> PlannedSite:
    from generator.build.enclosure_sizes import find_enclosure_sizes
    from generator.build.prepare import prepare

    book = recall_addresses(site.place, site.root)
    loaded = load_records(
        scan._replace(stood=book.files, guids=book.guids),
        site.config,
        site.cache,
        workers,
        partial(progress, "Reading"),
    )
    sizes = find_enclosure_sizes(loaded, site.config, site.cache, site.root, workers)
    return PlannedSite(*site, workers, loaded, prepare(loaded, theme, site, book, sizes), before, book)


def _digest_sources(site: OpenSite, theme: Theme | ThemeError, scan: Scan, before: _LastBuild) -> Digest:
    """Digest of everything that a build reads, files of `content/` and `static/` by their stats, and of its request."""
    if isinstance(theme, ThemeError):  # the build fails anyway, and faulty options may not be digestible
        return Digest("")
    request = site.request
    asked = (request.drafts, request.future, request.strict, request.keep_going)
    others = sorted((os.fsencode(path), stat) for path, stat in scan.others.items())  # names need not be UTF-8
    static = [(os.fsencode(path), stat) for path, stat in scan.static.items()]
    published = publish.stat_manifest(before.published) if before.published else None
    return digest_of(
        [
            program_digest(),
            site.config,
            theme.digest,
            asked,
            scan.records,
            others,
            static,
            repr(scan.problems),
            published,
        ]
    )


def _gather_problems(
    known: PlannedSite, losses: "Losses", decisions: Sequence[publish.Decision]
) -> tuple[list[Problem], list[Problem]]:
    """The warnings that later builds repeat, and those that are reported once.

    Raises:
        ContentError: with `strict`, if there are any.
    """
    problems = [*known.prepared.problems, *losses.renamed, *_check_campaigns(known, decisions)]
    if known.request.strict and (problems or losses.vanished):
        raise ContentError([*problems, *losses.vanished])
    return ([*problems, *losses.vanished], []) if losses.are_aside else (problems, losses.vanished)


def _check_campaigns(known: PlannedSite, decisions: Sequence[publish.Decision]) -> Iterator[Problem]:
    """Warn of campaigns that do not get what they are promised."""
    from generator.site import warn_of_short

    if sponsors := known.prepared.site.sponsors:
        slots = distinct_slots(one.metadata for one in decisions)
        yield from warn_of_short(sponsors.values(), known.prepared.plan.runs(slots), known.request.now)


def _make_stamp(known: PlannedSite, sources: Digest, problems: Sequence[Problem]) -> publish.BuildStamp:
    prepared = known.prepared
    return publish.BuildStamp(
        sources=sources,
        built=known.request.now,
        until=prepared.plan.until,
        read=prepared.read,
        withheld=prepared.withheld,
        problems=tuple(locate(problems, known.root)),
        left_out=prepared.left_out,
    )


def _is_seen_whole(known: PlannedSite, files: frozenset[str]) -> bool:
    """Whether the next scan would show every change of the site.

    A record that was left out may need a picture that no scan sees, such as one in a hidden folder.
    A new file in a linked folder may hide a picture of the same name elsewhere.
    """
    return not known.prepared.left_out and all(asset.file in files for asset in known.loaded.assets.values())


def _report(
    site: OpenSite,
    stamp: publish.BuildStamp,
    work: publish.Work,
    receipt: publish.Receipt,
    reported_once: Sequence[LocatedProblem] = (),
) -> Report:
    return Report(
        read=stamp.read,
        withheld=stamp.withheld,
        rendered=len(work.render),
        written=receipt.written,
        kept=len(work.keep),
        removed=receipt.removed,
        problems=(*stamp.problems, *reported_once),
        left_out=stamp.left_out,
        reasons=_list_reasons(work) if site.request.explain else {},
        until=stamp.until,
        base_path=site.config.url.base_path,
        healed=(*_list_healed(site.cache), *receipt.healed),
    )


def _list_healed(cache: BuildCache) -> Iterator[str]:
    """What was damaged and is made again."""
    if cache.is_remade:
        yield _CACHE_WAS_DAMAGED
    elif cache.damaged:
        yield f"damaged entries of {STATE_FOLDER}/{CACHE_NAME} were made again ({cache.damaged:,})"


def _list_reasons(work: publish.Work) -> dict[str, tuple[str, publish.Reason]]:
    reasons = {decision.path: ("rendered", decision.reason) for decision in work.render}
    reasons |= {decision.path: ("kept", decision.reason) for decision in work.keep}
    reasons |= dict.fromkeys(work.remove, ("removed", publish.Reason.UNPLANNED))
    return dict(sorted(reasons.items()))
