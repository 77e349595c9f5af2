"""What is known about topics, sources and entities beside their lists of articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from generator.names import OutputPath, RecordId
from generator.outputs import Draft
from generator.outputs.views import (
    InsightsPage,
    Link,
    MixPart,
    MixRow,
    MonthCount,
    Profile,
    StoryScore,
    Tone,
)
from generator.plan.desk import Desk
from generator.plan.meta import page_meta
from generator.plan.stories import story_card, story_scores
from generator.plan.urls import Directory
from generator.records import Article, Entity, Source
from generator.site import Snapshot, StoryCoverage

MIX_PARTS = 5  # named parts of a mix; what is left over is one more, "Others"
MONTHS_SHOWN = 12
TOGETHER_SHOWN = 8
FEWEST_TONES = 2  # one dot is no picture
MOST_TONES = 60  # more dots cannot be told apart, and the page would grow with the site
INSIGHT_STORIES = 12


def topic_profile(desk: Desk, articles: Sequence[Article], stories: Sequence[StoryCoverage]) -> Profile:
    """Of a topic: its sources, how it sounds, its stories."""
    return Profile(
        mix=mix_row(desk, Link(text=desk.say("sources")), (article.source for article in articles), desk.source_link),
        mix_heading=desk.say("mix_of_sources"),
        tones=tones(desk, articles),
        stories=tuple(story_card(desk, told) for told in stories),
    )


def source_profile(
    desk: Desk, source: Source, articles: Sequence[Article], stories: Sequence[StoryCoverage]
) -> Profile:
    """Of a source: facts, its topics, how often it publishes, the stories it told and how completely."""
    scores = (
        StoryScore(
            name=Link(text=told.story.title, href=desk.urls.story_href(told.story)), told=score.told, known=score.known
        )
        for told in stories
        for score in desk.compare(told).ranking
        if score.source == source.id
    )
    facts = (
        (desk.say("country"), desk.strings.country_name(source.country) if source.country else ""),
        (desk.say("language"), desk.strings.language_name(source.language) if source.language else ""),
        (desk.say("owner"), source.owner),
        (desk.say("licence"), source.licence),
    )
    return Profile(
        facts=tuple((name, value) for name, value in facts if value),
        links=(Link(text=source.homepage, href=source.homepage),) if source.homepage else (),
        mix=mix_row(desk, Link(text=desk.say("topics")), (article.topic for article in articles), desk.topic_link),
        mix_heading=desk.say("mix_of_topics"),
        months=months(desk, articles),
        scores=tuple(scores),
    )


def entity_profile(
    desk: Desk, entity: Entity, articles: Sequence[Article], stories: Sequence[StoryCoverage]
) -> Profile:
    """Of an entity: facts, with whom it appears, how it is written about, when, in which stories."""
    together: Counter[RecordId] = Counter()
    for article in articles:
        together.update({part.entity for part in article.entities} - {entity.id})
    ranked = sorted(together, key=lambda one: (-together[one], desk.entities[one].title.casefold(), one))
    facts = ((desk.say("type"), desk.say(f"entity_{entity.type}")), (desk.say("ticker"), entity.ticker))
    return Profile(
        facts=tuple((name, value) for name, value in facts if value),
        links=tuple(Link(text=url, href=url) for url in dict.fromkeys((entity.homepage, *entity.same_as)) if url),
        months=months(desk, articles),
        tones=tones(desk, articles),
        together=tuple(MixPart(name=desk.entity_link(one), count=together[one]) for one in ranked[:TOGETHER_SHOWN]),
        stories=tuple(story_card(desk, told) for told in stories),
    )


def plan_insights(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/insights/`; none where nothing is published."""
    if snapshot.articles:
        path = desk.urls.index_path("insights")
        stories = tuple(map(snapshot.coverage_of, snapshot.stories))
        by_topic = tuple(snapshot.articles_by_topic.get(topic.id, ()) for topic in desk.ordered_topics)
        yield desk.keyed_draft(path, InsightsPage, "the insights", _insights, snapshot.articles, by_topic, stories)


def _insights(
    desk: Desk,
    path: OutputPath,
    articles: tuple[Article, ...],
    by_topic: tuple[tuple[Article, ...], ...],
    stories: tuple[StoryCoverage, ...],
) -> InsightsPage:
    crumbs = (desk.home_link(), Link(text=desk.say("insights")))
    description = desk.say("insights_description")
    mixes = (
        mix_row(desk, desk.topic_link(topic.id), (article.source for article in listed), desk.source_link)
        for topic, listed in zip(desk.ordered_topics, by_topic, strict=True)
    )
    scored = ((story_card(desk, told), scores) for told in stories if (scores := story_scores(desk, told)))
    return InsightsPage(
        meta=page_meta(desk, path, desk.say("insights"), description, crumbs=crumbs),
        crumbs=crumbs,
        heading=desk.say("insights"),
        mixes=tuple(mix for mix in mixes if mix),
        tones=tones(desk, articles),
        months=months(desk, articles),
        stories=tuple(islice(scored, INSIGHT_STORIES)),
    )


def mix_row(desk: Desk, name: Link, parts: Iterable[RecordId], link_to: Callable[[RecordId], Link]) -> MixRow | None:
    """What articles are made of: the largest parts first, ties by name, the rest as one; None where there are none."""
    counts: Counter[Link] = Counter()
    for part, count in Counter(parts).items():
        counts[link_to(part)] += count
    if not counts:
        return None
    ranked = sorted(counts, key=lambda link: (-counts[link], link.text.casefold(), link.href or ""))
    shown = [MixPart(name=link, count=counts[link]) for link in ranked[:MIX_PARTS]]
    if rest := sum(counts[link] for link in ranked[MIX_PARTS:]):
        shown.append(MixPart(name=Link(text=desk.say("others")), count=rest))
    return MixRow(name=name, parts=tuple(shown))


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
    newest = islice(((article, score) for article, score in judged if score is not None), MOST_TONES)
    scored = [
        Tone(
            at=article.published,
            score=score,
            article=desk.article_link(article),
        )
        for article, score in newest
    ]
    return tuple(reversed(scored)) if len(scored) >= FEWEST_TONES else ()
