"""Material out: what is to be written, and the view that each output is made from."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from generator.outputs.documents import Document
from generator.outputs.metadata import OutputMetadata, distinct_slots
from generator.outputs.pages import PageView
from generator.outputs.parts import SlotDecision
from generator.outputs.plan import Draft, Home, Identities, Identity, Output, Plan
from generator.outputs.view import Phase, View


def _kinds_below(kind: type[View]) -> Iterator[type[View]]:
    below = kind.__subclasses__()
    if not below:
        yield kind
    for one in below:
        yield from _kinds_below(one)


KINDS = tuple(_kinds_below(View))
"""All kinds of views, in the order of their definitions."""

ANY_VIEW: Any = reduce(or_, KINDS)
"""The union of all kinds, which msgspec decodes by their names."""

PAGES = tuple(kind for kind in KINDS if issubclass(kind, PageView))
DOCUMENTS = tuple(kind for kind in KINDS if issubclass(kind, Document))
TEMPLATES = {kind.template: kind for kind in KINDS if kind.template}
"""The kind of view that each template renders."""
