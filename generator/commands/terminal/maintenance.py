"""What `newsprint clean`, `ping`, `releases` and `rollback` print."""

import sys
from typing import TYPE_CHECKING

from generator.commands.terminal.lines import count
from generator.commands.terminal.tables import print_table
from generator.names import hide_password, make_printable

if TYPE_CHECKING:
    from generator.clean import Leavings
    from generator.ping import Pings
    from generator.rollback import ReleaseList, Rollback

_SHOWN = 3  # of the files that stay


def print_leavings(found: "Leavings") -> None:
    """Print what would be removed."""
    for one in found.written:
        if one.outputs:
            print(f"{make_printable(one.place)}: {count(len(one.outputs), 'file')} that builds wrote")
    if found.cache:
        print(f".newsprint: {', '.join(found.cache)}")
    if found.is_empty:
        print("There is nothing to remove.")


def print_cleaned(left: "Leavings") -> None:
    """Print what was removed, and what stays."""
    for one in left.written:
        if one.changed:
            shown = ", ".join(map(make_printable, one.changed[:_SHOWN])) + (", …" if one.changed[_SHOWN:] else "")
            stay = "stays" if len(one.changed) == 1 else "stay"
            counted = f"{count(len(one.changed), 'file')} that someone changed {stay}"
            print(f"{make_printable(one.place)}: {counted}: {shown}", file=sys.stderr)
    for name in left.strangers:
        print(f".newsprint/{make_printable(name)} does not belong to newsprint and stays", file=sys.stderr)
    for place in left.elsewhere:
        print(f"what builds wrote into {make_printable(place)} stays; to remove it, use --output", file=sys.stderr)
    outputs = sum(len(one.outputs) for one in left.written)
    cache = " and the cache of its builds" if left.cache else ""
    print(f"Removed {count(outputs, 'file')} of the site{cache}.")


def print_pings(pings: "Pings") -> None:
    """Print which feeds a hub was notified of."""
    if pings.hub is None:
        print("The site has no hub: set 'hub' below [feeds] in site.toml.")
        return
    for failure in pings.failures:
        print(f"newsprint: warning: {failure}", file=sys.stderr)
    later = f"; {count(len(pings.waiting), 'feed')} will be sent next time" if pings.waiting else ""
    print(f"Notified {hide_password(pings.hub)} of {count(len(pings.told), 'changed feed')}{later}.")


_HELD = "Builds publish nothing until you run: newsprint build --resume"


def print_releases(found: "ReleaseList") -> None:
    """Print a table of releases, the last one first."""
    if not found.releases:
        print(f"{make_printable(found.place)} has no releases.")
        return
    rows = [
        (
            "live" if one.is_live else "",
            str(one.number),
            f"{one.built:%Y-%m-%d %H:%M} UTC" if one.built else "unknown",
            f"{one.outputs:,}",
            f"{one.size / 1_000_000:,.1f} MB",
        )
        for one in found.releases
    ]
    print_table(("", "release", "built", "files", "size"), rows, right=(1, 3, 4))
    if found.held:
        print(f"The site is rolled back. {_HELD}")


def print_rollback(done: "Rollback") -> None:
    """Print which release is live now, and what that means for builds."""
    place = make_printable(done.place)
    if done.live == done.before:
        print(f"Release {done.live} is live already in {place}.")
    else:
        print(f"Release {done.live} is live in {place}; before it was {done.before}.")
    if done.held:
        print(_HELD)
