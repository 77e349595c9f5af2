"""Notifies a WebSub hub of the feeds that changed since the last notification."""

import time
from pathlib import Path

import msgspec

from generator.build import open_place
from generator.config import read_config
from generator.errors import PublishError, os_errors_at
from generator.names import Digest
from generator.publish import read_kept, read_manifest, write_kept
from generator.web import post_form

FEEDS_PER_REQUEST = 50
MOST_SECONDS = 120  # for all requests together
PINGED_NAME = "pinged"
"""The file beside the manifest with the digests of the feeds that the hub knows, by their URLs."""


class Pings(msgspec.Struct, frozen=True):
    """The result of notifying the hub; `hub` is None if the site has none.

    `told` and `waiting` are addresses of feeds; `failures` are the reasons why some wait.
    """

    hub: str | None
    told: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


def ping_hub(root: Path, output: Path | str, *, timeout: float) -> Pings:
    """Notify the hub of `[feeds] hub`.

    Args:
        root: The site's folder.
        output: Where its last build went.
        timeout: Seconds that one request may take.

    Raises:
        ConfigError: `site.toml` has errors.
        PublishError: nothing was built there, or the notification cannot be recorded.
    """
    hub = read_config(root).feeds.hub
    if hub is None:
        return Pings(None)
    state = open_place(output, root.resolve()).state
    manifest = read_manifest(state)
    if not manifest.entries:
        raise PublishError(str(output), "nothing was built there yet")
    feeds = {entry.metadata.feed: entry.digest for entry in manifest.entries.values() if entry.metadata.feed}
    known = read_kept(state / PINGED_NAME, dict[str, Digest]) or {}
    changed = sorted(url for url, digest in feeds.items() if known.get(url) != digest)
    told: dict[str, Digest] = {url: digest for url, digest in known.items() if url in feeds}
    failures: list[str] = []
    until = time.monotonic() + MOST_SECONDS
    for start in range(0, len(changed), FEEDS_PER_REQUEST):
        some = changed[start : start + FEEDS_PER_REQUEST]
        left = until - time.monotonic()
        if left <= 0:
            failures.append(f"more than {MOST_SECONDS} seconds passed")
            break
        form = {"hub.mode": "publish", "hub.url": some}  # PubSubHubbub 0.3, section 7.1
        if fault := post_form(hub, form, agent="Newsprint", timeout_seconds=min(left, timeout)):
            failures.append(f"the hub {fault}")
        else:
            told |= {url: feeds[url] for url in some}
            with os_errors_at(state):
                write_kept(state / PINGED_NAME, told)
    waiting = tuple(url for url in changed if told.get(url) != feeds[url])
    return Pings(hub, tuple(url for url in changed if url not in waiting), waiting, tuple(dict.fromkeys(failures)))
