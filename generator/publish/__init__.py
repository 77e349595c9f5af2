"""Bytes → disk, only what changed: the ledger, the decision what is stale, the staged move into place."""

from generator.publish.decide import Reason, Stale, Work, decide
from generator.publish.ledger import MEMORY_FOLDER, read_ledger, scan_output, state_folder
from generator.publish.lock import lock_output, lock_site
from generator.publish.writer import Staged, clear_staging, finish_publishing, make_staging, publish, stage

__all__ = [
    "MEMORY_FOLDER",
    "Reason",
    "Staged",
    "Stale",
    "Work",
    "clear_staging",
    "decide",
    "finish_publishing",
    "lock_output",
    "lock_site",
    "make_staging",
    "publish",
    "read_ledger",
    "scan_output",
    "stage",
    "state_folder",
]
