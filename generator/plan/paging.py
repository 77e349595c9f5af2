"""The numbered pages of listings, which never change once they are full (docs/decisions/0002)."""

from collections.abc import Iterator
from typing import TypeVar

from generator.names import OutputPath
from generator.plan.routes import numbered_path
from generator.plan.urls import Urls

Item = TypeVar("Item")


def split_pages(count: int, page_items: int) -> tuple[int, int]:
    """Split a listing of `count` items into pages.

    Pages are numbered from the oldest and never change once they are full.
    The listing itself shows the newest full page and everything after it.

    Returns:
        The number of items on the listing itself, and the number of full pages below it.
    """
    full = count // page_items
    below = max(0, full - 1)
    return count - below * page_items, below


def pages_of(items: tuple[Item, ...], page_items: int) -> Iterator[tuple[int, tuple[Item, ...], int]]:
    """The pages of a listing: number, items, number of the next older page.

    The listing itself comes first and has the number 0, the full pages follow from the oldest.
    """
    on_first, below = split_pages(len(items), page_items)
    yield 0, items[:on_first], below
    for number in range(1, below + 1):
        end = len(items) - (number - 1) * page_items
        yield number, items[end - page_items : end], number - 1


def numbered_href(urls: Urls, listing: OutputPath, number: int) -> str | None:
    """The link to a numbered page; None for 0."""
    return urls.href(numbered_path(listing, number)) if number else None
