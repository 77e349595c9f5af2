"""What an output is made of, and why it was last rendered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import msgspec

from generator.build import PlannedSite
from generator.errors import NewsprintError
from generator.inspect.accounts import decide_all, rota_of
from generator.names import Kind, OutputPath, RecordId, served_path
from generator.outputs import Draft, SlotDecision, View
from generator.outputs.documents import Document
from generator.outputs.pages import ArticlePage, StoryPage
from generator.publish import Decision, Reason
from generator.records import Article, Record, Sponsor, name_of
from generator.site import Bar, Candidate, Site, WithheldState, find_withheld, is_kept_from


class CandidateReport(msgspec.Struct, frozen=True):
    """A candidate for a slot, why it was or was not chosen, and its share (0 to 1) if it takes turns there."""

    id: RecordId
    verdict: str
    share: float | None = None


class SlotReport(msgspec.Struct, frozen=True):
    """A sponsored slot: its place, what it shows, and all campaigns of the site, the largest share first."""

    spot: str
    place: str
    chosen: str | None
    candidates: tuple[CandidateReport, ...]


class Makeup(msgspec.Struct, frozen=True, kw_only=True):
    """What an output is made of.

    `owner` is the record's file, or another name; `records` are the files of the other records that it shows
    or links to, sorted.
    `templates` and `assets` are those that its template uses, including itself; empty if it has no template.
    `rendered` is when (aware UTC) and why it was last rendered; None if it is new.
    `now` is why a build would render or keep it.
    """

    path: OutputPath
    view: str
    owner: str
    records: tuple[str, ...]
    templates: tuple[str, ...]
    assets: tuple[str, ...]
    slots: tuple[SlotReport, ...]
    rendered: tuple[datetime, str] | None
    now: Reason

    @property
    def is_stale(self) -> bool:
        """Whether a build would render it."""
        return self.now is not Reason.SAME


class UnpublishedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record that readers do not see, and why.

    `comes` and `ends` (aware UTC) are when it is published and when it expires; None without a limit.
    """

    owner: str
    kind: Kind
    state: WithheldState
    comes: datetime | None
    ends: datetime | None


class UnknownOutputError(NewsprintError):
    """There is no such output; carries the paths of all outputs, and why a record has none."""

    def __init__(self, paths: Iterable[str], why: str = "") -> None:
        """Take the paths of all outputs, and what is known of the missing one."""
        self.paths = tuple(paths)
        self.why = why
        super().__init__("no such output")


def explain_output(known: PlannedSite, named: str) -> Makeup | UnpublishedRecord:
    """Explain an output, or why a record has none.

    Args:
        known: The site as planned.
        named: The path, address or file of the output, or the file of the record that it is about.

    Raises:
        UnknownOutputError: nothing is planned there.
    """
    plan, theme, manifest = known.prepared.plan, known.prepared.theme, known.before
    decisions = {decision.path: decision for decision in decide_all(known)}
    by_path = {draft.path: draft for draft in plan.drafts}
    metadata = {path: decisions[path].metadata for path in by_path}
    by_path |= {draft.path: draft for draft in plan.complete(metadata)}
    draft = _find_draft(known, named, by_path)
    if draft is None:
        return _find_unpublished(known, named, by_path)
    view, template = draft.make(), draft.kind.template
    slots = _slots_of(known, draft.path, view, decisions)
    templates, assets = theme.closure(template) if template else ((), ())
    entry = manifest.entries.get(draft.path)
    return Makeup(
        path=draft.path,
        view=draft.kind.__name__,
        owner=draft.owner,
        records=tuple(_find_records(known, draft, view, by_path, slots)),
        templates=templates,
        assets=assets,
        slots=tuple(_report_slot(known, slot, draft) for slot in slots),
        rendered=(datetime.fromtimestamp(entry.rendered_s, UTC), entry.reason) if entry and entry.reason else None,
        now=decisions[draft.path].reason,
    )


def _slots_of(
    known: PlannedSite, path: OutputPath, view: View, decisions: Mapping[OutputPath, Decision]
) -> tuple[SlotDecision, ...]:
    """The sponsored slots of an output; a document of the API shows that of its page."""
    if not isinstance(view, Document):
        return decisions[path].metadata.slots
    urls = known.config.url
    return next((one.metadata.slots for page, one in decisions.items() if urls.absolute(page) == view.url), ())


def _find_draft(known: PlannedSite, named: str, drafts: dict[OutputPath, Draft]) -> Draft | None:
    for path in map(OutputPath, _paths_meant(known, named)):
        entry = known.before.entries.get(path)
        draft = drafts.get(path) or (drafts.get(entry.bundle) if entry else None)
        if draft is not None:
            return draft
    file = _file_meant(known, named)
    own = [draft for _, draft in sorted(drafts.items()) if draft.owner == file]
    pages = (draft for draft in own if draft.kind.template and draft.path.endswith(".html"))
    return next(pages, own[0] if own else None)


def _find_unpublished(known: PlannedSite, named: str, planned: Iterable[OutputPath]) -> UnpublishedRecord:
    """The record with a file or address, and why it is not published; it raises if there is none."""
    file = _file_meant(known, named)
    address = PurePosixPath(re.sub(r"[?#].*", "", named))
    last = address.parent.name if address.name == "index.html" else address.name
    records = list(known.prepared.site.all_records)
    meant = [one for one in records if one.file == file] or [
        one for one in records if (getattr(one, "slug", None) or one.id) == last
    ]
    for record in meant:
        if (found := find_withheld(record, known.request.now, drafts=known.request.drafts)) is not None:
            kind, _ = name_of(record)
            return UnpublishedRecord(
                owner=record.file, kind=kind, state=found.state, comes=found.comes, ends=found.ends
            )
    is_campaign = any(isinstance(one, Sponsor) and one.file == file for one in meant)
    why = "campaigns have no page of their own; 'newsprint sponsors' shows where they appear" if is_campaign else ""
    raise UnknownOutputError(sorted(planned), why)


def _file_meant(known: PlannedSite, named: str) -> str:
    """The file that a name means, relative to the site's folder; the name may be relative to the current one."""
    with suppress(OSError):  # the name is too long for a file
        seen = Path(named).resolve()
        if seen.is_relative_to(known.root) and seen.is_file():
            return seen.relative_to(known.root).as_posix()
    return PurePosixPath(named).as_posix()


def _paths_meant(known: PlannedSite, named: str) -> Iterator[str]:
    """The paths that a name may mean: `/news/`, `https://…/news/`, `public/news/index.html`."""
    url, output = known.config.url, f"{PurePosixPath(known.place.name).name}/"
    inner = re.sub(r"[?#].*", "", named)
    for prefix in (f"{known.place.name}/", f"{url.url}/", f"{url.base_path}/", output, "./"):
        inner = inner.removeprefix(prefix)
    inner = unquote(inner).lstrip("/")
    yield from (served_path(inner), served_path(f"{inner}/"))


def _find_records(
    known: PlannedSite, draft: Draft, view: Any, drafts: dict[OutputPath, Draft], slots: Iterable[SlotDecision]
) -> Iterator[str]:
    """The files of the records that a view shows: those that it links to, its campaigns, and those that it names."""
    found = {
        drafts[OutputPath(path)].owner
        for address in _addresses_in(msgspec.to_builtins(view))
        for path in _paths_meant(known, address)
        if path in drafts
    }
    sponsors = known.prepared.site.sponsors
    found |= {sponsors[RecordId(slot.chosen)].file for slot in slots if slot.chosen}
    found |= set(_find_named(known.prepared.site, draft))
    return (owner for owner in sorted(found - {draft.owner}) if owner.startswith("content/") and owner.endswith(".md"))


def _find_named(site: Site, draft: Draft) -> Iterator[str]:
    """The topics, sources and entities that the page of an article or a story names; some may have no page."""
    if draft.kind not in (ArticlePage, StoryPage):
        return
    grounds: dict[Kind, Mapping[RecordId, Record]]
    grounds = {"topic": site.topics, "source": site.sources, "entity": site.entities}
    for record in (*site.articles.values(), *site.stories.values()):
        if record.file == draft.owner:
            yield from (grounds[one.kind][one.id].file for one in record.references() if one.kind in grounds)


def _addresses_in(data: Any) -> Iterator[str]:
    waiting = [data]
    while waiting:
        match waiting.pop():
            case dict() as mapping:
                waiting += mapping.values()
            case list() | tuple() as items:
                waiting += items
            case str() as text if text.startswith(("/", "http")):
                yield text


def _report_slot(known: PlannedSite, slot: SlotDecision, draft: Draft) -> SlotReport:
    site, rota = known.prepared.site, rota_of(known)
    candidates = rota.candidates(slot, rota.time_at(known.request.now))
    weights = sum(one.campaign.weight for one in candidates if one.bar is None)
    found = [CandidateReport(name, "it is a draft") for name in site.sponsors.keys() - rota.campaigns.keys()]
    for one in candidates:
        share = round(one.campaign.weight / weights, 4) if one.bar is None else None
        found.append(CandidateReport(one.campaign.id, _explain(known, one, slot, draft), share))
    found.sort(key=lambda one: (one.id != slot.chosen, -(one.share or 0), one.id))
    return SlotReport(slot.spot, slot.place, slot.chosen, tuple(found))


def _explain(known: PlannedSite, candidate: Candidate, slot: SlotDecision, draft: Draft) -> str:
    """Why a campaign is or is not in a slot, in words."""
    campaign = candidate.campaign
    match candidate.bar:
        case None:
            return "it is its turn" if campaign.id == slot.chosen else "it is another campaign's turn"
        case Bar.LATER:
            return f"it starts at {campaign.starts:%Y-%m-%dT%H:%M:%SZ}"
        case Bar.BESIDE:
            return f"it must not appear beside {_whom(known, campaign, draft)}"
        case Bar.PLACE:
            return f"its places are {', '.join(campaign.places)}"
        case Bar.TOPICS:
            return f"its topics are {', '.join(campaign.topics)}"
        case bar:
            return _EXPLAINED[bar]


_EXPLAINED = {
    Bar.OVER: "it is over",
    Bar.UNDATED: "every feed item needs a date, and it has no 'starts'",
    Bar.TAKEN: "it already appears in this feed",
    Bar.EXCLUSIVE: "an exclusive campaign has priority",
    Bar.BOUND: "a campaign with topics has priority",
}


def _whom(known: PlannedSite, campaign: Sponsor, draft: Draft) -> str:
    """The entities in the output's own article that a campaign must not appear beside."""
    site = known.prepared.site
    articles: Iterator[Article] = (one for one in site.articles.values() if one.file == draft.owner)
    parts = [site.entities[part.entity] for article in articles for part in article.entities]
    return ", ".join(one.title for one in parts if is_kept_from(campaign, one)) or "an entity on the page"
