"""Pages of what changed in a story, and of the corrections of the whole site."""

from datetime import timedelta
from typing import Any

from generator.names import RecordId
from generator.outputs.pages import ArticlePage, ChangeLine, ChangesPage, StoryPage
from generator.outputs.parts import Change, Link
from generator.plan.pages.article import plan_articles
from generator.plan.pages.changes import plan_changes, plan_corrections
from generator.plan.pages.story import plan_stories
from generator.records import Article, Story
from generator.records.fields import Revision
from generator.records.story import Fact
from materials import Newsroom, day, make_article, make_newsroom, make_record, views_of
from sitebench import NOW

WIRE = Link(text="The Wire", href="/sources/wire/")


def correction(on: int, note: str = "It was wrong.") -> Revision:
    return Revision(at=day(on), note=note, significant=True)


def make_story(**fields: Any) -> Story:
    made: Story = make_record(Story, "event", **{"published": day(1), **fields})
    return made


def told(name: str, on: int, **fields: Any) -> Article:
    return make_article(name, day(on), story=RecordId("event"), **fields)


def pages_of(newsroom: Newsroom) -> dict[str, ChangesPage]:
    views = views_of(plan_changes, newsroom) | views_of(plan_corrections, newsroom)
    assert all(isinstance(view, ChangesPage) for view in views.values())
    return views  # type: ignore[return-value]  # as the line above says


def story_page(newsroom: Newsroom) -> StoryPage:
    view = views_of(plan_stories, newsroom)["stories/event/index.html"]
    assert isinstance(view, StoryPage)
    return view


def test_a_storys_page_of_changes_names_sources_articles_and_the_story() -> None:
    fact = Fact(text="It happened.", sources=(RecordId("wire"),))
    newsroom = make_newsroom(make_story(facts=(fact,), revisions=(correction(3),)), told("a1", 2))
    (page,) = (page for page in pages_of(newsroom).values() if page.kind == "story")
    report = Link(text="A1", href="/news/chips/a1/")
    anchors = [line.anchor for line in page.changes]
    assert page.changes == (
        ChangeLine(
            anchor=anchors[0],
            at=day(3),
            kind="correction",
            text="It was wrong.",
            sources=(),
            article=None,
            story=Link(text="Event", href="/stories/event/"),
        ),
        ChangeLine(anchor=anchors[1], at=day(2), kind="source", text="", sources=(WIRE,), article=report, story=None),
        ChangeLine(
            anchor=anchors[2],
            at=day(2),
            kind="fact",
            text="It happened.",
            sources=(WIRE,),
            article=report,
            story=None,
        ),
    )
    assert [crumb.href for crumb in page.crumbs] == ["/", "/stories/", "/stories/event/", None]
    assert (page.story, page.heading) == (Link(text="Event", href="/stories/event/"), "What changed: Event")
    assert page.meta.canonical == "https://bench.example/stories/event/changes/"


def test_a_storys_page_shows_the_newest_changes_and_its_revisions() -> None:
    facts = tuple(Fact(text=f"Fact {number}.", at=day(number)) for number in range(1, 9))
    small = Revision(at=day(9), note="A comma.")
    page = story_page(make_newsroom(make_story(facts=facts, revisions=(correction(3), small), status_at=day(9))))
    assert [line.kind for line in page.changes] == ["status", "correction"]  # the page names its facts itself
    assert page.changes_href == "/stories/event/changes/"
    assert page.revisions == (
        Change(at=day(9), note="A comma.", is_significant=False),
        Change(at=day(3), note="It was wrong.", is_significant=True),
    )
    assert page.corrections_href == "/corrections/"
    assert page.updated == day(9)


def test_there_is_no_page_where_nothing_changed_or_nothing_has_yet() -> None:
    to_come = Fact(text="To come.", at=NOW + timedelta(seconds=1))
    newsroom = make_newsroom(make_story(facts=(to_come,)), told("a1", 2, draft=True))
    assert pages_of(newsroom) == {}
    page = story_page(newsroom)
    assert (page.changes, page.changes_href, page.facts) == ((), None, ())
    assert newsroom.context.urls.index_href("corrections") is None


def test_what_is_switched_off_is_neither_there_nor_linked() -> None:
    records = (make_story(revisions=(correction(3),)), told("a1", 2))
    assert pages_of(make_newsroom(*records, outputs={"stories": False})).keys() == {"corrections/index.html"}
    page = story_page(make_newsroom(*records, outputs={"changes": False, "corrections": False}))
    assert (page.changes, page.changes_href, page.corrections_href) == ((), None, None)
    assert len(page.revisions) == 1


def test_the_page_of_a_draft_is_not_indexed() -> None:
    newsroom = make_newsroom(make_story(draft=True), told("a1", 2), drafts=True)
    assert not pages_of(newsroom)["stories/event/changes/index.html"].meta.is_indexed


def test_pages_of_changes_were_modified_with_the_newest_of_them() -> None:
    corrected = told("a1", 2, revisions=(correction(5),))
    pages = pages_of(make_newsroom(make_story(revisions=(correction(4),)), corrected))
    assert {path: page.meta.updated for path, page in pages.items()} == {
        "stories/event/changes/index.html": day(5),
        "corrections/index.html": day(5),
    }


def test_corrections_are_paged_from_the_oldest() -> None:
    corrected = [make_article(f"a{on}", day(on), revisions=(correction(on),)) for on in range(1, 8)]
    pages = pages_of(make_newsroom(*corrected, listings={"page_items": 2}))
    assert {path: [line.at for line in page.changes] for path, page in pages.items()} == {
        "corrections/index.html": [day(7), day(6), day(5)],
        "corrections/page/1/index.html": [day(2), day(1)],
        "corrections/page/2/index.html": [day(4), day(3)],
    }
    first, oldest, middle = pages.values()
    assert (first.number, first.older, first.newest) == (None, "/corrections/page/2/", None)
    assert (middle.number, middle.older, middle.newest) == (2, "/corrections/page/1/", "/corrections/")
    assert (oldest.number, oldest.older) == (1, None)


def test_a_new_correction_leaves_full_pages_as_they_are() -> None:
    def pages(count: int) -> dict[str, ChangesPage]:
        corrected = [make_article(f"a{on}", day(on), revisions=(correction(on),)) for on in range(1, count)]
        return pages_of(make_newsroom(*corrected, listings={"page_items": 2}))

    before, after = pages(7), pages(8)
    assert {path for path in before if before[path] != after[path]} == {"corrections/index.html"}


def test_a_corrected_article_leads_to_the_corrections() -> None:
    newsroom = make_newsroom(
        make_article("a1", day(1), revisions=(correction(2),)),
        make_article("a2", day(1), revisions=(Revision(at=day(2), note="A comma."),)),
    )
    found = {
        path: view.corrections_href
        for path, view in views_of(plan_articles, newsroom).items()
        if isinstance(view, ArticlePage)
    }
    assert found == {"news/chips/a1/index.html": "/corrections/", "news/chips/a2/index.html": None}
