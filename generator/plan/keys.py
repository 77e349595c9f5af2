"""Drafts and their keys: the digest of everything that the maker of a view gets."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple, TypeVarTuple

import msgspec

from generator.digest import digest_of
from generator.names import Digest, OutputPath
from generator.outputs import Draft, View
from generator.plan.collections import Collection
from generator.plan.context import PlanContext
from generator.records import KINDS
from generator.site import DatedChange, StoryCoverage

Ingredients = TypeVarTuple("Ingredients")


class DigestedIngredient(NamedTuple):
    """An ingredient with the digest that represents it in keys."""

    digest: Digest
    value: Any


def ready_draft(path: OutputPath, owner: str, view: View) -> Draft:
    """A draft of a view that is made already."""
    return Draft(path, type(view), owner, lambda: view)


def keyed_draft(
    context: PlanContext,
    path: OutputPath,
    kind: type[View],
    owner: str,
    make: Callable[[PlanContext, OutputPath, *Ingredients], View],
    *ingredients: *Ingredients,
) -> Draft:
    """A draft with a key: `make` gets the context, the path and the ingredients, and nothing else."""
    key = digest_of([context.digest, *key_parts(ingredients)])
    return Draft(path, kind, owner, partial(make, context, path, *ingredients), key)


def key_parts(ingredients: tuple[Any, ...]) -> list[Any]:
    """What represents ingredients in a key: the digests of records, all other values themselves."""
    return list(map(_key_part, ingredients))


def _key_part(ingredient: Any) -> Any:
    if write := _KEY_PARTS.get(type(ingredient)):
        return write(ingredient)
    return key_parts(ingredient) if isinstance(ingredient, tuple) else ingredient


_KEY_PARTS: dict[type, Callable[[Any], Any]] = {
    **dict.fromkeys(KINDS.values(), attrgetter("digest")),
    StoryCoverage: lambda coverage: [coverage.story.digest, *[article.digest for article in coverage.articles]],
    Collection: lambda one: [one.family.name, *key_parts(msgspec.structs.astuple(one)[1:])],
    DigestedIngredient: attrgetter("digest"),
    DatedChange: lambda change: key_parts(msgspec.structs.astuple(change)),
    tuple: key_parts,
}
