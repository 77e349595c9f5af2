"""What `newsprint theme` prints."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from generator.commands.report.lines import count, print_json, print_problems
from generator.errors import LocatedProblem
from generator.theme import OptionLine, Schemes, ThemeDescription, ThemeLine, TokenLine

if TYPE_CHECKING:  # to list themes needs nothing of what it takes to check one
    from generator.theme_check import ThemeReport


class ThemeReporter:
    """Reports how themes kept the contract: their problems and a line each, or one JSON document."""

    def __init__(self, *, as_json: bool) -> None:
        """Take how to speak."""
        self._as_json = as_json
        self._has_passed = True
        self._document: dict[str, Any] = {"passed": True, "themes": [], "problems": ()}

    def done(self, report: "ThemeReport") -> None:
        """Report one theme."""
        self._has_passed = self._has_passed and report.has_passed
        if self._as_json:
            said = {name: getattr(report, name) for name in report.__struct_fields__}
            self._document["themes"].append({**said, "passed": report.has_passed})
            return
        print_problems(report.problems)
        print(f"{report.theme}: {_verdict(report)}")

    def refused(self, problems: Sequence[LocatedProblem]) -> None:
        """Report why no theme could be chosen."""
        self._has_passed = False
        self._document["problems"] = problems
        if not self._as_json:
            print_problems(problems)

    def failed(self, message: str) -> None:
        """Report that nothing could be written."""
        self._has_passed = False
        self._document["failure"] = message
        if not self._as_json:
            print(f"newsprint: {message}", file=sys.stderr)

    def end(self) -> int:
        """Print the document where one is wanted; the exit status."""
        if self._as_json:
            print_json({**self._document, "passed": self._has_passed})
        return 0 if self._has_passed else 1


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


def report_themes(themes: Sequence[ThemeLine], problems: Sequence[LocatedProblem], *, as_json: bool) -> None:
    """Report the themes at hand, the one in use marked."""
    if as_json:
        print_json({"themes": themes, "problems": problems})
        return
    for theme in themes:
        below = f", on {theme.extends}" if theme.extends else ""
        print(f"{'*' if theme.is_used else ' '} {theme.name}{below} ({theme.folder})")
        print(f"    {' '.join(filter(None, (f'{theme.title}.', theme.description)))}")
    print_problems(problems)


def report_choices(theme: ThemeDescription, problems: Sequence[LocatedProblem], *, as_json: bool) -> None:
    """Report what a theme lets a site choose, as lines for its `site.toml`."""
    if as_json:
        print_json({**msgspec.structs.asdict(theme), "problems": problems})
        return
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


def report_new_theme(name: str, files: Sequence[str], *, as_json: bool) -> None:
    """Report what was made, and how to use it."""
    if as_json:
        print_json({"name": name, "files": files})
        return
    print(f"Made {', '.join(files)}.")
    print(f'To use the theme, write in site.toml:\n\n[theme]\nname = "{name}"')


def _print_choice(line: OptionLine | TokenLine, value: str, takes: str) -> None:
    print(f"\n# {' '.join(line.description.split())}\n# {takes}; declared by {line.theme}")
    print(f"{'' if line.is_chosen else '# '}{line.name} = {value}")


def _toml(value: Any) -> str:
    """A value as TOML, which writes texts, numbers and lists as JSON does."""
    return json.dumps(value, ensure_ascii=False)


def _toml_of_token(token: TokenLine, value: Schemes) -> str:
    light, dark = (css if token.type == "number" else _toml(css) for css in (value.light, value.dark))
    return light if light == dark else f"{{ light = {light}, dark = {dark} }}"
