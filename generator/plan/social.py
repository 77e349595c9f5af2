"""Plans the cards that are shown where a link to an article or a story is shared."""

import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from generator.config import CONFIG_NAME
from generator.errors import KeyPath, Problem
from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.views import SocialCard
from generator.plan.desk import Desk
from generator.plan.urls import Directory
from generator.records import Article, Story
from generator.site import Snapshot, StoryCoverage

_MOST_NAMED = 5  # texts of one script; a site of another than the font's has them in every record
_MOST_SIGNS = 10
_NOTO_NAMES = {"CJK": "SC", "HIRAGANA": "JP", "KATAKANA": "JP", "HANGUL": "KR"}
"""What fonts are named by, where it is not the script's name in Unicode."""


def plan_social_cards(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan a card for each article and each story that search engines may list, and one for all other pages."""
    front = desk.urls.front_path()
    if desk.has_card(desk.config.site.title):
        owner, make = "the social card of the site", partial(_site_card, desk)
        yield desk.draft(desk.urls.card_path(front), SocialCard, owner, make)
    for article in snapshot.articles:
        if desk.is_indexed(article) and desk.has_card(article.title):
            path = desk.urls.card_path(desk.urls.article_path(article))
            yield desk.draft(path, SocialCard, article.file, partial(_article_card, desk, article))
    for story in snapshot.stories if desk.config.outputs.stories else ():
        if desk.is_out(story) and desk.has_card(story.title):
            path = desk.urls.card_path(desk.urls.story_path(story))
            yield desk.keyed_draft(path, SocialCard, story.file, _story_card, snapshot.coverage_of(story))


class _Shown(NamedTuple):
    """A text on cards, where it is written, and what there is not where its letters cannot be; "" where it is all."""

    file: str
    key: KeyPath
    text: str
    loses: str = ""


def check_cards(desk: Desk, snapshot: Snapshot) -> Iterator[Problem]:
    """Warn of the texts of cards that no font of theirs can write: those of each script that first come, all counted.

    Args:
        desk: Has the fonts.
        snapshot: Whose articles and stories may have cards.
    """
    lacking: dict[str, list[tuple[_Shown, str]]] = {}
    for shown in dict.fromkeys(_shown_on_cards(desk, snapshot)):
        if lacks := desk.lettering.lacks(shown.text):
            lacking.setdefault(_font_for(lacks), []).append((shown, lacks))
    for font, found in lacking.items():
        for place, (shown, lacks) in enumerate(found[:_MOST_NAMED]):
            rest = len(found) - _MOST_NAMED if place == _MOST_NAMED - 1 else 0
            yield _warn(shown, lacks, font, rest)


def _shown_on_cards(desk: Desk, snapshot: Snapshot) -> Iterator[_Shown]:
    site = desk.config.site
    yield _Shown(CONFIG_NAME, ("site", "title"), site.title, "the site has no social card, and others name its host")
    yield _Shown(CONFIG_NAME, ("site", "tagline"), site.tagline)
    articles = [article for article in snapshot.articles if desk.is_indexed(article)]
    stories = [story for story in snapshot.stories if desk.is_out(story)] if desk.config.outputs.stories else []
    records: list[Article | Story] = [*articles, *stories]
    for record in records:
        yield _Shown(record.file, ("title",), record.title, "it has no social card")
    for topic in dict.fromkeys(record.topic for record in records):
        yield _Shown(desk.topics[topic].file, ("title",), desk.topics[topic].title)
    for source in dict.fromkeys(article.source for article in articles):
        yield _Shown(desk.sources[source].file, ("title",), desk.sources[source].title)


def _warn(shown: _Shown, lacks: str, font: str, rest: int) -> Problem:
    result = shown.loses if shown.loses and any(map(str.isalnum, lacks)) else "social cards leave it out"
    signs = lacks if len(lacks) <= _MOST_SIGNS else lacks[:_MOST_SIGNS] + "…"
    others = f" (and of {rest} more records)" if rest else ""
    file = f"{font.replace(' ', '')}-Bold.ttf"
    return Problem(
        file=shown.file,
        code="unwritable-card",
        key=shown.key,
        message=f"no font of social cards writes '{signs}'{others}: {result}",
        expected="a font that has these signs",
        hint=f'put one such as {font} below content/media/, and set [images] card_font = "{file}" in site.toml',
    )


def _font_for(signs: str) -> str:
    """The font of the Noto family for the first letter of some signs, or for signs that are none."""
    letter = next(filter(str.isalnum, signs), None)
    script = unicodedata.name(letter, "").partition(" ")[0] if letter else ""
    return f"Noto Sans {_NOTO_NAMES.get(script, script.capitalize())}" if script else "Noto Sans Symbols 2"


def _site_card(desk: Desk) -> SocialCard:
    site = desk.config.site
    return SocialCard(
        headline=site.title,
        topic=site.tagline,
        colour=None,
        told="",
        site="",
        host=desk.urls.site.host,
        font=desk.card_font,
    )


def _article_card(desk: Desk, article: Article) -> SocialCard:
    topic = desk.topics[article.topic]
    return SocialCard(
        headline=article.title,
        topic=topic.title,
        colour=topic.colour,
        told=desk.sources[article.source].title,
        site=desk.config.site.title,
        host=desk.urls.site.host,
        font=desk.card_font,
    )


def _story_card(desk: Desk, _path: OutputPath, told: StoryCoverage) -> SocialCard:
    topic, reports = desk.topics[told.story.topic], desk.compare(told).articles
    return SocialCard(
        headline=told.story.title,
        topic=topic.title,
        colour=topic.colour,
        told=_told_by(desk, len(reports), len({report.source for report in reports})),
        site=desk.config.site.title,
        host=desk.urls.site.host,
        font=desk.card_font,
    )


def _told_by(desk: Desk, reports: int, sources: int) -> str:
    if not reports:
        return ""
    return desk.say(
        "reports_by_sources",
        reports=desk.say("reports_counted", count=reports),
        sources=desk.say("sources_counted", count=sources),
    )
