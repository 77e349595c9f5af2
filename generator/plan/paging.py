"""The numbered pages of what is listed, which keep still (docs/decisions/0002)."""

from collections.abc import Iterator
from typing import TypeVar

from generator.names import OutputPath
from generator.plan.routes import numbered_path
from generator.plan.urls import Urls

Item = TypeVar("Item")


def split_pages(count: int, page_items: int) -> tuple[int, int]:
    """How a listing of so many items is cut.

    Pages are numbered from the oldest and never change once full.
    The listing itself shows the newest full page and all that has come since.

    Returns:
        How many of the newest items the listing itself shows, and how many full pages lie below it.
    """
    full = count // page_items
    below = max(0, full - 1)
    return count - below * page_items, below


def full_pages(items: tuple[Item, ...], page_items: int) -> Iterator[tuple[int, tuple[Item, ...]]]:
    """The full pages below a listing, from the oldest: their numbers, and what they show."""
    _, below = split_pages(len(items), page_items)
    for number in range(1, below + 1):
        end = len(items) - (number - 1) * page_items
        yield number, items[end - page_items : end]


def numbered_href(urls: Urls, listing: OutputPath, number: int) -> str | None:
    """The link to a numbered page; None for 0, below which there is none."""
    return urls.href(numbered_path(listing, number)) if number else None
