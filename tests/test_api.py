"""The API of a whole site: documents that keep to the schemas that are published beside them."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from test_keys import make_rich

from generator.names import is_segment
from sitebench import NOW, SITE_TOML, SMALL, SiteBench, article

API = "[outputs]\napi = true\n\n[listings]"
HOSTILE = "</script><script>alert(1)</script> \" ' & \\u0000 {{ x }} \u202e \u2028"


def documents(bench: SiteBench) -> dict[str, dict[str, Any]]:
    """Every document of the API but schemas, by path."""
    return {
        path: json.loads(data)
        for path, data in bench.files().items()
        if path.startswith("api/") and not path.startswith("api/schemas/")
    }


def validators(bench: SiteBench) -> Mapping[str, Draft202012Validator]:
    """The published schemas by their addresses."""
    schemas = [json.loads(file.read_bytes()) for file in sorted((bench.output / "api/schemas").iterdir())]
    for schema in schemas:
        Draft202012Validator.check_schema(schema)
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], DRAFT202012.create_resource(schema)) for schema in schemas
    )
    checker = Draft202012Validator.FORMAT_CHECKER
    return {
        schema["$id"]: Draft202012Validator(schema, registry=registry, format_checker=checker) for schema in schemas
    }


def check_documents(bench: SiteBench) -> dict[str, dict[str, Any]]:
    found, schemas = documents(bench), validators(bench)
    for path, document in found.items():
        faults = [fault.message for fault in schemas[document["$schema"]].iter_errors(document)]
        assert faults == [], path
        assert document["version"] == 1
    return found


def addresses(value: Any) -> set[str]:
    """Every address of a document that leads to another one."""
    match value:
        case dict():
            inner = set().union(*map(addresses, value.values()))
            own = {"api_url", "older", "newest", "list_url", "$schema", "list_schema", "document_schema"}
            return inner | {value[key] for key in own & value.keys() if value[key]}
        case list():
            return set().union(*map(addresses, value))
    return set()


def check_addresses(bench: SiteBench, base: str) -> None:
    """Every address of the API is one of ours, behind which there is a file; and every page, too."""
    for path, document in documents(bench).items():
        for address in addresses(document):
            assert address.startswith(f"{base}/"), path
            assert (bench.output / address.removeprefix(f"{base}/")).is_file(), (path, address)
        page = document["url"]
        assert page == f"{base}/" or (bench.output / page.removeprefix(f"{base}/") / "index.html").is_file()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, built_demo: Callable[[Path], SiteBench]) -> SiteBench:
    return built_demo(tmp_path_factory.mktemp("api") / "site")


@pytest.fixture
def rich(tmp_path: Path) -> SiteBench:
    return make_rich(tmp_path / "site")


def test_the_documents_of_the_demonstration_site_keep_to_their_schemas(demo: SiteBench) -> None:
    found = check_documents(demo)
    check_addresses(demo, "https://newsprint.example")
    kinds = {document["type"] for document in found.values()}
    assert kinds == {file.stem for file in (demo.output / "api/schemas").iterdir()}


def test_an_article_tells_what_its_page_tells(demo: SiteBench) -> None:
    one = documents(demo)["api/articles/art-20417.json"]
    page = demo.page(one["url"].removeprefix("https://newsprint.example/") + "index.html")
    assert page.texts("//h1") == [one["title"]]
    assert one["published"] == "2026-06-03T09:30:00Z"
    assert [change["is_significant"] for change in one["changes"]] == [False, True]
    assert [change["at"] for change in one["corrections"]] == ["2026-06-03T15:10:00Z"]
    assert one["source"]["title"] == "BBC News"
    assert 'href="https://newsprint.example/sources/bbc-news/"' in one["content_html"]
    assert 'href="/' not in one["content_html"]


def test_the_slot_of_an_article_is_that_of_its_page_and_begins_with_the_label(demo: SiteBench) -> None:
    seen = 0
    for path, one in documents(demo).items():
        if one["type"] in ("article", "topic"):
            page = demo.page(one["url"].removeprefix("https://newsprint.example/") + "index.html")
            slots = page.texts("//aside[contains(concat(' ', @class, ' '), ' slot ')]")
            assert bool(slots) == (one["slot"] is not None), path
            if one["slot"]:
                seen += 1
                assert list(one["slot"])[:2] == ["label", "sponsored"]
                assert one["slot"]["sponsored"] is True
                assert slots[0].startswith(one["slot"]["label"])
                assert one["slot"]["headline"] in slots[0]
    assert seen > 5


def test_the_index_says_where_everything_is(demo: SiteBench) -> None:
    found = documents(demo)
    base = "https://newsprint.example/"
    index = found["api/index.json"]
    assert [one["name"] for one in index["collections"]] == [
        *("articles", "stories", "topics", "sources", "entities", "tags")
    ]
    for one in index["collections"]:
        paths = [path for path in found if path.startswith(f"api/{one['name']}/")]
        assert len(paths) == one["count"]
        ids = {found[path]["id"] for path in paths}
        assert {one["document_template"].replace("{id}", name).removeprefix(base) for name in ids} == set(paths)
    for feed in index["feeds"]:
        assert (demo.output / feed["url"].removeprefix(base)).is_file()


def test_lists_lead_through_all_articles(demo: SiteBench) -> None:
    found = documents(demo)

    def walk(path: str) -> list[str]:
        document = found[path]
        older = document["older"]
        below = walk(older.removeprefix("https://newsprint.example/")) if older else []
        return [one["id"] for one in document["articles"]] + below

    assert len(walk("api/articles.json")) == len(set(walk("api/articles.json"))) == 40
    for path in found:
        if path.startswith(("api/topics/", "api/sources/", "api/entities/", "api/tags/")):
            assert len(set(walk(path))) == found[path]["count"], path


def test_a_new_article_changes_heads_and_adds_one_part(bench: SiteBench) -> None:
    bench.edit("site.toml", "[listings]", API).write("content/articles/a6.md", article("Six", 6)).build().expect_built()
    bench.build().write("content/articles/a7.md", article("Seven", 7)).build().expect_built()
    changed = {path for path in bench.rendered if path.startswith("api/")}
    heads = {"api/articles.json", "api/index.json", "api/topics/chips.json", "api/sources/wire.json"}
    assert changed == {*heads, "api/topics.json", "api/sources.json", "api/articles/a7.json"}
    bench.write("content/articles/a8.md", article("Eight", 8)).write("content/articles/a9.md", article("Nine", 9))
    bench.build().expect_built()
    assert {path for path in bench.rendered if path.startswith("api/parts/")} == {
        *("api/parts/articles/2.json", "api/parts/topics/chips/2.json", "api/parts/sources/wire/2.json")
    }
    bench.expect_same_as_clean_build()


def test_an_edit_of_a_text_changes_one_document(rich: SiteBench) -> None:
    rich.build().expect_built()
    rich.edit("content/articles/b7.md", "few words", "new words").build().expect_built()
    assert {path for path in rich.rendered if path.startswith("api/")} == {"api/articles/b7.json"}
    rich.expect_same_as_clean_build()


def test_the_rich_site_keeps_to_the_schemas_under_a_path_with_all_families_and_with_few(rich: SiteBench) -> None:
    base = "https://bench.example/deep"
    rich.edit("site.toml", "https://bench.example", base).build(drafts=True).expect_built()
    check_documents(rich)
    check_addresses(rich, base)
    off = "".join(f"{name} = false\n" for name in ("topics", "sources", "stories", "entities", "tags"))
    rich.edit("site.toml", "api = true\n", f"api = true\n{off}").build().expect_built()
    found = check_documents(rich)
    check_addresses(rich, base)
    assert {document["type"] for document in found.values()} == {"article", "articles", "index"}
    one = found["api/articles/a1.json"]
    assert {part["api_url"] for part in (one["topic"], one["source"], one["story"], *one["tags"])} == {None}
    rich.expect_same_as_clean_build()


def test_with_summaries_in_feeds_no_text_goes_out(rich: SiteBench) -> None:
    rich.edit("site.toml", "[front]", '[feeds]\ncontent = "summary"\n\n[front]').build().expect_built()
    found = check_documents(rich)
    for one in found.values():
        if one["type"] == "article":
            assert (one["content_html"], one["brief"], one["teaser_html"]) == (None, None, None)
            assert one["summary"]


def test_only_an_explainer_has_a_quick_read(bench: SiteBench) -> None:
    bench.edit("site.toml", "[front]", "[outputs]\napi = true\n\n[front]")
    for form in ("report", "explainer"):
        bench.write(f"content/articles/{form}.md", article("Told", 1, form=form, teaser="In short."))
    bench.build().expect_built()
    found = check_documents(bench)
    assert found["api/articles/report.json"]["teaser_html"] is None
    assert "In short." in found["api/articles/explainer.json"]["teaser_html"]


def test_hostile_titles_and_ids_of_any_script_are_data(empty_bench: SiteBench) -> None:
    names = ["schemas", "1", "index", "日本語", "हिन्दी", "a.json", "x" * 200, "é" * 100]
    assert all(map(is_segment, names))
    empty_bench.write_all(SMALL).write("site.toml", SITE_TOML.replace("[listings]", API))
    for place, name in enumerate(names):
        front = article(HOSTILE, place + 1, id=name, tags=[name], source="wire")
        empty_bench.write(f"content/articles/n{place}.md", front.replace("\\u0000", ""))
        empty_bench.write(f"content/entities/e{place}.md", f'---\nid: "{name}"\ntitle: E\ntype: person\n---\n')
    empty_bench.build().expect_built()
    found = check_documents(empty_bench)
    for name in names:
        document = found[f"api/articles/{name}.json"]
        assert document["id"] == name
        assert document["title"].startswith("</script>")
        assert f"api/entities/{name}.json" in found


def test_the_api_is_off_unless_it_is_asked_for(bench: SiteBench) -> None:
    bench.build().expect_built()
    assert documents(bench) == {}
    assert "/api/" not in (bench.output / "_headers").read_text()


def test_what_waits_comes_with_time(rich: SiteBench) -> None:
    rich.build(now=NOW).expect_built()
    assert "api/articles/waits.json" not in documents(rich)
    later = NOW.replace(day=16)
    rich.build(now=later).expect_built()
    assert "api/articles/waits.json" in check_documents(rich)
    rich.expect_same_as_clean_build(now=later)
