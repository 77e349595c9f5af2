"""When the site changes next without an edit, and why."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import attrgetter

import msgspec

from generator.build import PlannedSite
from generator.digest import program_digest
from generator.inspect.accounts import find_slots, rota_of
from generator.load import Bodies
from generator.names import ContentPath, Digest, OutputPath, RecordId
from generator.outputs import Draft, Output, OutputMetadata, Plan
from generator.records import Sponsor
from generator.render import Renderer
from generator.site import ScheduledChange, ScheduledChangeKind, scheduled_changes

HAPPENINGS: dict[ScheduledChangeKind, str] = {
    "published": "is published",
    "updated": "was updated",
    "revised": "was revised",
    "expires": "expires",
    "badge-ends": "loses its badge",
    "news-ends": "leaves the news sitemap",
    "fact": "has a new fact",
    "dispute": "has a disputed fact",
    "status": "is settled, or develops again",
    "quiet": "has had no new report for long",
    "campaign-starts": "starts",
    "campaign-ends": "ends",
    "campaign-turn": "takes its turn",
}
"""What happens to a record, in words."""


class Cause(msgspec.Struct, frozen=True):
    """What happens at a moment, and to which record."""

    kind: ScheduledChangeKind
    id: RecordId
    title: str
    file: ContentPath


class Forecast(msgspec.Struct, frozen=True):
    """When the outputs change next by themselves (aware UTC), and why; `at` is None if only an edit changes them."""

    at: datetime | None
    causes: tuple[Cause, ...] = ()


def forecast(known: PlannedSite) -> Forecast:
    """Find the first moment after the time of the request at which any output comes, goes or has other bytes."""
    now = known.request.now
    moments = list(scheduled_changes(known.prepared.site, after=now))
    coming = [*moments, *_next_turns(known, now)]
    coming.sort(key=lambda turn: (turn.at, turn.kind, turn.record.file, turn.record.id))
    with closing(Bodies(known.cache.file)) as bodies:
        comparison = _Comparison(known, bodies)
        for at, together in groupby(coming, key=attrgetter("at")):
            seen = [turn for turn in together if _may_be_seen(turn, known)]
            if seen and comparison.is_other(known.prepared.plan_at(at)):
                return Forecast(at, tuple(map(_cause_of, seen)))
    return Forecast(None)


def _next_turns(known: PlannedSite, now: datetime) -> Iterator[ScheduledChange]:
    """The first moment after now at which a slot passes to another campaign, and all campaigns that get one then.

    The search ends when every slot has shown each of its campaigns once after the last start or end of a campaign.
    """
    sponsors, rota, slots = known.prepared.site.sponsors, rota_of(known), find_slots(known)
    lineups = (stretch.lineup for slot in slots for stretch in rota.stretches(slot) if len(stretch.lineup) > 1)
    bounds = [bound for one in rota.campaigns.values() for bound in (one.starts, one.ends) if bound]
    settled = max([now, *bounds])
    most = max((sum(one.weight for one in lineup) for lineup in lineups), default=0)
    moment = now
    while most and (after := rota.next_turn(moment)) is not None:
        most -= moment >= settled
        moment, time = after, rota.time_at(after)
        takers = {chosen.id for slot in slots if (chosen := rota.decide(slot, time)) and chosen.id != slot.chosen}
        if takers:
            yield from (ScheduledChange(moment, "campaign-turn", sponsors[one]) for one in sorted(takers))
            return


def _may_be_seen(turn: ScheduledChange, known: PlannedSite) -> bool:
    """Whether the record is public at that moment, or until then."""
    record = turn.record
    if record.draft and not known.request.drafts:
        return False
    if isinstance(record, Sponsor):
        return True
    if record.expires is not None and record.expires < turn.at:
        return False
    is_public = record.published is None or record.published <= turn.at
    return is_public and (turn.kind != "news-ends" or known.config.outputs.news_sitemap)


def _cause_of(turn: ScheduledChange) -> Cause:
    record = turn.record
    title = record.headline if isinstance(record, Sponsor) else getattr(record, "title", record.id)
    return Cause(turn.kind, record.id, title, record.file)


class _Comparison:
    """Compares the plans of other moments with the present one, and renders as little as possible."""

    def __init__(self, known: PlannedSite, bodies: Bodies) -> None:
        self._plan = known.prepared.plan
        self._before = known.before
        self._read_body: Callable[[Digest], str] = bodies.read_body
        self._open = partial(Renderer, known.prepared.theme, limits=known.config.limits, root=known.root)
        self._drafts = {draft.path: draft for draft in self._plan.drafts}

    def is_other(self, plan: Plan) -> bool:
        """Whether any output of another plan comes, goes, or has other bytes."""
        if plan.chrome != self._plan.chrome or self._drafts.keys() != {draft.path for draft in plan.drafts}:
            return True
        if self._is_any_other(((self._drafts[draft.path], draft) for draft in plan.drafts), plan):
            return True
        last = [list(one.complete(self._metadata_of(one))) for one in (self._plan, plan)]
        first, second = ({draft.path: draft for draft in drafts} for drafts in last)
        return first.keys() != second.keys() or self._is_any_other(
            ((draft, second[path]) for path, draft in first.items()), plan
        )

    def _is_any_other(self, pairs: Iterable[tuple[Draft, Draft]], plan: Plan) -> bool:
        for one, other in pairs:
            if one.key is not None and one.key == other.key:
                continue
            first, second = Output(one.path, one.make(), one.owner), Output(other.path, other.make(), other.owner)
            if first.view != second.view or one.kind is not other.kind:
                before, after = self._open(self._plan.chrome), self._open(plan.chrome)
                if before.render(first, self._read_body) != after.render(second, self._read_body):
                    return True
        return False

    def _metadata_of(self, plan: Plan) -> dict[OutputPath, OutputMetadata]:
        is_same_program = self._before.program == program_digest()
        found: dict[OutputPath, OutputMetadata] = {}
        for draft in plan.drafts:
            entry = self._before.entries.get(draft.path) if is_same_program and draft.key is not None else None
            is_same = entry is not None and entry.key == draft.key
            found[draft.path] = entry.metadata if entry and is_same else draft.read_metadata(draft.make())
        return found
