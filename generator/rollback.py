"""Lists the releases of a site, and lets readers have an earlier one again."""

from pathlib import Path

import msgspec

from generator.build import find_releases
from generator.errors import PublishError, UsageError, os_errors_at
from generator.publish import Waiting, hold_staging, lock_output, lock_site, wait_silently
from generator.publish.releases import Release, Releases


class ReleaseList(msgspec.Struct, frozen=True):
    """The complete releases at a place, the last one first; if they are `held`, builds publish nothing."""

    place: str
    releases: tuple[Release, ...]
    held: bool


class Rollback(msgspec.Struct, frozen=True):
    """The release that was live, the one that is, and whether builds publish nothing from now on."""

    place: str
    before: int
    live: int
    held: bool


def list_releases(root: Path, output: Path | str) -> ReleaseList:
    """List the releases of a site.

    Raises:
        PublishError: the output is a store, or cannot be read.
    """
    found = find_releases(output, root.resolve())
    with os_errors_at(found.folder):
        return ReleaseList(str(found.link), tuple(found.describe()), found.is_held)


def roll_back(
    root: Path, output: Path | str, number: int | None = None, *, waiting: Waiting = wait_silently
) -> Rollback:
    """Let readers have another release, by default the one before; the site itself is not read.

    Args:
        root: The site's folder.
        output: Where its builds go.
        number: That of the release, which may also be later than the live one.
        waiting: Called while another command works on the site or the releases.

    Raises:
        UsageError: the release does not exist.
        PublishError: files of the release are missing or changed, or the system refuses.
    """
    root = root.resolve()
    found = find_releases(output, root)
    if found.live is None:
        raise PublishError(
            str(found.link), "it is not a link to a release; set mode = 'release' in [publish] and build"
        )
    with lock_site(root, by="newsprint rollback", waiting=waiting), lock_output(found.folder, waiting):
        live = found.live
        assert live is not None, "only builds remove the link, and they wait"
        chosen = _choose(found, live, number)
        with os_errors_at(found.link), hold_staging(found.open(live)):
            if chosen != live:
                found.roll_back(chosen)
        return Rollback(str(found.link), live, chosen, found.is_held)


def _choose(found: Releases, live: int, number: int | None) -> int:
    known = found.numbers
    earlier = [one for one in known if one < live]
    if number is None and not earlier:
        raise UsageError(f"there is no release before {live}, which is live")
    if number is not None and number not in known:
        raise UsageError(f"there is no release {number}; there are {', '.join(map(str, known))}")
    return earlier[-1] if number is None else number
