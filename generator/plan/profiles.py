"""What is known about topics, sources and entities beside their lists of articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from generator.names import RecordId
from generator.outputs import Output
from generator.outputs.views import (
    InsightsPage,
    Link,
    MixPart,
    MixRow,
    MonthCount,
    Profile,
    StoryCard,
    StoryScore,
    Tone,
)
from generator.plan.desk import Desk
from generator.plan.meta import page_meta
from generator.plan.stories import story_card, story_scores
from generator.records import Article, Entity, Source, Story

MIX_PARTS = 5  # named parts of a mix; what is left over is one more, "Others"
MONTHS_SHOWN = 12
TOGETHER_SHOWN = 8
FEWEST_TONES = 2  # one dot is no picture
MOST_TONES = 60  # more dots cannot be told apart, and the page would grow with the site
INSIGHT_STORIES = 12


def topic_profile(desk: Desk, articles: Sequence[Article]) -> Profile:
    """Of a topic: its sources, how it sounds, its stories."""
    return Profile(
        mix=mix_row(Link(text="Sources"), articles, lambda article: desk.source_link(article.source)),
        mix_heading="Where its articles come from",
        tones=tones(desk, articles),
        stories=_stories_of(desk, articles),
    )


def source_profile(desk: Desk, source: Source, articles: Sequence[Article]) -> Profile:
    """Of a source: facts, its topics, how often it publishes, the stories it told and how completely."""
    told = {article.story for article in articles}
    scores = (
        StoryScore(name=Link(text=story.title, href=desk.urls.story_href(story.id)), told=score.told, known=score.known)
        for story in desk.edition.stories
        if story.id in told
        for score in desk.comparison(story.id).ranking
        if score.source == source.id
    )
    facts = (
        ("Country", source.country or ""),
        ("Language", source.language or ""),
        ("Owner", source.owner),
        ("Licence", source.licence),
    )
    return Profile(
        facts=tuple((name, value) for name, value in facts if value),
        links=(Link(text=source.homepage, href=source.homepage),) if source.homepage else (),
        mix=mix_row(Link(text="Topics"), articles, lambda article: desk.topic_link(article.topic)),
        mix_heading="What it writes about",
        months=months(desk, articles),
        scores=tuple(scores),
    )


def entity_profile(desk: Desk, entity: Entity, articles: Sequence[Article]) -> Profile:
    """Of an entity: facts, with whom it appears, how it is written about, when, in which stories."""
    together: Counter[RecordId] = Counter()
    for article in articles:
        together.update({part.entity for part in article.entities} - {entity.id})
    ranked = sorted(together, key=lambda one: (-together[one], desk.site.entities[one].title.casefold(), one))
    facts = (("Type", entity.type.capitalize()), ("Ticker", entity.ticker))
    return Profile(
        facts=tuple((name, value) for name, value in facts if value),
        links=tuple(Link(text=url, href=url) for url in dict.fromkeys((entity.homepage, *entity.same_as)) if url),
        months=months(desk, articles),
        tones=tones(desk, articles),
        together=tuple(MixPart(name=desk.entity_link(one), count=together[one]) for one in ranked[:TOGETHER_SHOWN]),
        stories=_stories_of(desk, articles, entity.id),
    )


def plan_insights(desk: Desk) -> Iterator[Output]:
    """Plan `/insights/`; none where nothing is published."""
    if not desk.edition.articles:
        return
    path = desk.urls.index_path("insights")
    crumbs = (desk.home_link(), Link(text="Insights"))
    description = "What the articles of this site show when one counts them: their sources, their tone, their stories."
    mixes = (
        mix_row(
            desk.topic_link(topic.id),
            desk.edition.articles_by_topic.get(topic.id, ()),
            lambda article: desk.source_link(article.source),
        )
        for topic in desk.edition.topics
    )
    told = ((story_card(desk, story), story_scores(desk, story)) for story in desk.edition.stories)
    view = InsightsPage(
        meta=page_meta(desk, path, "Insights", description, crumbs=crumbs),
        crumbs=crumbs,
        heading="Insights",
        mixes=tuple(mix for mix in mixes if mix),
        tones=tones(desk, desk.edition.articles),
        months=months(desk, desk.edition.articles),
        stories=tuple(islice(((card, scores) for card, scores in told if scores), INSIGHT_STORIES)),
    )
    yield Output(path, view, "the insights")


def mix_row(name: Link, articles: Iterable[Article], part_of: Callable[[Article], Link]) -> MixRow | None:
    """What articles are made of: the largest parts first, ties by name, the rest as one; None where there are none."""
    counts: Counter[Link] = Counter(part_of(article) for article in articles)
    if not counts:
        return None
    ranked = sorted(counts, key=lambda link: (-counts[link], link.text.casefold(), link.href or ""))
    parts = [MixPart(name=link, count=counts[link]) for link in ranked[:MIX_PARTS]]
    if rest := sum(counts[link] for link in ranked[MIX_PARTS:]):
        parts.append(MixPart(name=Link(text="Others"), count=rest))
    return MixRow(name=name, parts=tuple(parts))


def months(desk: Desk, articles: Sequence[Article]) -> tuple[MonthCount, ...]:
    """How many articles each of the newest months with any brought, newest first."""
    counts = Counter(desk.month_of(article) for article in articles)
    newest = sorted(counts, reverse=True)[:MONTHS_SHOWN]
    most = max((counts[month] for month in newest), default=0)
    return tuple(MonthCount(month=desk.month_link(month), count=counts[month], most=most) for month in newest)


def tones(desk: Desk, articles: Iterable[Article]) -> tuple[Tone, ...]:
    """The sentiment scores of the newest 60 articles that have one, oldest first; empty below two of them.

    Args:
        desk: The build's desk.
        articles: Newest first.
    """
    judged = ((article, article.sentiment.score) for article in articles if article.sentiment)
    scored = [
        Tone(
            at=article.published,
            score=score,
            article=Link(text=article.title, href=desk.urls.article_href(article)),
        )
        for article, score in judged
        if score is not None
    ][:MOST_TONES]
    return tuple(reversed(scored)) if len(scored) >= FEWEST_TONES else ()


def _stories_of(desk: Desk, articles: Sequence[Article], entity: RecordId | None = None) -> tuple[StoryCard, ...]:
    told = {article.story for article in articles}

    def belongs(story: Story) -> bool:
        return story.id in told or any(part.entity == entity for part in story.entities)

    return tuple(story_card(desk, story) for story in desk.edition.stories if belongs(story))
