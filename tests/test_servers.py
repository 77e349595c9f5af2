"""The examples of docs/hosting.md, run by the servers that they are for."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from conftest import ROOT
from sitebench import SiteBench
from tools import require_nginx
from waiting import wait_until

HOSTING = (ROOT / "docs/hosting.md").read_text()
FOR_EVER = "public, max-age=31536000, immutable"


def block(language: str, place: int = 0) -> str:
    """An example of the docs."""
    return re.findall(rf"^```{language}\n(.*?)^```$", HOSTING, re.MULTILINE | re.DOTALL)[place]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def run_made(script: str, site: SiteBench, folder: str, made: Path) -> None:
    """Run the lines of an example that make files for the server; the last one reloads it."""
    lines = script.replace(folder, str(made)).splitlines()
    subprocess.run(["sh", "-e", "-c", "\n".join(lines[:-1])], cwd=site.root, check=True)


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        try:
            wait_until(lambda: is_open(port) or server.poll() is not None)
            assert server.poll() is None, server.stderr and server.stderr.read().decode()
            yield port
        finally:
            server.terminate()


def is_open(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, built_demo: Callable[[Path], SiteBench]) -> SiteBench:
    built = built_demo(tmp_path_factory.mktemp("hosting") / "site")
    for path in (".well-known/token", ".git/notes.md"):
        (built.output / path).parent.mkdir()
        (built.output / path).write_text("put there by somebody else")
    return built


@contextmanager
def nginx(site: SiteBench, folder: Path) -> Iterator[int]:
    program, port = require_nginx(), free_port()
    run_made(block("sh"), site, "/etc/nginx/newsprint", folder / "made")
    example = block("nginx").replace("/etc/nginx/newsprint", str(folder / "made"))
    example = example.replace("/var/www/chips.example/public", str(site.output))
    example = example.replace("listen 80;", f"listen 127.0.0.1:{port};")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if (Path("/proc/self").stat().st_uid == 0) else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{example}}}\n"
    )
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=True)
    assert "[warn]" not in tried.stderr, tried.stderr
    with running(command, port):
        yield port


@contextmanager
def caddy(site: SiteBench, folder: Path) -> Iterator[int]:
    program, port = shutil.which("caddy"), free_port()
    if program is None:
        pytest.skip("there is no Caddy (apt-get install caddy)")
    run_made(block("sh", 1), site, "/etc/caddy/newsprint", folder / "made")
    example = block("caddyfile").replace("/etc/caddy/newsprint", str(folder / "made"))
    example = example.replace("/var/www/chips.example/public", str(site.output))
    example = example.replace("chips.example {", f"http://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(f"{{\nadmin off\nauto_https off\n}}\n{example}")
    with running([program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], port):
        yield port


def ask(port: int, path: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for Unix")
@pytest.mark.parametrize("serve", [nginx, caddy])
def test_a_server_does_what_the_docs_say(serve, site: SiteBench, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    sheet = next(path for path in site.files() if path.startswith("assets/style."))
    new = "/news/artificial-intelligence/meta-workers-can-pause-tracking/"
    (tmp_path / "server").mkdir()
    with serve(site, tmp_path / "server") as port:
        page = ask(port, new)
        assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert page.headers["Content-Security-Policy"].endswith("; frame-ancestors 'self'")
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Cache-Control"] == "no-cache"
        assert page.headers["Content-Encoding"] == "gzip"
        assert "Access-Control-Allow-Origin" not in page.headers
        for old in ("/news/meta-workers-can-opt-out/", "/news/meta-workers-can-opt-out"):
            for query in ("", "?from=elsewhere"):
                moved = ask(port, old + query)
                assert (moved.status, moved.headers["Location"].removeprefix(f"http://127.0.0.1:{port}")) == (301, new)
        assert ask(port, "/2023/10/opentofu.html").status == 301
        for path in ("/feed.xml", "/topics/chips/feed.xml"):
            feed = ask(port, path)
            assert (feed.status, feed.headers["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
            assert feed.headers["Access-Control-Allow-Origin"] == "*"
            assert feed.headers["X-Content-Type-Options"] == "nosniff"
        for path, kind in ((f"{new}index.md", "text/markdown"), ("/feeds.opml", "text/x-opml")):
            told = ask(port, path)
            assert (told.status, told.headers["Content-Type"]) == (200, f"{kind}; charset=utf-8")
            assert told.headers["Access-Control-Allow-Origin"] == "*"
        document = ask(port, "/api/index.json")
        assert document.status == 200
        assert document.headers["Content-Type"].startswith("application/json")
        assert (document.headers["Access-Control-Allow-Origin"], document.headers["X-Robots-Tag"]) == ("*", "noindex")
        assert ask(port, f"/{sheet}").headers["Cache-Control"] == FOR_EVER
        assert ask(port, "/.well-known/token").status == 200
        for path in (
            "/nothing/",
            "/_headers",
            "/_redirects",
            "/.newsprint-lock",
            "/.git/notes.md",
            "/topics/nothing/feed.xml",
            "/assets/none.css",
        ):
            missing = ask(port, path)
            assert (missing.status, missing.headers["Content-Type"]) == (404, "text/html; charset=utf-8"), path
            assert "Content-Security-Policy" in missing.headers
            assert missing.headers["Cache-Control"] == "no-cache"


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for Unix")
@pytest.mark.parametrize("serve", [nginx, caddy])
def test_a_server_follows_the_link_to_the_live_release_anew(serve, site: SiteBench, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    linked, folder = SiteBench(tmp_path / "site"), tmp_path / "site/public.releases"
    for number, page in (("1", "feed.xml"), ("2", "robots.txt")):
        (folder / number).mkdir(parents=True)
        for name in ("_headers", "_redirects", "404.html", page):
            shutil.copy(site.output / name, folder / number)
    linked.output.symlink_to("public.releases/1")
    (tmp_path / "server").mkdir()
    with serve(linked, tmp_path / "server") as port:
        assert [ask(port, path).status for path in ("/feed.xml", "/robots.txt")] == [200, 404]
        (folder / "next").symlink_to("public.releases/2")
        (folder / "next").replace(linked.output)
        assert [ask(port, path).status for path in ("/feed.xml", "/robots.txt")] == [404, 200]
