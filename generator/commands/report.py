"""What the commands print: the only file that does."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from generator.build import Report
from generator.errors import Problem
from generator.names import hide_password
from generator.theme import OptionLine, Schemes, Sheet, ThemeLine, TokenLine

if TYPE_CHECKING:  # a build does without what it takes to rehearse a theme
    from generator.ping import Pings
    from generator.rehearse import Rehearsal

_STYLES = {"error": "bold red", "warning": "bold yellow"}


class BuildReporter:
    """Reports one build: a bar on a terminal, plain lines elsewhere, or one JSON document."""

    def __init__(self, output: Path | str, *, explain: bool, as_json: bool) -> None:
        """Take where the site goes and how to speak."""
        self._output = output
        self._explain = explain
        self._as_json = as_json
        self._bar: Any = None

    def progress(self, done: int, total: int) -> None:
        """Move the bar; only on a terminal, only where there is much to do."""
        if self._as_json or not sys.stderr.isatty() or total < 100:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            # Without its refreshing thread, so that no process is forked while a thread runs.
            self._bar = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._bar.start()
            self._bar.add_task("Rendering", total=total)
        self._bar.update(0, completed=done)
        self._bar.refresh()

    def done(self, report: Report, *, seconds: float) -> None:
        """Report a published site."""
        self._end_bar()
        if self._as_json:
            _print_json(self._summary(report, seconds))
            return
        if self._explain:
            for path, (fate, reason) in report.reasons.items():
                print(f"{fate:<8}  {path}: {reason}")
        _print_problems(report.problems)
        if report.left_out:
            print(f"Left out {_count(len(report.left_out), 'record')}: {', '.join(report.left_out)}.")
        warnings = sum(not problem.is_error for problem in report.problems)
        print(
            f"Read {_count(report.read, 'record')}; rendered {_count(report.rendered, 'output')} "
            f"({report.written} written), kept {report.kept}, removed {report.removed}; "
            f"{_count(warnings, 'warning') if warnings else 'no warnings'}; {seconds:.2f} s. "
            f"The site is in {_shown(self._output)}."
        )

    def refused(self, problems: Sequence[Problem], *, seconds: float) -> None:
        """Report why the site's files cannot be published."""
        self._end_bar()
        if self._as_json:
            _print_json(self._nothing(problems, seconds))
            return
        _print_problems(problems)
        errors = sum(problem.is_error for problem in problems)
        counts = [_count(errors, "error")] if errors else []
        if warnings := len(problems) - errors:
            counts.append(_count(warnings, "warning"))
        is_there = isinstance(self._output, str) or self._output.exists()
        there = f"the site in {_shown(self._output)} is untouched" if is_there else "there is no site yet"
        print(f"{', '.join(counts)}. Nothing was published; {there}.", file=sys.stderr)

    def failed(self, message: str, *, seconds: float) -> None:
        """Report that the output could not be written."""
        self._end_bar()
        if self._as_json:
            _print_json({**self._nothing((), seconds), "failure": message})
            return
        print(f"newsprint: {message}", file=sys.stderr)

    def _summary(self, report: Report, seconds: float) -> dict[str, Any]:
        summary = {
            "published": True,
            "read": report.read,
            "rendered": report.rendered,
            "written": report.written,
            "kept": report.kept,
            "removed": report.removed,
            "warnings": sum(not problem.is_error for problem in report.problems),
            "problems": report.problems,
            "left_out": report.left_out,
            "seconds": round(seconds, 3),
            "output": _named(self._output),
        }
        if self._explain:
            summary["outputs"] = {path: {"fate": fate, "reason": why} for path, (fate, why) in report.reasons.items()}
        return summary

    def _nothing(self, problems: Sequence[Problem], seconds: float) -> dict[str, Any]:
        return {
            "published": False,
            "read": 0,
            "rendered": 0,
            "written": 0,
            "kept": 0,
            "removed": 0,
            "warnings": sum(not problem.is_error for problem in problems),
            "problems": problems,
            "left_out": [],
            "seconds": round(seconds, 3),
            "output": _named(self._output),
        }

    def _end_bar(self) -> None:
        if self._bar is not None:
            self._bar.stop()


class RehearsalReporter:
    """Reports how themes kept the contract: their problems and a line each, or one JSON document."""

    def __init__(self, *, as_json: bool) -> None:
        """Take how to speak."""
        self._as_json = as_json
        self._has_passed = True
        self._document: dict[str, Any] = {"passed": True, "themes": [], "problems": ()}

    def done(self, rehearsal: "Rehearsal") -> None:
        """Report one theme."""
        self._has_passed = self._has_passed and rehearsal.has_passed
        if self._as_json:
            said = {name: getattr(rehearsal, name) for name in rehearsal.__struct_fields__}
            self._document["themes"].append({**said, "passed": rehearsal.has_passed})
            return
        _print_problems(rehearsal.problems)
        print(f"{rehearsal.theme}: {_verdict(rehearsal)}")

    def refused(self, problems: Sequence[Problem]) -> None:
        """Report why no theme could be chosen."""
        self._has_passed = False
        self._document["problems"] = problems
        if not self._as_json:
            _print_problems(problems)

    def failed(self, message: str) -> None:
        """Report that nothing could be written."""
        self._has_passed = False
        self._document["failure"] = message
        if not self._as_json:
            print(f"newsprint: {message}", file=sys.stderr)

    def end(self) -> int:
        """Print the document where one is wanted; the exit status."""
        if self._as_json:
            _print_json({**self._document, "passed": self._has_passed})
        return 0 if self._has_passed else 1


def _verdict(rehearsal: "Rehearsal") -> str:
    errors = sorted({problem.code for problem in rehearsal.problems if problem.is_error})
    warnings = sum(not problem.is_error for problem in rehearsal.problems)
    advice = f"; {_count(warnings, 'warning')}" if warnings else ""
    if not rehearsal.pages:
        return f"cannot be built: {', '.join(errors)}"
    pages, weights = _count(rehearsal.pages, "page"), _weights(rehearsal)
    if errors:
        return (
            f"{pages} break {_count(len(errors), 'rule')} of {rehearsal.rules}: {', '.join(errors)}{advice}; {weights}"
        )
    return f"{pages} keep all {rehearsal.rules} rules{advice}; {weights}"


def _weights(rehearsal: "Rehearsal") -> str:
    names = {"article-weight": "an article", "front-weight": "the front page, gzipped,"}
    shown = (
        f"{name} {weight.bytes / 1024:.1f} of {weight.most / 1024:.0f} KB"
        for code, name in names.items()
        if (weight := rehearsal.weights.get(code))
    )
    return " and ".join(shown)


def report_themes(themes: Sequence[ThemeLine], problems: Sequence[Problem], *, as_json: bool) -> None:
    """Report the themes at hand, the one in use marked."""
    if as_json:
        _print_json({"themes": themes, "problems": problems})
        return
    for theme in themes:
        below = f", on {theme.extends}" if theme.extends else ""
        print(f"{'*' if theme.is_used else ' '} {theme.name}{below} ({theme.folder})")
        print(f"    {' '.join(filter(None, (f'{theme.title}.', theme.description)))}")
    _print_problems(problems)


def report_sheet(sheet: Sheet, problems: Sequence[Problem], *, as_json: bool) -> None:
    """Report what a theme lets a site choose, as lines for its `site.toml`."""
    if as_json:
        _print_json({**msgspec.structs.asdict(sheet), "problems": problems})
        return
    print(f"# {' on '.join(sheet.chain)}")
    if sheet.options:
        print("\n[theme.options]")
    for option in sheet.options:
        _print_choice(option, _toml(option.value), f"{option.takes}; default {_toml(option.default)}")
    if sheet.tokens:
        print("\n[theme.tokens]")
    for token in sheet.tokens:
        _print_choice(
            token, _toml_of_token(token, token.value), f"{token.type}; default {_toml_of_token(token, token.default)}"
        )
    _print_problems(problems)


def report_new_theme(name: str, files: Sequence[str]) -> None:
    """Report what was made, and how to use it."""
    print(f"Made {', '.join(files)}.")
    print(f'To use the theme, write in site.toml:\n\n[theme]\nname = "{name}"')


def report_refusal(problems: Sequence[Problem], *, as_json: bool) -> None:
    """Report why there is nothing to show."""
    if as_json:
        _print_json({"problems": problems})
        return
    _print_problems(problems)


def report_failure(message: str, *, as_json: bool) -> None:
    """Report that files or hosts kept a command from its work."""
    if as_json:
        _print_json({"failure": message})
        return
    print(f"newsprint: {message}", file=sys.stderr)


def report_pings(pings: "Pings", *, as_json: bool) -> None:
    """Report what a hub was told."""
    if as_json:
        _print_json(msgspec.structs.asdict(pings))
        return
    if pings.hub is None:
        print("The site names no hub: there is no [feeds] hub in site.toml.")
        return
    for failure in pings.failures:
        print(f"newsprint: warning: {failure}", file=sys.stderr)
    later = f"; {_count(len(pings.waiting), 'feed')} will be told of the next time" if pings.waiting else ""
    print(f"Told {hide_password(pings.hub)} of {_count(len(pings.told), 'changed feed')}{later}.")


def _print_choice(line: OptionLine | TokenLine, value: str, takes: str) -> None:
    print(f"\n# {' '.join(line.description.split())}\n# {takes}; declared by {line.theme}")
    print(f"{'' if line.is_chosen else '# '}{line.name} = {value}")


def _toml(value: Any) -> str:
    """A value as TOML, which writes texts, numbers and lists as JSON does."""
    return json.dumps(value, ensure_ascii=False)


def _toml_of_token(token: TokenLine, value: Schemes) -> str:
    light, dark = (css if token.type == "number" else _toml(css) for css in (value.light, value.dark))
    return light if light == dark else f"{{ light = {light}, dark = {dark} }}"


def format_problem(problem: Problem) -> str:
    """A Problem as lines for people.

    The place, what is wrong and its code; below it, indented, the line that was found, what was expected, a hint.
    """
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    lines = [f"{place}: {problem.severity}: {problem.message} [{problem.code}]"]
    if problem.found:
        lines.append(f"    {problem.found}")
    if problem.expected:
        lines.append(f"    expected: {problem.expected}")
    if problem.hint:
        lines.append(f"    hint: {problem.hint}")
    return "\n".join(lines)


def _print_problems(problems: Sequence[Problem]) -> None:
    if not problems:
        return
    if not sys.stderr.isatty() or "NO_COLOR" in os.environ:
        for problem in problems:
            print(format_problem(problem), file=sys.stderr)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True)
    for problem in problems:
        text = Text(format_problem(problem))
        text.highlight_words([f" {problem.severity}:"], style=_STYLES[problem.severity])
        console.print(text, highlight=False)


def _print_json(document: dict[str, Any]) -> None:
    print(msgspec.json.encode(document).decode())


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _named(output: Path | str) -> str:
    return str(output.resolve()) if isinstance(output, Path) else hide_password(output)


def _shown(output: Path | str) -> str:
    if isinstance(output, str):
        return hide_password(output)
    try:
        return f"{output.resolve().relative_to(Path.cwd())}/"
    except ValueError:
        return f"{output.resolve()}/"
