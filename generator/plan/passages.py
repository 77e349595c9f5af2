"""An article's texts for those who read them elsewhere than on its page: in feeds, and as markdown."""

from collections.abc import Iterator

from generator.outputs.parts import Passage
from generator.plan.context import PlanContext
from generator.plan.parts import text_at, text_of
from generator.plan.urls import Links
from generator.records import Article

_BRIEF = ("background", "why_it_matters", "market_relevance", "market_effects", "perspectives", "outlook")
"""The parts of a brief after its takeaways, in the order of its page."""


def article_passages(context: PlanContext, article: Article, links: Links) -> Iterator[Passage]:
    """All texts of an article, in the order of its page; none that is empty."""
    brief = article.brief if article.form == "brief" else None
    if brief:
        takeaways = (
            text_at(context, article, f"brief.takeaways.{place}", links) for place in range(len(brief.takeaways))
        )
        if texts := tuple(text for text in takeaways if text):
            yield Passage(heading=context.say("takeaways"), texts=texts, is_list=True)
    text = text_of(context, article, links)
    if article.form == "explainer" and (teaser := text_at(context, article, "teaser", links)):
        yield Passage(heading=context.say("quick_read"), texts=(teaser,))
        if text:
            yield Passage(heading=context.say("full_text"), texts=(text,))
    elif text:
        yield Passage(texts=(text,))
    if brief:
        labels = {
            "market_effects": [context.say(f"scope_{effect.scope}") for effect in brief.market_effects],
            "perspectives": [context.say(f"stance_{view.stance}") for view in brief.perspectives],
        }
        for key in _BRIEF:
            yield from _brief_passages(context, article, links, key, labels.get(key, [""]))
    if disclaimer := text_at(context, article, "disclaimer", links):
        yield Passage(heading=context.say("disclaimer"), texts=(disclaimer,))


def _brief_passages(
    context: PlanContext, article: Article, links: Links, key: str, labels: list[str]
) -> Iterator[Passage]:
    """A part of a brief: one text, or several with a label each, under one heading."""
    heading = context.say(key)
    for place, label in enumerate(labels):
        if text := text_at(context, article, f"brief.{key}.{place}.text" if label else f"brief.{key}", links):
            yield Passage(heading=heading, label=label, texts=(text,))
            heading = ""
