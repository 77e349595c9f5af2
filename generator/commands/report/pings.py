"""What `newsprint ping` prints."""

import sys

import msgspec

from generator.commands.report.lines import count, print_json
from generator.names import hide_password
from generator.ping import Pings


def report_pings(pings: Pings, *, as_json: bool) -> None:
    """Report what a hub was told."""
    if as_json:
        print_json(msgspec.structs.asdict(pings))
        return
    if pings.hub is None:
        print("The site names no hub: there is no [feeds] hub in site.toml.")
        return
    for failure in pings.failures:
        print(f"newsprint: warning: {failure}", file=sys.stderr)
    later = f"; {count(len(pings.waiting), 'feed')} will be told of the next time" if pings.waiting else ""
    print(f"Told {hide_password(pings.hub)} of {count(len(pings.told), 'changed feed')}{later}.")
