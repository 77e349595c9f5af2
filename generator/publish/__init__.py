"""Bytes → a folder or a store: the manifest, what is stale, the staged move into place."""

from generator.publish.addresses import ADDRESSES_NAME, AddressBook, read_addresses
from generator.publish.decide import Decision, Reason, RenderTask, SharedDigests, Work, decide, share, sum_up
from generator.publish.lock import HOLDER_NAME, Waiting, lock_output, lock_site, wait_silently
from generator.publish.manifest import (
    CHECK_FOLDER,
    PREVIEW_FOLDER,
    Manifest,
    RecordCounts,
    read_kept,
    read_manifest,
    stat_manifest,
    state_folder,
    write_kept,
)
from generator.publish.place import STAGING, Folder, Place, Staging
from generator.publish.recovery import LastManifest, find_altered, recall_manifest
from generator.publish.renamed import find_renamed
from generator.publish.stamp import BuildStamp, keep_stamp, read_stamp
from generator.publish.writer import Receipt, StagedFile, hold_staging, is_cut_off, make_staging, publish, stage
