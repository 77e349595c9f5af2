"""Outputs beyond a limit of `[limits]`: each refuses the build, at once."""

from functools import partial
from typing import Any, NoReturn

import msgspec

from generator import publish
from generator.errors import Problem, RenderError
from generator.guard import Guard, Loss
from generator.limits import CODE, Limits, exceed
from generator.outputs import ANY_VIEW
from generator.theme import Theme

_WALL = 20  # seconds per second of processor time: a process may have to wait for its turn


def is_beyond(problem: Problem) -> bool:
    """Whether it is one with a limit."""
    return problem.code == CODE


def guard_outputs(theme: Theme, limits: Limits) -> Guard[publish.RenderTask, Any]:
    """The guard of outputs: one that ends its process is refused by name."""
    lose = partial(_lose, theme=theme, limits=limits)
    return Guard(lambda _: False, lose, limits.output_seconds * _WALL)


def _lose(task: publish.RenderTask, loss: Loss, theme: Theme, limits: Limits) -> NoReturn:
    template = type(msgspec.msgpack.decode(task.view, type=ANY_VIEW)).template
    file = theme.place_of(template) if template else task.owner
    remedy = f"it is made from {task.owner}"
    match loss:
        case Loss.TIME:
            expected, limit = f"at most {limits.output_seconds} s of processor time", "output_seconds"
            problem = exceed(file, f"rendering {task.path} takes too long", expected, limit, remedy=remedy)
        case Loss.MEMORY:
            expected, limit = f"at most {limits.output_memory:,} bytes", "output_memory"
            problem = exceed(file, f"rendering {task.path} takes too much memory", expected, limit, remedy=remedy)
        case Loss.CRASH:
            hint = f"{remedy}; if memory is short, try --workers 1, else please report it"
            problem = Problem(file=file, code=CODE, message=f"rendering {task.path} ended the process", hint=hint)
    raise RenderError([problem])
