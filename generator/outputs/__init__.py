"""Material out: what is to be written, and the view that each output is made from."""

from enum import IntEnum

import msgspec

from generator.names import OutputPath
from generator.outputs.views import (
    TEMPLATES,
    AnyView,
    ArticlePage,
    Chrome,
    Copy,
    FrontPage,
    NotFoundPage,
    StoryPage,
    TextPage,
)

__all__ = ["Output", "Phase", "Plan", "template_of"]


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


class Output(msgspec.Struct, frozen=True):
    """One file to be written.

    `owner` is the record's file, or what else it is made for; reports name it, the output does not depend on it.
    """

    path: OutputPath
    view: AnyView
    owner: str

    @property
    def template(self) -> str | None:
        """The template that renders it; None for what no theme shapes."""
        return template_of(self.view)

    def phase(self, *, is_new: bool) -> Phase:
        """When it moves into place."""
        if isinstance(self.view, Copy):
            return Phase.ASSET
        if isinstance(self.view, FrontPage | NotFoundPage):
            return Phase.FRONT
        if isinstance(self.view, ArticlePage | StoryPage | TextPage):
            return Phase.NEW_PAGE if is_new else Phase.CHANGED_PAGE
        return Phase.NEW_LISTING if is_new else Phase.LISTING


class Plan(msgspec.Struct, frozen=True):
    """Every output of a build, sorted by path, no path twice; and the chrome that its pages share."""

    outputs: tuple[Output, ...]
    chrome: Chrome


def template_of(view: AnyView) -> str | None:
    """The template of a view's kind."""
    return TEMPLATES.get(type(view))  # type: ignore[arg-type]  # other views have none
