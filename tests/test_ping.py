"""Telling a WebSub hub, a real one on this host, which feeds changed."""

import http.server
import json
import time
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner, Result
from serving import Server

from generator import ping as pinging
from generator.cli import newsprint
from sitebench import SMALL, SiteBench, article

HEADS = {
    f"https://bench.example/{folder}{name}"
    for folder in ("", "topics/chips/", "sources/wire/")
    for name in ("feed.xml", "atom.xml", "feed.json")
}


class Hub(Server):
    """Takes what it is told; `status` is what it answers, after `delay` seconds and as many `drips`."""

    def __init__(self) -> None:
        self.status = 204
        self.reason: str | None = None
        self.delay = 0.0
        self.drips = 0
        self.forms: list[dict[str, list[str]]] = []
        hub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hub.forms.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                time.sleep(hub.delay)
                for _ in range(hub.drips):
                    self.wfile.write(b"H")
                    time.sleep(0.1)
                self.send_response(hub.status, hub.reason)
                if hub.status == 307:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's
                """Say nothing."""

        super().__init__(Handler)
        self.url += "/"

    def topics(self) -> list[str]:
        """All feeds that it was told of, and forget them."""
        told = [url for form in self.forms for url in form["hub.url"]]
        assert all(form["hub.mode"] == ["publish"] for form in self.forms)
        self.forms.clear()
        return told


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as one:
        yield one


@pytest.fixture
def bench(bench: SiteBench, hub: Hub) -> SiteBench:
    bench.write("site.toml", (bench.root / "site.toml").read_text() + f'[feeds]\nmax_items = 4\nhub = "{hub.url}"\n')
    bench.build().expect_built()
    return bench


def ping(bench: SiteBench, *options: str) -> Result:
    result = CliRunner().invoke(newsprint, ["ping", str(bench.root), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_hub_is_told_of_every_feed_once_and_then_of_changes_only(bench: SiteBench, hub: Hub) -> None:
    first = ping(bench)
    assert (first.exit_code, set(hub.topics())) == (0, HEADS)
    assert first.stdout == f"Notified {hub.url} of 9 changed feeds.\n"
    assert ping(bench).stdout == f"Notified {hub.url} of 0 changed feeds.\n"
    assert hub.forms == []
    bench.write("content/articles/new.md", article("Something new", 9)).build().expect_built()
    ping(bench)
    assert set(hub.topics()) == HEADS


def test_archives_are_not_told_of(bench: SiteBench, hub: Hub) -> None:
    for day in range(6, 16):
        bench.write(f"content/articles/a{day}.md", article(f"Chip news {day}", day))
    bench.build().expect_built()
    assert (bench.output / "feed/1/feed.xml").is_file()
    ping(bench)
    assert set(hub.topics()) == HEADS


@pytest.mark.parametrize("status", [307, 400, 500])
def test_a_hub_that_refuses_is_reported_and_told_again(bench: SiteBench, hub: Hub, status: int) -> None:
    hub.status = status
    result = ping(bench)
    assert result.exit_code == 0
    assert f"newsprint: warning: the hub answered {status}" in result.stderr
    assert result.stdout == f"Notified {hub.url} of 0 changed feeds; 9 feeds will be sent next time.\n"
    assert set(hub.topics()) == HEADS
    hub.status = 202
    ping(bench)
    assert set(hub.topics()) == HEADS


def test_a_hub_that_hangs_is_left_after_the_time_it_may_take(bench: SiteBench, hub: Hub) -> None:
    hub.delay = 5
    result = ping(bench, "--timeout", "0.2", "--json")
    document = json.loads(result.stdout)
    assert (document["told"], set(document["waiting"])) == ([], HEADS)
    assert document["failures"] == ["the hub cannot be reached: timed out"]


def test_a_hub_that_drips_is_left_after_the_time_it_may_take(bench: SiteBench, hub: Hub) -> None:
    hub.drips = 50
    result = ping(bench, "--timeout", "0.3", "--json")
    assert json.loads(result.stdout)["failures"] == ["the hub cannot be reached: timed out"]


def test_what_a_hub_says_is_shown_as_a_short_line_of_plain_text(bench: SiteBench, hub: Hub) -> None:
    hub.status, hub.reason = 500, "\x1b[31mred\x07 " + "words " * 1000
    said = ping(bench).stderr
    assert said.startswith("newsprint: warning: the hub answered 500 [31mred words words")
    assert said.endswith("…\n")
    assert len(said) < 250


def test_what_fails_in_the_middle_is_told_of_the_next_time(
    bench: SiteBench, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pinging, "FEEDS_PER_REQUEST", 4)
    monkeypatch.setattr(pinging, "MOST_SECONDS", -1)
    assert "passed" in ping(bench).stderr
    assert hub.forms == []
    monkeypatch.setattr(pinging, "MOST_SECONDS", 60)
    ping(bench)
    assert [len(form["hub.url"]) for form in hub.forms] == [4, 4, 1]


def test_a_hub_that_is_not_there_is_no_failure_of_the_deploy(bench: SiteBench) -> None:
    bench.edit("site.toml", "127.0.0.1", "127.0.0.2")
    result = ping(bench)
    assert (result.exit_code, "cannot be reached" in result.stderr) == (0, True)


def test_without_a_hub_there_is_nobody_to_tell(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = SiteBench(tmp_path_factory.mktemp("alone")).write_all(SMALL)
    assert ping(site).stdout == "The site has no hub: set 'hub' below [feeds] in site.toml.\n"


def test_a_site_that_was_not_built_has_nothing_to_tell(bench: SiteBench) -> None:
    result = ping(bench, "--output", str(bench.root / "elsewhere"))
    assert result.exit_code == 1
    assert "nothing was built there yet" in result.stderr


def test_a_fault_of_site_toml_is_located(bench: SiteBench) -> None:
    bench.edit("site.toml", "max_items = 4", 'max_items = "four"')
    result = ping(bench)
    assert result.exit_code == 1
    assert "site.toml:" in result.stderr


def test_what_was_noted_may_be_damaged(bench: SiteBench, hub: Hub) -> None:
    ping(bench)
    hub.topics()
    (noted,) = bench.root.glob(".newsprint/outputs/*/pinged")
    noted.write_bytes(b"\xff")
    ping(bench)
    assert set(hub.topics()) == HEADS
