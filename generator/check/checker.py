"""The door of this room: builds the site aside, reads it back, and collects its problems."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec

from generator.build import PlannedSite, Progress, Report, Request, build, survey
from generator.check.addresses import Addresses
from generator.check.duplicates import check_articles, check_pages, check_paths
from generator.check.feeds import check_feeds
from generator.check.hidden import check_hidden
from generator.check.links import follow_links
from generator.check.look import check_look
from generator.check.origins import Origins
from generator.check.pictures import check_files, check_tags
from generator.check.reading import OutputText, read_outputs
from generator.config import Config
from generator.errors import LocatedProblem, Problem
from generator.load import scan_content
from generator.load.locate import locate_problems
from generator.names import OutputPath
from generator.publish import CHECK_FOLDER, Waiting, wait_silently
from generator.reach import Reach
from generator.site import Snapshot, open_snapshot

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What was checked: records of the site, pages, feeds, and links of all outputs."""

    records: int
    pages: int
    feeds: int
    links: int


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a check.

    `problems` are located and sorted.
    `outside` are the external addresses that pages link to, with those pages; `origins` finds their sources.
    """

    root: Path
    config: Config
    problems: tuple[LocatedProblem, ...]
    counts: Counts
    outside: Mapping[str, tuple[OutputPath, ...]]
    origins: Origins


def check_site(request: Request, *, progress: Progress, waiting: Waiting = wait_silently) -> CheckReport:
    """Build a site aside and check all of it.

    Args:
        request: Which site, and as of when; its `output` is not written.
        progress: Called during the long steps.
        waiting: Called while another command works on the site.

    Raises:
        RefusalError: the site's files have errors, so there are no pages to check.
        PublishError: the site's cache cannot be written, or another build does not end.
    """
    root = request.root.resolve()
    aside = msgspec.structs.replace(request, output=root / CHECK_FOLDER)
    report = build(aside, progress=progress, waiting=waiting)
    with survey(aside, waiting=waiting) as known:
        return _check(known, report, aside, progress)


def _check(known: PlannedSite, report: Report, request: Request, progress: Progress) -> CheckReport:
    assert isinstance(request.output, Path), "a check is built into a folder"
    entries, plan = known.before.entries, known.prepared.plan
    texts = read_outputs(request.output, known.before, known.cache, known.workers, partial(progress, "Reading back"))
    addresses = Addresses(known.config.url)
    records = [record.file for kind in known.loaded.records.by_kind.values() for record in kind.values()]
    completed = plan.complete({path: entry.metadata for path, entry in entries.items()})
    owners = {draft.path: draft.owner for draft in (*plan.drafts, *completed)}
    origins = Origins(Reach(known.root, known.config.content.allow_links), owners, sorted(records))
    followed = follow_links(texts, entries, addresses, origins)
    sizes = {path: entry.size for path, entry in entries.items()}
    site, zone = known.prepared.site, known.config.zone
    snapshot = open_snapshot(site, now=request.now, zone=zone, drafts=request.drafts, future=request.future)
    problems = [
        *(Problem(file=path, code="unreadable-output", message=one.fault) for path, one in texts.items() if one.fault),
        *followed.problems,
        *_check_duplicates(snapshot, known, texts, origins),
        *check_hidden(site, snapshot, request.now),
        *check_feeds(texts, sizes, addresses, now=_END_OF_TIME if request.future else request.now),
        *check_tags(texts, origins),
        *check_files(
            {
                file: stat.size
                for file, stat in scan_content(known.root, known.config.content.allow_links).others.items()
            },
            known.shown_files,
        ),
    ]
    located = [*report.problems, *check_look(known.root, known.prepared.theme, known.config, known.cache)]
    return CheckReport(
        root=known.root,
        config=known.config,
        problems=tuple(locate_problems(problems, known.root, located=located)),
        counts=Counts(
            records=report.read,
            pages=sum(one.page is not None for one in texts.values()),
            feeds=sum(one.feed is not None for one in texts.values()),
            links=followed.count,
        ),
        outside=followed.outside,
        origins=origins,
    )


def _check_duplicates(
    snapshot: Snapshot, known: PlannedSite, texts: Mapping[OutputPath, OutputText], origins: Origins
) -> Iterator[Problem]:
    found = check_articles(snapshot.articles)
    yield from found
    yield from check_pages(texts, origins, (problem.file for problem in found if problem.code == "duplicate-title"))
    yield from check_paths(known.before.entries, origins)
