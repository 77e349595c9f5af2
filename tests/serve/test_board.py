"""The board knows which pages are to be loaded again."""

import asyncio
from datetime import UTC, datetime

import pytest

from generator.build import Report
from generator.errors import Problem
from generator.load.locate import locate_problem
from generator.publish import Reason
from generator.serve.board import Board, name_output
from generator.watch import Outcome

AT = datetime(2026, 6, 10, 12, tzinfo=UTC)
FATES = {"rendered": Reason.VIEW, "removed": Reason.UNPLANNED, "kept": Reason.SAME}
FAULT = locate_problem(Problem(file="content/a\udcff.md", code="bad-yaml", message="x"))


def built(**fates: str) -> Outcome:
    """A build that did what is said to outputs, their dots and slashes written as `_` and `__`."""
    reasons = {name.replace("__", "/").replace("_", "."): (fate, FATES[fate]) for name, fate in fates.items()}
    report = Report(
        read=1,
        withheld={},
        rendered=1,
        written=1,
        kept=0,
        removed=0,
        problems=(),
        left_out=(),
        reasons=reasons,
        until=None,
        base_path="/news",
    )
    return Outcome(at=AT, seconds=0.1, report=report)


def board_after(*outcomes: Outcome) -> Board:
    board = Board("")
    for outcome in outcomes:
        board.post(outcome)
    return board


def test_no_page_is_stale_before_there_is_a_site() -> None:
    assert not Board("").is_stale(["index.html"], 0)
    assert not board_after(Outcome(at=AT, seconds=0.1, problems=(FAULT,))).is_stale(["index.html"], 0)


def test_a_page_that_was_loaded_before_the_first_build_is_stale_and_one_after_it_is_not() -> None:
    board = board_after(built(index_html="kept"))
    assert board.is_stale(["index.html"], 0)
    assert not board.is_stale(["index.html"], board.good)


@pytest.mark.parametrize(
    ("fates", "is_stale"),
    [
        ({"index_html": "rendered"}, True),
        ({"index_html": "removed"}, True),
        ({"index_html": "kept", "feed_xml": "rendered"}, False),
        ({"index_html": "kept", "assets__style_css": "rendered"}, True),
        ({"index_html": "kept", "cards__a__card_png": "rendered"}, False),
    ],
)
def test_a_page_is_stale_where_it_or_the_theme_changed(fates: dict[str, str], is_stale: bool) -> None:
    board = board_after(built(index_html="rendered"))
    loaded = board.good
    board.post(built(**fates))
    board.post(built(index_html="kept"))
    assert board.is_stale(["index.html"], loaded) == is_stale
    assert not board.is_stale(["index.html"], board.good)


def test_builds_are_told_apart_though_the_clock_stands_still_or_goes_back() -> None:
    board = board_after(built(), built())
    assert board.good == int(AT.timestamp() * 1_000_000) + 1


def test_a_build_that_failed_leaves_the_site_and_says_why() -> None:
    board = board_after(built(), Outcome(at=AT, seconds=0.1, problems=(FAULT,)))
    assert board.good == int(AT.timestamp() * 1_000_000)
    assert '"is_published": false' in board.state
    assert board.state.isascii()


def test_who_follows_turns_up_at_once_and_after_each_build_until_the_end() -> None:
    async def follow() -> int:
        board, turns = Board(""), 0
        async for _ in board.follow():
            turns += 1
            if turns < 3:
                asyncio.get_running_loop().call_soon(board.post, built())
            else:
                asyncio.get_running_loop().call_soon(board.close)
        return turns

    assert asyncio.run(asyncio.wait_for(follow(), 60)) == 3


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/news/", "index.html"),
        ("/news", "index.html"),
        ("/news/topics/", "topics/index.html"),
        ("/news/404.html", "404.html"),
        ("/news/tags/%D8%A7/", "tags/ا/index.html"),
    ],
)
def test_the_output_behind_an_address(address: str, path: str) -> None:
    assert name_output(address, "/news") == path
