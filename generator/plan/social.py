"""Plans the cards that are shown where a link to an article or a story is shared."""

from collections.abc import Iterator
from functools import partial

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.views import SocialCard
from generator.plan.desk import Desk
from generator.plan.urls import Directory
from generator.records import Article
from generator.site import Edition, Told


def plan_social_cards(desk: Desk, edition: Edition, _directory: Directory) -> Iterator[Draft]:
    """Plan a card for each article and each story that search engines may list, and one for all other pages."""
    front = desk.urls.front_path()
    yield desk.draft(desk.urls.card_path(front), SocialCard, "the social card of the site", partial(_site_card, desk))
    for article in edition.articles:
        if desk.is_indexed(article):
            path = desk.urls.card_path(desk.urls.article_path(article))
            yield desk.draft(path, SocialCard, article.file, partial(_article_card, desk, article))
    for story in edition.stories if desk.config.outputs.stories else ():
        if desk.is_out(story):
            path = desk.urls.card_path(desk.urls.story_path(story))
            yield desk.keyed_draft(path, SocialCard, story.file, _story_card, edition.told(story))


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


def _story_card(desk: Desk, _path: OutputPath, told: Told) -> SocialCard:
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
