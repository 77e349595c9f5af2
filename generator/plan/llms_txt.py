"""Plans `llms.txt`, by which programs that read find their way."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.names import output_path
from generator.outputs import Draft
from generator.outputs.views import LlmsEntry, LlmsSection, LlmsTxt
from generator.plan.desk import Desk, shorten, standfirst
from generator.plan.feeds import FORMAT_NAMES
from generator.plan.meta import site_feeds
from generator.plan.stories import story_card
from generator.plan.urls import Directory
from generator.records import Article
from generator.site import Snapshot

MAX_TOPICS = 50
MAX_STORIES = 10
MAX_ARTICLES = 10


def plan_llms_txt(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/llms.txt`: topics, newest stories and articles, and feeds; what is switched off is not in it.

    Source: llmstxt.org, "Format".
    """
    yield desk.draft(output_path("llms.txt"), LlmsTxt, "llms.txt", partial(_llms_txt, desk, snapshot))


def _llms_txt(desk: Desk, snapshot: Snapshot) -> LlmsTxt:
    site, outputs = desk.config.site, desk.config.outputs
    told = map(snapshot.coverage_of, snapshot.stories if outputs.stories else ())
    stories = [story_card(desk, one) for one in told if desk.is_out(one.story)]
    articles = [article for article in snapshot.articles if desk.is_indexed(article)]
    topics = [
        (topic.title, desk.urls.topic_href(topic.id), topic.description)
        for topic in desk.ordered_topics
        if topic.id in snapshot.articles_by_topic
    ]
    formats = map(FORMAT_NAMES.__getitem__, desk.config.feed_formats)
    feeds = [(feed.title, feed.href, name) for feed, name in zip(site_feeds(desk), formats, strict=False)]
    if outputs.feeds and "feeds" in desk.urls.filled:
        description = desk.say("feeds_description", site=site.title)
        feeds.append((desk.say("feeds"), desk.urls.href(desk.urls.index_path("feeds")), description))
    sections = (
        _section(desk, "topics", topics[:MAX_TOPICS]),
        _section(desk, "stories", [(one.title, one.href, one.summary) for one in stories[:MAX_STORIES]]),
        _section(desk, "latest", [_article_line(desk, article) for article in articles[:MAX_ARTICLES]]),
        _section(desk, "feeds", feeds),
    )
    return LlmsTxt(
        title=site.title,
        description=site.description or site.tagline,
        sections=tuple(section for section in sections if section.entries),
    )


def _section(desk: Desk, heading: str, lines: Sequence[tuple[str, str | None, str]]) -> LlmsSection:
    return LlmsSection(
        heading=desk.say(heading),
        entries=tuple(
            LlmsEntry(title=title, url=desk.urls.site.full(href), description=shorten(description))
            for title, href, description in lines
            if href
        ),
    )


def _article_line(desk: Desk, article: Article) -> tuple[str, str, str]:
    """An article, by the way to its plain markdown where there is that."""
    path = desk.urls.markdown_path(article) if desk.config.outputs.markdown else desk.urls.article_path(article)
    return article.title, desk.urls.href(path), standfirst(article)
