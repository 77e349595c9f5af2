"""The size of a site, and the time of each step of a full build."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from time import perf_counter

import msgspec

from generator.build import PlannedSite
from generator.errors import Problem
from generator.inspect.nouns import noun_of
from generator.load import Bodies, scan_content
from generator.load.files import SourceFile
from generator.load.loader import settings_of
from generator.load.parse import parse_files
from generator.names import OutputPath
from generator.outputs import Draft, Output, OutputMetadata
from generator.records import FOLDERS
from generator.render import Renderer

_SLOWEST = 40
"""How many parts of a span are listed by name; the rest are one."""


class Span(msgspec.Struct, frozen=True):
    """A part of a build: seconds on one core, the number of things, and its parts, the slowest first."""

    name: str
    seconds: float
    count: int
    parts: tuple["Span", ...] = ()


class Stats(msgspec.Struct, frozen=True):
    """The size of a site and the profile of a full build.

    `records` and `outputs` are counts by kind; `sizes` are bytes of outputs by the same kinds.
    `words` counts those of all bodies, `withheld` the records that readers do not see, by state.
    `faulty` are the files of records with errors, or with references to those; no other number counts them.
    `problems` are their errors, and all warnings.
    """

    records: dict[str, int]
    withheld: dict[str, int]
    faulty: tuple[str, ...]
    words: int
    outputs: dict[str, int]
    sizes: dict[str, int]
    profile: Span
    problems: tuple[Problem, ...]


def measure_site(known: PlannedSite, *, progress: Callable[[int, int], None]) -> Stats:
    """Do every step of a full build in this process, and time it.

    `progress` is called with the number of finished records and outputs, and their total.

    Raises:
        RenderError: a template failed.
    """
    site = known.prepared.site
    by_kind = {folder: getattr(site, folder) for folder in FOLDERS}
    scan = scan_content(known.root, known.config.content.allow_links)
    total = len(scan.records) + len(known.prepared.plan.drafts)
    clock = _Clock(lambda done: progress(done, total))
    _read_all(known, scan.records, clock)
    sizes, counts = _render_all(known, clock)
    return Stats(
        records={folder: len(records) for folder, records in by_kind.items()},
        withheld=known.prepared.withheld,
        faulty=known.prepared.left_out,
        words=sum(one.body.words for records in by_kind.values() for one in records.values()),
        outputs=dict(sorted(counts.items())),
        sizes=dict(sorted(sizes.items())),
        profile=clock.sum_up(),
        problems=known.prepared.problems,
    )


class _Clock:
    """Collects times by step, kind and name."""

    def __init__(self, progress: Callable[[int], None]) -> None:
        self._progress = progress
        self._noted: dict[str, dict[str, dict[str, float]]] = {}
        self._done = 0

    def note(self, step: str, kind: str, name: str, began: float) -> None:
        self._noted.setdefault(step, {}).setdefault(kind, {})[name] = perf_counter() - began

    def advance(self) -> None:
        self._done += 1
        self._progress(self._done)

    def sum_up(self) -> Span:
        steps = []
        for step, kinds in self._noted.items():
            parts = [_gather(kind, [Span(*one, 1) for one in names.items()]) for kind, names in kinds.items()]
            steps.append(_gather(step, parts))
        return _gather("a whole build", steps)


def _gather(name: str, parts: list[Span]) -> Span:
    ordered = sorted(parts, key=lambda part: (-part.seconds, part.name))
    shown, rest = ordered[:_SLOWEST], ordered[_SLOWEST:]
    if rest:
        shown.append(Span("others", sum(part.seconds for part in rest), sum(part.count for part in rest)))
    return Span(name, sum(part.seconds for part in parts), sum(part.count for part in parts), tuple(shown))


def _read_all(known: PlannedSite, found: Sequence[SourceFile], clock: _Clock) -> None:
    """Parse every record."""
    root, settings = str(known.root), settings_of(known.config)
    parse_files(found[:1], root=root, settings=settings)  # the first call includes the set-up
    for one in found:
        began = perf_counter()
        parse_files([one], root=root, settings=settings)
        clock.note("reading", one.path.split("/")[1], one.path, began)
        clock.advance()


def _render_all(known: PlannedSite, clock: _Clock) -> tuple[Counter[str], Counter[str]]:
    """Make and render every output; the bytes and numbers of outputs by kind."""
    plan, metadata = known.prepared.plan, dict[OutputPath, OutputMetadata]()
    sizes, counts = Counter[str](), Counter[str]()
    with closing(Bodies(known.cache.file)) as bodies:
        renderer = Renderer(known.prepared.theme, plan.chrome, known.config.limits, known.root)

        def do(draft: Draft) -> OutputMetadata:
            kind = noun_of(draft.kind)
            began = perf_counter()
            view = draft.make()
            clock.note("preparing", kind, draft.path, began)
            began = perf_counter()
            data = renderer.render(Output(draft.path, view, draft.owner), bodies.read_body)
            clock.note("rendering", kind, draft.path, began)
            clock.advance()
            sizes[kind] += len(data) if isinstance(data, bytes) else sum(map(len, data.values()))
            counts[kind] += 1
            return draft.read_metadata(view)

        for draft in plan.drafts:
            metadata[draft.path] = do(draft)
        for draft in plan.complete(metadata):
            do(draft)
    return sizes, counts
