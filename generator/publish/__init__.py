"""Bytes → a folder or a store, only what changed: the ledger, what is stale, the staged move into place."""

from generator.publish.addresses import AddressBook, keep_addresses, read_addresses
from generator.publish.decide import Reason, Stale, Verdict, Work, decide, share, sum_up
from generator.publish.ledger import (
    CHECK_FOLDER,
    MEMORY_FOLDER,
    PREVIEW_FOLDER,
    Ledger,
    read_ledger,
    stat_ledger,
    state_folder,
)
from generator.publish.lock import HOLDER_NAME, Waiting, lock_site, wait_silently
from generator.publish.pinged import keep_pinged, read_pinged
from generator.publish.place import STAGING, Folder, Place, Staging
from generator.publish.renamed import find_renamed
from generator.publish.standing import Standing, keep_standing, read_standing
from generator.publish.writer import Receipt, Staged, hold_staging, make_staging, publish, stage

__all__ = [
    "CHECK_FOLDER",
    "HOLDER_NAME",
    "MEMORY_FOLDER",
    "PREVIEW_FOLDER",
    "STAGING",
    "AddressBook",
    "Folder",
    "Ledger",
    "Place",
    "Reason",
    "Receipt",
    "Staged",
    "Staging",
    "Stale",
    "Standing",
    "Verdict",
    "Waiting",
    "Work",
    "decide",
    "find_renamed",
    "hold_staging",
    "keep_addresses",
    "keep_pinged",
    "keep_standing",
    "lock_site",
    "make_staging",
    "publish",
    "read_addresses",
    "read_ledger",
    "read_pinged",
    "read_standing",
    "share",
    "stage",
    "stat_ledger",
    "state_folder",
    "sum_up",
    "wait_silently",
]
