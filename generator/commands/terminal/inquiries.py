"""What `newsprint next`, `explain`, `diff`, `sponsors` and `list` print."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from generator.commands.terminal.lines import count, print_json, print_problems, show_line, show_time
from generator.commands.terminal.reporter import Reporter
from generator.commands.terminal.tables import print_line, print_table
from generator.errors import LocatedProblem
from generator.inspect import (
    HAPPENINGS,
    PLACES,
    Account,
    Accounts,
    Forecast,
    ListLine,
    Makeup,
    OutputDifference,
    UnpublishedRecord,
)


def report_forecast(forecast: Forecast, now: datetime, reporter: Reporter) -> None:
    """Report when the site changes by itself, and why."""
    seconds = int((forecast.at - now).total_seconds()) if forecast.at else None
    document = {"now": now, "next": forecast.at, "seconds": seconds, "causes": forecast.causes}
    reporter.report(document, lambda: _print_forecast(forecast, now))


def _print_forecast(forecast: Forecast, now: datetime) -> None:
    if forecast.at is None:
        print("Nothing will change by itself.")
        return
    print_line(f"{show_time(forecast.at)}, in {_show_wait(forecast.at - now)}:")
    for cause in forecast.causes:
        print_line(f"  '{show_line(cause.title)}' {HAPPENINGS[cause.kind]} ({cause.file})")


def _show_wait(wait: timedelta) -> str:
    minutes, seconds = divmod(int(wait.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [f"{days:,} d" if days else "", f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""]
    return " ".join(filter(None, [*parts, f"{seconds} s" if seconds and not days else ""])) or "a moment"


def print_makeup(makeup: Makeup | UnpublishedRecord, now: datetime) -> None:
    """Print what an output is made of, or why a record has none."""
    if isinstance(makeup, UnpublishedRecord):
        _print_unpublished(makeup, now)
        return
    print_line(makeup.path)
    print_line(f"  {makeup.view} of {makeup.owner}")
    for title, lines in (("shows", makeup.records), ("templates", makeup.templates), ("assets", makeup.assets)):
        if lines:
            print_line(f"{title}:")
        for line in lines:
            print_line(f"  {line}")
    for slot in makeup.slots:
        print_line(f"sponsored slot ({slot.place}, {slot.spot}): {slot.chosen or 'empty'}")
        for one in slot.candidates:
            drawn = f" (share {one.share:.0%})" if one.share is not None else ""
            print_line(f"  {'*' if one.id == slot.chosen else '-'} {one.id}: {one.verdict}{drawn}")
    if makeup.rendered:
        print_line(f"last rendered {show_time(makeup.rendered[0])}: {makeup.rendered[1]}")
    else:
        print_line("never rendered into this output folder")
    print_line(f"a build now: {'rendered' if makeup.is_stale else 'kept'}: {makeup.now}")


def _print_unpublished(record: UnpublishedRecord, now: datetime) -> None:
    """Print why readers do not see a record, when they will, and how to see it now."""
    print_line(record.owner)
    print_line(f"  {_WHY[record.state].format(comes=show_time(record.comes), ends=show_time(record.ends))}")
    if record.state == "drafts":
        print_line(f"without 'draft: true': {_explain_draft(record, now)}")
    if record.state == "scheduled" and record.comes:
        print_line(f"a build publishes it in {_show_wait(record.comes - now)}, or later")
    if record.state != "expired" and record.kind != "sponsor":
        print_line("until then, 'newsprint serve' shows it with a mark")


_WHY = {
    "drafts": "not published: it is a draft",
    "scheduled": "not published yet: it is scheduled for {comes}",
    "expired": "not published: it expired at {ends}",
}


def _explain_draft(record: UnpublishedRecord, now: datetime) -> str:
    if record.ends is not None and record.ends <= now:
        return f"not published either: it expired at {show_time(record.ends)}"
    if record.comes is not None and record.comes > now:
        return f"published at {show_time(record.comes)}, in {_show_wait(record.comes - now)}"
    return "published by the next build"


_FATES = ("new", "changed", "gone")
_NAMED = 3  # of the outputs besides pages that are many


def report_differences(
    differences: Iterable[OutputDifference], problems: Sequence[LocatedProblem], *, is_folded: bool, as_json: bool
) -> None:
    """Report each page that a build would change, the totals, and the addresses that would vanish.

    With `is_folded`, outputs besides pages are only counted.
    """
    fates: Counter[str] = Counter()
    if as_json:
        found = list(differences)
        fates.update(one.fate for one in found)
        print_json({**{fate: fates[fate] for fate in _FATES}, "outputs": found, "problems": problems})
        return
    folded: Counter[str] = Counter()
    for one in differences:
        fates[one.fate] += 1
        if one.patch:
            print("\n".join(one.patch))
        elif is_folded and not one.path.endswith(".html"):
            folded[PurePosixPath(one.path).name] += 1
        else:
            print(f"{one.fate:<7}  {one.path}: {one.reason}")
    if folded:
        names = ", ".join(f"{number:,} {name}" for name, number in folded.most_common(_NAMED))
        print(f"and {count(sum(folded.values()), 'output')} besides pages, such as {names} (--all names each)")
    sys.stdout.flush()  # before the totals on standard error
    said = ", ".join(f"{fates[fate]:,} {fate}" for fate in _FATES if fates[fate])
    print_problems(problems)
    print(f"A build would make {said}." if said else "A build would change nothing.", file=sys.stderr)


def print_csv(accounts: Accounts) -> None:
    """Print what each campaign gets as comma-separated values."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*_COLUMNS, "kept_away", "conflicts"])
    for one in accounts.accounts:
        cells = (*_row(one, nothing=""), str(one.kept_away), "; ".join(one.conflicts))
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])


def print_accounts(accounts: Accounts) -> None:
    """Print what each campaign gets as a table."""
    if not accounts.accounts:
        print("There are no campaigns in content/sponsors/.")
        return
    print_table(_COLUMNS, [_row(one) for one in accounts.accounts], right=range(6, len(_COLUMNS)))
    for one in accounts.accounts:
        for conflict in one.conflicts:
            print(f"{one.file}: {conflict}", file=sys.stderr)
    empty = sum(accounts.empty.values())
    print(f"\n{count(sum(accounts.slots.values()), 'slot')}, {empty:,} of them empty.")


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""The beginnings of formulas in spreadsheets (OWASP, "CSV Injection")."""

_COLUMNS = (
    *("campaign", "sponsor", "state", "starts", "ends", "places", "weight"),
    *(*PLACES, "share", "due", "promised", "given"),
)


def _row(account: Account, *, nothing: str = "–") -> list[str]:
    starts, ends = (show_time(at) if at else nothing for at in (account.starts, account.ends))
    return [
        *(account.id, account.sponsor, account.state, starts, ends),
        *("+".join(account.places), str(account.weight)),
        *(str(account.slots.get(place, 0)) for place in PLACES),
        *(f"{account.share:.0%}", f"{account.due:.0%}"),
        nothing if account.promised is None else f"{account.promised:.0f}",
        nothing if account.given is None else str(account.given),
    ]


def print_list(listed: Sequence[ListLine], name: str) -> None:
    """Print a list of records, one per line."""
    if not listed:
        print(f"Nothing is in the list '{name}'.", file=sys.stderr)
        return
    print_table(("file", "time", "title", "why"), [(one.file, show_time(one.at), one.title, one.why) for one in listed])
