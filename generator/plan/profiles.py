"""The profiles of topics, sources and entities: facts and figures beside their articles."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Literal
from urllib.parse import urlsplit

from generator.addresses import show_address
from generator.names import RecordId
from generator.outputs.parts import Link, MixPart, MixRow, MonthCount, Profile, Tone
from generator.plan.charts import FEWEST_POINTS
from generator.plan.collections import Collection
from generator.plan.context import PlanContext
from generator.plan.parts import article_link, month_link, record_link, story_link
from generator.plan.stories import compare, score_part, story_card
from generator.records import Article, Entity, Source, Topic
from generator.site import StoryCoverage, month_of

MIX_PARTS = 5  # named parts of a mix; the rest is one more, "Others"
MONTHS_SHOWN = 12
FEWEST_MONTHS = 3  # with fewer that brought articles, a table of months says less than the list beside it
TOGETHER_SHOWN = 8
NAMES_OF_SITES = {
    "github.com": "GitHub",
    "linkedin.com": "LinkedIn",
    "wikidata.org": "Wikidata",
    "wikipedia.org": "Wikipedia",
    "youtube.com": "YouTube",
}
"""What sites are called where an entity is said to be the same."""
MOST_TONES = 60  # more dots cannot be distinguished, and the page would grow with the site


def profile_of(context: PlanContext, collection: Collection, stories: Sequence[StoryCoverage]) -> Profile | None:
    """The profile of a topic, source or entity; None for any other collection."""
    match collection.record:
        case Topic():
            return topic_profile(context, collection.articles, stories)
        case Source():
            return source_profile(context, collection.record, collection.articles, stories)
        case Entity():
            return entity_profile(context, collection.record, collection.articles, stories)
        case _:
            return None


def topic_profile(context: PlanContext, articles: Sequence[Article], stories: Sequence[StoryCoverage]) -> Profile:
    """The sources, tones and stories of a topic."""
    sources = (article.source for article in articles)
    return Profile(
        mix=mix_row(context, Link(text=context.say("sources")), sources, "sources"),
        mix_heading=context.say("mix_of_sources"),
        tones=tones(context, articles),
        stories=tuple(story_card(context, coverage) for coverage in stories),
    )


def source_profile(
    context: PlanContext, source: Source, articles: Sequence[Article], stories: Sequence[StoryCoverage]
) -> Profile:
    """The facts, topics and months of a source, and how completely it covered its stories."""
    scores = (
        score_part(context, story_link(context, coverage.story), score)
        for coverage in stories
        for score in compare(context, coverage).ranking
        if score.source == source.id
    )
    topics = (article.topic for article in articles)
    facts = (
        (context.say("country"), context.strings.country_name(source.country) if source.country else ""),
        (context.say("language"), context.strings.language_name(source.language) if source.language else ""),
        (context.say("owner"), source.owner),
        (context.say("licence"), source.licence),
    )
    return Profile(
        facts=tuple((name, value) for name, value in facts if value),
        links=named_links(context, source.homepage),
        mix=mix_row(context, Link(text=context.say("topics")), topics, "topics"),
        mix_heading=context.say("mix_of_topics"),
        months=rhythm(context, articles),
        scores=tuple(scores),
    )


def entity_profile(
    context: PlanContext, entity: Entity, articles: Sequence[Article], stories: Sequence[StoryCoverage]
) -> Profile:
    """The facts, months, tones and stories of an entity, and the entities that appear with it."""
    together: Counter[RecordId] = Counter()
    for article in articles:
        together.update({part.entity for part in article.entities} - {entity.id})
    ranked = sorted(together, key=lambda one: (-together[one], context.standing.entities[one].title.casefold(), one))
    facts = ((context.say("type"), context.say(f"entity_{entity.type}")), (context.say("ticker"), entity.ticker))
    return Profile(
        facts=tuple((name, value) for name, value in facts if value),
        links=named_links(context, entity.homepage, entity.same_as),
        months=rhythm(context, articles),
        tones=tones(context, articles),
        together=tuple(
            MixPart(name=record_link(context, "entities", one), count=together[one]) for one in ranked[:TOGETHER_SHOWN]
        ),
        stories=tuple(story_card(context, coverage) for coverage in stories),
    )


def named_links(context: PlanContext, homepage: str | None, others: Sequence[str] = ()) -> tuple[Link, ...]:
    """The homepage, and what else is said of somebody: by the name of the site, else by its host."""
    named = {url: NAMES_OF_SITES.get(".".join(host_of(url).split(".")[-2:]), host_of(url)) for url in others}
    if homepage:
        named = {homepage: context.say("website"), **{url: name for url, name in named.items() if url != homepage}}
    return tuple(Link(text=name, href=url) for url, name in named.items())


def host_of(url: str) -> str:
    """The host of an address, as people read it."""
    return urlsplit(show_address(url)).netloc.removeprefix("www.")


def mix_row(
    context: PlanContext, name: Link, parts: Iterable[RecordId], family: Literal["sources", "topics"]
) -> MixRow | None:
    """The largest sources or topics first, ties by name, the rest as one; None if there are none."""
    counts: Counter[Link] = Counter()
    series: dict[Link, int] = {}
    for part, count in Counter(parts).items():
        link = record_link(context, family, part)
        counts[link] += count
        series.setdefault(link, context.standing.looks[family][part])
    if not counts:
        return None
    ranked = sorted(counts, key=lambda link: (-counts[link], link.text.casefold(), link.href or ""))
    shown = [MixPart(name=link, count=counts[link], series=series[link]) for link in ranked[:MIX_PARTS]]
    if rest := sum(counts[link] for link in ranked[MIX_PARTS:]):
        shown.append(MixPart(name=Link(text=context.say("others")), count=rest))
    return MixRow(name=name, parts=tuple(shown))


def months(context: PlanContext, articles: Sequence[Article]) -> tuple[MonthCount, ...]:
    """How many articles each month brought, from the newest with any back to the oldest, a year at most."""
    counts = Counter(month_of(article, context.config.zone) for article in articles)
    if not counts:
        return ()
    newest, oldest = (year * 12 + month - 1 for year, month in (max(counts), min(counts)))
    shown = [(place // 12, place % 12 + 1) for place in range(newest, max(oldest, newest - MONTHS_SHOWN + 1) - 1, -1)]
    most = max(counts[month] for month in shown)
    return tuple(
        MonthCount(month=month_link(context, month, is_linked=month in counts), count=counts[month], most=most)
        for month in shown
    )


def rhythm(context: PlanContext, articles: Sequence[Article]) -> tuple[MonthCount, ...]:
    """The months of a profile; none if fewer than three of them brought articles."""
    shown = months(context, articles)
    return shown if sum(one.count > 0 for one in shown) >= FEWEST_MONTHS else ()


def tones(context: PlanContext, articles: Iterable[Article]) -> tuple[Tone, ...]:
    """The sentiment scores of the newest 60 articles (newest first) that have one, oldest first; empty below five."""
    judged = ((article, article.sentiment.score) for article in articles if article.sentiment)
    newest = islice(((article, score) for article, score in judged if score is not None), MOST_TONES)
    scored = [
        Tone(at=article.published, score=score, article=article_link(context, article)) for article, score in newest
    ]
    return tuple(reversed(scored)) if len(scored) >= FEWEST_POINTS else ()
