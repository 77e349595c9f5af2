"""Renders stale outputs into the staging folder, over workers."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from generator import publish
from generator.build.excess import guard_outputs, is_beyond
from generator.build.opened import PlannedSite
from generator.build.request import Viewer
from generator.digest import digest_bytes
from generator.errors import Problem, RenderError
from generator.guard import Guard
from generator.limits import Limits
from generator.load import Bodies
from generator.names import Digest, OutputPath
from generator.outputs import ANY_VIEW, Output
from generator.outputs.files import Animation, Copy, Rendition, SocialCard
from generator.outputs.parts import Chrome
from generator.outputs.view import View
from generator.outputs.walk import find_texts
from generator.rendition_cache import RenditionCache
from generator.theme import Theme
from generator.workers import Workers

if TYPE_CHECKING:
    from generator.render import Renderer

Made: TypeAlias = bytes | dict[str, bytes] | tuple[Problem, ...]
"""A rendered output: its bytes, those of the files of a bundle, or the problems with its template."""

Staged: TypeAlias = tuple[publish.StagedFile | Problem, ...]
"""The staged files of an output, or its problems."""

_ENVIRONMENT = "look"


class RenderEnvironment(msgspec.Struct, frozen=True):
    """What renderers need beside views; workers read it from the cache, or receive it."""

    theme: Theme
    chrome: Chrome
    limits: Limits


class RenderJob(msgspec.Struct, frozen=True):
    """The rendering of one build; `environment` is the key of its RenderEnvironment in the cache."""

    environment: Digest
    root: Path
    cache_file: Path
    staging: publish.Staging


class RemoteTask(msgspec.Struct, frozen=True):
    """All that remote workers need to render an output, besides the RenderEnvironment."""

    stale: publish.RenderTask
    bodies: dict[Digest, str]


class RenderResult(NamedTuple):
    """The outputs of a plan after rendering: their shared digests, the decisions, and the staged files."""

    shared: publish.SharedDigests
    decisions: list[publish.Decision]
    staged: list[publish.StagedFile]


def render_planned(
    known: PlannedSite,
    staging: publish.Staging,
    on_disk: Mapping[OutputPath, tuple[int, int]],
    progress: Callable[[int], None],
) -> RenderResult:
    """Decide which outputs are stale, and render those into the staging folder.

    `on_disk` are the stats of the last outputs; `progress` is called with the number of decisions after each chunk.

    Raises:
        RenderError: templates failed.
    """
    plan, theme = known.prepared.plan, known.prepared.theme
    shared = publish.share(plan, theme, known.prepared.counts)
    decisions = publish.decide(plan, shared, known.before, on_disk, force=known.request.force)
    environment = msgspec.msgpack.encode(RenderEnvironment(theme, plan.chrome, known.config.limits))
    key = digest_bytes(environment)
    if not known.cache.holds(_ENVIRONMENT, key):
        known.cache.put(_ENVIRONMENT, key, environment)
    job = RenderJob(key, known.root, known.cache.file, staging)
    guard = guard_outputs(theme, known.config.limits)
    decided, staged = _render_stale(decisions, job, known.workers, guard, progress)
    if staged:
        RenditionCache(known.root).sweep()
    return RenderResult(shared, decided, staged)


def render_viewed(known: PlannedSite, viewer: Viewer) -> None:
    """Render the pages that somebody looks at and show them, before the others are rendered; nothing is staged.

    A fault in one of them is left to `render_planned`, which renders it again.
    """
    plan, viewed = known.prepared.plan, viewer.list_viewed()
    drafts = [draft for draft in plan.drafts if draft.path in viewed and draft.kind.template is not None]
    if not drafts:
        return
    from generator.render import Renderer

    renderer = Renderer(known.prepared.theme, plan.chrome, known.config.limits, known.root)
    with closing(Bodies(known.cache.file)) as bodies, suppress(RenderError):
        for draft in drafts:
            view, _ = draft.make_noting()
            made = renderer.render(Output(draft.path, view, draft.owner), bodies.read_body)
            if isinstance(made, bytes):
                viewer.show(draft.path, made)


def _render_stale(
    decisions: Iterable[tuple[publish.Decision, publish.RenderTask | None]],
    job: RenderJob,
    workers: Workers,
    guard: Guard[publish.RenderTask, Staged],
    progress: Callable[[int], None],
) -> tuple[list[publish.Decision], list[publish.StagedFile]]:
    """Render stale outputs while later ones are still being decided; returns all decisions and staged files."""
    decided: list[publish.Decision] = []

    def stale() -> Iterator[publish.RenderTask]:
        for decision, one in decisions:
            decided.append(decision)
            if one is not None:
                yield one

    publish.make_staging(job.staging)
    if workers.are_elsewhere:
        chunks = _render_elsewhere(stale(), job, workers)
    else:
        chunks = workers.run(partial(render_chunk, job=job), stale(), guard=guard)
    staged: list[publish.StagedFile] = []
    failed: dict[tuple[str, int | None], Problem] = {}
    for results in chunks:
        for result in chain.from_iterable(results):
            if isinstance(result, publish.StagedFile):
                staged.append(result)
            else:
                failed.setdefault((result.file, result.line), result)
        progress(len(decided))
        if any(map(is_beyond, failed.values())):
            break
    if failed:
        raise RenderError(failed.values())
    return decided, staged


def render_chunk(chunk: Sequence[publish.RenderTask], *, job: RenderJob) -> list[Staged]:
    """Render and stage outputs; if a template fails, the result is a problem."""
    with closing(Bodies(job.cache_file)) as bodies:
        renderer = _open_renderer(job.environment, partial(bodies.get, _ENVIRONMENT, job.environment), job.root)
        made = _render_each(chunk, renderer, lambda _: bodies.read_body)
        return [_stage(task, one, job) for task, one in zip(chunk, made, strict=True)]


def render_remotely(tasks: Sequence[RemoteTask], *, environment: bytes) -> list[Made]:
    """Render outputs on a remote worker."""
    renderer = _open_renderer(digest_bytes(environment), lambda: environment, None)
    stale = [task.stale for task in tasks]
    return list(_render_each(stale, renderer, lambda place: tasks[place].bodies.__getitem__))


def _render_elsewhere(stale: Iterable[publish.RenderTask], job: RenderJob, workers: Workers) -> Iterator[list[Staged]]:
    """Render on remote workers and stage the results; outputs that are made of files are rendered here."""
    waiting: deque[publish.RenderTask] = deque()
    staying: list[publish.RenderTask] = []

    def tasks() -> Iterator[RemoteTask]:
        for one in stale:
            view = _view_decoder().decode(one.view)
            if _is_made_of_files(view):
                staying.append(one)
            else:
                waiting.append(one)
                yield RemoteTask(one, {text.digest: bodies.read_body(text.digest) for text in find_texts(view)})

    with closing(Bodies(job.cache_file)) as bodies:
        environment = bodies.get(_ENVIRONMENT, job.environment)
        for made in workers.run(partial(render_remotely, environment=environment), tasks()):
            yield [_stage(waiting.popleft(), one, job) for one in made]
    with Workers() as here:  # the processes of this host
        yield from here.run(partial(render_chunk, job=job), staying)


def _is_made_of_files(view: View) -> bool:
    if isinstance(view, SocialCard):
        return view.font is not None
    return isinstance(view, Copy | Rendition | Animation)


def _render_each(
    chunk: Sequence[publish.RenderTask], renderer: "Renderer", bodies_of: Callable[[int], Callable[[Digest], str]]
) -> Iterator[Made]:
    """Render outputs up to one beyond a limit; others may take as long, so they have no result."""
    is_over = False
    for place, task in enumerate(chunk):
        made = () if is_over else _render(task, renderer, bodies_of(place))
        is_over = is_over or (isinstance(made, tuple) and any(map(is_beyond, made)))
        yield made


def _render(stale: publish.RenderTask, renderer: "Renderer", read_body: Callable[[Digest], str]) -> Made:
    try:
        return renderer.render(Output(stale.path, _view_decoder().decode(stale.view), stale.owner), read_body)
    except RenderError as fault:
        return fault.problems


def _stage(stale: publish.RenderTask, made: Made, job: RenderJob) -> Staged:
    return made if isinstance(made, tuple) else tuple(publish.stage(job.staging, stale, made))


@cache
def _view_decoder() -> "msgspec.msgpack.Decoder[View]":
    return msgspec.msgpack.Decoder(ANY_VIEW)


_last: "tuple[tuple[Digest, Path | None], Renderer] | None" = None


def _open_renderer(environment: Digest, read_environment: Callable[[], bytes], root: Path | None) -> "Renderer":
    """The renderer of an environment; a worker reuses the last one, so that it loads each template once."""
    global _last  # noqa: PLW0603 - what a worker process keeps between chunks
    if _last is None or _last[0] != (environment, root):
        from generator.render import Renderer

        found = msgspec.msgpack.decode(read_environment(), type=RenderEnvironment)
        _last = ((environment, root), Renderer(found.theme, found.chrome, found.limits, root))
    return _last[1]
