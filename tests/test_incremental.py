"""Touch this → exactly this set is rebuilt; both directions of each law."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from generator.publish import Reason
from sitebench import NOW, SiteBench, article

pytestmark = pytest.mark.slow

PAGE_1 = "news/chips/a1/index.html"
FEEDS = {
    f"{folder}{name}"
    for folder in ("", "topics/chips/", "sources/wire/")
    for name in ("feed.xml", "atom.xml", "feed.json")
}


def times(bench: SiteBench) -> dict[str, int]:
    return {path: (bench.output / path).stat().st_mtime_ns for path in bench.files()}


def test_building_again_renders_and_writes_nothing(bench: SiteBench) -> None:
    bench.build().expect_built()
    before = times(bench)
    bench.build().expect_rendered()
    assert bench.report is not None
    assert (bench.report.written, bench.report.removed) == (0, 0)
    assert bench.report.kept == len(before)
    assert times(bench) == before


def test_a_new_body_renders_its_page_and_the_feeds_that_carry_it_only(bench: SiteBench) -> None:
    bench.build().edit("content/articles/a1.md", "a few words", "other words").build()
    bench.expect_rendered(PAGE_1, *FEEDS)


def test_with_summaries_in_feeds_a_new_body_renders_its_page_only(bench: SiteBench) -> None:
    bench.write("site.toml", (bench.root / "site.toml").read_text() + '[feeds]\ncontent = "summary"\n')
    bench.build().edit("content/articles/a1.md", "a few words", "other words").build()
    bench.expect_rendered(PAGE_1)


def test_a_new_title_renders_exactly_the_pages_that_show_it(bench: SiteBench) -> None:
    bench.build()
    showing = {path for path, data in bench.files().items() if b"Chip news 3" in data}
    bench.edit("content/articles/a3.md", "Chip news 3", "Other news").build()
    bench.expect_rendered(*showing)
    assert "news/chips/a3/index.html" in showing
    assert "about/index.html" not in showing


def test_a_new_article_leaves_full_listing_pages_untouched(bench: SiteBench) -> None:
    for day in range(6, 12):
        bench.write(f"content/articles/a{day}.md", article(f"Chip news {day}", day))
    bench.build()
    full = {path: data for path, data in bench.files().items() if "/page/" in path}
    before = times(bench)
    assert "topics/chips/page/1/index.html" in full
    assert "latest/page/2/index.html" in full
    for day in range(12, 16):
        bench.write(f"content/articles/a{day}.md", article(f"Chip news {day}", day)).build()
        after = bench.files()
        assert {path: after[path] for path in full} == full
        assert {path: times(bench)[path] for path in full} == {path: before[path] for path in full}
        bench.expect_same_as_clean_build()


def test_an_old_articles_page_does_not_change_with_a_new_article(bench: SiteBench) -> None:
    bench.build().write("content/articles/a6.md", article("Chip news 6", 6)).build()
    assert PAGE_1 not in bench.rendered
    assert "news/chips/a5/index.html" in bench.rendered


def test_a_new_style_renders_the_pages_that_name_it(bench: SiteBench) -> None:
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.write("themes/mine/assets/style.css", "body { color: black; }\n")
    bench.edit("site.toml", '"base"', '"mine"').build().expect_built()
    bench.write("themes/mine/assets/style.css", "body { color: navy; }\n").build()
    pages = {path for path in bench.files() if path.endswith(".html")}
    assert pages <= bench.rendered
    assert not any(path.endswith(".xml") for path in bench.rendered)
    bench.expect_same_as_clean_build()


def test_overriding_one_template_renders_the_pages_that_use_it(bench: SiteBench) -> None:
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.edit("site.toml", '"base"', '"mine"').build().expect_built()
    bench.write("themes/mine/templates/page.html", '{% extends "parent:page.html" %}\n').build()
    bench.expect_rendered("about/index.html").expect_same_as_clean_build()


def test_a_part_that_a_theme_overrides_renders_exactly_the_pages_that_use_it(bench: SiteBench) -> None:
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.edit("site.toml", '"base"', '"mine"').build().expect_built()
    bench.write("themes/mine/templates/about.html", '{% include "parent:about.html" %}<hr>\n').build()
    bench.expect_rendered(*(f"news/chips/a{day}/index.html" for day in range(1, 6))).expect_same_as_clean_build()


@pytest.mark.parametrize(
    "file", [("templates/footer.html", "<p>Mine</p>"), ("assets/style.css", "body { margin: 0; }")]
)
def test_a_theme_of_one_file_builds_the_whole_site(bench: SiteBench, file: tuple[str, str]) -> None:
    before = set(bench.build().expect_built().files())
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n').write(f"themes/mine/{file[0]}", file[1])
    bench.edit("site.toml", '"base"', '"mine"').build().expect_built().expect_report("")
    assert {path for path in bench.files() if not path.startswith("assets/")} == {
        path for path in before if not path.startswith("assets/")
    }


def test_another_token_renders_tokens_css_and_the_pages_that_link_it(bench: SiteBench) -> None:
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.write("themes/mine/templates/404.html", "<!doctype html><title>{{ page.meta.title }}</title>")
    bench.edit("site.toml", '"base"', '"mine"').build().expect_built()
    bench.edit("site.toml", "[listings]", '[theme.tokens]\naccent = { light = "#0057b8" }\n[listings]').build()
    pages = {path for path in bench.files() if path.endswith(".html")} - {"404.html"}
    (style,) = (path for path in bench.files() if path.startswith("assets/tokens."))
    bench.expect_built().expect_rendered(*pages, style).expect_same_as_clean_build()
    assert "--accent:light-dark(#0057b8," in (bench.output / style).read_text()
    assert bench.page("index.html").tree.xpath("//link[@rel='stylesheet']/@href")[0] == f"/{style}"


def test_another_option_renders_the_pages(bench: SiteBench) -> None:
    bench.build().expect_built()
    bench.edit("site.toml", "[listings]", "[theme.options]\nshow_standfirst = false\n[listings]").build()
    assert {path for path in bench.rendered if not path.endswith(".html")} <= {"_headers"}
    assert "topics/chips/index.html" in bench.rendered
    bench.expect_same_as_clean_build()


def test_a_page_in_the_navigation_renders_all_pages_and_no_feed(bench: SiteBench) -> None:
    bench.build().write("content/pages/contact.md", "---\ntitle: Contact\nnavigation: footer\n---\nMail us.\n").build()
    rendered = bench.rendered
    assert PAGE_1 in rendered
    assert not FEEDS & rendered


def test_a_page_outside_the_navigation_renders_itself_and_the_sitemap(bench: SiteBench) -> None:
    bench.build().write("content/pages/contact.md", "---\ntitle: Contact\n---\nMail us.\n").build()
    bench.expect_rendered("contact/index.html", "sitemap-1.xml")


def test_a_removed_article_takes_its_page_with_it(bench: SiteBench) -> None:
    bench.build().remove("content/articles/a2.md").build().expect_built()
    assert not (bench.output / "news/chips/a2").exists()
    bench.expect_same_as_clean_build()


def test_what_others_put_into_the_output_folder_stays(bench: SiteBench) -> None:
    bench.build()
    (bench.output / "CNAME").write_text("bench.example")
    (bench.output / "news/chips/a2/mine.txt").write_text("mine")
    bench.remove("content/articles/a2.md").build()
    assert (bench.output / "CNAME").read_text() == "bench.example"
    assert (bench.output / "news/chips/a2/mine.txt").exists()
    assert not (bench.output / "news/chips/a2/index.html").exists()


@pytest.mark.parametrize("spoil", ["remove", "alter", "empty the folder"])
def test_an_output_that_someone_spoiled_is_made_again(bench: SiteBench, spoil: str) -> None:
    bench.build()
    good = bench.files()
    file = bench.output / PAGE_1
    if spoil == "remove":
        file.unlink()
    elif spoil == "alter":
        file.write_text("altered")
    else:
        for path in good:
            (bench.output / path).unlink()
    bench.build()
    assert PAGE_1 in bench.rendered
    assert bench.files() == good


def test_force_renders_everything_and_writes_nothing(bench: SiteBench) -> None:
    bench.build()
    before = times(bench)
    bench.build(force=True)
    assert bench.rendered == set(before)
    assert times(bench) == before


def test_verify_finds_what_was_changed_behind_its_size_and_time(bench: SiteBench) -> None:
    bench.build()
    good, file = bench.files(), bench.output / PAGE_1
    stat = file.stat()
    file.write_bytes(b"x" * stat.st_size)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    bench.build().expect_rendered()
    bench.build(verify=True).expect_rendered(PAGE_1)
    assert bench.report is not None
    assert bench.report.reasons[PAGE_1][1] == Reason.ALTERED
    assert bench.files() == good
    bench.build(verify=True).expect_rendered()


def test_time_alone_publishes_what_waited_and_removes_what_expired(bench: SiteBench) -> None:
    later = NOW + timedelta(days=1)
    waiting = {"published": (NOW + timedelta(hours=1)).isoformat()}
    leaving = {"expires": (NOW + timedelta(hours=2)).isoformat()}
    bench.write("content/articles/waits.md", article("It waits", 1, **waiting))
    bench.write("content/articles/leaves.md", article("It leaves", 2, **leaving)).build()
    assert not (bench.output / "news/chips/waits").exists()
    assert (bench.output / "news/chips/leaves").exists()
    bench.build(now=later)
    assert (bench.output / "news/chips/waits").exists()
    assert not (bench.output / "news/chips/leaves").exists()
    bench.expect_same_as_clean_build(now=later)


def test_the_moment_of_the_build_is_in_no_output(bench: SiteBench) -> None:
    bench.build()
    before = bench.files()
    bench.build(now=datetime(2031, 1, 1, tzinfo=UTC)).expect_rendered()
    assert bench.files() == before


def test_a_file_touched_without_a_change_renders_nothing(bench: SiteBench) -> None:
    bench.build()
    os.utime(bench.root / "content/articles/a1.md")
    bench.build().expect_rendered()


def test_an_edit_that_keeps_size_and_time_is_seen_when_it_is_racy(bench: SiteBench) -> None:
    file = bench.root / "content/articles/a1.md"
    bench.build()
    stat = file.stat()
    file.write_text(file.read_text().replace("few words", "new words"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert time.time_ns() - stat.st_mtime_ns < 60_000_000_000
    bench.build()
    assert PAGE_1 in bench.rendered


def test_deleting_the_memory_changes_nothing(bench: SiteBench) -> None:
    bench.build()
    bench.remove(".newsprint/memory.sqlite").build().expect_rendered()
    bench.write(".newsprint/memory.sqlite", b"this is no database" * 100).build().expect_rendered()


def test_a_picture_that_changes_gets_a_new_name(bench: SiteBench) -> None:
    from PIL import Image

    file = bench.root / "content/media/chip.png"
    file.parent.mkdir()
    Image.new("RGB", (8, 4), "red").save(file)
    bench.write("content/articles/a1.md", article("Chip news 1", 1, image={"src": "chip.png", "alt": "A chip"}))
    bench.build().expect_built()
    first = {path for path in bench.files() if path.startswith("media/")}
    assert 'width="8" height="4"' in bench.page(PAGE_1).text
    Image.new("RGB", (8, 4), "blue").save(file)
    bench.build()
    second = {path for path in bench.files() if path.startswith("media/")}
    assert len(first) == len(second) == 2
    assert not first & second
    bench.expect_same_as_clean_build()


def test_a_revision_in_the_future_is_not_told_yet(bench: SiteBench) -> None:
    revisions = [{"at": "2026-06-20", "note": "Told later", "significant": True}]
    bench.write("content/articles/a1.md", article("Chip news 1", 1, revisions=revisions)).build()
    assert "Told later" not in bench.page(PAGE_1).text
    bench.build(now=NOW + timedelta(days=30))
    assert "Told later" in bench.page(PAGE_1).text


def test_an_edit_that_keeps_size_time_and_inode_is_seen(bench: SiteBench) -> None:
    file = bench.root / "content/articles/a1.md"
    old = time.time_ns() - 3_600_000_000_000
    os.utime(file, ns=(old, old))
    bench.build()
    with file.open("r+") as stream:
        text = stream.read()
        stream.seek(0)
        stream.write(text.replace("few words", "new words"))
    os.utime(file, ns=(old, old))
    bench.build()
    assert PAGE_1 in bench.rendered


def test_a_link_to_a_part_of_another_record_leads_there_or_warns(bench: SiteBench) -> None:
    bench.write("content/articles/a2.md", article("Chip news 2", 2, body="## More of it\n\nText."))
    bench.write("content/articles/a1.md", article("One", 1, body="[a](article:a2#more-of-it) [b](article:a2#less)"))
    bench.build().expect_built()
    hrefs = bench.page(PAGE_1).tree.xpath("//main//a[text()='a' or text()='b']/@href")
    assert hrefs == ["/news/chips/a2/#s-more-of-it", "/news/chips/a2/"]
    assert "'article:a2#less' leads to no heading of that record [unusable-link]" in bench.problems


def test_a_missing_content_folder_is_never_published_as_an_empty_site(bench: SiteBench) -> None:
    bench.build().expect_built()
    before = bench.files()
    bench.rename("content", "elsewhere").build(keep_going=True).expect_refused()
    bench.rename("elsewhere", "content")
    bench.rename("content/articles", "moved")
    (bench.root / "content/articles").symlink_to(bench.root / "gone")
    bench.build().expect_refused()
    bench.build(keep_going=True).expect_refused()
    assert bench.files() == before


def test_all_faults_are_named_in_one_run_whatever_found_them(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("One", 1, body="[x](article:none) [y](foo:bar)"))
    bench.edit("site.toml", 'name = "base"', 'name = "base"\noptions = { nonsense = 1 }')
    bench.write("content/sources/post.md", "---\ntitle: The Post\ncountry: xx\n---\n").build().expect_refused()
    for code in ("dead-link", "unusable-link", "unknown-key", "wrong-value"):
        assert f"[{code}]" in bench.problems


def test_leaving_out_the_sites_own_source_names_the_real_fault(bench: SiteBench) -> None:
    bench.edit("site.toml", "[theme]", 'source = "post"\n[theme]')
    bench.write("content/sources/post.md", "---\ntitle: The Post\ncountry: xx\n---\n")
    bench.build(keep_going=True).expect_refused()
    assert "content/sources/post.md:3: error: 'country' is 'xx' [wrong-value]" in bench.problems


def test_a_link_to_a_record_that_was_left_out_becomes_text(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("One", 1, body="See [two](article:a2#part) and [us](page:about)."))
    bench.edit("content/articles/a2.md", "topic: chips", "topic: chps")
    bench.edit("content/pages/about.md", "navigation: header", "navigation: nowhere").build(
        keep_going=True
    ).expect_built()
    assert bench.report is not None
    assert bench.report.left_out == ("content/articles/a2.md", "content/pages/about.md")
    assert "See two and us." in bench.page(PAGE_1).text
    assert not (bench.output / "about").exists()


def test_another_engine_of_markdown_reads_every_record_anew(bench: SiteBench) -> None:
    bench.edit("content/articles/a1.md", "a few words", "a few words:\n- one\n- two").build().expect_built()
    bench.write("site.toml", (bench.root / "site.toml").read_text() + '[markdown]\nengine = "commonmark"\n')
    bench.build().expect_built().expect_rendered(PAGE_1, *FEEDS).expect_same_as_clean_build()
    assert bench.page(PAGE_1).texts("//article//li") == ["one", "two."]
    bench.build().expect_rendered()
