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


def test_a_page_that_is_shown_early_is_loaded_at_once_and_not_again_in_the_end() -> None:
    board = board_after(built(index_html="rendered"))
    loaded = board.good
    board.show("index.html", b"early")
    number, page = board.early["index.html"]
    assert page == b"early"
    assert [board.is_stale(["index.html"], one) for one in (loaded, number)] == [True, False]
    assert not board.is_stale(["other.html"], loaded)
    board.post(built(index_html="rendered", other_html="rendered"))
    assert not board.early
    assert [board.is_stale(["index.html"], one) for one in (loaded, number, board.good)] == [True, False, False]
    assert board.is_stale(["other.html"], loaded)


def test_a_page_that_was_shown_early_is_loaded_again_if_it_may_have_waited_for_a_new_file() -> None:
    board = board_after(built(index_html="rendered"))
    board.show("index.html", b"early")
    number, _ = board.early["index.html"]
    outcome = built(index_html="rendered", card_png="rendered")
    assert outcome.report is not None
    outcome.report.reasons["card.png"] = ("rendered", Reason.NEW)
    board.post(outcome)
    assert board.is_stale(["index.html"], number)


def test_a_page_that_was_shown_early_is_the_one_before_again_if_the_build_fails() -> None:
    board = board_after(built(index_html="rendered"))
    board.show("index.html", b"early")
    board.post(Outcome(at=AT, seconds=0.1, problems=(FAULT,)))
    assert not board.early
    assert not board.is_stale(["index.html"], board.good)


def test_the_board_knows_which_outputs_are_looked_at() -> None:
    board = Board("/news")
    with board.viewing("/news/"), board.viewing("/news/topics/"):
        with board.viewing("/news/"):
            assert board.list_viewed() == {"index.html", "topics/index.html"}
        assert board.list_viewed() == {"index.html", "topics/index.html"}
    assert not board.list_viewed()


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
