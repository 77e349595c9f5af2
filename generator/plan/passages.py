"""An article's texts for those who read them elsewhere than on its page: in feeds, and as markdown."""

from collections.abc import Iterator

from generator.outputs.views import Passage
from generator.plan.desk import Desk
from generator.plan.urls import Links
from generator.records import Article

_BRIEF = ("background", "why_it_matters", "market_relevance", "market_effects", "perspectives", "outlook")
"""The parts of a brief after its takeaways, in the order of its page."""


def article_passages(desk: Desk, article: Article, links: Links) -> Iterator[Passage]:
    """All texts of an article, in the order of its page; none that is empty."""
    brief = article.brief if article.form == "brief" else None
    if brief:
        takeaways = (desk.text_at(article, f"brief.takeaways.{place}", links) for place in range(len(brief.takeaways)))
        if texts := tuple(text for text in takeaways if text):
            yield Passage(heading=desk.say("takeaways"), texts=texts, is_list=True)
    text = desk.text(article, links)
    if article.form == "explainer" and (teaser := desk.text_at(article, "teaser", links)):
        yield Passage(heading=desk.say("quick_read"), texts=(teaser,))
        if text:
            yield Passage(heading=desk.say("full_text"), texts=(text,))
    elif text:
        yield Passage(texts=(text,))
    if brief:
        labels = {
            "market_effects": [desk.say(f"scope_{effect.scope}") for effect in brief.market_effects],
            "perspectives": [desk.say(f"stance_{view.stance}") for view in brief.perspectives],
        }
        for key in _BRIEF:
            yield from _brief_passages(desk, article, links, key, labels.get(key, [""]))
    if disclaimer := desk.text_at(article, "disclaimer", links):
        yield Passage(heading=desk.say("disclaimer"), texts=(disclaimer,))


def _brief_passages(desk: Desk, article: Article, links: Links, key: str, labels: list[str]) -> Iterator[Passage]:
    """A part of a brief: one text, or several with a label each, under one heading."""
    heading = desk.say(key)
    for place, label in enumerate(labels):
        if text := desk.text_at(article, f"brief.{key}.{place}.text" if label else f"brief.{key}", links):
            yield Passage(heading=heading, label=label, texts=(text,))
            heading = ""
