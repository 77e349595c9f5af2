"""Drafts, and their keys: the digest of all that the maker of a view is given."""

from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple, TypeVarTuple

import msgspec

from generator.digest import digest_of
from generator.names import Digest, OutputPath
from generator.outputs import Draft, View
from generator.plan.collections import Collection
from generator.plan.context import LinkedArticle, PlanContext
from generator.records import KINDS
from generator.site import DatedChange, StoryCoverage

Ingredients = TypeVarTuple("Ingredients")


class DigestedIngredient(NamedTuple):
    """An ingredient that stands in keys by a digest of all that is made of it."""

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
    """A draft with a key: `make` is given the context, the path and the ingredients, and knows nothing else."""
    key = digest_of([context.digest, *key_parts(ingredients)])
    return Draft(path, kind, owner, partial(make, context, path, *ingredients), key, asked=context.standing.asked)


def key_parts(ingredients: Iterable[Any]) -> list[Any]:
    """What stands for ingredients in a key: the digests of records, all other values themselves."""
    return [write(one) if (write := _KEY_PARTS.get(type(one))) else one for one in ingredients]


_KEY_PARTS: dict[type, Callable[[Any], Any]] = {
    **dict.fromkeys(KINDS.values(), attrgetter("digest")),
    StoryCoverage: lambda coverage: [coverage.story.digest, *[article.digest for article in coverage.articles]],
    Collection: lambda one: [one.family.name, *key_parts(msgspec.structs.astuple(one)[1:])],
    DigestedIngredient: attrgetter("digest"),
    DatedChange: lambda change: key_parts(msgspec.structs.astuple(change)),
    LinkedArticle: lambda given: [given.article.digest, given.tags, given.links],
    tuple: key_parts,
}
