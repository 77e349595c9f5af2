"""The vocabulary of techniques, and how often stories show them: counted by hand."""

from typing import Any

from generator.names import RecordId
from generator.outputs.pages import InsightsPage, StoryPage
from generator.outputs.parts import Link
from generator.plan.pages.insights import plan_insights
from generator.plan.pages.story import plan_stories
from generator.plan.techniques import BUILT_IN, check_techniques, vocabulary_of
from generator.records import Story
from generator.records.story import CoverageFields, TechniqueFields
from materials import Newsroom, day, make_article, make_context, make_newsroom, make_record, views_of

WIRE = RecordId("wire")
OWN = {"False balance": "Two sides get equal room.", "Omission": "Our own words for it."}


def technique(name: str, kind: str = "") -> TechniqueFields:
    return TechniqueFields(name=name, kind=kind, explanation="So.")


def make_story(name: str, *techniques: TechniqueFields) -> Story:
    coverage = {WIRE: CoverageFields(techniques=techniques)}
    made: Story = make_record(Story, name, published=day(3), coverage=coverage)
    return made


def newsroom_of(*stories: Story, **tables: Any) -> Newsroom:
    return make_newsroom(make_article("a1", day(2), story=RecordId("event")), *stories, techniques=OWN, **tables)


STORIES = (
    make_story(
        "event", technique("Loaded language"), technique("Angry words", "loaded-language"), technique("Omission")
    ),
    make_story("other", technique("LOADED  Language"), technique("false-balance"), technique("Nothing known")),
)


def test_techniques_are_counted_across_stories_by_their_kind_or_name_in_any_spelling() -> None:
    page = views_of(plan_insights, newsroom_of(*STORIES))["insights/index.html"]
    assert isinstance(page, InsightsPage)
    assert [(one.name, one.count, one.most, one.stories) for one in page.techniques] == [
        ("Loaded language", 3, 3, 2),
        ("False balance", 1, 3, 1),
        ("Omission", 1, 3, 1),
    ]
    assert [(one.anchor, one.definition) for one in page.techniques[1:]] == [
        ("technique-false-balance", OWN["False balance"]),
        ("technique-omission", OWN["Omission"]),
    ]


def test_a_story_links_to_what_a_technique_is_and_says_it_itself_if_there_are_no_insights() -> None:
    for outputs, href in (({}, "/insights/#technique-loaded-language"), ({"insights": False}, None)):
        page = views_of(plan_stories, newsroom_of(*STORIES, outputs=outputs))["stories/event/index.html"]
        assert isinstance(page, StoryPage)
        named, own, _ = page.coverage[0].techniques
        assert named.kind == own.kind == Link(text="Loaded language", href=href)
        assert (own.name, own.definition) == ("Angry words", "Words judge while they describe.")


def test_what_is_not_in_the_vocabulary_is_shown_and_reported_with_its_key() -> None:
    newsroom = newsroom_of(*STORIES, make_story("third", technique("Any", kind="loaded languge")))
    context, snapshot, _ = newsroom
    found = {(problem.file, problem.key): problem.hint for problem in check_techniques(context, snapshot)}
    other, third = (f"content/stories/{name}.md" for name in ("other", "third"))
    assert found.keys() == {
        (other, ("coverage", WIRE, "techniques", 2, "name")),
        (third, ("coverage", WIRE, "techniques", 0, "kind")),
    }
    assert found[third, ("coverage", WIRE, "techniques", 0, "kind")] == "did you mean 'Loaded language'?"
    again = (technique("Nothing known"), technique("nothing-KNOWN"))
    context, snapshot, _ = newsroom_of(*STORIES, make_story("third", *again))
    (problem,) = check_techniques(context, snapshot)
    assert (problem.file, problem.message) == (other, "no technique 'Nothing known', used 3 times")
    page = views_of(plan_stories, newsroom)["stories/other/index.html"]
    assert isinstance(page, StoryPage)
    assert (page.coverage[0].techniques[2].name, page.coverage[0].techniques[2].kind) == ("Nothing known", None)


def test_every_technique_has_a_name_and_a_meaning_in_every_language() -> None:
    for language in ("en", "de", "fr", "ar"):
        terms = {vocabulary_of(make_context(language=language))[name.replace("-", " ")] for name in BUILT_IN}
        assert len({term.label for term in terms}) == len({term.definition for term in terms}) == len(BUILT_IN)


def test_an_own_definition_takes_the_place_of_one_under_all_of_its_names() -> None:
    terms = vocabulary_of(make_context(language="de", techniques={"auslassung": "Es fehlt etwas."}))
    assert terms["omission"] == terms["auslassung"]
    assert (terms["omission"].definition, terms["omission"].anchor) == ("Es fehlt etwas.", "technique-omission")
