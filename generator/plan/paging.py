"""The numbered pages of what is listed, which keep still (docs/decisions/0002)."""

from generator.names import OutputPath, output_path
from generator.plan.urls import Urls


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


def numbered_path(listing: OutputPath, number: int) -> OutputPath:
    """`…/page/<n>/`."""
    return output_path(*listing.split("/")[:-1], "page", str(number), "index.html")


def numbered_href(urls: Urls, listing: OutputPath, number: int) -> str | None:
    """The link to a numbered page; None for 0, below which there is none."""
    return urls.href(numbered_path(listing, number)) if number else None
