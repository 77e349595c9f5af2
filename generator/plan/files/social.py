"""Plans social cards: the pictures of shared links."""

import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import msgspec

from generator.config import CONFIG_NAME
from generator.errors import KeyPath, Problem
from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.files import CARD_SIZE, SocialCard
from generator.outputs.parts import Picture
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.keys import keyed_draft
from generator.plan.routes import card_path
from generator.plan.stories import compare, facts_by_source
from generator.records import Article, Story
from generator.site import Snapshot, StoryCoverage

_MOST_NAMED = 5  # texts of one script; if the font lacks the script of the site, every record has one
_MOST_SIGNS = 10
_NOTO_NAMES = {"CJK": "SC", "HIRAGANA": "JP", "KATAKANA": "JP", "HANGUL": "KR"}
"""The names of fonts that differ from the name of the script in Unicode."""


def plan_social_cards(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan a card for each article and each story that search engines may list, and one for all other pages."""
    front = context.urls.front_path()
    if has_card(context, context.config.site.title):
        owner, make = "the social card of the site", partial(_make_card, context, None)
        yield Draft(card_path(front), SocialCard, owner, make)
    for article in material.snapshot.articles:
        if context.is_indexed(article) and has_card(context, article.title):
            path = card_path(context.urls.article_path(article))
            yield Draft(path, SocialCard, article.file, partial(_article_card, context, article))
    for story in material.snapshot.stories if context.config.outputs.stories else ():
        if context.is_out(story) and has_card(context, story.title):
            path = card_path(context.urls.record_path(story))
            yield keyed_draft(context, path, SocialCard, story.file, _story_card, material.snapshot.coverage_of(story))


def has_card(context: PlanContext, headline: str) -> bool:
    """Whether there is a social card with a headline: cards are on, and a font has all its letters and digits."""
    return context.config.images.cards and not any(map(str.isalnum, context.lettering.lacks(headline)))


def social_card(context: PlanContext, page: OutputPath, headline: str, *, alt: str = "") -> Picture | None:
    """The card of a page with a headline; None if it has none (`has_card`)."""
    if not has_card(context, headline):
        return None
    path = card_path(page)
    width, height = CARD_SIZE
    href, url = context.urls.href(path), context.urls.absolute(path)
    return Picture(href=href, url=url, width=width, height=height, alt=alt or headline)


def site_card(context: PlanContext) -> Picture | None:
    """The card of all pages without their own."""
    return social_card(context, context.urls.front_path(), context.config.site.title)


class _Shown(NamedTuple):
    """A text on cards, its place, and what is missing if its letters cannot be written; empty if only the text is."""

    file: str
    key: KeyPath
    text: str
    loses: str = ""


def check_cards(context: PlanContext, snapshot: Snapshot) -> Iterator[Problem]:
    """Warn of texts that no font of the cards can write: the first few of each script, and the number of the rest."""
    lacking: dict[str, list[tuple[_Shown, str]]] = {}
    for shown in dict.fromkeys(_shown_on_cards(context, snapshot)):
        if lacks := context.lettering.lacks(shown.text):
            lacking.setdefault(_font_for(lacks), []).append((shown, lacks))
    for font, found in lacking.items():
        for place, (shown, lacks) in enumerate(found[:_MOST_NAMED]):
            rest = len(found) - _MOST_NAMED if place == _MOST_NAMED - 1 else 0
            yield _warn(shown, lacks, font, rest)


def _shown_on_cards(context: PlanContext, snapshot: Snapshot) -> Iterator[_Shown]:
    site = context.config.site
    yield _Shown(CONFIG_NAME, ("site", "title"), site.title, "the site has no social card, and others name its host")
    yield _Shown(CONFIG_NAME, ("site", "tagline"), site.tagline)
    articles = [article for article in snapshot.articles if context.is_indexed(article)]
    stories = [story for story in snapshot.stories if context.is_out(story)] if context.config.outputs.stories else []
    records: list[Article | Story] = [*articles, *stories]
    for record in records:
        yield _Shown(record.file, ("title",), record.title, "it has no social card")
    for topic in dict.fromkeys(record.topic for record in records):
        yield _Shown(context.standing.topics[topic].file, ("title",), context.standing.topics[topic].title)
    for source in dict.fromkeys(article.source for article in articles):
        yield _Shown(context.standing.sources[source].file, ("title",), context.standing.sources[source].title)


def _warn(shown: _Shown, lacks: str, font: str, rest: int) -> Problem:
    result = shown.loses if shown.loses and any(map(str.isalnum, lacks)) else "social cards leave it out"
    signs = lacks if len(lacks) <= _MOST_SIGNS else lacks[:_MOST_SIGNS] + "…"
    others = f" (and of {rest} more records)" if rest else ""
    file = f"{font.replace(' ', '')}-Bold.ttf"
    return Problem(
        file=shown.file,
        code="unwritable-card",
        key=shown.key,
        message=f"no font of social cards has the characters '{signs}'{others}: {result}",
        expected="a font with these characters",
        hint=f'put a font such as {font} into content/media/, and set [images] card_font = "{file}" in site.toml',
    )


def _font_for(signs: str) -> str:
    """The Noto font for the first letter of some characters; the font of symbols if there is no letter."""
    letter = next(filter(str.isalnum, signs), None)
    script = unicodedata.name(letter, "").partition(" ")[0] if letter else ""
    return f"Noto Sans {_NOTO_NAMES.get(script, script.capitalize())}" if script else "Noto Sans Symbols 2"


def _article_card(context: PlanContext, article: Article) -> SocialCard:
    return _make_card(context, article, context.standing.sources[article.source].title)


def _story_card(context: PlanContext, _path: OutputPath, coverage: StoryCoverage) -> SocialCard:
    sources = [report.source for report in compare(context, coverage).articles]
    counts = {
        "reports": context.say("reports_counted", count=len(sources)),
        "sources": context.say("sources_counted", count=len(set(sources))),
    }
    told = context.say("reports_by_sources", **counts) if sources else ""
    facts = tuple(facts_by_source(context, coverage).values())
    return msgspec.structs.replace(_make_card(context, coverage.story, told), facts=facts)


def _make_card(context: PlanContext, record: Article | Story | None, told: str = "") -> SocialCard:
    """The card of a record, or that of the site."""
    site, topic = context.config.site, context.standing.topics[record.topic] if record else None
    return SocialCard(
        headline=record.title if record else site.title,
        topic=topic.title if topic else site.tagline,
        colour=topic.colour if topic else None,
        told=told,
        site=site.title if record else "",
        host=context.urls.site.host,
        font=context.card_font,
    )
