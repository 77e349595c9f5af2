"""Conventions of each system that no layout has: one small folder each, and what it becomes."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from imports import Brought

from generator.importers import READERS, System
from generator.importers.folder import OldFolder
from generator.importers.old_site import Post
from sitebench import SiteBench

HUGO = "+++\ntitle = 'A'\ndate = 2020-01-02\n+++\n"
POST = "---\ntitle: A\n---\n"


def read(folder: Path, system: System, files: dict[str, str]) -> dict[str, Post]:
    SiteBench(folder).write_all(files)
    found = READERS[system][0](OldFolder(folder, hidden=(".eleventyignore", ".eleventy.js")), ZoneInfo("UTC"))
    assert found.problems == []
    return {post.file: post for post in found.posts}


ADDRESSES: list[tuple[System, str, str, dict[str, str]]] = [
    ("hugo", "/posts/a", "content/posts/a.md", {"content/posts/a.md": HUGO}),
    ("hugo", "/posts/a-b", "content/posts/A b.md", {"content/posts/A b.md": HUGO}),
    (
        "hugo",
        "/2020/a",
        "content/posts/x.md",
        {"content/posts/x.md": HUGO, "config.toml": "[permalinks]\nposts='/:year/:title'"},
    ),
    (
        "hugo",
        "/p/x",
        "content/posts/x.md",
        {"content/posts/x.md": HUGO, "hugo.yaml": "permalinks: {page: {posts: /p/:filename/}}"},
    ),
    ("hugo", "/about", "content/about/index.md", {"content/about/index.md": POST}),
    ("jekyll", "/2020/01/02/a.html", "_posts/2020-01-02-a.md", {"_posts/2020-01-02-a.md": POST}),
    ("jekyll", "/tech/2020/01/02/a.html", "tech/_posts/2020-01-02-a.md", {"tech/_posts/2020-01-02-a.md": POST}),
    ("jekyll", "/a.html", "_posts/2020-01-02-a.md", {"_posts/2020-01-02-a.md": POST, "_config.yml": "permalink: none"}),
    (
        *("jekyll", "/news/2020/1/a", "_posts/2020-1-2-a.md"),
        {"_posts/2020-1-2-a.md": POST, "_config.yml": "permalink: /news/:year/:i_month/:title/"},
    ),
    ("jekyll", "/docs/a.html", "docs/a.md", {"docs/a.md": POST}),
    ("jekyll", "/docs", "docs/index.md", {"docs/index.md": POST}),
    ("jekyll", "/contact.html", "_pages/contact.md", {"_pages/contact.md": POST}),
    ("pelican", "/a.html", "content/x.md", {"content/x.md": "Title: A\nDate: 2020-01-02\n\nx"}),
    ("pelican", "/pages/a.html", "content/pages/x.md", {"content/pages/x.md": "Title: A\n\nx"}),
    (
        *("pelican", "/c/2020-01-02/a", "content/c/x.md"),
        {
            "content/c/x.md": "Title: A\nDate: 2020-01-02\n\nx",
            "pelicanconf.py": "ARTICLE_URL = '{category}/{date}/{slug}/'",
        },
    ),
    ("pelican", "/b", "x.md", {"x.md": "Title: A\nDate: 2020-01-02\nsave_as: b/index.html\n\nx"}),
    ("eleventy", "/blog/a", "blog/2020-01-02-a.md", {"blog/2020-01-02-a.md": POST}),
    ("eleventy", "/blog/a", "blog/a/a.md", {"blog/a/a.md": POST}),
    ("eleventy", "/blog/a", "blog/a/index.md", {"blog/a/index.md": POST}),
    (
        "eleventy",
        "/a",
        "in/a.md",
        {"in/a.md": POST, ".eleventy.js": "module.exports = c => ({ dir: { input: './in' } })"},
    ),
    (
        "eleventy",
        "/w/2020-01-02/a",
        "a.md",
        {"a.md": "---\ntitle: A\ndate: 2020-01-02\npermalink: /w/{{ page.date }}/{{ title | slugify }}/\n---\n"},
    ),
]


@pytest.mark.parametrize(
    ("system", "address", "file", "files"), ADDRESSES, ids=[f"{one[0]} {one[2]}" for one in ADDRESSES]
)
def test_a_text_stood_where_its_system_puts_it(
    tmp_path: Path, system: System, address: str, file: str, files: dict[str, str]
) -> None:
    assert read(tmp_path, system, files)[file].addresses[0] == address


def test_a_reference_of_hugo_may_name_a_text_in_each_of_its_ways(tmp_path: Path) -> None:
    ways = ("/docs/a.md", "docs/a", "a.md", "../docs/a/", "/more", "../more/#x", "b", "gone", "#x")
    body = "\n\n".join(f'[x]({{{{< relref "{way}" >}}}})' for way in ways)
    posts = read(
        tmp_path, "hugo", {"content/docs/a.md": HUGO, "content/more/_index.md": HUGO, "content/posts/b.md": HUGO + body}
    )
    kept = posts["content/posts/b.md"]
    assert kept.text.count("newsprint-file:content/docs/a.md") == 4
    assert kept.text.count("newsprint-file:content/more/_index.md") == 2
    assert "newsprint-file:content/posts/b.md" in kept.text
    assert "[x](#x)" in kept.text
    assert [lack.found for lack in kept.lacks] == ['{{< relref "gone" >}}']


def test_code_of_jekyll_may_hold_tags_and_hold_them_raw(tmp_path: Path) -> None:
    body = (
        '{% highlight liquid %}\n{% raw %}\n{{ "/a/" | relative_url }}\n{% endraw %}\n{% endhighlight %}\n* x\n{:toc}\n'
    )
    post = read(tmp_path, "jekyll", {"_posts/2020-01-02-a.md": POST + body})["_posts/2020-01-02-a.md"]
    assert '```liquid\n{{ "/a/" | relative_url }}\n```' in post.text.replace("\n\n", "\n")
    assert "x" not in post.text.partition("```liquid")[2].partition("```")[2]
    assert post.lacks == ()


def test_a_day_before_the_name_dates_a_text_of_pelican(tmp_path: Path) -> None:
    post = read(tmp_path, "pelican", {"content/2020-01-02-a.md": "Title: A\nStatus: skip\n\nx"})[
        "content/2020-01-02-a.md"
    ]
    assert (str(post.published), post.is_draft, post.is_page) == ("2020-01-02 00:00:00+00:00", True, False)


@pytest.mark.parametrize(
    ("settings", "file", "said"),
    [
        (
            "FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<Slug>.*)'",
            "2020-01-02_a-b.md",
            ("a-b", "2020-01-02", "", ()),
        ),
        ("FILENAME_METADATA = '(?P<slug>[^.]+)\\\\.(?P<lang>..)'", "a.de.md", ("a", "2020-03-04", "de", ())),
        (
            "PATH_METADATA = r'(?P<category>\\w+)/(?P<date>[\\d-]+)/(?P<slug>\\w+)'\nFILENAME_METADATA = '(?P<slug>.)'",
            "chips/2020-01-02/a.md",
            ("a", "2020-01-02", "", ("chips",)),
        ),
    ],
)
def test_names_of_files_say_what_the_settings_of_pelican_ask_them(
    tmp_path: Path, settings: str, file: str, said: tuple[str, str, str, tuple[str, ...]]
) -> None:
    date = "Date: 2020-03-04\n" if "2020" not in file else ""
    files = {"pelicanconf.py": f"{settings}\n", f"content/{file}": f"Title: T\n{date}\nText"}
    post = read(tmp_path, "pelican", files)[f"content/{file}"]
    topics = post.topics if "/" in file else ()
    assert (post.slug, str(post.published)[:10], post.language, topics) == said
    assert post.left == {}


@pytest.mark.parametrize("pattern", ["(a+)+", "(", "a*b*c*d*e*"])
def test_a_pattern_of_names_that_could_run_away_is_told(tmp_path: Path, pattern: str) -> None:
    files = {"pelicanconf.py": f"FILENAME_METADATA = {pattern!r}\n", "content/a.md": "Title: A\n\nText"}
    SiteBench(tmp_path).write_all(files)
    found = READERS["pelican"][0](OldFolder(tmp_path), ZoneInfo("UTC"))
    assert [problem.message for problem in found.problems] == ["FILENAME_METADATA cannot be read and is ignored"]


BREAKS: list[tuple[System, str, dict[str, str]]] = [
    ("eleventy", "a.md", {".eleventy.js": "markdownIt({ html: true, breaks: true })", "a.md": POST}),
    ("jekyll", "a.md", {"_config.yml": "kramdown:\n  hard_wrap: true\n", "a.md": POST}),
    ("pelican", "content/a.md", {"pelicanconf.py": "MARKDOWN = {'extensions': ['nl2br']}\n", "content/a.md": POST}),
    (
        "hugo",
        "content/a.md",
        {"hugo.toml": "[markup.goldmark.renderer]\nhardWraps = true\n", "content/a.md": POST},
    ),
]


@pytest.mark.parametrize(("system", "file", "files"), BREAKS)
def test_lines_of_a_paragraph_stay_lines_where_they_were(
    tmp_path: Path, system: System, file: str, files: dict[str, str]
) -> None:
    text = "One [two\nthree](https://a.example/)\nfour\n\n- five\n  six\n\n```\nseven\neight\n```\n"
    with_breaks, without = Brought(tmp_path, system, files | {file: POST + text}), {file: POST + text}
    page = with_breaks.page(f"{Path(with_breaks.files[file]).stem}/index.html")
    assert len(page.tree.xpath("//main//p//br | //main//li//br")) == 3
    assert "seven\neight\n" in page.text
    plain = Brought(tmp_path / "plain", system, without)
    assert not plain.page(f"{Path(plain.files[file]).stem}/index.html").tree.xpath("//main//br")


def test_markdown_it_makes_links_and_dashes_where_it_is_told_to(tmp_path: Path) -> None:
    config = "const md = markdownIt({ html: true, linkify: true, typographer: true });"
    files = {"eleventy.config.js": config, "a.md": POST + "See https://a.example/b -- now."}
    assert Brought(tmp_path, "eleventy", files).text("a.md").strip() == "See <https://a.example/b> – now."


def test_data_of_eleventy_is_merged_from_afar_to_near(tmp_path: Path) -> None:
    files = {
        "blog/blog.json": '{"author": "Far", "tags": ["posts", "a"], "lang": "de"}',
        "blog/in/in.11tydata.json": '{"author": "Near", "tags": "b"}',
        "blog/in/x.11tydata.json": '{"lang": "fr"}',
        "blog/in/x.md": "---\ntitle: X\ntags: [c]\ndate: 2020-01-02\n---\nx",
        "_data/metadata.js": "export default { title: 'T', url: \"https://t.example/\" }",
        "drafts/y.md": "y",
        ".eleventyignore": "# no\ndrafts/\n",
    }
    posts = read(tmp_path, "eleventy", files)
    assert list(posts) == ["blog/in/x.md"]
    post = posts["blog/in/x.md"]
    assert (post.authors, post.tags, post.language) == (("Near",), ("a", "b", "c"), "fr")
    found = READERS["eleventy"][0](OldFolder(tmp_path), ZoneInfo("UTC"))
    assert (found.title, found.url) == ("T", "https://t.example")


@pytest.mark.parametrize("system", READERS)
def test_an_empty_folder_has_nothing(tmp_path: Path, system: System) -> None:
    assert read(tmp_path, system, {}) == {}


def test_what_wordpress_called_a_text_by_number_leads_to_it(tmp_path: Path) -> None:
    files = {
        "_config.yml": "url: https://old.example\n",
        "_posts/2020-01-02-a.md": "---\ntitle: A\nwordpress_id: 12\n---\nText.\n",
        "_posts/2020-01-03-b.md": (
            f"{POST}[x](//old.example/?p=12) [y](/?p=12#s) [z](https://old.example/?p=13) [w](/?q=1)\n"
        ),
    }
    brought = Brought(tmp_path, "jekyll", files)
    assert brought.matter("_posts/2020-01-02-a.md")["aliases"] == ["/2020/01/02/a.html", "/?p=12"]
    text = brought.text("_posts/2020-01-03-b.md")
    assert text.strip() == (
        "[x](article:a) [y](article:a) [z](https://old.example/?p=13) [w](https://old.example/?q=1)"
    )
    assert not any(record["left"] for record in brought.report["records"])


def test_what_links_miss_is_told_as_it_is(tmp_path: Path) -> None:
    files = {
        "_config.yml": "url: https://new.example\n",
        "_posts/2020-01-02-a.md": "---\ntitle: A\ntitle: B\n---\nText.\n",
        "_posts/2020-01-03-b.md": (
            f"{POST}[front](/) [same](https://new.example/#top) [gone](/tour/) [asked](/?x=1)"
            " [faulty]({% post_url 2020-01-02-a %})\n"
        ),
    }
    brought = Brought(tmp_path, "jekyll", files)
    (post,) = (record for record in brought.report["records"] if record["origin"].endswith("b.md"))
    assert {lack["found"]: lack["fate"].partition(":")[0] for lack in post["lacks"]} == {
        "/tour/": "leads to what was not imported",
        "/?x=1": "leads to what was not imported",
        "_posts/2020-01-02-a.md": "leads to no record; became text",
    }
    assert brought.text("_posts/2020-01-03-b.md").strip() == (
        "[front](https://new.example/) [same](https://new.example/#top) [gone](https://new.example/tour/)"
        " [asked](https://new.example/?x=1) faulty"
    )


def test_texts_of_jekyll_show_what_the_site_and_its_data_say(tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: The site\nlicense: {url: /license/}",
        "_data/releases.yml": "- version: 1.2\n  url: {gz: /a.gz}\n- version: 1.3\n  url: {gz: /b.gz}\n",
        "_data/in/more.json": '["x", "y"]',
        "_data/broken.yml": "a: [",
        "_posts/2020-01-02-a.md": (
            "---\ntitle: A\nmood: calm\n---\n"
            '{% assign one = site.data.releases | where: "version", "1.3" | first %}\n'
            "{{ site.title }} {{ site.license.url }} {{ page.title }} {{ page.mood }} {{ one.url.gz }} "
            "{{ site.data.in.more[1] }} {{ site.data.in.none }} {{ site.data.none }}\n"
        ),
    }
    post = read(tmp_path, "jekyll", files)["_posts/2020-01-02-a.md"]
    assert post.text.strip() == "The site /license/ A calm /b.gz y {{ site.data.in.none }} {{ site.data.none }}"
    assert [lack.found for lack in post.lacks] == ["{{ site.data.in.none }}", "{{ site.data.none }}"]


def test_texts_of_eleventy_show_their_data(tmp_path: Path) -> None:
    files = {
        "_data/metadata.json": '{"title": "The site"}',
        "posts/posts.json": '{"mood": "calm"}',
        "posts/a.md": f"{POST}{{{{ title }}}} {{{{ mood }}}} {{{{ metadata.title | safe }}}} {{{{ x }}}}",
    }
    assert read(tmp_path, "eleventy", files)["posts/a.md"].text.strip() == "A calm The site {{ x }}"


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("_data/metadata.yml", "title: The site\nurl: ]\n", 2),
        ("_data/metadata.yml", "title: The site\nurl: [\n", 3),
        ("_data/metadata.yaml", "---\ntitle: The site\nurl: }\n", 3),
        ("_data/metadata.json", '{\n"title": The site\n}', 2),
    ],
)
def test_a_data_file_at_fault_is_told_with_its_line_and_the_texts_come_over(
    tmp_path: Path, file: str, text: str, line: int
) -> None:
    site = SiteBench(tmp_path / "old").write(file, text).write("posts/a.md", f"{POST}Text {{{{ metadata.title }}}}")
    folder = OldFolder(site.root)
    (post,) = READERS["eleventy"][0](folder, ZoneInfo("UTC")).posts
    assert post.text.strip() == "Text {{ metadata.title }}"
    assert {(one.file, one.line) for one in folder.problems} == {(file, line)}


def test_a_folder_of_a_language_is_no_topic_beside_another(tmp_path: Path) -> None:
    from imports import Brought

    text = "---\ntitle: A\nlang: {}\n---\nText.\n"
    files = {f"{one}/news/_posts/2020-01-02-a.md": text.format(one) for one in ("en", "zh_tw", "de")}
    brought = Brought(tmp_path, "jekyll", {**files, "de/_posts/2020-01-03-b.md": text.format("de")})
    found = {origin: brought.matter(origin) for origin in brought.files}
    assert {(one["topic"], *one.get("also", [])) for one in found.values()} == {("news",), ("de",)}
    assert [Path(file).stem for file in brought.files.values()] == ["b", "a-de", "a", "a-zh-tw"]
    assert found["zh_tw/news/_posts/2020-01-02-a.md"]["aliases"] == ["/zh_tw/news/2020/01/02/a.html"]


GUIDS: list[tuple[str, System, dict[str, str]]] = [
    ("https://x.example/posts/a/", "hugo", {"hugo.toml": "baseURL = 'https://x.example/'", "content/posts/a.md": HUGO}),
    (
        "https://x.example/s/posts/a.html",
        "hugo",
        {"hugo.toml": "baseURL = 'https://x.example/s/'\nuglyURLs = true", "content/posts/a.md": HUGO},
    ),
    ("", "hugo", {"content/posts/a.md": HUGO}),
    ("", "hugo", {"hugo.toml": "baseURL = 'https://x.example/'\ntheme = 'away'", "content/posts/a.md": HUGO}),
    (
        "",
        "hugo",
        {"hugo.toml": "baseURL = 'https://x.example/'", "content/posts/a.md": HUGO, "layouts/_default/rss.xml": "x"},
    ),
    (
        "https://x.example/b/2020/01/02/a",
        "jekyll",
        {"_config.yml": "url: https://x.example\nbaseurl: /b\nplugins: [jekyll-feed]", "_posts/2020-01-02-a.md": POST},
    ),
    ("", "jekyll", {"_config.yml": "url: https://x.example", "_posts/2020-01-02-a.md": POST}),
    (
        "",
        "jekyll",
        {
            "_config.yml": "url: https://x.example\nplugins: [jekyll-feed]",
            "_posts/2020-01-02-a.md": POST,
            "feed.xml": "own",
        },
    ),
    ("", "eleventy", {"posts/2020-01-02-a.md": POST}),
]


@pytest.mark.parametrize(("guid", "system", "files"), GUIDS)
def test_what_old_feeds_called_a_text_is_kept_where_it_is_certain(
    tmp_path: Path, guid: str, system: System, files: dict[str, str]
) -> None:
    assert [post.guid for post in read(tmp_path, system, files).values()] == [guid]


def test_a_page_keeps_its_old_addresses_and_its_draft(tmp_path: Path) -> None:
    from imports import Brought

    files = {
        "_config.yml": "url: https://old.example",
        "about.md": "---\ntitle: About\nredirect_from: [/Who We Are/, '/?page_id=2']\n---\nWe.\n",
        "later.md": "---\ntitle: Later\npublished: false\n---\nNot yet.\n",
    }
    brought = Brought(tmp_path, "jekyll", files)
    assert brought.matter("about.md") == {"title": "About", "aliases": ["/about.html", "/Who We Are/", "/?page_id=2"]}
    assert brought.matter("later.md") == {"title": "Later", "aliases": ["/later.html"], "draft": True}
    assert "/about/" in brought.page("about.html").text
    assert brought.told == set()


def test_defaults_of_jekyll_fill_in_what_a_text_does_not_say(tmp_path: Path) -> None:
    config = """
defaults:
  - {scope: {path: notes, type: posts}, values: {author: Bo, permalink: "/n/:title/"}}
  - {scope: {path: ""}, values: {lang: de, author: Ada, layout: wide, mood: calm}}
  - {scope: {type: drafts}, values: {tags: [early]}}
"""
    files = {
        "_config.yml": config,
        "_posts/2020-01-02-a.md": POST,
        "notes/_posts/2020-01-02-b.md": "---\ntitle: B\nlang: fr\n---\n",
        "_drafts/c.md": POST,
        "d.md": POST,
    }
    posts = read(tmp_path, "jekyll", files)
    said = {file: (post.authors, post.language, post.tags, post.addresses[0]) for file, post in posts.items()}
    assert said == {
        "_posts/2020-01-02-a.md": (("Ada",), "de", (), "/2020/01/02/a.html"),
        "notes/_posts/2020-01-02-b.md": (("Bo",), "fr", (), "/n/b"),
        "_drafts/c.md": (("Ada",), "de", ("early",), ""),
        "d.md": (("Ada",), "de", (), "/d.html"),
    }
    assert not any(post.left for post in posts.values())
