"""Which outputs are stale, and why: a pure function of the plan, the theme, the ledger and what is on disk."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from generator.digest import digest_of, program_digest
from generator.names import Digest, OutputPath
from generator.outputs import Output, Plan
from generator.publish.ledger import Entry, Ledger, Stamp
from generator.theme import Theme

_NOTHING = digest_of(None)


class Reason(StrEnum):
    """Why an output is rendered, kept or removed."""

    NEW = "it is new"
    VIEW = "what it shows changed"
    LOOK = "its template, or an asset or option of the theme changed"
    CHROME = "the site's name, navigation or footer changed"
    PROGRAM = "newsprint changed"
    MISSING = "its file was gone from the output folder"
    ALTERED = "its file was changed by someone else"
    FORCED = "--force"
    SAME = "nothing that it is made from changed"
    UNPLANNED = "nothing plans it any more"


class Stale(msgspec.Struct, frozen=True):
    """An output to render. `written` is the digest of the bytes that lie there untouched, if any do."""

    output: Output
    stamp: Stamp
    reason: Reason
    written: Digest | None


class Work(msgspec.Struct, frozen=True):
    """What a build has to do, each list sorted by path."""

    render: tuple[Stale, ...]
    keep: tuple[OutputPath, ...]
    remove: tuple[OutputPath, ...]


def decide(
    plan: Plan, theme: Theme, ledger: Ledger, on_disk: Mapping[str, tuple[int, int]], *, force: bool = False
) -> Work:
    """Tell stale outputs from good ones.

    Args:
        plan: Every output that shall be.
        theme: Gives the digest of each template's closure.
        ledger: Every output that the last build left, with its stamp.
        on_disk: Size in bytes and time of change in ns of what lies in the output folder.
        force: Render everything.
    """
    chrome = digest_of(plan.chrome)
    program = program_digest()
    render: list[Stale] = []
    keep: list[OutputPath] = []
    for output in plan.outputs:
        template = output.template
        stamp = Stamp(
            digest_of(output.view),
            theme.closure_digest(template) if template else _NOTHING,
            chrome if template else _NOTHING,
            program,
        )
        entry = ledger.entries.get(output.path)
        reason = _judge(stamp, entry, on_disk.get(output.path), force=force)
        if reason is Reason.SAME:
            keep.append(output.path)
        else:
            is_intact = entry is not None and on_disk.get(output.path) == (entry.size, entry.changed_ns)
            render.append(Stale(output, stamp, reason, entry.digest if entry and is_intact else None))
    planned = {output.path for output in plan.outputs}
    return Work(tuple(render), tuple(keep), tuple(sorted(ledger.entries.keys() - planned)))


def _judge(stamp: Stamp, entry: Entry | None, lies: tuple[int, int] | None, *, force: bool) -> Reason:
    if entry is None:
        return Reason.NEW
    for part, reason in (
        ("program", Reason.PROGRAM),
        ("view", Reason.VIEW),
        ("look", Reason.LOOK),
        ("chrome", Reason.CHROME),
    ):
        if getattr(stamp, part) != getattr(entry.stamp, part):
            return reason
    if lies is None:
        return Reason.MISSING
    if lies != (entry.size, entry.changed_ns):
        return Reason.ALTERED
    return Reason.FORCED if force else Reason.SAME
