"""Tells a WebSub hub which feeds changed since it was last told."""

import threading
import time
from collections.abc import Sequence
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from textwrap import shorten
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec

from generator.build import open_place
from generator.config import read_config
from generator.errors import PublishError
from generator.names import Digest
from generator.publish import keep_pinged, read_manifest, read_pinged

FEEDS_PER_REQUEST = 50
MOST_SECONDS = 120  # for all requests together
_GRACE = 0.2  # seconds in which the socket's own end of time comes first
_MOST_SAID = 200  # characters


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
    feeds = {entry.facts.feed: entry.digest for entry in ledger.entries.values() if entry.facts.feed}
    known = read_pinged(state)
    changed = sorted(url for url, digest in feeds.items() if known.get(url) != digest)
    told: dict[str, Digest] = {url: digest for url, digest in known.items() if url in feeds}
    failures: list[str] = []
    until = time.monotonic() + MOST_SECONDS
    for start in range(0, len(changed), FEEDS_PER_REQUEST):
        some = changed[start : start + FEEDS_PER_REQUEST]
        left = until - time.monotonic()
        if left <= 0:
            failures.append(f"more than {MOST_SECONDS} seconds went by")
            break
        if fault := _tell_in_time(hub, some, min(left, timeout)):
            failures.append(fault)
        else:
            told |= {url: feeds[url] for url in some}
            keep_pinged(state, told)
    waiting = tuple(url for url in changed if told.get(url) != feeds[url])
    return Pings(hub, tuple(url for url in changed if url not in waiting), waiting, tuple(dict.fromkeys(failures)))


def _tell_in_time(hub: str, urls: Sequence[str], timeout: float) -> str | None:
    """Tell the hub; why that failed, on one line of plain text, for some of it is what the hub said.

    The time of a socket begins anew with every byte, and that of a name's look-up never ends: a thread is waited for.
    """
    faults: list[str | None] = []
    teller = threading.Thread(target=lambda: faults.append(_tell(hub, urls, timeout)), daemon=True)
    teller.start()
    teller.join(timeout + _GRACE)
    if not faults:
        return "the hub cannot be reached: timed out"
    fault = faults[0]
    return fault and shorten("".join(c if c.isprintable() else " " for c in fault), _MOST_SAID, placeholder="…")


def _tell(hub: str, urls: Sequence[str], timeout: float) -> str | None:
    """Publish topics as hubs take it (PubSubHubbub 0.3, section 7.1); why that failed, None where it did not."""
    form = urlencode([("hub.mode", "publish"), *(("hub.url", url) for url in urls)])
    request = Request(hub, form.encode(), {"User-Agent": "Newsprint"})  # noqa: S310 - http(s), says the config
    try:
        with build_opener(_NoRedirects).open(request, timeout=timeout) as answer:
            answer.read(1)
    except HTTPError as fault:
        return f"the hub answered {fault.code} {fault.reason}"
    except URLError as fault:
        return f"the hub cannot be reached: {fault.reason}"
    except (OSError, HTTPException, ValueError) as fault:
        return f"the hub cannot be reached: {fault or type(fault).__name__}"
    return None


class _NoRedirects(HTTPRedirectHandler):
    """A form that is sent on becomes a plain question, which tells nothing."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str) -> None:
        """Follow none."""
