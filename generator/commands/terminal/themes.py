"""What `newsprint theme` prints."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.commands.terminal.lines import count, print_json, print_problems
from generator.commands.terminal.reporter import Reporter
from generator.errors import LocatedProblem
from generator.theme import OptionLine, Schemes, ThemeDescription, ThemeLine, TokenLine

if TYPE_CHECKING:  # not needed to list themes
    from generator.theme_check import ThemeReport


class ThemeReporter(Reporter):
    """Reports the checks of themes: their problems and a line each, or one JSON document."""

    def __init__(self, site: Path, *, as_json: bool) -> None:
        """Take the site's folder and the format."""
        super().__init__(site, as_json=as_json)
        self._themes: list[dict[str, Any]] = []
        self._problems: Sequence[LocatedProblem] = ()
        self._fault: dict[str, str] = {}

    def checked(self, report: "ThemeReport") -> None:
        """Report one theme."""
        self.status |= not report.has_passed
        if self._as_json:
            said = {name: getattr(report, name) for name in report.__struct_fields__}
            self._themes.append({**said, "passed": report.has_passed})
            return
        print_problems(report.problems)
        print(f"{report.theme}: {_verdict(report)}")

    def refused(self, problems: Sequence[LocatedProblem], _: Sequence[str] = ()) -> None:
        """Report problems that end the command."""
        self.status = 1
        self._problems = problems
        if not self._as_json:
            print_problems(problems)

    def failed(self, message: str) -> None:
        """Report that files could not be written."""
        self.status = 1
        self._fault = {"failure": message}
        if not self._as_json:
            super().failed(message)

    def sum_up(self) -> None:
        """Print the JSON document if it is requested."""
        if self._as_json:
            themes = {"themes": self._themes, "problems": self._problems}
            print_json({"passed": not self.status, **themes, **self._fault})


def _verdict(report: "ThemeReport") -> str:
    errors = sorted({problem.code for problem in report.problems if problem.is_error})
    warnings = sum(not problem.is_error for problem in report.problems)
    advice = f"; {count(warnings, 'warning')}" if warnings else ""
    if not report.pages:
        return f"cannot be built: {', '.join(errors)}"
    pages, weights = count(report.pages, "page"), _weights(report)
    if errors:
        return f"{pages} break {count(len(errors), 'rule')} of {report.rules}: {', '.join(errors)}{advice}; {weights}"
    return f"{pages} keep all {report.rules} rules{advice}; {weights}"


def _weights(report: "ThemeReport") -> str:
    names = {"article-weight": "an article", "front-weight": "the front page, gzipped,"}
    shown = (
        f"{name} {weight.bytes / 1024:.1f} of {weight.most / 1024:.0f} KB"
        for code, name in names.items()
        if (weight := report.weights.get(code))
    )
    return " and ".join(shown)


def print_themes(themes: Sequence[ThemeLine], problems: Sequence[LocatedProblem]) -> None:
    """Print the available themes and mark the one in use."""
    for theme in themes:
        below = f", on {theme.extends}" if theme.extends else ""
        print(f"{'*' if theme.is_used else ' '} {theme.name}{below} ({theme.folder})")
        print(f"    {' '.join(filter(None, (f'{theme.title}.', theme.description)))}")
    print_problems(problems)


def print_choices(theme: ThemeDescription, problems: Sequence[LocatedProblem]) -> None:
    """Print the options and tokens of a theme as lines for `site.toml`."""
    print(f"# {' on '.join(theme.chain)}")
    if theme.options:
        print("\n[theme.options]")
    for option in theme.options:
        _print_choice(option, _toml(option.value), f"{option.takes}; default {_toml(option.default)}")
    if theme.tokens:
        print("\n[theme.tokens]")
    for token in theme.tokens:
        _print_choice(
            token, _toml_of_token(token, token.value), f"{token.type}; default {_toml_of_token(token, token.default)}"
        )
    print_problems(problems)


def _print_choice(line: OptionLine | TokenLine, value: str, takes: str) -> None:
    print(f"\n# {' '.join(line.description.split())}\n# {takes}; declared by {line.theme}")
    print(f"{'' if line.is_chosen else '# '}{line.name} = {value}")


def _toml(value: Any) -> str:
    """A value as TOML; texts, numbers and lists are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)


def _toml_of_token(token: TokenLine, value: Schemes) -> str:
    light, dark = (css if token.type == "number" else _toml(css) for css in (value.light, value.dark))
    return light if light == dark else f"{{ light = {light}, dark = {dark} }}"
