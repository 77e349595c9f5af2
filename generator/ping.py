"""Tells a WebSub hub which feeds changed since it was last told."""

import time
from pathlib import Path

import msgspec

from generator.build import open_place
from generator.config import read_config
from generator.errors import PublishError
from generator.names import Digest
from generator.publish import keep_pinged, read_manifest, read_pinged
from generator.web import post_form

FEEDS_PER_REQUEST = 50
MOST_SECONDS = 120  # for all requests together


class Pings(msgspec.Struct, frozen=True):
    """What came of telling the hub. `hub` is None where the site names none.

    `told` and `waiting` are addresses of feeds; `failures` say why some wait.
    """

    hub: str | None
    told: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


def ping_hub(root: Path, output: Path | str, *, timeout: float) -> Pings:
    """Tell the hub of `[feeds] hub`.

    Args:
        root: The site's folder.
        output: Where its last build went.
        timeout: Seconds that one request may take.

    Raises:
        ConfigError: `site.toml` is at fault.
        PublishError: nothing was built there, or what the hub was told cannot be noted.
    """
    hub = read_config(root).feeds.hub
    if hub is None:
        return Pings(None)
    state = open_place(output, root.resolve()).state
    ledger = read_manifest(state)
    if not ledger.entries:
        raise PublishError(str(output), "nothing was built there yet")
    feeds = {entry.metadata.feed: entry.digest for entry in ledger.entries.values() if entry.metadata.feed}
    known = read_pinged(state)
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
            keep_pinged(state, told)
    waiting = tuple(url for url in changed if told.get(url) != feeds[url])
    return Pings(hub, tuple(url for url in changed if url not in waiting), waiting, tuple(dict.fromkeys(failures)))
