"""Another engine for the heavy steps: workers that see nothing of the site, at last those of a real Dask cluster."""

import pickle
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import ROOT
from daskcluster import DaskCluster
from generator import cluster as cluster_module
from generator.build import Request, corridor, opened
from generator.cli import newsprint
from generator.cluster import read_scheduler
from generator.load import parse
from generator.names import Digest
from generator.outputs import KINDS, PAGES
from generator.outputs.pages import ArticlePage, TextPage
from generator.outputs.parts import Meta, Slot, Text
from generator.outputs.walk import _ways, find_texts
from generator.publish import read_manifest, state_folder
from generator.reading import read_regular
from generator.workers import Workers
from sitebench import SMALL, SiteBench, article
from waiting import wait_until

NOW = "2026-06-10T12:00:00Z"


# What is sent


class Far(Executor):
    """An executor that calls at once, but on copies, as if they had come from another host."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        fn, args, kwargs = pickle.loads(pickle.dumps((fn, args, kwargs)))
        done.set_result(pickle.loads(pickle.dumps(fn(*args, **kwargs))))
        return done


@pytest.fixture
def far_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds with an `executor` work in a `Far` one."""
    near = corridor.open_workers

    @contextmanager
    def open_workers(request: Request) -> Iterator[Workers]:
        with near(request) if request.executor is None else Workers(2, Far()) as workers:
            yield workers

    for module in (corridor, opened):
        monkeypatch.setattr(module, "open_workers", open_workers)


def rich_site(bench: SiteBench) -> SiteBench:
    """A site with a picture, a slot with a text, a story, a brief, and a theme of its own."""
    bench.write("content/media/wafer.webp", (ROOT / "content/media/wafer.webp").read_bytes())
    bench.edit("site.toml", "cards = false", "cards = true")
    bench.write(
        "content/articles/picture.md", article("Wafer", 9, body="![A wafer](wafer.webp) and [one](article:a1).")
    )
    bench.write(
        "content/sponsors/ad.md",
        "---\nsponsor: Lantern\nhomepage: https://lantern.example/\nheadline: Slow light\n---\nA *slow* light.\n",
    )
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    return bench.edit("site.toml", '"base"', '"mine"')


def test_workers_that_see_no_file_of_ours_make_the_same_site(bench: SiteBench, far_workers: None) -> None:
    rich_site(bench).build(executor="far").expect_built().expect_same_as_clean_build()
    bench.edit("content/articles/a2.md", "A body", "Another body").build(executor="far")
    assert "news/chips/a2/index.html" in bench.rendered
    bench.expect_same_as_clean_build()
    bench.write("themes/mine/assets/style.css", "body { color: navy; }\n").build(executor="far")
    assert "about/index.html" in bench.rendered
    bench.expect_same_as_clean_build()


def test_faults_come_back_from_elsewhere_as_they_are_reported_here(bench: SiteBench, far_workers: None) -> None:
    rich_site(bench).write("themes/mine/templates/page.html", "\n{{ page.nothing_like_it }}\n")
    bench.build().expect_refused()
    said = bench.problems
    bench.build(executor="far").expect_refused().expect_report(said)
    assert said.startswith("themes/mine/templates/page.html:2: error: ")
    bench.write("content/articles/a1.md", "no record").build().expect_refused()
    said = bench.problems
    bench.build(executor="far").expect_refused().expect_report(said)
    assert "[no-front-matter]" in said


def test_a_file_that_cannot_be_read_is_reported_as_it_is_here(
    bench: SiteBench, far_workers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: str, *, max_bytes: int) -> bytes:
        if file.endswith("/a1.md"):
            raise PermissionError(13, "Permission denied")
        return read_regular(file, max_bytes=max_bytes)

    monkeypatch.setattr(parse, "read_regular", refuse)
    bench.build(executor="far").expect_refused()
    assert bench.problems.startswith("content/articles/a1.md: error: cannot be read: Permission denied")


def test_every_text_of_a_view_is_found_at_any_depth() -> None:
    slot = Slot(
        **dict.fromkeys(("label", "sponsor", "homepage", "tagline", "proof", "headline", "creative", "note"), ""),
        text=Text(digest=Digest("in the slot")),
    )
    meta = Meta(title="", description="", canonical=None)
    page = TextPage(meta=meta, heading="", slot=slot, text=Text(digest=Digest("on the page")))
    assert [one.digest for one in find_texts(page)] == ["in the slot", "on the page"]
    assert list(find_texts(TextPage(meta=meta, heading="", text=None))) == []


def test_the_kinds_of_views_that_show_texts_are_known() -> None:
    """What `find_texts` finds by types; a renderer elsewhere has no other texts."""
    kinds = {kind.__name__ for kind in KINDS if _ways(kind, (Text,))}
    pages = {kind.__name__ for kind in PAGES}  # by their slot
    documents = {f"{kind}Document" for kind in ("Article", "Story", "Topic", "Source", "Entity")}
    assert kinds == {*pages, *documents, "Feed", "MarkdownAlternate"}
    assert set(_ways(ArticlePage, (Text,))) == {"slot", "text", "brief", "teaser", "disclaimer"}


# Wrong words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--executor", "dask://somewhere"], "'dask://somewhere' is not the address of a scheduler"),
        (["--executor", "somewhere:8786"], "is not the address of a scheduler, such as dask://127.0.0.1:8786"),
        (["--executor", "tcp://127.0.0.1:8786"], "is not the address of a scheduler"),
        (["--executor", "dask://127.0.0.1:many"], "is not the address of a scheduler"),
        (["--executor", "dask://127.0.0.1:8786/path"], "is not the address of a scheduler"),
        (["--executor", "dask://me@127.0.0.1:8786"], "is not the address of a scheduler"),
        (["--executor", "dask://127.0.0.1:8786", "--workers", "2"], "--workers and --executor cannot be combined"),
    ],
)
def test_wrong_words_are_status_2_and_say_what_is_wrong(bench: SiteBench, words: list[str], said: str) -> None:
    result = CliRunner().invoke(newsprint, ["build", str(bench.root), *words])
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not bench.output.exists()


def test_without_the_packages_of_a_cluster_the_command_shows_how_to_get_them(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "find_spec", lambda _: None)
    result = CliRunner().invoke(newsprint, ["build", str(bench.root), "--executor", "dask://127.0.0.1:8786"])
    assert result.exit_code == 2
    assert "pip install 'newsprint[cluster]'" in result.stderr


def test_an_address_is_written_as_dask_writes_it() -> None:
    assert read_scheduler("dask://127.0.0.1:8786") == "tcp://127.0.0.1:8786"
    assert read_scheduler("dask://[::1]:8786") == "tcp://[::1]:8786"
    assert read_scheduler("dask://scheduler.example:1") == "tcp://scheduler.example:1"


# A real cluster


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of sites, into which no worker can look."""
    return tmp_path_factory.mktemp("sites")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory, sites: Path) -> Iterator[DaskCluster]:
    with DaskCluster(tmp_path_factory.mktemp("cluster") / "dask", sites=sites) as cluster:
        yield cluster


@pytest.fixture
def cluster(scheduler: DaskCluster) -> DaskCluster:
    """A cluster of two workers, however many the test before left."""
    while len(scheduler.workers) < 2:
        scheduler.add_worker()
    return scheduler


def start_build(site: SiteBench, url: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "build", str(site.root), "--now", NOW, "--executor", url, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(building: subprocess.Popen[str], *, status: int = 0) -> str:
    """Wait for a build; what it said."""
    try:
        out, err = building.communicate(timeout=120)
    finally:
        building.kill()
    assert building.returncode == status, err
    assert "Traceback" not in err
    return out + err


def make_site(folder: Path, *, articles: int) -> SiteBench:
    site = rich_site(SiteBench(folder).write_all(SMALL).write("content/articles/a1.md", article("One", 1)))
    for number in range(articles):
        text = f"The *{number}th* body. See [one](article:a1).\n\n" * 40  # it takes a while to parse
        site.write(f"content/articles/n{number}.md", article(f"News {number}", number % 28 + 1, body=text))
    return site


def expect_same_as_local_build(site: SiteBench) -> None:
    """The same bytes as a build without the cluster, and the same digests in the ledger."""
    site.problems = ""
    site.expect_same_as_clean_build()
    clean = site.root.parent / f"{site.root.name}-clean"
    made, wanted = (
        {
            path: (entry.key, entry.view, entry.digest, entry.size)
            for path, entry in read_manifest(state).entries.items()
        }
        for state in (state_folder(root, root / "public") for root in (site.root, clean))
    )
    assert made == wanted
    assert len(made) == len(site.files())


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes_as_this_host(cluster: DaskCluster, sites: Path) -> None:
    site = make_site(sites / "same", articles=60)  # two chunks of files, and more of pages
    said = finish(start_build(site, cluster.url))
    assert f"rendered {len(site.files())} outputs" in said
    expect_same_as_local_build(site)
    site.edit("content/articles/n7.md", "News 7", "Old news 7").remove("content/articles/n8.md")
    said = finish(start_build(site, cluster.url, "--explain"))
    assert "rendered  news/chips/n7/index.html: what it shows changed" in said
    assert "kept      news/chips/n9/index.html" in said
    expect_same_as_local_build(site)
    site.write("themes/mine/assets/style.css", "body { color: navy; }\n")
    said = finish(start_build(site, cluster.url, "--explain"))
    assert "rendered  news/chips/n9/index.html: its template, or an asset or option of the theme changed" in said
    expect_same_as_local_build(site)


@pytest.mark.slow
def test_workers_killed_in_mid_build_cost_time_and_no_output(cluster: DaskCluster, sites: Path) -> None:
    """One dies while records are parsed, then all while pages are rendered: the build waits for others."""
    site = make_site(sites / "killed", articles=300)
    cache, staging = site.root / ".newsprint/memory.sqlite", site.output / ".newsprint-staging"

    def parsed() -> int:
        try:
            with closing(sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True)) as connection:
                return int(connection.execute("SELECT count(*) FROM file").fetchone()[0])
        except sqlite3.OperationalError:  # it is not there yet
            return 0

    building = start_build(site, cluster.url)
    wait_until(parsed)
    cluster.remove_worker()
    assert parsed() < 300
    cluster.add_worker()
    wait_until(lambda: staging.is_dir() and any(staging.iterdir()))
    cluster.remove_worker()
    cluster.remove_worker()
    assert not (site.output / "index.html").exists()
    cluster.add_worker().add_worker()
    finish(building)
    expect_same_as_local_build(site)


@pytest.mark.slow
def test_a_cluster_that_cannot_be_used_is_refused_and_nothing_is_published(sites: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "generator", other / "generator")
    (other / "generator/workers.py").write_text("another newsprint")
    stranger = TCPServer(("127.0.0.1", 0), BaseRequestHandler, bind_and_activate=True)  # takes calls, and says nothing
    with stranger, DaskCluster(tmp_path / "dask", sites=sites) as cluster:

        def expect_refused(building: subprocess.Popen[str], site: SiteBench, wanted: str, url: str) -> None:
            said = finish(building, status=1)
            assert wanted in said
            assert said.splitlines()[-1].startswith(f"newsprint: {url}: ")
            assert not site.output.exists()

        small = [make_site(sites / f"small{number}", articles=1) for number in range(3)]
        nobody, silent = "dask://127.0.0.1:1", f"dask://127.0.0.1:{stranger.server_address[1]}"
        waiting, waiting_too = start_build(small[1], nobody), start_build(small[2], silent)
        expect_refused(start_build(small[0], cluster.url), small[0], "the scheduler has no workers", cluster.url)
        cluster.add_worker(PYTHONPATH=str(other))
        expect_refused(start_build(small[0], cluster.url), small[0], "runs another version of newsprint", cluster.url)
        cluster.remove_worker()
        cluster.add_worker()
        large = make_site(sites / "large", articles=250)
        building, staging = start_build(large, cluster.url), large.output / ".newsprint-staging"
        wait_until(lambda: staging.is_dir() and any(staging.iterdir()))
        cluster.kill_scheduler()
        expect_refused(building, large, "the connection to the scheduler was lost", cluster.url)
        expect_refused(waiting, small[1], "no scheduler answers", nobody)
        expect_refused(waiting_too, small[2], "the server there does not speak Dask", silent)
