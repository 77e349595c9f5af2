"""The texts of an article: the parts of a brief, and all texts as passages for feeds and markdown."""

from collections.abc import Iterable, Iterator

from generator.outputs.parts import Brief, Effect, Passage, Text
from generator.plan.context import PlanContext
from generator.plan.parts import text_at, text_of
from generator.plan.urls import Links
from generator.records import Article

_BRIEF = {
    **dict.fromkeys(("background", "why_it_matters", "market_relevance"), ""),
    "market_effects": "scope_",
    "perspectives": "stance_",
    "outlook": "",
}
"""The parts of a brief after its takeaways, in the order of its page, and the prefix of the strings of their labels."""


def brief_of(context: PlanContext, article: Article, links: Links) -> Brief | None:
    """The parts of a brief; None of an article in another form."""
    brief = article.brief
    if brief is None or article.form != "brief":
        return None

    def effects(key: str, labels: Iterable[tuple[str, str | None]]) -> tuple[Effect, ...]:
        texts = ((*label, find(f"{key}.{place}.text")) for place, label in enumerate(labels))
        return tuple(Effect(label=name, direction=way or "", text=text) for name, way, text in texts if text)

    def find(key: str) -> Text | None:
        return text_at(context, article, f"brief.{key}", links)

    takeaways = (find(f"takeaways.{place}") for place in range(len(brief.takeaways)))
    return Brief(
        takeaways=tuple(text for text in takeaways if text),
        background=find("background"),
        why_it_matters=find("why_it_matters"),
        market_relevance=find("market_relevance"),
        market_effects=effects("market_effects", ((effect.scope, effect.direction) for effect in brief.market_effects)),
        perspectives=effects("perspectives", ((view.stance, None) for view in brief.perspectives)),
        outlook=find("outlook"),
    )


def article_passages(context: PlanContext, article: Article, links: Links) -> Iterator[Passage]:
    """All texts of an article that are not empty, in the order of its page."""
    brief = brief_of(context, article, links)
    if brief and brief.takeaways:
        yield Passage(heading=context.say("takeaways"), texts=brief.takeaways, is_list=True)
    text = text_of(context, article, links)
    if article.form == "explainer" and (teaser := text_at(context, article, "teaser", links)):
        yield Passage(heading=context.say("quick_read"), texts=(teaser,))
        if text:
            yield Passage(heading=context.say("full_text"), texts=(text,))
    elif text:
        yield Passage(texts=(text,))
    if brief:
        for key, prefix in _BRIEF.items():
            yield from _brief_passages(context, key, prefix, getattr(brief, key))
    if disclaimer := text_at(context, article, "disclaimer", links):
        yield Passage(heading=context.say("disclaimer"), texts=(disclaimer,))


def _brief_passages(
    context: PlanContext, key: str, prefix: str, part: Text | tuple[Effect, ...] | None
) -> Iterator[Passage]:
    """A part of a brief: one text, or several with a label each, under one heading."""
    if isinstance(part, Text):
        yield Passage(heading=context.say(key), texts=(part,))
    for place, effect in enumerate(part if isinstance(part, tuple) else ()):
        heading, label = "" if place else context.say(key), context.say(prefix + effect.label)
        yield Passage(heading=heading, label=label, texts=(effect.text,))
