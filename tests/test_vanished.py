"""No address vanishes without a word: which build tells it, where, with which line, and when it is silent again."""

import json
import re
import shutil
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from checking import found
from generator.build import Request, survey
from generator.cli import newsprint
from generator.inspect import list_records
from sitebench import NOW, SMALL, SiteBench, article

pytestmark = pytest.mark.slow

STORY = "---\ntitle: S\npublished: 2026-05-01\ntopic: chips\n---\nWords.\n"


def told(bench: SiteBench) -> list[str]:
    """The first lines of what the last build said of vanished addresses."""
    return [line for line in bench.problems.splitlines() if line.endswith("[vanished-address]")]


def hints(bench: SiteBench) -> list[str]:
    lines = (line.strip() for line in bench.problems.splitlines())
    return [line for line in lines if line.startswith(("hint: keep it", "hint: redirect it"))]


def paste(bench: SiteBench, file: str) -> None:
    """Put the line of the hint into the front matter."""
    (hint,) = hints(bench)
    line = hint.partition("front matter: ")[2]
    text = re.sub(r"^aliases:.*\n", "", (bench.root / file).read_text(), flags=re.MULTILINE)
    bench.write(file, text.replace("---\n", f"---\n{line}\n", 1))


def build_first(bench: SiteBench) -> SiteBench:
    bench.write("content/stories/s.md", STORY)
    bench.write("content/articles/a9.md", article("Nine", 9, story="s", tags=["npu"], entities=[{"entity": "acme"}]))
    bench.build().expect_built()
    assert told(bench) == []
    return bench


@pytest.mark.parametrize(
    ("file", "old", "new", "address"),
    [
        ("content/articles/a9.md", "title:", "slug: other\ntitle:", "/news/chips/a9/"),
        ("content/articles/a9.md", "topic: chips", "topic: space", "/news/chips/a9/"),
        ("content/stories/s.md", "title:", "slug: other\ntitle:", "/stories/s/"),
        ("content/pages/about.md", "title:", "slug: other\ntitle:", "/about/"),
    ],
)
def test_what_moves_is_told_once_with_the_line_that_keeps_it(
    bench: SiteBench, file: str, old: str, new: str, address: str
) -> None:
    build_first(bench)
    before = bench.files()
    bench.edit(file, old, new).build().expect_built()
    (line,) = told(bench)
    assert line.startswith(f"{file}:")
    assert f"'{address}'" in line
    bench.build(force=True)
    assert told(bench) == []
    assert "[vanished-address]" in found(bench)
    shutil.rmtree(bench.output)
    shutil.rmtree(bench.root / ".newsprint")
    bench.edit(file, new, old)
    build_first(bench)
    bench.edit(file, old, new).build()
    paste(bench, file)
    bench.build().expect_built()
    assert told(bench) == []
    assert "[vanished-address]" not in found(bench)
    there = bench.files()
    gone = {path for path in before.keys() - there.keys() if path.endswith((".html", "feed.xml", "atom.xml"))}
    assert {path for path in gone if not re.search(r"/page/|/feed/|archive/|topics/chips", path)} == set()


@pytest.mark.parametrize(
    ("file", "new"),
    [
        ("content/articles/a9.md", "content/articles/b9.md"),
        ("content/stories/s.md", "content/stories/t.md"),
        ("content/entities/acme.md", "content/entities/acme-inc.md"),
    ],
)
def test_a_record_of_another_id_is_known_again(bench: SiteBench, file: str, new: str) -> None:
    build_first(bench)
    bench.rename(file, new)
    if "stories" in file:
        bench.edit("content/articles/a9.md", "story: s", "story: t")
    if "entities" in file:
        bench.edit("content/articles/a9.md", "entity: acme", "entity: acme-inc")
    bench.build().expect_built()
    (line,) = told(bench)
    assert line.startswith(f"{new}:")
    paste(bench, new)
    bench.build().expect_built()
    assert "[vanished-address]" not in found(bench)


@pytest.mark.parametrize(
    ("matter", "why", "key"),
    [
        ({"draft": True}, "is a draft", "draft: true"),
        ({"expires": "2026-06-09T00:00:00Z"}, "has expired", "expires:"),
        ({"published": "2026-07-09T00:00:00Z"}, "is scheduled", "published:"),
    ],
)
def test_what_is_hidden_is_told_at_the_key_that_hides_it(
    bench: SiteBench, matter: dict[str, object], why: str, key: str
) -> None:
    bench.build()
    bench.write("content/articles/a3.md", article("Chip news 3", 3, **matter)).build().expect_built()
    (line,) = told(bench)
    assert line.startswith("content/articles/a3.md:")
    assert why in line
    assert key in bench.problems
    text = (bench.root / "site.toml").read_text()
    line = hints(bench)[0].partition("site.toml: ")[2].partition(" (or")[0]
    bench.write("site.toml", f"{text}\n[redirects]\n{line}\n").build().expect_built()
    assert "/news/chips/a3/ /topics/chips/ 301" in (bench.output / "_redirects").read_text()
    assert "[vanished-address]" not in found(bench)


def test_an_expiry_tells_the_build_that_does_it_though_no_file_changed(bench: SiteBench) -> None:
    bench.write("content/articles/a3.md", article("Chip news 3", 3, expires="2026-06-10T13:00:00Z")).build()
    assert told(bench) == []
    bench.build(now=NOW.replace(hour=14)).expect_built()
    assert len(told(bench)) == 1
    bench.build(now=NOW.replace(hour=15))
    assert told(bench) == []


def test_a_record_that_is_gone_and_a_tag_that_nobody_uses_are_told_at_site_toml(bench: SiteBench) -> None:
    build_first(bench)
    bench.edit("content/articles/a9.md", "npu", "risc").remove("content/articles/a1.md").build().expect_built()
    assert [line.split(" ")[0] for line in told(bench)] == ["site.toml:", "site.toml:"]
    assert any("'/news/chips/a1/'" in line for line in told(bench))
    assert any("'/tags/npu/'" in line for line in told(bench))
    text = (bench.root / "site.toml").read_text()
    bench.write("site.toml", f'{text}\n[redirects]\n"/news/chips/a1/" = ""\n"/tags/*" = ""\n').build().expect_built()
    assert "[vanished-address]" not in found(bench)


def test_a_family_that_is_switched_off_is_one_warning(bench: SiteBench) -> None:
    build_first(bench)
    bench.edit("site.toml", "[listings]", "[outputs]\ntags = false\ninsights = false\n\n[listings]").build()
    assert len(told(bench)) == 2
    assert any("'/tags/'" in line and "more" in line for line in told(bench))
    assert all(line.startswith("site.toml:") for line in told(bench))
    bench.edit("site.toml", "tags = false\ninsights = false", "tags = true").build().expect_built()
    assert "[vanished-address]" not in found(bench)


def test_many_are_summed_up_and_the_list_names_all(bench: SiteBench) -> None:
    for number in range(20, 28):
        bench.write(f"content/articles/b{number}.md", article(f"Item {number}", number, body=f"Body {number}."))
    bench.build()
    for number in range(20, 28):
        bench.edit(f"content/articles/b{number}.md", "title:", f"slug: s{number}\ntitle:")
    bench.build().expect_built()
    assert len(told(bench)) == 4
    assert "5 more addresses" in bench.problems
    with survey(Request(root=bench.root, output=bench.output, now=NOW, workers=1)) as known:
        listed = list_records(known, "vanished")
    assert [one.title for one in listed] == [f"/news/chips/b{number}/" for number in range(20, 28)]
    assert all("aliases: [" in one.why for one in listed)


def test_diff_tells_before_it_is_done(bench: SiteBench) -> None:
    bench.build()
    bench.edit("content/articles/a3.md", "title:", "slug: other\ntitle:")
    words = ["diff", str(bench.root), "--now", NOW.isoformat()]
    run = CliRunner().invoke(newsprint, words)
    assert run.exit_code == 0
    shown = run.stderr
    assert "content/articles/a3.md:2: warning: '/news/chips/a3/' no longer exists" in shown
    assert "aliases: [/news/chips/a3/]" in shown
    run = CliRunner().invoke(newsprint, [*words, "--json"])
    assert run.exit_code == 0
    (problem,) = json.loads(run.stdout)["problems"]
    assert (problem["code"], problem["line"]) == ("vanished-address", 2)


def test_strict_builds_refuse_before_anything_vanishes(bench: SiteBench) -> None:
    bench.build()
    bench.edit("content/articles/a3.md", "title:", "slug: other\ntitle:")
    for _ in range(2):
        bench.build(strict=True).expect_refused()
        assert len(told(bench)) == 1
    assert (bench.output / "news/chips/a3/index.html").exists()


def test_strict_builds_tell_what_vanishes_beside_all_other_warnings(bench: SiteBench) -> None:
    lamp = "---\nsponsor: {0}\nhomepage: https://{0}.example/\nheadline: {0}\nstarts: 2026-05-01\nends: 2026-07-01\n"
    bench.write("content/sponsors/big.md", lamp.format("big") + "exclusive: true\n---\n").build().expect_built()
    bench.edit("content/articles/a3.md", "title:", "slug: other\ntags: []\ntitle:")
    bench.write("content/sponsors/small.md", lamp.format("small") + "---\n")
    bench.build(strict=True).expect_refused()
    codes = set(re.findall(r"\[([a-z-]+)\]$", bench.problems, re.MULTILINE))
    assert codes == {"vanished-address", "empty-field", "short-campaign"}


def test_what_passes_by_design_is_silent(bench: SiteBench) -> None:
    for number in range(10, 28):
        bench.write(f"content/articles/b{number}.md", article(f"Item {number}", number, body=f"Body {number}."))
    bench.edit("site.toml", "cards = false", "cards = true").build()
    old = {path for path in bench.files() if "/page/" in path}
    assert old
    bench.edit("site.toml", "page_items = 3", "page_items = 9").edit("site.toml", "cards = true", "cards = false")
    bench.build().expect_built()
    assert old - bench.files().keys()
    assert told(bench) == []


def test_lost_memory_tells_nothing_and_heals(bench: SiteBench) -> None:
    bench.build()
    (addresses,) = (bench.root / ".newsprint").rglob("addresses")
    for damage in (b"", b"\xff\xff", msgspec.msgpack.encode({"there": 3})):
        addresses.write_bytes(damage)
        bench.edit("content/articles/a3.md", "summary:", "summary:  ").build(force=True).expect_built()
        assert told(bench) == []
    bench.edit("content/articles/a3.md", "title:", "slug: other\ntitle:").build()
    assert len(told(bench)) == 1


def test_a_build_that_was_cut_off_before_it_told_is_caught_up_with(bench: SiteBench, tmp_path: Path) -> None:
    bench.build()
    (addresses,) = (bench.root / ".newsprint").rglob("addresses")
    before = addresses.read_bytes()
    bench.edit("content/articles/a3.md", "title:", "slug: other\ntitle:").build()
    addresses.write_bytes(before)
    bench.build(force=True)
    assert len(told(bench)) == 1


def test_an_alias_that_is_taken_out_is_an_address_that_vanishes(bench: SiteBench) -> None:
    bench.edit("content/articles/a3.md", "title:", "aliases: [/old/, /Older/]\ntitle:").build()
    bench.edit("content/articles/a3.md", "aliases: [/old/, /Older/]\n", "").build()
    (line,) = told(bench)
    assert line.startswith("content/articles/a3.md:")
    assert "aliases: [/Older/, /old/]" in bench.problems
    bench.edit("content/articles/a3.md", "title:", "aliases: [/old/, /Older/]\ntitle:").build()
    assert "[vanished-address]" not in found(bench)


@pytest.mark.parametrize(
    ("alias", "line"),
    [
        ("/?p=12", '"/?p=12"'),
        ("/a b/index.php?id=4&x=y%26z", '"/a%20b/index.php?id=4&x=y%26z"'),
        ("/Topics/chips/", "/Topics/chips/"),
    ],
)
def test_an_old_address_without_a_file_is_remembered_too(bench: SiteBench, alias: str, line: str) -> None:
    with_alias = f"aliases: [{json.dumps(alias)}]\ntitle:"
    bench.edit("content/articles/a3.md", "title:", with_alias).build().expect_built()
    assert told(bench) == []
    bench.edit("content/articles/a3.md", with_alias, "title:").build()
    assert len(told(bench)) == 1
    (hint,) = hints(bench)
    assert hint.endswith(f"aliases: [{line}]")
    paste(bench, "content/articles/a3.md")
    bench.build()
    assert told(bench) == []


def test_a_line_of_site_toml_without_a_file_is_remembered_too(bench: SiteBench) -> None:
    bench.edit("site.toml", "[theme]", '[redirects]\n"/?p=12" = "/about/"\n\n[theme]').build().expect_built()
    bench.edit("site.toml", '"/?p=12" = "/about/"\n', "").build()
    assert len(told(bench)) == 1
    (hint,) = hints(bench)
    bench.edit("site.toml", "[redirects]\n", '[redirects]\n"/?p=12" = ""\n').build()
    assert '"/?p=12" = "/"' in hint
    assert told(bench) == []


def test_each_address_of_what_is_hidden_has_somewhere_to_lead(empty_bench: SiteBench) -> None:
    text = article("One", 1, expires="2026-06-12T00:00:00Z", tags=["npu"])
    bench = empty_bench.write_all(SMALL).write("content/articles/one.md", text)
    bench.write("content/articles/two.md", text.replace("title: One", "title: Two\naliases: [/Old/Thing.html]"))
    bench.build().expect_built()
    later = NOW + timedelta(days=5)
    bench.build(now=later).expect_built()
    with survey(Request(root=bench.root, output=bench.output, now=later, workers=1)) as known:
        listed = list_records(known, "vanished")
    assert {"/Old/Thing.html", "/feeds.opml", "/feed.xml", "/tags/npu/"} <= {one.title for one in listed}
    for one in listed:
        target = re.search(r'"/[^"]+" = "/([^"]*)"', one.why)
        assert target, one
        assert (bench.output / target[1] / "index.html").is_file(), one


def test_addresses_below_a_path(bench: SiteBench) -> None:
    bench.edit("site.toml", "https://bench.example", "https://bench.example/deep").build()
    bench.edit("content/articles/a3.md", "title:", "slug: other\ntitle:").build()
    assert "'/news/chips/a3/'" in told(bench)[0]
    paste(bench, "content/articles/a3.md")
    bench.build().expect_built()
    assert "[vanished-address]" not in found(bench)
