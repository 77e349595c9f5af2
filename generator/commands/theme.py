"""`newsprint theme`: which themes there are, what they let a site choose, and the beginning of a new one."""

from collections.abc import Sequence
from pathlib import Path

import click

from generator.commands.report.lines import report_refusal
from generator.commands.report.themes import report_choices, report_new_theme, report_themes
from generator.config import read_config
from generator.errors import Problem, SiteError, UsageError, suggest
from generator.load.locate import locate_problems
from generator.theme import describe_theme, known_themes, list_themes, make_theme


def run_list(site: Path, *, as_json: bool) -> int:
    """List the themes at hand; the exit status."""
    try:
        themes, problems = list_themes(site, read_config(site))
    except SiteError as fault:
        return _refuse(fault, site, as_json=as_json)
    report_themes(themes, locate_problems(problems, site), as_json=as_json)
    return _status(problems)


def run_options(name: str | None, site: Path, *, as_json: bool) -> int:
    """Describe the options and tokens of a theme; the exit status.

    Raises:
        click.UsageError: there is no such theme.
    """
    try:
        config = read_config(site)
        refuse_unknown([name] if name is not None else [], site)
        theme = describe_theme(site, config, name)
    except SiteError as fault:
        return _refuse(fault, site, as_json=as_json)
    report_choices(theme, locate_problems(theme.problems, site), as_json=as_json)
    return _status(theme.problems)


def run_new(name: str, site: Path, *, extends: str, as_json: bool) -> int:
    """Begin a theme; the exit status.

    Raises:
        click.UsageError: the name cannot be that of a new theme, or there is none to extend.
    """
    try:
        read_config(site)
        files = make_theme(site, name, extends)
    except UsageError as fault:
        raise click.UsageError(str(fault)) from None
    except SiteError as fault:
        return _refuse(fault, site, as_json=as_json)
    report_new_theme(name, files, as_json=as_json)
    return 0


def refuse_unknown(names: Sequence[str], site: Path) -> None:
    """Refuse names of themes that there are not.

    Raises:
        click.UsageError: there is none of that name.
    """
    known = known_themes(site)
    for name in names:
        if name not in known:
            hint = suggest(name, known, otherwise=f"there are {', '.join(sorted(known))}")
            raise click.BadParameter(f"no theme '{name}': {hint}", param_hint="NAME")


def _refuse(fault: SiteError, site: Path, *, as_json: bool) -> int:
    report_refusal(locate_problems(fault.problems, site), as_json=as_json)
    return 1


def _status(problems: list[Problem] | tuple[Problem, ...]) -> int:
    return int(any(problem.is_error for problem in problems))
