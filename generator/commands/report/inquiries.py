"""What the commands print that ask about a site: next, explain, diff, sponsors and list."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath

import msgspec

from generator.commands.report.lines import count, print_json, print_table, show_line, show_time
from generator.inquire import (
    HAPPENINGS,
    PLACES,
    Account,
    Accounts,
    Cause,
    Difference,
    Forecast,
    Listed,
    Makeup,
    SlotStory,
)


def report_forecast(found: tuple[Forecast, datetime], *, as_json: bool) -> None:
    """Report when the site changes by itself, and why."""
    forecast, now = found
    wait = forecast.at - now if forecast.at else None
    if as_json:
        print_json(
            {
                "now": now,
                "next": forecast.at,
                "seconds": int(wait.total_seconds()) if wait is not None else None,
                "causes": forecast.causes,
            }
        )
        return
    if forecast.at is None or wait is None:
        print("Nothing will change by itself.")
        return
    print(f"{show_time(forecast.at)}, in {_show_wait(wait)}:")
    for cause in forecast.causes:
        print(f"  {_tell_cause(cause)} ({cause.file})")


def _tell_cause(cause: Cause) -> str:
    return f"'{show_line(cause.title)}' {HAPPENINGS[cause.kind]}"


def _show_wait(wait: timedelta) -> str:
    minutes, seconds = divmod(int(wait.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [f"{days:,} d" if days else "", f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""]
    return " ".join(filter(None, [*parts, f"{seconds} s" if seconds and not days else ""])) or "a moment"


def report_makeup(makeup: Makeup, *, as_json: bool) -> None:
    """Report what an output is made of."""
    if as_json:
        print_json(msgspec.structs.asdict(makeup))
        return
    print(f"{makeup.path}\n  {makeup.view} of {makeup.owner}")
    _print_lines("shows", makeup.records)
    _print_lines("templates", makeup.templates)
    _print_lines("assets", makeup.assets)
    for slot in makeup.slots:
        _print_slot(slot)
    if makeup.rendered:
        print(f"last rendered {show_time(makeup.rendered[0])}: {makeup.rendered[1]}")
    else:
        print("never rendered into this output folder")
    print(f"a build now: {'rendered' if makeup.is_stale else 'kept'}: {makeup.now}")


def _print_lines(title: str, lines: Sequence[str]) -> None:
    if lines:
        print(f"{title}:")
        for line in lines:
            print(f"  {line}")


def _print_slot(slot: SlotStory) -> None:
    print(f"sponsored slot ({slot.place}, {slot.spot}): {slot.chosen or 'empty'}")
    for one in slot.candidates:
        drawn = f" (score {one.score:.2f})" if one.score is not None else ""
        print(f"  {'*' if one.id == slot.chosen else '-'} {one.id}: {one.verdict}{drawn}")


_NAMED = 3  # of the outputs besides pages that are many


def report_differences(differences: Iterable[Difference], *, is_folded: bool, as_json: bool) -> None:
    """Report the pages that a build would change, one by one, and how much it is; `is_folded` counts all else only."""
    if as_json:
        found = list(differences)
        fates = Counter(one.fate for one in found)
        print_json({**{fate: fates[fate] for fate in ("new", "changed", "gone")}, "outputs": found})
        return
    fates = Counter()
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
    said = ", ".join(f"{fates[fate]:,} {fate}" for fate in ("new", "changed", "gone") if fates[fate])
    print(f"A build would make {said}." if said else "A build would change nothing.", file=sys.stderr)


def report_accounts(accounts: Accounts, *, as_csv: bool, as_json: bool) -> None:
    """Report what each campaign gets."""
    if as_json:
        print_json(msgspec.structs.asdict(accounts))
        return
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([*_COLUMNS, "kept_away", "conflicts"])
        for one in accounts.accounts:
            cells = (*_row(one, nothing=""), str(one.kept_away), "; ".join(one.conflicts))
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
        return
    if not accounts.accounts:
        print("There are no campaigns: content/sponsors/ holds none.")
        return
    print_table(_COLUMNS, [_row(one) for one in accounts.accounts], right=range(6, len(_COLUMNS)))
    for one in accounts.accounts:
        for conflict in one.conflicts:
            print(f"{one.file}: {conflict}", file=sys.stderr)
    empty = sum(accounts.empty.values())
    print(f"\n{count(sum(accounts.slots.values()), 'slot')}, {empty:,} of them empty.")


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection")."""

_COLUMNS = ("campaign", "sponsor", "state", "starts", "ends", "places", "weight", *PLACES, "share", "due")


def _row(account: Account, *, nothing: str = "–") -> list[str]:
    starts, ends = (show_time(at) if at else nothing for at in (account.starts, account.ends))
    return [
        *(account.id, account.sponsor, account.state, starts, ends),
        *("+".join(account.places), str(account.weight)),
        *(str(account.slots.get(place, 0)) for place in PLACES),
        *(f"{account.share:.0%}", f"{account.due:.0%}"),
    ]


def report_list(listed: Sequence[Listed], *, name: str, as_json: bool) -> None:
    """Report a list of records, a line each."""
    if as_json:
        print_json({"list": name, "records": listed})
        return
    if not listed:
        print(f"Nothing is in the list '{name}'.", file=sys.stderr)
        return
    print_table(("file", "time", "title", "why"), [(one.file, show_time(one.at), one.title, one.why) for one in listed])
