"""Checks external links: answers are kept for a week, and never make a check fail."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit

import msgspec

from generator import __version__
from generator.build import Progress
from generator.check.checker import CheckReport
from generator.check.links import name_places
from generator.errors import LocatedProblem, Problem
from generator.load.locate import locate_problems
from generator.names import STATE_FOLDER
from generator.publish import read_kept, write_kept
from generator.web import Address, Answer, Manners, ask_all, is_public

LINKS_NAME = "links"
DAY = 86_400  # seconds
_GOOD_FOR = 7 * DAY
_BAD_FOR = DAY
_DEAD = frozenset({404, 410})


class OutsideReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result for external links: located warnings and counts.

    `known` of the `links` were answered in the last days, `waiting` are left for next time.
    """

    problems: tuple[LocatedProblem, ...]
    links: int
    known: int
    waiting: int


class _KeptAnswer(msgspec.Struct, frozen=True, array_like=True):
    answer: Answer
    asked_s: int


def check_outside(
    checked: CheckReport,
    *,
    progress: Progress,
    may_ask: Callable[[str, Address], bool] | None = None,
    manners: Manners | None = None,
) -> OutsideReport:
    """Request the external links of a checked site, except those that were requested recently.

    `may_ask` decides which hosts are contacted; by default those of the internet, and the site's own.

    Returns:
        A warning for each address that is gone, cannot be reached, or has moved permanently.
    """
    file = checked.root / STATE_FOLDER / LINKS_NAME
    now_s = int(time.time())
    found = read_kept(file, dict[str, _KeptAnswer]) or {}
    kept = {url: one for url, one in found.items() if url in checked.outside and _is_fresh(one, now_s)}
    unasked = sorted(checked.outside.keys() - kept)
    own = checked.config.url.url
    answers = ask_all(
        unasked,
        agent=f"newsprint/{__version__} (+{own}/)",
        may_ask=may_ask or partial(_may_ask, urlsplit(own).netloc.lower()),
        manners=manners or Manners(),
        progress=lambda done: progress("Asking", done, len(unasked)),
    )
    asked = {url: _KeptAnswer(answer, now_s) for url, answer in sorted(answers.items()) if not answer.is_busy}
    with suppress(OSError):  # answers that cannot be kept are requested again
        write_kept(file, kept | asked)
    found_problems = (_report(url, one.answer, checked) for url, one in sorted((kept | asked).items()))
    return OutsideReport(
        problems=tuple(locate_problems(filter(None, found_problems), checked.root)),
        links=len(checked.outside),
        known=len(kept),
        waiting=len(unasked) - len(asked),
    )


def _may_ask(own: str, host: str, address: Address) -> bool:
    """Records may be hostile, so only public addresses and the site's own host are contacted."""
    return is_public(address) or host.lower() == own


def _report(url: str, answer: Answer, checked: CheckReport) -> Problem | None:
    if answer.status in _DEAD:
        code, message, hint = "dead-outside-link", f"'{url}' is gone: {answer.status}", "link to an archived copy"
    elif answer.status is None or answer.status >= 500:
        why = answer.fault or f"it answers {answer.status}"
        code, message, hint = "unreachable-link", f"'{url}' cannot be reached: {why}", "check whether it still exists"
    elif answer.moved_to and answer.status < 400:
        code, message, hint = "moved-link", f"'{url}' has moved permanently", f"link to {answer.moved_to}"
    else:
        return None
    paths = list(checked.outside[url])
    origin = checked.origins.find(url, paths)
    return Problem(
        file=origin.file,
        code=code,
        message=message + ("" if origin.needle else name_places(paths, origin.file)),
        needle=origin.needle,
        hint=hint,
    )


def _is_fresh(one: _KeptAnswer, now_s: int) -> bool:
    is_bad = one.answer.status is None or one.answer.status >= 400
    return 0 <= now_s - one.asked_s < (_BAD_FOR if is_bad else _GOOD_FOR)
