"""Which pages have social cards, and what those say."""

import pytest

from generator.outputs.files import SocialCard
from generator.plan.files.social import plan_social_cards
from generator.records import Record, Source, Story, Topic
from materials import day, make_article, make_newsroom, make_record, views_of

TOPIC = make_record(Topic, "chips", title="Chips", colour="#b80000")


def cards(*records: Record, **options: object) -> dict[str, SocialCard]:
    """The cards of articles and stories."""
    found = views_of(plan_social_cards, make_newsroom(TOPIC, *records, **options))  # type: ignore[arg-type]
    found.pop("cards/card.png")
    assert all(isinstance(view, SocialCard) for view in found.values())
    return found  # type: ignore[return-value]


def test_the_card_of_an_article_names_what_who_where() -> None:
    assert cards(make_article("a1", title="A new chip")) == {
        "cards/news/chips/a1/card.png": SocialCard(
            headline="A new chip",
            topic="Chips",
            colour="#b80000",
            told="The Wire",
            site="Bench News",
            host="bench.example",
        )
    }


def test_one_card_of_the_site_stands_for_all_other_pages() -> None:
    newsroom = make_newsroom(site={"tagline": "News that hums"})
    assert views_of(plan_social_cards, newsroom) == {
        "cards/card.png": SocialCard(
            headline="Bench News", topic="News that hums", colour=None, told="", site="", host="bench.example"
        )
    }


@pytest.mark.parametrize(
    ("language", "reports", "told"),
    [
        ("en", 0, ""),
        ("en", 1, "1 report by 1 source"),
        ("en", 3, "3 reports by 2 sources"),
        ("de", 3, "3 Berichte aus 2 Quellen"),
    ],
)
def test_the_card_of_a_story_says_how_many_told_it(language: str, reports: int, told: str) -> None:
    sources = ["wire", "post", "wire"][:reports]
    records = [
        make_article(f"a{number}", day(number), source=source, story="s1") for number, source in enumerate(sources, 1)
    ]
    made = cards(make_record(Source, "post"), make_record(Story, "s1", topic="chips"), *records, language=language)
    assert made["cards/stories/s1/card.png"].told == told


def test_what_no_search_engine_may_list_has_no_card() -> None:
    hidden = [make_article("a1", noindex=True), make_article("a2", draft=True)]
    assert not cards(*hidden, make_record(Story, "s1", topic="chips", draft=True), drafts=True)
    assert not cards(make_record(Story, "s1", topic="chips"), outputs={"stories": False})
