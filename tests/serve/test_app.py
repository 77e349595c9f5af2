"""The preview over HTTP, by a real server."""

from collections.abc import Iterator
from functools import partial
from threading import Thread
from typing import NamedTuple

import pytest
import uvicorn
from previewing import ask, listening

from generator.serve.app import make_app
from generator.serve.board import Board
from generator.serve.hosts import may_be_called, name_address, open_port
from generator.serve.server import configure
from sitebench import SiteBench
from waiting import wait_until

POLICY = "default-src 'none'; script-src 'none'; img-src 'self'"
PAGE = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}"></head>'


class Server(NamedTuple):
    bench: SiteBench
    board: Board
    url: str


@pytest.fixture
def server(empty_bench: SiteBench) -> Iterator[Server]:
    """A built site that lives under `/news`."""
    empty_bench.write("site.toml", "secret").write("preview-of-another/index.html", "secret")
    for path in ("index.html", "404.html", "topics/chips/index.html"):
        empty_bench.write(f"preview/{path}", f"{PAGE}{path}")
    empty_bench.write("preview/assets/style.css", "b {}").write("preview/feed.xml", "<rss/>")
    empty_bench.write("preview/tags/ا/index.html", "a tag").write("preview/.newsprint-staging/new", "staged")
    board, root = Board("/news"), empty_bench.root
    with open_port(0) as listener:
        app = make_app(
            board,
            root / "preview",
            meanwhile=root / "public",
            may_be_called=partial(may_be_called, listener=listener),
        )
        runner = uvicorn.Server(configure(app))
        thread = Thread(target=runner.run, args=([listener],))
        thread.start()
        wait_until(lambda: runner.started)
        yield Server(empty_bench, board, f"http://{name_address(listener)}")
        runner.should_exit = True
        board.is_closed = True
        thread.join()


@pytest.mark.parametrize(
    ("path", "status", "kind", "text"),
    [
        ("/news/", 200, "text/html; charset=utf-8", "index.html"),
        ("/news/topics/chips/", 200, "text/html; charset=utf-8", "topics/chips/index.html"),
        ("/news/tags/%D8%A7/", 200, "text/html; charset=utf-8", "a tag"),
        ("/news/assets/style.css", 200, "text/css; charset=utf-8", "b {}"),
        ("/news/feed.xml", 200, "application/xml", "<rss/>"),
        ("/news/nowhere/", 404, "text/html; charset=utf-8", "404.html"),
        ("/news/.newsprint-staging/new", 404, "text/plain; charset=utf-8", ""),
        ("/topics/chips/", 404, "text/plain; charset=utf-8", "Not here: the site is at /news/"),
        ("/newsletter/", 404, "text/plain; charset=utf-8", "Not here: the site is at /news/"),
        ("/-newsprint/reload.js", 200, "text/javascript; charset=utf-8", "EventSource"),
        ("/-newsprint/nothing.js", 404, "text/plain; charset=utf-8", ""),
    ],
)
def test_what_lies_at_a_path(server: Server, path: str, status: int, kind: str, text: str) -> None:
    answer = ask(server.url, path)
    assert (answer.status, answer.headers["Content-Type"]) == (status, kind)
    assert text in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("path", "goal"), [("/", "/news/"), ("/news", "/news/"), ("/news/topics/chips", "/news/topics/chips/")]
)
def test_folders_end_with_a_slash_and_the_site_lives_under_its_path(server: Server, path: str, goal: str) -> None:
    answer = ask(server.url, path)
    assert answer.status == 307
    assert answer.headers["Location"].removeprefix(server.url) == goal


@pytest.mark.parametrize(
    "path",
    [
        "/news/../site.toml",
        "/news/../../preview-of-another/index.html",
        "/news/%2e%2e/site.toml",
        "/news/..%2fsite.toml",
        "/news//etc/passwd",
        "/news/topics/chips/../../../site.toml",
        "/-newsprint/../site.toml",
        "/-newsprint/%2e%2e/app.py",
        "/news/%00",
        "/news/" + "a" * 300,
    ],
)
def test_no_path_leads_out_of_the_site(server: Server, path: str) -> None:
    answer = ask(server.url, path)
    assert answer.status == 404
    assert "secret" not in answer.text


def test_links_out_of_the_site_are_not_followed(server: Server) -> None:
    (server.bench.root / "preview/out.txt").symlink_to(server.bench.root / "site.toml")
    (server.bench.root / "preview/out").symlink_to(server.bench.root / "preview-of-another")
    assert [ask(server.url, path).status for path in ("/news/out.txt", "/news/out/")] == [404, 404]


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:1", 200), ("localhost", 200), ("evil.example", 400), ("127.0.0.1.evil.example", 400)],
)
def test_the_preview_answers_to_no_other_name(server: Server, host: str, status: int) -> None:
    assert ask(server.url, "/news/", Host=host).status == status
    assert ask(server.url, "/-newsprint/overlay.css", Host=host).status == status


def test_a_page_lets_the_script_of_the_preview_run_and_nothing_else(server: Server) -> None:
    page = ask(server.url, "/news/").text
    own = f"{server.url}/-newsprint/"
    loosened = f"default-src &#x27;none&#x27;; script-src {own}; img-src &#x27;self&#x27;; connect-src {own}"
    assert f'content="{loosened}"' in page
    assert '<script type="module" src="/-newsprint/reload.js?build=0"></script></head>' in page


def test_nothing_is_posted(server: Server) -> None:
    assert ask(server.url, "/news/", "POST").status == 405


def test_before_there_is_a_preview_the_site_that_was_published_is_shown(server: Server) -> None:
    server.bench.write("public/index.html", f"{PAGE}published").write("public/404.html", f"{PAGE}nothing published")
    assert "published" not in ask(server.url, "/news/").text
    (server.bench.root / "preview/index.html").unlink()
    assert "published" in ask(server.url, "/news/").text
    assert (ask(server.url, "/news/topics/chips/").status, ask(server.url, "/").status) == (404, 307)
    server.bench.write("preview/index.html", f"{PAGE}preview")
    assert "preview" in ask(server.url, "/news/").text


def test_before_there_is_a_site_any_page_waits_for_it(server: Server) -> None:
    (server.bench.root / "preview/index.html").unlink()
    for path in ("/", "/news/topics/chips/"):
        answer = ask(server.url, path)
        assert answer.status == 503
        assert "reload.js?build=0" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        {"build": "9" * 30, "path": "/news/"},
        {"build": "9" * 5000, "path": "/" + "a" * 3000},
        {"build": "none", "path": ""},
        {},
    ],
)
def test_a_page_is_told_the_state_of_the_last_build(server: Server, question: dict[str, str]) -> None:
    with listening(server.url, **question) as read_event:
        assert read_event() == ("state", "{}")


@pytest.mark.parametrize(("path", "kind"), [("/news/nowhere/", "reload"), ("/news/", "state")])
def test_where_no_page_is_the_404_page_is_shown_and_followed(server: Server, path: str, kind: str) -> None:
    server.board._changed["404.html"] = 2
    with listening(server.url, build=1, path=path) as read_event:
        assert read_event()[0] == kind


def test_the_server_logs_no_advice_about_strange_requests(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    assert ask(server.url, "/news/", Connection="Upgrade", Upgrade="websocket").status == 200
    assert ask(server.url, "/news/", **{"Content-Length": "many"}).status == 400
    assert caplog.messages == []


def test_a_page_that_is_built_early_is_shown_before_it_is_in_the_folder(server: Server) -> None:
    with listening(server.url, build=0, path="/news/topics/chips/") as read_event:
        assert read_event()[0] == "state"
        assert server.board.list_viewed() == {"topics/chips/index.html"}
        server.board.show("topics/chips/index.html", b"<head></head>early")
        assert "early" in ask(server.url, "/news/topics/chips/").text
        assert "early" not in ask(server.url, "/news/").text
    assert ask(server.url, "/news/topics/chips/", "POST").status == 405
