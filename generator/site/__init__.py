"""Records → one linked, read-only Site, and the Snapshot of it that is visible at one moment."""

from generator.site.changes import DatedChange, corrections, story_changes, titles_of
from generator.site.comparison import Comparison, Completeness, compare_coverage, reports_of
from generator.site.headlines import HeadlinePart, mark_own_words
from generator.site.identity import article_identity, atom_id, campaign_identity, change_identity, guid_of, tag_uri
from generator.site.pairs import MOST_PAIRED, Pair, pairs_apart, pairs_of
from generator.site.related import nearest
from generator.site.runs import Run, count_runs, warn_of_short
from generator.site.schedule import ScheduledChange, ScheduledChangeKind, scheduled_changes
from generator.site.site import Name, Site, check_fragments, check_references, link_site, split_ref
from generator.site.slots import Bar, Candidate, Rota, SlotTime, is_kept_from
from generator.site.snapshot import (
    CampaignState,
    Snapshot,
    StoryCoverage,
    Tag,
    has_expired,
    month_of,
    name_week,
    open_rota,
    open_snapshot,
    state_of,
)
from generator.site.withheld import Withheld, WithheldState, all_withheld, count_withheld, find_withheld
from generator.site.words import Judged, check_words
