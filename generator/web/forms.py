"""Sends a form to a host that the site's owner names, which may be on a private network or behind a proxy."""

import threading
from collections.abc import Mapping, Sequence

from generator.web.client import explain_fault, show_plainly

_GRACE_SECONDS = 0.2  # so that the client's own timeout comes first


def post_form(url: str, form: Mapping[str, str | Sequence[str]], *, agent: str, timeout_seconds: float) -> str:
    """Send a form without following redirects, which would turn it into a GET request.

    It runs in a thread with a limit, because the client's timeout restarts with every byte.

    Returns:
        Why the host did not accept it, on one line such as `answered 400 Bad Request`; empty if it did.
    """
    outcomes: list[str] = []
    sender = threading.Thread(target=lambda: outcomes.append(_post(url, form, agent, timeout_seconds)), daemon=True)
    sender.start()
    sender.join(timeout_seconds + _GRACE_SECONDS)
    return show_plainly(outcomes[0]) if outcomes else "cannot be reached: timed out"


def _post(url: str, form: Mapping[str, str | Sequence[str]], agent: str, timeout_seconds: float) -> str:
    import httpx

    try:
        with (
            httpx.Client(timeout=timeout_seconds) as client,
            client.stream("POST", url, data=form, headers={"User-Agent": agent}) as answer,
        ):
            return "" if answer.is_success else f"answered {answer.status_code} {answer.reason_phrase}"
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, ImportError) as fault:  # ImportError: of a proxy
        return f"cannot be reached: {explain_fault(fault)}"
