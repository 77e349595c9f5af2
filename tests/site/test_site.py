"""All records, linked: every id in them resolves."""

import pytest

from generator.errors import ContentError, Problem
from generator.names import ContentPath, RecordId
from generator.records import Article, Entity, EntityRole, Page, Source, Sponsor, Story, Topic
from generator.records.story import CoverageFields, DifferenceFields, Fact
from generator.site import check_references, link_site, split_ref
from materials import make_article, make_body, make_campaign, make_config, make_record, make_records


def check(*records: object, source: str | None = None, **options: object) -> list[Problem]:
    config = make_config(site={"source": source})
    return check_references(make_records(*records), config, **options)  # type: ignore[arg-type]


def test_records_that_name_each_other_are_linked() -> None:
    records = make_records(
        make_article("a1", entities=(EntityRole(entity=RecordId("acme")),), story="s", via=("wire",), also=("space",)),
        make_record(Entity, "acme"),
        make_record(Story, "s", coverage={"wire": CoverageFields()}),
        make_record(Topic, "npu", parent="chips"),
        make_record(Page, "about", body=make_body("x", links=("article:a1#s-part", "sponsor:c", "story:s"))),
        make_campaign("c", topics=("chips",), not_beside=("acme",)),
    )
    site = link_site(records, make_config(site={"source": "wire"}))
    assert set(site.articles) == {"a1"}
    assert set(site.topics) == {"chips", "space", "npu"}
    assert set(site.sponsors) == {"c"}


@pytest.mark.parametrize(
    ("record", "key", "message"),
    [
        (make_article("a1", topic="chps"), ("topic",), "no topic 'chps'"),
        (make_article("a1", source="wirre"), ("source",), "no source 'wirre'"),
        (make_article("a1", also=("chips", "x")), ("also", 1), "no topic 'x'"),
        (make_article("a1", via=("x",)), ("via", 0), "no source 'x'"),
        (make_article("a1", story="x"), ("story",), "no story 'x'"),
        (make_article("a1", entities=(EntityRole(entity=RecordId("x")),)), ("entities", 0, "entity"), "no entity 'x'"),
        (make_record(Topic, "t", parent="x"), ("parent",), "no topic 'x'"),
        (make_record(Source, "s", topic="x"), ("topic",), "no topic 'x'"),
        (make_campaign("c", topics=("x",)), ("topics", 0), "no topic 'x'"),
        (make_campaign("c", not_beside=("x",)), ("not_beside", 0), "no entity 'x'"),
        (make_record(Story, "s", topic="x"), ("topic",), "no topic 'x'"),
        (make_record(Story, "s", facts=(Fact(text="f", sources=("x",)),)), ("facts", 0, "sources", 0), "no source 'x'"),
        (
            make_record(Story, "s", facts=(Fact(text="f", disputed_by=("x",)),)),
            ("facts", 0, "disputed_by", 0),
            "no source 'x'",
        ),
        (
            make_record(Story, "s", differences=(DifferenceFields(aspect="a", views={RecordId("x"): "v"}),)),
            ("differences", 0, "views", "x"),
            "no source 'x'",
        ),
        (make_record(Story, "s", coverage={"x": CoverageFields()}), ("coverage", "x"), "no source 'x'"),
    ],
)
def test_each_reference_of_each_kind_has_to_lead_somewhere(
    record: Article | Topic | Source | Sponsor | Story, key: tuple[str | int, ...], message: str
) -> None:
    (problem,) = check(record)
    assert (problem.file, problem.code, problem.key, problem.message) == (
        record.file,
        "unknown-reference",
        key,
        message,
    )


def test_the_nearest_id_is_suggested_with_the_place_to_look() -> None:
    (problem,) = check(make_article("a1", topic="chps"))
    assert problem.hint == "did you mean 'chips'? Topics live in content/topics/."


def test_links_in_texts_have_to_lead_somewhere() -> None:
    texts = {"teaser": make_body("y", links=("topic:nope",))}
    article = make_article("a1", body=make_body("x", links=("article:gone#s-x", "topic:chips")), texts=texts)
    found = check(article)
    assert [(problem.code, problem.needle) for problem in found] == [
        ("dead-link", "article:gone#s-x"),
        ("dead-link", "topic:nope"),
    ]


def test_a_draft_and_what_waits_can_be_named_and_linked() -> None:
    draft = make_article("a2", draft=True)
    assert check(draft, make_article("a1", body=make_body("x", links=("article:a2",)))) == []


def test_a_record_that_is_at_fault_itself_is_no_unknown_reference() -> None:
    article = make_article("a1", topic="broken", body=make_body("x", links=("page:torn",)))
    assert check(article, faulty=[("topic", RecordId("broken")), ("page", RecordId("torn"))]) == []
    assert len(check(article, faulty=[("source", RecordId("broken"))])) == 2


def test_the_sites_own_source_has_to_exist() -> None:
    assert check(source="wire") == []
    (problem,) = check(source="wires")
    assert (problem.file, problem.key) == ("site.toml", ("site", "source"))


def test_topics_in_a_circle_are_named_with_the_circle() -> None:
    found = check(
        make_record(Topic, "a", parent="b"),
        make_record(Topic, "b", parent="c"),
        make_record(Topic, "c", parent="a"),
        make_record(Topic, "d", parent="a"),
        make_record(Topic, "e", parent="e"),
    )
    assert [(problem.code, problem.message) for problem in found] == [
        ("loop", "topics form a cycle: a → b → c → a"),
        ("loop", "topics form a cycle: b → c → a → b"),
        ("loop", "topics form a cycle: c → a → b → c"),
        ("loop", "topics form a cycle: e → e"),
    ]


def test_all_faults_come_in_one_refusal() -> None:
    records = make_records(make_article("a1", topic="x", source="y"), make_article("a2", topic="z"))
    with pytest.raises(ContentError) as caught:
        link_site(records, make_config())
    assert [problem.message for problem in caught.value.problems] == ["no source 'y'", "no topic 'x'", "no topic 'z'"]


def test_records_can_be_taken_out_by_their_files() -> None:
    records = make_records(make_article("a1"), make_article("a2"))
    rest = records.without({ContentPath("content/articles/a1.md")})
    assert set(rest.of("article")) == {"a2"}
    assert (records.count, rest.count) == (5, 4)
    assert rest.of("topic") == records.of("topic")


def test_a_ref_is_a_kind_and_an_id_and_perhaps_a_part() -> None:
    assert split_ref("article:art-1") == ("article", "art-1")
    assert split_ref("page:about#s-more") == ("page", "about")
