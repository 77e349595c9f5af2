"""site.toml, read and refused. What a report says word for word stands in sites/broken/."""

from pathlib import Path

import pytest

from generator.config import Config, parse_toml, read_config
from generator.errors import ConfigError, Problem
from sitebench import SITE_TOML


def read(root: Path, text: str | bytes) -> Config:
    (root / "site.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return read_config(root)


def refusal(root: Path, text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(ConfigError) as caught:
        read(root, text)
    return [(problem.code, ".".join(map(str, problem.key))) for problem in caught.value.problems]


def with_url(url: str) -> str:
    return SITE_TOML.replace("https://bench.example", url)


def test_what_is_not_written_has_its_default(tmp_path: Path) -> None:
    config = read(tmp_path, '[site]\ntitle = "A"\nurl = "https://a.example/"\n')
    assert (config.theme.name, config.site.time_zone, config.outputs.rss) == ("broadsheet", "UTC", True)
    assert config.url.url == "https://a.example"


def test_a_byte_order_mark_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + SITE_TOML) == read(tmp_path, SITE_TOML)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    text = '[site]\ntitle = ""\nlanguage = "x"\n[listings]\npage_items = 0\n[outputs]\nrss = 1\n'
    assert refusal(tmp_path, text) == [
        ("wrong-value", "site.title"),
        ("missing-key", "site.url"),
        ("wrong-value", "site.language"),
        ("wrong-value", "outputs.rss"),
        ("wrong-value", "listings.page_items"),
    ]


@pytest.mark.parametrize(
    "url", ["https://a.example", "http://localhost:8000", "https://a.example/news", "https://a.example/~x/my.site/"]
)
def test_a_site_lives_at_a_web_address(tmp_path: Path, url: str) -> None:
    assert read(tmp_path, with_url(url)).url.url == url.rstrip("/")


@pytest.mark.parametrize(
    ("url", "goes_out"),
    [
        ("//a.example", "https://a.example"),
        ("HTTPS://A.Example/News", "https://a.example/News"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://a.example\\n", "https://a.example"),
    ],
)
def test_a_sites_address_is_written_as_it_goes_out(tmp_path: Path, url: str, goes_out: str) -> None:
    assert read(tmp_path, with_url(url)).url.url == goes_out


@pytest.mark.parametrize(
    "url",
    [
        *("a.example", "///a.example", "ftp://a.example", "https://", "https://a.example/?q", "https://a.example/#x"),
        *("https://a.example:123456", "https://a.example/../..", "https://a.example//x", "http:a.example"),
        *("https://a.example/a b", 'https://a.example/\\"x', "https://user@a.example", "javascript:alert(1)"),
    ],
)
def test_what_is_no_such_address_is_refused(tmp_path: Path, url: str) -> None:
    assert refusal(tmp_path, with_url(url)) == [("wrong-value", "site.url")]


@pytest.mark.parametrize(
    "hub",
    [
        "file:///etc/passwd",
        "https://",
        "https://[::1",
        "https://me:secret@hub.example/",
        "https://hub.example/#a",
    ],
)
def test_a_hub_is_an_address_that_feeds_may_tell(tmp_path: Path, hub: str) -> None:
    assert refusal(tmp_path, SITE_TOML + f'[feeds]\nhub = "{hub}"\n') == [("wrong-value", "feeds.hub")]


@pytest.mark.parametrize(
    "hub", ["http://127.0.0.1:8080", "https://hub.example/?site=a&b=%20", "https://a.hub.example/p/"]
)
def test_a_hub_has_a_host_a_port_a_path_and_a_query(tmp_path: Path, hub: str) -> None:
    assert read(tmp_path, SITE_TOML + f'[feeds]\nhub = "{hub}"\n').feeds.hub == hub


@pytest.mark.parametrize(
    "zone",
    [
        "Mars/Olympus",
        "../../etc/localtime",
        "/etc/localtime",
        "utc ",
        "",
        "posix",
        "right/UTC",
        "posixrules",
        "Europe",
        "zone.tab",
    ],
)
def test_a_time_zone_has_to_be_a_known_one(tmp_path: Path, zone: str) -> None:
    assert refusal(tmp_path, SITE_TOML.replace("[theme]", f'time_zone = "{zone}"\n[theme]')) == [
        ("wrong-value", "site.time_zone")
    ]


@pytest.mark.parametrize(
    "text", ["x = ", "x = " + "[" * 9000 + "]" * 9000, "x = " + "9" * 9000, "x = {a=" * 3000, "x = 1\nx = 2", "\x00"]
)
def test_no_text_makes_parsing_fail(text: str) -> None:
    problem = parse_toml(text.encode(), file="a.toml")
    assert isinstance(problem, Problem)
    assert (problem.file, problem.code) == ("a.toml", "bad-toml")


def test_a_key_has_at_most_100_dots(tmp_path: Path) -> None:
    for parts, refused in {101: ("unknown-key", "a"), 102: ("bad-toml", ""), 5000: ("bad-toml", "")}.items():
        assert refusal(tmp_path, f"{SITE_TOML}[{'.'.join('a' * parts)}]\nb = 1\n") == [refused]


def test_the_line_of_a_byte_that_is_not_utf8_is_known() -> None:
    problem = parse_toml(b"a = 1\nb = '\xff'\n", file="a.toml")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line, problem.message) == ("not-utf8", 2, "byte 0xff is not UTF-8")
