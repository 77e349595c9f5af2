"""A record gets another address: the least that has to change, all that names it, and nothing that vanishes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from checking import found
from generator.cli import newsprint
from generator.scaffold.edits import EditError, add_to_list, rename_links, rename_references, set_key
from sitebench import SiteBench, article

PAST = "2026-05-01T00:00:00Z"


def move(bench: SiteBench, *words: str, status: int = 0) -> str:
    """Run the command on a site; what it said."""
    done = CliRunner().invoke(newsprint, ["move", *words, "--site", str(bench.root)], catch_exceptions=False)
    assert done.exit_code == status, done.output
    return done.output


def files(bench: SiteBench) -> dict[str, bytes]:
    return {str(file.relative_to(bench.root)): file.read_bytes() for file in bench.root.glob("content/**/*.md")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "---\ntitle: A # why\n# x\ntopic: b\n---\nT\n",
            "---\ntitle: A # why\naliases:\n  - /o/\n# x\ntopic: b\n---\nT\n",
        ),
        ("---\ntitle: A\naliases: [/a/] # old\n---\n", "---\ntitle: A\naliases: [/a/, /o/] # old\n---\n"),
        ("---\ntitle: A\naliases: []\n---\n", "---\ntitle: A\naliases: [/o/]\n---\n"),
        ("---\naliases:\n- /a/ # x\nb: c\n---\n", "---\naliases:\n- /a/ # x\n- /o/\nb: c\n---\n"),
        ("---\naliases:\n    - '/a/'\n\nb: c\n---\n", "---\naliases:\n    - '/a/'\n    - /o/\n\nb: c\n---\n"),
        ("---\r\ntitle: A\r\n---\r\nT\r\n", "---\r\ntitle: A\r\naliases:\r\n  - /o/\r\n---\r\nT\r\n"),
        ("\ufeff---\ntitle: A\n---\n", "\ufeff---\ntitle: A\naliases:\n  - /o/\n---\n"),
        ("---\nb: c\n---\n---\n", "---\nb: c\naliases:\n  - /o/\n---\n---\n"),
    ],
)
def test_a_list_grows_in_its_own_style(text: str, expected: str) -> None:
    assert add_to_list(text, "aliases", ["/o/"]) == expected


def test_keys_values_and_links_are_replaced_where_they_stand() -> None:
    matter = '---\ntopic: "a" # x\nalso: [b, a]\ncoverage:\n  a:\n    note: a\n---\n'
    text = f"{matter}[a](topic:a#s) [b](topic:ab) topic:a\n[1]: topic:a\n"
    keys = [("topic",), ("also", 1), ("coverage", "a")]
    renamed = rename_references(text, keys, "a", "z")
    assert renamed.partition("\n---\n")[0] == '---\ntopic: "z" # x\nalso: [b, z]\ncoverage:\n  z:\n    note: a'
    assert rename_links(text, "topic", "a", "z").endswith("[a](topic:z#s) [b](topic:ab) topic:a\n[1]: topic:z\n")
    assert set_key("---\ntitle: A\n---\n", "slug", "2026") == '---\ntitle: A\nslug: "2026"\n---\n'
    assert set_key("---\nslug: 'a'\n---\n", "slug", "b") == "---\nslug: 'b'\n---\n"
    for broken in ("no front matter", "---\n{title: A}\n---\n", "---\na: [\n---\n"):
        with pytest.raises(EditError):
            set_key(broken, "slug", "b")


@pytest.mark.parametrize(
    ("words", "file", "old", "new"),
    [
        (["a3", "--slug", "third"], "content/articles/a3.md", "news/chips/a3", "news/chips/third"),
        (["article:a3", "--topic", "space"], "content/articles/a3.md", "news/chips/a3", "news/space/a3"),
        (["content/pages/about.md", "--slug", "us"], "content/pages/about.md", "about", "us"),
        (["s", "--slug", "event"], "content/stories/s.md", "stories/s", "stories/event"),
    ],
)
def test_a_move_edits_one_file_and_keeps_the_address(
    bench: SiteBench, words: list[str], file: str, old: str, new: str
) -> None:
    bench.write("content/stories/s.md", f"---\ntitle: S\npublished: {PAST}\ntopic: chips\n---\nWords.\n")
    bench.write("content/articles/a9.md", article("Nine", 9, story="s")).build().expect_built()
    before = files(bench)
    said = move(bench, *words, "--dry-run")
    assert files(bench) == before
    assert "+++ b/" + file in said
    said = move(bench, *words)
    assert f"/{old}/ leads to /{new}/" in said
    after = files(bench)
    assert {path for path in after if after[path] != before[path]} == {file}
    kept = [line for line in after[file].splitlines() if line in before[file].splitlines()]
    assert len(kept) >= len(before[file].splitlines()) - 1
    bench.build().expect_built()
    assert "[vanished-address]" not in bench.problems
    assert "[vanished-address]" not in found(bench)
    assert bench.page(f"{old}/index.html").tree.xpath("//meta[@http-equiv='refresh']")
    assert (bench.output / new / "index.html").exists()


def test_a_new_id_of_a_topic_takes_along_all_that_names_it(bench: SiteBench) -> None:
    bench.write("content/topics/low.md", "---\ntitle: Low\nparent: chips # above\n---\nSee [it](topic:chips).\n")
    bench.write(
        "content/sponsors/ad.md", "---\nsponsor: A\nhomepage: https://a.example/\nheadline: H\ntopics: [chips]\n---\n"
    )
    bench.build().expect_built()
    feed = (bench.output / "topics/chips/feed.xml").exists()
    assert feed
    move(bench, "topic:chips", "--id", "semis")
    assert not (bench.root / "content/topics/chips.md").exists()
    assert "parent: semis # above" in (bench.root / "content/topics/low.md").read_text()
    assert "(topic:semis)" in (bench.root / "content/topics/low.md").read_text()
    assert "topics: [semis]" in (bench.root / "content/sponsors/ad.md").read_text()
    bench.build().expect_built()
    assert "[vanished-address]" not in bench.problems
    for old in ("topics/chips/index.html", "news/chips/a1/index.html", "news/chips/a5/index.html"):
        assert bench.page(old).tree.xpath("//meta[@http-equiv='refresh']")
    assert (bench.output / "topics/chips/feed.xml").read_bytes() == (
        bench.output / "topics/semis/feed.xml"
    ).read_bytes()


@pytest.mark.parametrize(("kind", "old", "new"), [("source", "wire", "the-wire"), ("entity", "acme", "acme-inc")])
def test_a_new_id_of_what_articles_name(bench: SiteBench, kind: str, old: str, new: str) -> None:
    bench.write("content/articles/a9.md", article("Nine", 9, entities=[{"entity": "acme"}], body=f"[x]({kind}:{old})"))
    bench.edit("site.toml", "[theme]", 'source = "wire"\n\n[theme]').build().expect_built()
    move(bench, f"{kind}:{old}", "--id", new)
    bench.build().expect_built()
    assert "[vanished-address]" not in bench.problems
    assert f"({kind}:{new})" in (bench.root / "content/articles/a9.md").read_text()
    assert (f'source = "{new}"' in (bench.root / "site.toml").read_text()) == (kind == "source")


def test_feed_readers_know_an_article_of_another_id_again(bench: SiteBench) -> None:
    bench.build()
    move(bench, "article:a3", "--id", "b3")
    bench.build().expect_built()
    assert bench.problems == ""


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["nobody", "--slug", "x"], 2, "no record 'nobody'"),
        (["a3"], 2, "--slug, --topic or --id"),
        (["a3", "--slug", "A B"], 2, "such as 'a-b'"),
        (["topic:chips", "--slug", "x"], 2, "has no 'slug'"),
        (["a3", "--id", "a3"], 2, "already"),
        (["a3", "--slug", "a4"], 1, "path-taken"),
        (["a3", "--id", "a4"], 1, "nothing is overwritten"),
        (["a3", "--topic", "robots"], 1, "unknown-reference"),
        (["page:about", "--slug", "latest"], 1, "path-taken"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    bench: SiteBench, words: list[str], status: int, said: str
) -> None:
    bench.build()
    before = files(bench)
    assert said in move(bench, *words, status=status).replace("\n│", " ")
    assert files(bench) == before


def test_an_id_that_two_kinds_have_asks_which(bench: SiteBench) -> None:
    bench.write("content/pages/chips.md", "---\ntitle: Chips\n---\nWords.\n")
    assert "topic:chips" in move(bench, "chips", "--id", "x", status=2)


def test_the_report_for_programs(bench: SiteBench) -> None:
    document: dict[str, Any] = json.loads(move(bench, "a3", "--slug", "third", "--json"))
    assert document == {
        "done": True,
        "files": [{"file": "content/articles/a3.md", "new_file": "content/articles/a3.md"}],
        "kept": [{"old": "/news/chips/a3/", "new": "/news/chips/third/"}],
        "lost": [],
    }


def test_a_draft_moves_without_an_alias(bench: SiteBench, tmp_path: Path) -> None:
    bench.write("content/articles/a3.md", article("Three", 3, draft=True))
    move(bench, "a3", "--slug", "third")
    assert "aliases" not in (bench.root / "content/articles/a3.md").read_text()


def test_links_to_folders_do_not_lead_a_trial_in_circles(bench: SiteBench) -> None:
    bench.write("maps/x.md", "x").rename("content/topics", "topics")
    (bench.root / "content/topics").symlink_to("../topics")
    (bench.root / "content/articles/loop").symlink_to("..")
    (bench.root / "content/articles/maps").symlink_to("../../maps")
    before = files(bench)
    move(bench, "article:a1", "--slug", "new")
    assert [path for path, data in files(bench).items() if data != before[path]] == ["content/articles/a1.md"]
    assert (bench.root / "content/topics").is_symlink()
