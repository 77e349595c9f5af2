"""What may be a part of a path, and what texts become one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import MAX_SEGMENT_BYTES, OutputPath, SiteUrl, is_segment, output_path, page_path, slugify

NASTY = st.text(st.sampled_from("./\\%~ ab\0\n\r:-_é\u0301İß\u2024\u2044\uff0e\uff0f\u202e"), max_size=12)
TEXTS = st.text(max_size=40) | NASTY


@pytest.mark.parametrize("text", ["a", "art-20417", "1", "_draft", "style.css", "h_264", "köln", "東京", "a..b"])
def test_ids_and_file_names_of_any_script_are_segments(text: str) -> None:
    assert is_segment(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            ".",
            "..",
            "...",
            ".git",
            "-rf",
            "a.",
            "a/b",
            "a\\b",
            "/a",
            "a b",
            "a\0",
            "a\n",
            "A",
            "É",
            "a%2fb",
            "a:b",
            "~a",
        ),
        *("e\u0301", "\u2024\u2024", "\uff0e\uff0e", "a\uff0fb", "a\u2044b", "a\u202eb", "a\u200bb", "\u00e9."),
    ],
)
def test_what_could_leave_its_folder_or_mean_two_files_is_no_segment(text: str) -> None:
    assert not is_segment(text)


def test_a_segment_is_at_most_200_bytes_long() -> None:
    assert MAX_SEGMENT_BYTES == 200
    assert is_segment("a" * 200)
    assert not is_segment("a" * 201)
    assert is_segment("é" * 100)
    assert not is_segment("é" * 101)


@given(TEXTS)
def test_no_segment_can_climb_or_hide(text: str) -> None:
    if is_segment(text):
        assert not {"/", "\\", "\0", " ", "%"} & set(text)
        assert not text.startswith((".", "-"))
        assert not text.endswith(".")
        assert unicodedata.normalize("NFKC", text).strip(".")
        assert text == unicodedata.normalize("NFC", text)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_an_output_path_stays_inside_the_output_folder_or_is_refused(segments: list[str]) -> None:
    if all(is_segment(segment) for segment in segments):
        path = output_path(*segments)
        assert path.split("/") == segments
        assert all(part.strip(".") and not part.startswith(".") for part in path.split("/"))
    else:
        with pytest.raises(ValueError):  # noqa: PT011 - its text is the segment
            output_path(*segments)


def test_a_file_may_be_named_after_the_longest_id_but_not_beyond_what_file_systems_take() -> None:
    assert output_path("api", "x" * 200 + ".json") == "api/" + "x" * 200 + ".json"
    for name in ("x" * 256, "é" * 128):
        with pytest.raises(ValueError, match=name):
            output_path("api", name)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("C++ & Rust", "c-plus-plus-and-rust"),
        ("C#", "c-sharp"),
        ("Open Source", "open-source"),
        ("open_source", "open-source"),
        ("  ¡Hola!  ", "hola"),
        ("ﬁne ½", "fine-1-2"),
        ("Łódź – Straße", "łódź-straße"),
        ("हिन्दी", "हिन्दी"),
        ("e\u0301tude", "étude"),
        ("../../etc/passwd", "etc-passwd"),
        ("index.html", "index-html"),
        ("№ 5", "no-5"),
        ("🙂", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_text_is_folded_into_one_segment(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(TEXTS)
def test_a_slug_is_a_segment_or_nothing(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or is_segment(slug)
    assert "." not in slug


@given(TEXTS)
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=300))
def test_letters_and_digits_always_leave_a_slug_within_its_length(text: str) -> None:
    assert 0 < len(slugify(text).encode()) <= MAX_SEGMENT_BYTES


def test_a_very_long_text_becomes_a_slug_at_once() -> None:
    assert slugify("é" * 2_000_000) == "é" * 100


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "/"),
        ("topics/chips/index.html", "/topics/chips/"),
        ("topics/myindex.html", "/topics/myindex.html"),
        ("feed.xml", "/feed.xml"),
        ("404.html", "/404.html"),
        ("tags/köln/index.html", "/tags/k%C3%B6ln/"),
    ],
)
def test_pages_are_addressed_by_their_folders(path: str, expected: str) -> None:
    assert page_path(OutputPath(path)) == expected


@pytest.mark.parametrize(
    ("url", "base", "href", "absolute"),
    [
        ("https://example.org", "", "/topics/", "https://example.org/topics/"),
        ("https://example.org/news", "/news", "/news/topics/", "https://example.org/news/topics/"),
        ("http://localhost:8000/a/b", "/a/b", "/a/b/topics/", "http://localhost:8000/a/b/topics/"),
    ],
)
def test_links_work_at_the_root_of_a_host_and_under_a_path(url: str, base: str, href: str, absolute: str) -> None:
    site, path = SiteUrl(url), output_path("topics", "index.html")
    assert site.base_path == base
    assert site.href(path) == href
    assert site.absolute(path) == absolute


def test_the_host_of_a_site_has_no_port() -> None:
    assert SiteUrl("http://localhost:8000/a").host == "localhost"
