"""Plans `llms.txt`, an overview of the site for language models."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.outputs import Draft
from generator.outputs.files import LlmsEntry, LlmsSection, LlmsTxt
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.meta import site_feeds
from generator.plan.pages.feeds import FORMAT_NAMES
from generator.plan.parts import shorten, standfirst
from generator.plan.routes import ROUTES
from generator.plan.stories import story_card
from generator.records import Article
from generator.site import Snapshot

MAX_TOPICS = 50
MAX_STORIES = 10
MAX_ARTICLES = 10


def plan_llms_txt(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/llms.txt`: topics, newest stories and articles, and feeds, as far as they are switched on.

    Source: llmstxt.org, "Format".
    """
    yield Draft(ROUTES["llms"].path(), LlmsTxt, "llms.txt", partial(_llms_txt, context, material.snapshot))


def _llms_txt(context: PlanContext, snapshot: Snapshot) -> LlmsTxt:
    site, outputs = context.config.site, context.config.outputs
    told = map(snapshot.coverage_of, snapshot.stories if outputs.stories else ())
    stories = [story_card(context, one) for one in told if context.is_out(one.story)]
    articles = [article for article in snapshot.articles if context.is_indexed(article)]
    topics = [
        (topic.title, context.urls.listing_href("topics", topic.id), topic.description)
        for topic in context.standing.ordered_topics
        if topic.id in snapshot.articles_by_topic
    ]
    formats = map(FORMAT_NAMES.__getitem__, context.config.feed_formats)
    feeds = [(feed.title, feed.href, name) for feed, name in zip(site_feeds(context), formats, strict=False)]
    if outputs.feeds and "feeds" in context.urls.filled:
        description = context.say("feeds_description", site=site.title)
        feeds.append((context.say("feeds"), context.urls.href(context.urls.index_path("feeds")), description))
    sections = (
        _section(context, "topics", topics[:MAX_TOPICS]),
        _section(context, "stories", [(one.title, one.href, one.summary) for one in stories[:MAX_STORIES]]),
        _section(context, "latest", [_article_line(context, article) for article in articles[:MAX_ARTICLES]]),
        _section(context, "feeds", feeds),
    )
    return LlmsTxt(
        title=site.title,
        description=site.description or site.tagline,
        sections=tuple(section for section in sections if section.entries),
    )


def _section(context: PlanContext, heading: str, lines: Sequence[tuple[str, str | None, str]]) -> LlmsSection:
    return LlmsSection(
        heading=context.say(heading),
        entries=tuple(
            LlmsEntry(title=title, url=context.urls.site.full(href), description=shorten(description))
            for title, href, description in lines
            if href
        ),
    )


def _article_line(context: PlanContext, article: Article) -> tuple[str, str, str]:
    """An article, with the link to its markdown if there is one."""
    path = (
        context.urls.markdown_path(article) if context.config.outputs.markdown else context.urls.article_path(article)
    )
    return article.title, context.urls.href(path), standfirst(article)
