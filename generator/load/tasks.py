"""The items of a list that are tasks."""

import re

from generator.load.marks import DONE_TASK, OPEN_TASK

_TASK = re.compile(
    rf"<li>(\s*(?:<p>\s*)?)([{OPEN_TASK}{DONE_TASK}])\s*(.*?)"
    r"(?=\s*(?:</?(?:blockquote|dl|div|figure|h[1-6]|li|ol|p|pre|table|ul)\b|<hr>|\Z))",
    re.DOTALL,
)
_SIGNS = str.maketrans({OPEN_TASK: "☐ ", DONE_TASK: "☑ "})


def write_tasks(html: str) -> str:
    """Write the tasks of sanitised HTML as boxes that nobody can tick, each labelled by the words of its item."""
    return _TASK.sub(_write_task, html).translate(_SIGNS)


def _write_task(match: re.Match[str]) -> str:
    checked = " checked" if match[2] == DONE_TASK else ""
    box = f'<input type="checkbox" disabled{checked}>'
    return f'<li class="task">{match[1]}<label>{box} {match[3]}</label>'
