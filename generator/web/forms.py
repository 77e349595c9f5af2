"""A form for a host that the site's owner names: that may be on a private network, or behind a proxy."""

import threading
from collections.abc import Mapping, Sequence

from generator.web.client import explain_fault, show_plainly

_GRACE_SECONDS = 0.2  # in which the client's own end of time comes first


def post_form(url: str, form: Mapping[str, str | Sequence[str]], *, agent: str, timeout_seconds: float) -> str:
    """Send a form, and follow no redirect: a form that is sent on becomes a plain question.

    The client's time begins anew with every byte, and that of a name's look-up never ends: a thread is waited for.

    Args:
        url: An http(s) address.
        form: Its fields, some with several values.
        agent: How we call ourselves.
        timeout_seconds: How long all of it may take.

    Returns:
        Why the host did not take it, on one line of plain text such as `answered 400 Bad Request`; empty if it did.
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
