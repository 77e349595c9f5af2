"""`newsprint serve` as it is run: what it prints, when it builds, how it ends."""

import json
import signal
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from previewing import Preview, listening

from generator.cli import newsprint
from generator.publish import lock_site
from sitebench import SiteBench, article
from waiting import wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def news(bench: SiteBench) -> SiteBench:
    """A site that lives under a path, with a draft and an article that waits."""
    bench.edit("site.toml", "https://bench.example", "https://bench.example/news")
    bench.write("content/articles/draft.md", article("Unready", 6, draft=True))
    return bench.write("content/articles/waits.md", article("Waits", 7, published="2099-01-01T00:00:00Z"))


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(newsprint, ["serve", *words])
    return result.exit_code, result.output


def test_a_preview_says_where_it_is_and_what_each_build_did_and_ends_cleanly(news: SiteBench) -> None:
    with Preview(news) as preview:
        assert preview.lines[0].endswith("/news/ and is rebuilt when you save a file. Press Ctrl-C to stop.")
        preview.expect_line(r"^\d\d:\d\d:\d\d built: rendered \d+ outputs in \d+\.\d\d s$")
        assert preview.ask("/news/news/chips/draft/")[0] == 200
        assert "Scheduled" in preview.ask("/news/news/chips/waits/")[1]
        news.edit("content/articles/a1.md", "A body", "Another body")
        preview.expect_line(r" content/articles/a1\.md changed: rendered \d+ outputs in ")
        news.edit("content/articles/a2.md", "topic: chips", "topic: chops").write("content/articles/a3.md", "x")
        preview.expect_line(r"^content/articles/a2\.md:\d+: error: no topic 'chops' \[unknown-reference\]$")
        preview.expect_line(r" changed: 2 errors; the preview is unchanged$")
        assert preview.end() == 0
    assert not any("Traceback" in line for line in preview.lines)
    assert not (news.root / "public").exists()
    with lock_site(news.root):
        """Nobody holds it any more."""


def test_readers_preview_has_no_drafts_and_nothing_that_waits(news: SiteBench) -> None:
    with Preview(news, "--published", "--now", "2026-06-10") as preview:
        assert [preview.ask(f"/news/news/chips/{one}/")[0] for one in ("a1", "draft", "waits")] == [200, 404, 404]
        assert preview.end(signal.SIGTERM) == 0


def test_a_site_that_is_at_fault_from_the_first_is_shown_when_it_is_mended(news: SiteBench) -> None:
    news.edit("site.toml", "[theme]", "[theme")
    with Preview(news) as preview:
        preview.expect_line("^site.toml:6: error: not valid TOML")
        assert preview.ask("/anything/")[0] == 503
        with listening(preview.url, build=0, path="/anything/") as read_event:
            kind, state = read_event()
            assert (kind, json.loads(state)["problems"][0]["line"]) == ("state", 6)
            news.edit("site.toml", "[theme", "[theme]")
            assert read_event()[0] == "reload"
        assert preview.ask("/news/")[0] == 200


def test_what_waits_loses_its_mark_when_its_time_comes(news: SiteBench) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=4)).isoformat()
    news.remove("content/articles/waits.md").write("content/articles/soon.md", article("Soon", 1, published=soon))
    with Preview(news) as preview:
        assert "Scheduled" in preview.ask("/news/news/chips/soon/")[1]
        wait_until(lambda: "Scheduled" not in preview.ask("/news/news/chips/soon/")[1])
        assert preview.lines[-1].split()[1] == "built:"


def test_a_build_that_another_one_keeps_out_is_made_when_that_is_done(news: SiteBench) -> None:
    with Preview(news) as preview:
        preview.expect_line("rendered")
        with lock_site(news.root):
            news.write("content/articles/new.md", article("New", 8))
            preview.expect_line("another build of this site is running")
        wait_until(lambda: preview.ask("/news/news/chips/new/")[0] == 200)


def test_a_preview_that_is_ended_during_a_build_leaves_the_site_as_it_was(news: SiteBench) -> None:
    for number in range(300):
        news.write(f"content/articles/b{number}.md", article(f"More {number}", 1 + number % 28))
    with Preview(news) as preview:
        staging, front = preview.folder / ".newsprint-staging", preview.folder / "index.html"
        before = front.read_bytes()
        news.edit("site.toml", "News for tests.", "Other news.")
        wait_until(staging.exists)
        assert preview.end() == 0
        assert (staging.exists(), front.read_bytes() == before) == (False, True)


def test_the_first_preview_shows_what_is_in_public_until_it_is_built(news: SiteBench) -> None:
    news.build().expect_built()
    with lock_site(news.root), Preview(news) as preview:
        preview.expect_line(r"^Until it is built, it shows the site in public/\.$")
        preview.expect_line(r"^Waiting: another build of this site is running\.$")
        assert preview.ask("/news/news/chips/a1/")[0] == 200
        assert preview.ask("/news/news/chips/draft/")[0] == 404
        assert preview.end() == 0
    with Preview(news) as preview:
        wait_until(lambda: preview.ask("/news/news/chips/draft/")[0] == 200)
    with Preview(news) as preview:
        preview.expect_line(" built")
        assert not any("public/" in line for line in preview.lines)


def test_files_of_others_in_public_are_not_shown(news: SiteBench) -> None:
    news.write("public/index.html", "<p>not ours")
    with lock_site(news.root), Preview(news) as preview:
        preview.expect_line("Waiting")
        assert preview.ask("/news/")[0] == 503


def test_others_are_let_in_on_demand_and_that_is_said(news: SiteBench) -> None:
    with Preview(news, "--host", "0.0.0.0") as preview:
        preview.expect_line("^warning: everyone who can reach this machine can see the site, including drafts\\.$")
        preview.expect_line(" built")
        assert preview.url.startswith("http://127.0.0.1:")
        assert preview.ask("/news/")[0] == 200


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "nowhere.invalid"])
def test_an_address_that_this_machine_has_not_is_wrong_usage(news: SiteBench, host: str) -> None:
    status, said = run(str(news.root), "--host", host)
    assert (status, f"this machine does not have the address '{host}'" in said) == (2, True)


def test_a_folder_without_a_site_is_refused(empty_bench: SiteBench) -> None:
    status, said = run(str(empty_bench.root))
    assert status == 1
    assert said.startswith("site.toml: error: no site.toml here [missing-file]")


def test_a_port_that_is_taken_is_refused(news: SiteBench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, said = run(str(news.root), "--port", str(port))
    assert (status, f"port {port} is taken; choose another port: --port N" in said) == (1, True)


@pytest.mark.parametrize("words", [("--port", "70000"), ("--now", "soon")])
def test_wrong_usage(news: SiteBench, words: tuple[str, str]) -> None:
    assert run(str(news.root), *words)[0] == 2


def test_the_preview_is_the_only_folder_of_the_memory_that_is_built_into(news: SiteBench) -> None:
    def build(folder: str) -> int:
        words = ["build", str(news.root), "--output", str(news.root / folder), "--now", "2026-06-10"]
        return CliRunner().invoke(newsprint, words).exit_code

    folders: list[str | Path] = [".newsprint/preview", ".newsprint", ".newsprint/preview/inner", ".newsprint/other"]
    assert [build(str(folder)) for folder in folders] == [0, 1, 1, 1]
