"""Ids and addresses that two records claim: a newcomer never displaces what stands."""

from pathlib import Path
from typing import NamedTuple

import pytest

from generator.build import Request, survey
from generator.publish import PREVIEW_FOLDER
from sitebench import NOW, SMALL, SiteBench, article

EARLY = {"published": "2020-01-01T00:00:00Z"}
"""What a newcomer can say of itself."""

PAGE = "---\ntitle: Page\n{}---\nText.\n"
STORY = "---\ntitle: Story\nslug: flood\npublished: {}\ntopic: chips\n---\n"
SPONSOR = "---\nid: ad\nsponsor: {}\nhomepage: https://b.example/\nheadline: Buy\n---\n"


class Claim(NamedTuple):
    """A folder, the old record in it, the folder of a newcomer, and the newcomer, which claims the same."""

    folder: str
    old: str
    new_folder: str
    new: str

    def files(self, name: str) -> tuple[str, str]:
        """The files of both; that of the newcomer goes first."""
        return f"content/{self.folder}/z-{name}.md", f"content/{self.new_folder}/a-{name}.md"


CLAIMS = {
    "id": Claim("articles", article("Old", 3, id="chip"), "articles", article("New", 3, id="chip", **EARLY)),
    "slug": Claim("articles", article("Old", 3, slug="s"), "articles", article("New", 3, slug="s", **EARLY)),
    "guid": Claim("articles", article("Old", 3, guid="x"), "articles", article("New", 3, guid="x", **EARLY)),
    "alias": Claim(
        "articles", article("Old", 3, aliases=["/p/"]), "articles", article("New", 3, aliases=["/p/"], **EARLY)
    ),
    "query": Claim(
        *("articles", article("Old", 3, aliases=["/?p=12"])),
        *("articles", article("New", 3, aliases=["/?p=12"], **EARLY)),
    ),
    "page-at-alias": Claim(
        "articles", article("Old", 3, aliases=["/q/"]), "pages", PAGE.format("slug: q\npublished: 2020-01-01\n")
    ),
    "alias-at-page": Claim("pages", PAGE.format("slug: r\n"), "articles", article("New", 3, aliases=["/r/"], **EARLY)),
    "below-a-file": Claim(
        "articles",
        article("Old", 3, aliases=["/a.html"]),
        "articles",
        article("New", 3, aliases=["/a.html/b/"], **EARLY),
    ),
    "above-a-file": Claim(
        "articles",
        article("Old", 3, aliases=["/b.html/b/"]),
        "articles",
        article("New", 3, aliases=["/b.html"], **EARLY),
    ),
    "topic": Claim(
        "topics",
        "---\ntitle: Old\nid: energy\n---\n",
        "topics",
        "---\ntitle: New\nid: energy\npublished: 2020-01-01\n---\n",
    ),
    "source": Claim("sources", "---\ntitle: Old\nid: desk\n---\n", "sources", "---\ntitle: New\nid: desk\n---\n"),
    "sponsor": Claim("sponsors", SPONSOR.format("Old"), "sponsors", SPONSOR.format("New")),
    "story": Claim("stories", STORY.format("2026-05-01"), "stories", STORY.format("2020-05-01")),
}
OLD, NEW = CLAIMS["id"].files("id")


@pytest.fixture
def site(empty_bench: SiteBench) -> SiteBench:
    return empty_bench.write_all(SMALL).write("content/articles/b.md", article("B", 2))


def write(site: SiteBench, which: int, *names: str) -> SiteBench:
    """Write the old records (0) or the newcomers (1)."""
    for name in names or CLAIMS:
        claim = CLAIMS[name]
        site.write(claim.files(name)[which], (claim.old, claim.new)[which])
    return site


def left_out(site: SiteBench) -> set[str]:
    """The files that a build leaves out."""
    site.build(keep_going=True).expect_built()
    assert site.report is not None
    return set(site.report.left_out)


def errors_of(site: SiteBench) -> list[str]:
    return [line for line in site.problems.splitlines() if ": error: " in line]


def test_a_newcomer_never_displaces_what_stands(site: SiteBench) -> None:
    before = write(site, 0).build().expect_built().files()
    write(site, 1)
    assert left_out(site) == {claim.files(name)[1] for name, claim in CLAIMS.items()}
    assert site.files() == before
    assert len(errors_of(site)) == len(CLAIMS)
    for name, claim in CLAIMS.items():
        old, new = claim.files(name)
        (error,) = (one for one in errors_of(site) if one.startswith(f"{new}:"))
        assert old in error
    told = errors_of(site.build().expect_refused())
    assert {one.partition(":")[0] for one in told} == {claim.files(name)[1] for name, claim in CLAIMS.items()}


def test_if_nothing_stands_the_record_that_was_published_first_counts(site: SiteBench) -> None:
    for which in (0, 1):
        write(site, which)
    by_path = {"source", "sponsor"}  # which were always published, like a topic or a page without a time
    older = {name: name in ("topic", "alias-at-page") for name in CLAIMS.keys() - by_path}
    expected = {CLAIMS[name].files(name)[is_older] for name, is_older in older.items()}
    expected |= {CLAIMS[name].files(name)[0] for name in by_path}
    assert left_out(site) == expected
    site.build(keep_going=True).expect_rendered().expect_same_as_clean_build(keep_going=True)
    assert left_out(site) == expected


def test_a_record_with_a_fault_keeps_what_it_had(site: SiteBench) -> None:
    names = ("id", "slug", "alias", "topic", "story", "guid")
    old = {name: CLAIMS[name].files(name)[0] for name in names}
    before = write(site, 0, *names).build().expect_built().files()
    site.edit(old["id"], "title: Old", "title: [Old")  # which cannot be read, so that its id is uncertain
    site.edit(old["slug"], "topic: chips", "topic: [chips]")
    site.edit(old["alias"], "topic: chips", "image: {src: no.png, alt: No}\ntopic: chips")
    site.edit(old["guid"], "topic: chips", "topic: 5")
    site.edit(old["topic"], "---\ntitle", "title")
    site.rename(old["story"], "../old.md")
    (site.root / old["story"]).symlink_to("../../../old.md")
    write(site, 1, *names)
    for _ in range(2):  # the second build knows of the records only what the first one kept
        assert left_out(site) == {file for name in names for file in CLAIMS[name].files(name)}
    (site.root / old["story"]).unlink()
    write(site, 0, *names)
    assert left_out(site) == {CLAIMS[name].files(name)[1] for name in names}
    assert site.files() == before


@pytest.mark.parametrize("name", ["id", "guid"])
def test_what_a_record_had_that_is_gone_is_free(site: SiteBench, name: str) -> None:
    old, new = CLAIMS[name].files(name)
    write(site, 0, name).build().expect_built()
    write(site.remove(old), 1, name).build().expect_built()
    write(site, 0, name).build().expect_refused()
    assert errors_of(site)[0].startswith(f"{old}:")
    assert new in errors_of(site)[0]


def test_previews_and_questions_agree_with_the_build(site: SiteBench) -> None:
    write(site, 0, "id").build().expect_built()
    write(site, 1, "id")
    for output in (site.output, site.root / PREVIEW_FOLDER):
        site.build(keep_going=True, output=output).expect_built()
        assert site.problems.startswith(f"{NEW}:"), output
        with survey(Request(root=site.root, output=output, now=NOW, workers=1, keep_going=True)) as known:
            assert known.prepared.left_out == (NEW,)


def test_a_chain_of_claims_is_settled_once(site: SiteBench) -> None:
    """One record claims what another has, and has what a third claims."""
    site.write("content/articles/m.md", article("M", 4, aliases=["/q/"]))
    site.write(OLD, article("Old", 3, aliases=["/p/"])).build().expect_built()
    site.edit("content/articles/m.md", "- /q/", "- /q/\n- /p/")
    site.write(NEW, article("New", 1, aliases=["/q/"], **EARLY))
    assert [left_out(site) for _ in range(3)] == [{NEW, "content/articles/m.md"}] * 3


def test_a_lost_book_gives_what_a_clean_build_gives(site: SiteBench, tmp_path: Path) -> None:
    write(site, 0, "id").build().expect_built()
    write(site, 1, "id")
    for file in (site.root / ".newsprint").glob("outputs/*/addresses"):
        file.unlink()
    assert left_out(site) == {OLD}
    clean = SiteBench(tmp_path / "clean").write_all(SMALL).write("content/articles/b.md", article("B", 2))
    assert left_out(write(write(clean, 0, "id"), 1, "id")) == {OLD}
    assert clean.files() == site.files()


def test_a_fault_of_the_config_does_not_change_who_is_reported(site: SiteBench) -> None:
    write(site, 0, "id").build().expect_built()
    write(site, 1, "id").edit("site.toml", "page_items = 3", "page_items = 0").build().expect_refused()
    assert f"{NEW}:8: error: the article id 'chip' is taken by {OLD}" in site.problems
