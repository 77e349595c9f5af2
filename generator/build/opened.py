"""An open site: its place, config, cache and workers, and the exceptions of opening it."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from generator.build.place import open_goal, open_place, recall_addresses, resolve_path
from generator.build.request import Request
from generator.config import Config, draft_config
from generator.errors import LocatedProblem, Problem, PublishError, RefusalError, SiteError
from generator.load import CACHE_NAME, BuildCache, DamagedCacheError, Loaded, Memory, cache_key
from generator.load.files import CONTENT
from generator.names import STATE_FOLDER
from generator.outputs import Plan
from generator.publish import AddressBook, Manifest, Place, RecordCounts, Waiting, lock_site
from generator.records import MEDIA_FOLDER
from generator.theme import Theme
from generator.workers import WorkerLostError, Workers

if TYPE_CHECKING:  # a build with nothing to do does without it
    from generator.site import Site


class OpenSite(NamedTuple):
    """A site that is locked for one build."""

    request: Request
    root: Path
    place: Place
    config: Config
    cache: BuildCache


PlanAt: TypeAlias = Callable[[datetime], Plan]
"""Plans one site as of a time."""


class PreparedBuild(NamedTuple):
    """What a build has before it renders.

    `plan_at` plans the same records as of another time.
    `read` counts records, `withheld` those that readers do not see, by state.
    `left_out` are the files of records with errors, sorted.
    """

    theme: Theme
    site: "Site"
    plan: Plan
    plan_at: PlanAt
    read: int
    withheld: dict[str, int]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]

    @property
    def counts(self) -> RecordCounts:
        """The numbers of records that are published, or could be."""
        return RecordCounts(self.read, len(self.site.articles))


class PlannedSite(NamedTuple):
    """What a build knows before it decides: the records, the plan, the last manifest (`before`), and what readers know.

    `book` is that of the published site if the build is a preview or a check.
    """

    request: Request
    root: Path
    place: Place
    config: Config
    cache: BuildCache
    workers: Workers
    loaded: Loaded
    prepared: PreparedBuild
    before: Manifest
    book: AddressBook

    @property
    def shown_files(self) -> frozenset[str]:
        """The files of `content/`, besides records, that a record, the config or an option of the theme names."""
        chosen = (value for value in self.config.theme.options.values() if isinstance(value, str))
        named = {asset.file for asset in self.loaded.assets.values()}
        return frozenset(named | {f"{CONTENT}/{MEDIA_FOLDER}/{name}" for name in chosen})


@contextmanager
def open_site(request: Request, waiting: Waiting, memory: Memory | None = None) -> Iterator[OpenSite]:
    """Open a site, and lock it until the end.

    Raises:
        RefusalError: the body raised a SiteError, or `site.toml` has errors.
        PublishError: the output cannot be used, the system refuses, or another build does not end.
        CacheRemovedError: the cache was damaged.
    """
    root = resolve_path(request.root)
    with _report_faults(root):
        config = _read_config(request, root)
        place = open_goal(request, root, config.publish)
        with (
            lock_site(root, by=request.command, waiting=waiting),
            _open_cache(root, config, memory) as cache,
        ):
            yield OpenSite(request, root, place, config, cache)


class CacheRemovedError(PublishError):
    """The cache was damaged and is removed; the same build succeeds without it."""


@contextmanager
def _open_cache(root: Path, config: Config, memory: Memory | None) -> Iterator[BuildCache]:
    file = root / STATE_FOLDER / CACHE_NAME
    cache = BuildCache(file, cache_key(config), memory)
    try:
        with closing(cache):
            yield cache
    except DamagedCacheError as fault:
        cache.delete()
        raise CacheRemovedError(str(file), "it was damaged and is removed; run the command again") from fault


@contextmanager
def open_workers(request: Request) -> Iterator[Workers]:
    """The processes of this host, or those of a cluster."""
    if request.executor is None:
        with Workers(request.workers) as workers:
            yield workers
        return
    from generator.cluster import open_cluster

    with open_cluster(request.executor) as cluster, Workers(cluster.size, cluster) as workers:
        yield workers


def locate(problems: Sequence[Problem], root: Path) -> list[LocatedProblem]:
    """Find the lines of problems; the import is slow, so it happens only if there are any."""
    if not problems:
        return []
    from generator.load.locate import locate_problems

    return locate_problems(problems, root)


def _read_config(request: Request, root: Path) -> Config:
    draft = draft_config(root)
    if request.allow_links:
        places = (*draft.config.content.allow_links, *request.allow_links)
        content = msgspec.structs.replace(draft.config.content, allow_links=places)
        draft = draft._replace(config=msgspec.structs.replace(draft.config, content=content))
    if not draft.problems:
        return draft.config
    from generator.build.faulty_config import check_rest

    with open_workers(request) as workers:
        raise check_rest(draft, root, workers, _recall_files(request, root))


def _recall_files(request: Request, root: Path) -> Mapping[str, str]:
    """The files of the last build by the names of their records, if its place can be used."""
    with suppress(PublishError):
        return recall_addresses(open_place(request.output, root), root).files
    return {}


@contextmanager
def _report_faults(root: Path) -> Iterator[None]:
    """Raise errors as the exceptions of `build`, those of the site's files with their lines."""
    try:
        yield
    except SiteError as fault:
        raise RefusalError(locate(fault.problems, root), fault.unchecked) from fault
    except sqlite3.Error as fault:
        raise PublishError(str(root / STATE_FOLDER / CACHE_NAME), str(fault)) from fault
    except OSError as fault:
        raise PublishError(str(fault.filename or root), fault.strerror or str(fault)) from fault
    except WorkerLostError as fault:
        raise PublishError(str(root), "a worker process was killed; if memory is short, try --workers 1") from fault
