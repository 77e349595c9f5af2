"""The press: renders what is stale into the staging folder, over workers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.digest import digest_bytes
from generator.errors import Problem, RenderError
from generator.load import Bodies, Memory
from generator.names import Digest
from generator.outputs import Output
from generator.outputs.views import AnyView, Chrome
from generator.publish import Staged, Stale, Verdict, make_staging, stage
from generator.theme import Theme
from generator.workers import Workers

if TYPE_CHECKING:
    from generator.render import Renderer

_LOOK = "look"


class Look(msgspec.Struct, frozen=True):
    """What renderers need beside views; workers read it from the memory."""

    theme: Theme
    chrome: Chrome


class Press(msgspec.Struct, frozen=True):
    """Where the outputs of one build are rendered. `look` is the digest under which the memory has their Look."""

    look: Digest
    root: Path
    memory_file: Path
    output: Path


def set_up_press(look: Look, memory: Memory, root: Path, output: Path) -> Press:
    """Keep what workers need where they find it."""
    data = msgspec.msgpack.encode(look)
    key = digest_bytes(data)
    if memory.recall(_LOOK, key) is None:
        memory.note(_LOOK, key, data)
    return Press(key, root, memory.file, output)


def render_stale(
    verdicts: Iterable[tuple[Verdict, Stale | None]], press: Press, workers: Workers, progress: Callable[[int], None]
) -> tuple[list[Verdict], list[Staged]]:
    """Render what is stale, while what comes after it is still being decided.

    Args:
        verdicts: As `publish.decide` gives them, one by one.
        press: Where to render.
        workers: Who renders.
        progress: Told how many outputs are decided, after each chunk.

    Returns:
        All verdicts, and what was staged for the stale ones.

    Raises:
        RenderError: templates failed.
    """
    decided: list[Verdict] = []

    def stale() -> Iterator[Stale]:
        for verdict, one in verdicts:
            decided.append(verdict)
            if one is not None:
                yield one

    make_staging(press.output)
    work = partial(render_chunk, press=press)
    staged: list[Staged] = []
    failed: dict[tuple[str, int | None], Problem] = {}
    for results in workers.run(work, stale()):
        for result in results:
            if isinstance(result, Staged):
                staged.append(result)
            else:
                failed.setdefault((result.file, result.line), result)
        progress(len(decided))
    if failed:
        raise RenderError(failed.values())
    return decided, staged


def render_chunk(chunk: Sequence[Stale], *, press: Press) -> list[Staged | Problem]:
    """Render and stage outputs; a template's failure is a Problem in the place of its output."""
    results: list[Staged | Problem] = []
    with closing(Bodies(press.memory_file)) as bodies:
        renderer = _open_renderer(press, bodies)
        for stale in chunk:
            output = Output(stale.path, _decoder.decode(stale.view), stale.owner)
            try:
                data = renderer.render(output, bodies.read_body)
            except RenderError as fault:
                results += fault.problems
            else:
                results.append(stage(press.output, stale.path, data, written=stale.written))
    return results


_decoder = msgspec.msgpack.Decoder(AnyView)
_last: "tuple[Press, Renderer] | None" = None


def _open_renderer(press: Press, bodies: Bodies) -> "Renderer":
    """The renderer of the chunk before, where it was of the same press: a worker loads each template once."""
    global _last  # noqa: PLW0603 - what a worker process keeps between chunks
    if _last is None or _last[0] != press:
        from generator.render import Renderer

        look = msgspec.msgpack.decode(bodies.recall(_LOOK, press.look), type=Look)
        _last = (press, Renderer(look.theme, look.chrome, press.root))
    return _last[1]
