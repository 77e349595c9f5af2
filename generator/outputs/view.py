"""What every view is made of: one view per output, and its parts.

A view is plain frozen data, so its digest is the complete list of what the output depends on beside the theme.
Every `href` is written as pages write it, None if what it would lead to is not built.
"""

from datetime import datetime
from enum import IntEnum
from typing import Annotated, ClassVar

import msgspec

Time = Annotated[datetime, msgspec.Meta(tz=True)]
"""Aware UTC."""

Address = Annotated[str, msgspec.Meta(extra_json_schema={"format": "uri"})]
"""A full URL of this site."""


class Phase(IntEnum):
    """When an output moves into place: what others link to goes first, the front page last.

    Deletions come after all of them.
    """

    ASSET = 0
    NEW_PAGE = 1
    NEW_LISTING = 2
    CHANGED_PAGE = 3
    LISTING = 4
    FRONT = 5


ASSET_PHASES = (Phase.ASSET, Phase.ASSET)
PAGE_PHASES = (Phase.NEW_PAGE, Phase.CHANGED_PAGE)
LISTING_PHASES = (Phase.NEW_LISTING, Phase.LISTING)
LAST_PHASES = (Phase.FRONT, Phase.FRONT)


class View(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """What one output shows; encoded with its class's name.

    A kind of view has the `template` that renders it, None if no theme shapes it,
    the `phases` in which a new output of it and a changed one move into place,
    and a `noun` for reports; empty if the name of its class serves.
    One that `is_bundle` is rendered to several files under one prefix, which is the path of its output.
    """

    template: ClassVar[str | None] = None
    phases: ClassVar[tuple[Phase, Phase]] = LISTING_PHASES
    noun: ClassVar[str] = ""
    is_bundle: ClassVar[bool] = False


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of a view."""
