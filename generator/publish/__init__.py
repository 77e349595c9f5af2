"""Bytes → disk, only what changed: the ledger, the decision what is stale, the staged move into place."""

from generator.publish.decide import Reason, Stale, Verdict, Work, decide, share, sum_up
from generator.publish.ledger import MEMORY_FOLDER, Ledger, read_ledger, stat_outputs, state_folder
from generator.publish.lock import lock_output, lock_site
from generator.publish.standing import Standing, keep_standing, read_standing
from generator.publish.writer import Receipt, Staged, hold_staging, make_staging, publish, stage

__all__ = [
    "MEMORY_FOLDER",
    "Ledger",
    "Reason",
    "Receipt",
    "Staged",
    "Stale",
    "Standing",
    "Verdict",
    "Work",
    "decide",
    "hold_staging",
    "keep_standing",
    "lock_output",
    "lock_site",
    "make_staging",
    "publish",
    "read_ledger",
    "read_standing",
    "share",
    "stage",
    "stat_outputs",
    "state_folder",
    "sum_up",
]
