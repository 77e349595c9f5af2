"""Feeds read back: what readers would stumble over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from checking import check
from generator.check.addresses import Addresses
from generator.check.feeds import check_feeds
from generator.check.reading import FeedText, OutputText, ReadEnclosure, ReadItem
from generator.names import OutputPath, SiteUrl
from sitebench import NOW, SiteBench

FIRST = ReadItem("tag:2", "Second", "https://a.example/2/", NOW - timedelta(hours=1))
SECOND = ReadItem("tag:1", "First", "https://a.example/1/", NOW - timedelta(hours=2))
SIZES = {OutputPath("media/a.png"): 12}
ADDRESSES = Addresses(SiteUrl("https://a.example"))


def faults(*items: ReadItem, lacks: tuple[str, ...] = ()) -> list[str]:
    said = {OutputPath("feed.xml"): OutputText(feed=FeedText(lacks, items))}
    return [problem.message for problem in check_feeds(said, SIZES, ADDRESSES, now=NOW)]


def changed(**fields: Any) -> ReadItem:
    return msgspec.structs.replace(FIRST, **fields)


def carrying(href: str, length: int | None) -> ReadItem:
    return changed(enclosures=(ReadEnclosure(href, length),))


def test_a_sound_feed_is_no_problem() -> None:
    assert faults(FIRST, SECOND) == []
    assert faults(carrying("https://a.example/media/a.png", 12), SECOND) == []
    assert faults(carrying("https://b.example/a.mp3", 1)) == []


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ((changed(id=""),), "the item 'Second' has no id"),
        ((changed(link=""),), "the item 'Second' has no link"),
        ((changed(at=None),), "the item 'Second' has no valid date"),
        ((changed(at=NOW + timedelta(seconds=1)),), "the item 'Second' has a date in the future"),
        ((FIRST, FIRST), "two items have the id 'tag:2'"),
        ((SECOND, FIRST), "the items are not sorted newest first"),
        (
            (carrying("https://a.example/media/a.png", 13),),
            "'https://a.example/media/a.png' has 12 bytes, not 13",
        ),
    ],
)
def test_what_readers_would_stumble_over_is_told(items: tuple[ReadItem, ...], message: str) -> None:
    assert faults(*items) == [message]


def test_a_sponsored_message_stands_where_it_was_put() -> None:
    sponsored = changed(id="tag:a.example,2020:sponsor:x", at=datetime(2020, 1, 1, tzinfo=UTC))
    assert faults(sponsored, FIRST, SECOND) == []


def test_what_a_feed_lacks_is_told() -> None:
    assert faults(FIRST, lacks=("title",)) == ["the feed has no title"]


def test_the_formats_of_one_feed_hold_the_same() -> None:
    said = {
        OutputPath("feed.xml"): OutputText(feed=FeedText((), (FIRST, SECOND))),
        OutputPath("feed.json"): OutputText(feed=FeedText((), (FIRST,))),
        OutputPath("topics/a/feed.json"): OutputText(feed=FeedText((), (SECOND,))),
    }
    (problem,) = check_feeds(said, SIZES, ADDRESSES, now=NOW)
    assert (problem.file, problem.code) == ("feed.json", "unequal-feeds")


def test_every_feed_of_a_site_is_read(bench: SiteBench) -> None:
    counts = check(bench).counts
    assert (
        counts.feeds == sum(1 for name in ("feed.xml", "atom.xml", "feed.json") for _ in bench_feeds(bench, name)) > 3
    )


def bench_feeds(bench: SiteBench, name: str) -> list[str]:
    return [str(file) for file in (bench.root / ".newsprint/check").rglob(name)]
