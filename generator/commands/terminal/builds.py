"""What `newsprint build` and `newsprint serve` print."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.build import Report, Request
from generator.commands.terminal.lines import count, count_up, name_place, print_json, print_problems, show_place
from generator.commands.terminal.reporter import Reporter, print_unchecked
from generator.errors import LocatedProblem
from generator.names import make_printable

if TYPE_CHECKING:
    from generator.serve import Preview
    from generator.watch import Outcome


_NUMBERS = ("read", "rendered", "written", "kept", "removed")


class BuildReporter(Reporter):
    """Reports one build: in lines, or as one JSON document."""

    def __init__(self, request: Request, *, quiet: bool, as_json: bool) -> None:
        """Take the request and the options for output."""
        super().__init__(request.root, as_json=as_json, quiet=quiet)
        self._request = request

    def built(self, report: Report) -> None:
        """Report a published site."""
        self.end()
        if self._as_json:
            print_json(self._document(report, report.problems))
            return
        _print_healed(report)
        if self._request.explain:
            for path, (fate, reason) in report.reasons.items():
                print(f"{fate:<8}  {path}: {reason}")
        print_problems(report.problems)
        if self._quiet:
            return
        if report.left_out:
            print(f"Left out {count(len(report.left_out), 'record')}: {', '.join(report.left_out)}.")
        number = _count_warnings(report.problems)
        warnings = count(number, "warning") if number else "no warnings"
        print(
            f"Read {count(report.read, 'record')}{show_withheld(report.withheld)}; "
            f"rendered {count(report.rendered, 'output')} ({report.written} written), kept {report.kept}, "
            f"removed {report.removed}; {warnings}; {self.seconds:.2f} s. "
            f"The site is in {show_place(self._request.output)}."
        )

    def refused(self, problems: Sequence[LocatedProblem], unchecked: Sequence[str] = ()) -> None:
        """Report why the site cannot be published."""
        super().refused(problems, unchecked)
        if not self._as_json:
            output = self._request.output
            is_there = isinstance(output, str) or output.exists()
            there = f"the site in {show_place(output)} is untouched" if is_there else "there is no site yet"
            print(f"{count_up(problems)}. Nothing was published; {there}.", file=sys.stderr)

    def _refusal(self, problems: Sequence[LocatedProblem], unchecked: Sequence[str]) -> dict[str, Any]:
        return self._document(None, problems) | {"unchecked": unchecked}

    def _failure(self) -> dict[str, Any]:
        return self._document(None, ())

    def _document(self, report: Report | None, problems: Sequence[LocatedProblem]) -> dict[str, Any]:
        return _describe(self._request, report, problems, self.seconds)


def _describe(
    request: Request, report: Report | None, problems: Sequence[LocatedProblem], seconds: float
) -> dict[str, Any]:
    """The document of a build; without a report, nothing was published."""
    document = {
        "published": report is not None,
        **{name: getattr(report, name, 0) for name in _NUMBERS},
        "warnings": _count_warnings(problems),
        "problems": problems,
        "left_out": report.left_out if report else (),
        "withheld": report.withheld if report else {},
        "unchecked": (),
        "healed": report.healed if report else (),
        "seconds": round(seconds, 3),
        "output": name_place(request.output),
    }
    if report and request.explain:
        document["outputs"] = {path: {"fate": fate, "reason": why} for path, (fate, why) in report.reasons.items()}
    return document


def _print_healed(report: Report) -> None:
    for sentence in report.healed:
        print(f"note: {make_printable(sentence)}.", file=sys.stderr)


def _count_warnings(problems: Sequence[LocatedProblem]) -> int:
    return sum(not problem.is_error for problem in problems)


def show_withheld(withheld: Mapping[str, int]) -> str:
    """`, of which 2 drafts, 1 scheduled and 3 expired are not published`; empty if all are."""
    named = {"drafts": "draft"} if withheld["drafts"] == 1 else {}
    counts = [f"{number:,} {named.get(state, state)}" for state, number in withheld.items() if number]
    if not counts:
        return ""
    *first, last = counts
    listed = f"{', '.join(first)} and {last}" if first else last
    return f", of which {listed} {'is' if sum(withheld.values()) == 1 else 'are'} not published"


class LoopReporter(Reporter):
    """Reports builds that follow one another, a line or a JSON document for each; a problem that stays, once."""

    _what = "site"
    _reported: tuple[tuple[LocatedProblem, ...], str] = ((), "")

    def __init__(self, request: Request, *, as_json: bool = False, quiet: bool = False) -> None:
        """Take the request and the options for output."""
        super().__init__(request.root, as_json=as_json, quiet=quiet)
        self._request = request

    def watching(self) -> None:
        """Report where the site goes, and when it is built."""
        if not self._as_json and not self._quiet:
            place = show_place(self._request.output)
            print(f"The site goes to {place} whenever you save a file. Press Ctrl-C to stop.", flush=True)

    def built(self, outcome: "Outcome") -> None:
        """Report one build."""
        self.end()
        found = (outcome.problems, outcome.failure)
        is_news, self._reported = found != self._reported, found
        if outcome.failure and not is_news:  # the build is repeated until it succeeds
            return
        if self._as_json:
            print_json(self._document(outcome))
            sys.stdout.flush()
            return
        if is_news:
            print_problems(outcome.problems)
            print_unchecked(outcome.unchecked)
        if outcome.report:
            _print_healed(outcome.report)
        if not self._quiet or not outcome.report:
            what = outcome.failure or _sum_up(outcome, self._what)
            line = f"{outcome.at.astimezone():%H:%M:%S} {_cause(outcome)}: {what}"
            print(line, file=sys.stdout if outcome.report else sys.stderr, flush=True)

    def _document(self, outcome: "Outcome") -> dict[str, Any]:
        document = _describe(self._request, outcome.report, outcome.problems, outcome.seconds)
        document |= {"changed": outcome.changed, "at": outcome.at, "unchecked": outcome.unchecked}
        return document | ({"failure": outcome.failure} if outcome.failure else {})


class PreviewReporter(LoopReporter):
    """Reports the builds of a preview."""

    _what = "preview"

    def serving(self, address: str, preview: "Preview", *, is_open: bool) -> None:
        """Report the address of the preview, who can see it, and what it shows until it is built."""
        print(f"The preview is at {address} and is rebuilt when you save a file. Press Ctrl-C to stop.", flush=True)
        if is_open:
            shown = "the site" if preview.published else "the site, including drafts"
            print(f"warning: everyone who can reach this machine can see {shown}.", file=sys.stderr, flush=True)
        if not (preview.folder / "index.html").exists() and preview.meanwhile:
            print("Until it is built, it shows the site in public/.", flush=True)


def _cause(outcome: "Outcome") -> str:
    if not outcome.changed:
        return "built"
    first, *others = outcome.changed
    shown = make_printable(first)
    return f"{shown} and {count(len(others), 'other file')} changed" if others else f"{shown} changed"


def _sum_up(outcome: "Outcome", what: str) -> str:
    counts, report = count_up(outcome.problems), outcome.report
    if report is None:
        return f"{counts}; the {what} is unchanged"
    rendered = f"rendered {count(report.rendered, 'output')}" if report.rendered else "nothing to render"
    removed = f"removed {report.removed}" if report.removed else ""
    return ", ".join(filter(None, (rendered, removed, counts))) + f" in {outcome.seconds:.2f} s"
