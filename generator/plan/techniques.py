"""The vocabulary of techniques: those that the theme has words for, and those of `[techniques]` in `site.toml`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.digest import digest_bytes
from generator.errors import Problem, nearest
from generator.names import slugify
from generator.outputs.parts import Link, TechniqueCount
from generator.plan.context import PlanContext
from generator.records.story import Story, TechniqueFields
from generator.site import Snapshot, StoryCoverage

BUILT_IN = (
    *("appeal-to-emotion", "attribution", "balanced-reporting", "cherry-picking", "comprehensive-sourcing"),
    *("euphemism", "framing-by-emphasis", "generalisation", "loaded-language", "metaphor", "narrative-framing"),
    *("omission", "personalisation", "reassurance", "understatement", "vagueness", "vivid-detail"),
)
"""What records may write in every language, besides the words of the site's language."""


class Term(NamedTuple):
    """A technique: its name in the site's language, what it is, and the place of that on the page of insights."""

    label: str
    definition: str
    anchor: str


def find_term(context: PlanContext, technique: TechniqueFields) -> Term | None:
    """The term for a technique of a record: by its kind, else by its name."""
    return vocabulary_of(context).get(_plain(technique.kind or technique.name))


def term_link(context: PlanContext, term: Term) -> Link:
    """A link to what a term means."""
    insights = context.urls.index_href("insights")
    return Link(text=term.label, href=f"{insights}#{term.anchor}" if insights else None)


def vocabulary_of(context: PlanContext) -> Mapping[str, Term]:
    """All terms, by each of their names as `_plain` has it."""
    return context.once(vocabulary_of, lambda: _name_terms(context))


def _name_terms(context: PlanContext) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for name in BUILT_IN:
        key = name.replace("-", "_")
        term = Term(context.say(f"technique_{key}"), context.say(f"technique_{key}_meaning"), f"technique-{name}")
        terms |= dict.fromkeys((_plain(name), _plain(term.label)), term)
    for label, definition in context.config.techniques.items():
        place = slugify(label) or digest_bytes(label.encode())[:8]
        old = terms.get(_plain(label))
        own = Term(label, definition, old.anchor if old else f"technique-{place}")
        names = [name for name, term in terms.items() if term == old]
        terms |= dict.fromkeys((_plain(label), *names), own)
    return terms


def _plain(name: str) -> str:
    """A name without its capitals, hyphens and further spaces."""
    return " ".join(re.split(r"[\s_\-\u2010\u2011]+", name.casefold().strip()))


def check_techniques(context: PlanContext, snapshot: Snapshot) -> Iterator[Problem]:
    """Warn of each technique of visible stories that is not in the vocabulary, where it is first, with its uses."""
    unknown: dict[str, list[tuple[Story, str, int, TechniqueFields]]] = {}
    for story in sorted(snapshot.stories, key=lambda story: story.file):
        for source, place, technique in _techniques_of(story):
            if find_term(context, technique) is None:
                name = _plain(technique.kind or technique.name)
                unknown.setdefault(name, []).append((story, source, place, technique))
    for uses in unknown.values():
        yield _warn(context, *uses[0], count=len(uses))


def _warn(
    context: PlanContext, story: Story, source: str, place: int, technique: TechniqueFields, *, count: int
) -> Problem:
    written = technique.kind or technique.name
    near = nearest(written, {term.label for term in vocabulary_of(context).values()})
    declare = f'name the nearest technique in \'kind\', or define this one in site.toml: [techniques] "{written}" = "…"'
    return Problem(
        file=story.file,
        code="unknown-technique",
        key=("coverage", source, "techniques", place, "kind" if technique.kind else "name"),
        message=f"no technique '{written}'" + (f", used {count} times" if count > 1 else ""),
        expected="a technique of the vocabulary in docs/records.md, or of [techniques]",
        hint=f"did you mean '{near}'?" if near else declare,
    )


def count_techniques(context: PlanContext, stories: Iterable[StoryCoverage]) -> tuple[TechniqueCount, ...]:
    """How often stories show each technique, and how many do; the most frequent first, then by name."""
    uses: Counter[Term] = Counter()
    telling: Counter[Term] = Counter()
    for coverage in stories:
        found = [term for *_, one in _techniques_of(coverage.story) if (term := find_term(context, one))]
        uses.update(found)
        telling.update(set(found))
    return tuple(
        TechniqueCount(
            name=term.label,
            anchor=term.anchor,
            definition=term.definition,
            count=uses[term],
            most=max(uses.values()),
            stories=telling[term],
        )
        for term in sorted(uses, key=lambda term: (-uses[term], term.label.casefold()))
    )


def _techniques_of(story: Story) -> Iterator[tuple[str, int, TechniqueFields]]:
    for source, coverage in story.coverage.items():
        for place, technique in enumerate(coverage.techniques):
            yield source, place, technique
