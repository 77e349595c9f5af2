"""A store of objects as the place where a site goes: the same bytes, in the same order, healed in the same ways."""

import json
import shutil
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner
from fsspec.implementations.memory import MemoryFileSystem

from conftest import ROOT
from generator.cli import newsprint
from generator.errors import PublishError
from generator.names import OutputPath, hide_password
from generator.outputs import Phase
from generator.publish import Reason, read_addresses, read_manifest
from generator.publish.place import COPY_NAME
from generator.publish.store import Store, open_store
from links import broken_links
from objectstore import ObjectStore
from sitebench import SMALL, SiteBench, article
from waiting import wait_until

pytestmark = pytest.mark.slow

URL = "memory://news/site"
SITE_URL = "https://bench.example"
TODAY = ("--now", "2026-06-10T12:00:00Z")


class CutOff(BaseException):
    """Stands for the process being killed: nothing catches it."""


class Watched(MemoryFileSystem):
    """A store in memory that tells of each object that comes or goes, once it has, and each time that it is listed."""

    store: dict[str, object] = {}
    pseudo_dirs = [""]

    def tell(self, _what: str, _path: str) -> None:
        """Tests look here."""

    def find(self, path: str, **options: object) -> object:
        self.tell("find", path)
        return super().find(path, **options)

    def put_file(self, lpath: str, rpath: str, **options: object) -> None:
        super().put_file(lpath, rpath, **options)
        self.tell("put", rpath.removeprefix("/news/site/"))

    def rm_file(self, path: str) -> None:
        super().rm_file(path)
        self.tell("rm", path.removeprefix("/news/site/"))

    def objects(self) -> dict[str, bytes]:
        """All objects, without the copy of the manifest."""
        found = (path for path in sorted(super().find("/news/site")) if not path.endswith(COPY_NAME))
        return {path.removeprefix("/news/site/"): self.cat_file(path) for path in found}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    known = fsspec.get_filesystem_class("memory")
    fsspec.register_implementation("memory", Watched, clobber=True)
    monkeypatch.setattr(Watched, "store", {})
    monkeypatch.setattr(Watched, "pseudo_dirs", [""])
    Watched.clear_instance_cache()
    yield Watched()
    fsspec.register_implementation("memory", known, clobber=True)


def folder_build(bench: SiteBench) -> dict[str, bytes]:
    """The files that the same site has in a folder, built from nothing."""
    clean = SiteBench(bench.root.parent / "clean")
    shutil.rmtree(clean.root, ignore_errors=True)
    shutil.copytree(bench.root, clean.root, ignore=shutil.ignore_patterns(".newsprint"))
    return clean.build().expect_built().files()


def prepare(bench: SiteBench) -> SiteBench:
    """A built site, and then edits of every sort: add, rename, move, delete, a new look, a picture."""
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.edit("site.toml", '"base"', '"mine"')
    bench.write("content/articles/a1.md", article("Chip news 1", 1, body="See [two](article:a2)."))
    bench.build(output=URL).expect_built()
    bench.write("themes/mine/assets/style.css", "body { color: navy; }\n")
    bench.remove("content/articles/a2.md")
    bench.write("content/media/wafer.webp", (ROOT / "content/media/wafer.webp").read_bytes())
    bench.write("content/articles/a1.md", article("Chip news 1", 1, body="See [six](article:a6). ![W](wafer.webp)"))
    bench.write("content/articles/a6.md", article("Chip news 6", 6, body="See [three](article:a3)."))
    bench.edit("content/articles/a3.md", "topic: chips", "topic: space")
    return bench.rename("content/articles/a4.md", "content/articles/renamed.md")


def test_a_store_gets_the_same_bytes_as_a_folder(bench: SiteBench, store: Watched) -> None:
    bench.build(output=URL).expect_built()
    assert store.objects() == folder_build(bench)
    prepare(bench).build(output=URL).expect_built()
    assert bench.report is not None
    assert bench.report.removed > 0
    assert store.objects() == folder_build(bench)
    assert not bench.output.exists()


def test_a_build_with_nothing_to_do_sends_nothing(
    bench: SiteBench, store: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.build(output=URL).expect_built()
    sent: list[str] = []

    def note(self: Watched, what: str, path: str) -> None:
        if what != "find":
            sent.append(path)

    monkeypatch.setattr(Watched, "tell", note)
    bench.build(output=URL).expect_rendered()
    bench.build(output=URL, force=True).expect_built()
    assert bench.report is not None
    assert (bench.report.written, bench.report.kept) == (0, 0)
    assert sent == []


def test_what_is_missing_or_altered_in_a_store_is_put_right(bench: SiteBench, store: Watched) -> None:
    bench.build(output=URL).expect_built()
    before = store.objects()
    store.rm("/news/site/robots.txt")
    store.pipe_file("/news/site/index.html", b"x" * len(before["index.html"]))
    store.pipe_file("/news/site/stranger.txt", b"not ours")
    bench.build(output=URL).expect_rendered("robots.txt", "index.html")
    assert bench.report is not None
    assert bench.report.reasons["robots.txt"][1] == Reason.MISSING
    assert bench.report.reasons["index.html"][1] == Reason.ALTERED
    assert store.objects() == {**before, "stranger.txt": b"not ours"}


def test_verify_finds_objects_that_rotted(bench: SiteBench, store: Watched) -> None:
    """Their size, time and version are those of the last build."""
    bench.build(output=URL).expect_built()
    before = store.objects()
    kept = store.store["/news/site/robots.txt"]
    assert isinstance(kept, BytesIO)
    kept.getbuffer()[:] = b"x" * len(before["robots.txt"])
    bench.build(output=URL).expect_rendered()
    bench.build(output=URL, verify=True).expect_rendered("robots.txt")
    assert store.objects() == before


def test_at_every_instant_each_link_of_the_visible_site_resolves(
    bench: SiteBench, store: Watched, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    prepare(bench)
    seen: list[set[tuple[str, str]]] = []
    told: list[tuple[str, str]] = []

    def look(self: Watched, what: str, path: str) -> None:
        if what == "find":
            return
        told.append((what, path))
        shutil.rmtree(tmp_path / "visible", ignore_errors=True)
        for name, data in self.objects().items():
            file = tmp_path / "visible" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        seen.append(broken_links(tmp_path / "visible", SITE_URL, start="index.html"))

    monkeypatch.setattr(Watched, "tell", look)
    bench.build(output=URL).expect_built()
    assert len(seen) > 20
    assert [broken for broken in seen if broken] == []
    kinds = [what for what, _ in told]
    assert kinds == sorted(kinds)  # every `put` before the first `rm`
    put = [path for what, path in told if what == "put"]
    assert put[0].startswith(("assets/", "media/"))
    assert "index.html" in put[-2:]


def test_phases_go_up_one_after_the_other(bench: SiteBench, store: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    phases: list[set[Phase]] = []
    put = Store.put

    def look(self: Store, moves: tuple, *, is_resumed: bool) -> None:  # type: ignore[type-arg]
        phases.append({move.phase for move in moves})
        put(self, moves, is_resumed=is_resumed)

    monkeypatch.setattr(Store, "put", look)
    prepare(bench).build(output=URL).expect_built()
    first, second = phases[:3], phases[3:]
    assert first == [{Phase.ASSET}, {Phase.NEW_PAGE}, {Phase.NEW_LISTING}][: len(first)]
    assert all(len(phase) == 1 for phase in phases)
    assert [min(phase) for phase in second][-1] == Phase.FRONT


def test_an_upload_that_is_cut_off_anywhere_is_finished_by_the_next_build(
    tmp_path: Path, store: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {**SMALL, **{f"content/articles/a{day}.md": article(f"Chip news {day}", day) for day in range(1, 6)}}
    files["site.toml"] += "[outputs]\natom = false\njson_feed = false\n"  # one format is enough to be cut off in
    nothing, cuts = Watched.tell, 0
    for cut in range(0, 200, 8):
        Watched.store.clear()
        bench = prepare(SiteBench(tmp_path / f"site{cut}").write_all(files))
        left = cut

        def count(self: Watched, what: str, path: str) -> None:
            nonlocal left
            if left == 0:
                raise CutOff
            left -= 1

        monkeypatch.setattr(Watched, "tell", count)
        try:
            bench.build(output=URL).expect_built()
            break
        except CutOff:
            cuts += 1
        finally:
            monkeypatch.setattr(Watched, "tell", nothing)
        bench.build(output=URL).expect_built()
        assert store.objects() == folder_build(bench)
        bench.build(output=URL).expect_rendered()
        (state,) = (bench.root / ".newsprint/outputs").iterdir()
        assert {file.name for file in state.iterdir()} - {"standing", "ledger.old"} == {"ledger", "addresses"}
        assert read_addresses(state).gone.keys() >= {"news/chips/a2/index.html", "news/chips/a4/index.html"}
    assert 4 < cuts < 30


def test_what_a_store_refuses_is_reported_and_done_by_the_next_build(
    bench: SiteBench, store: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(bench)
    nothing = Watched.tell

    def refuse(self: Watched, what: str, path: str) -> None:
        if path == "feed.xml":
            raise RuntimeError("quota exceeded")

    monkeypatch.setattr(Watched, "tell", refuse)
    with pytest.raises(PublishError, match=r"^memory://news/site: quota exceeded$"):
        bench.build(output=URL)
    monkeypatch.setattr(Watched, "tell", nothing)
    bench.build(output=URL).expect_built()
    assert store.objects() == folder_build(bench)


def test_each_store_has_its_own_ledger(bench: SiteBench, store: Watched) -> None:
    bench.build(output=URL).expect_built()
    bench.build(output="memory://elsewhere").expect_built()
    assert bench.report is not None
    assert bench.report.kept == 0
    bench.build(output=f"{URL}/").expect_rendered()


def test_the_ledger_of_a_store_knows_what_lies_there(bench: SiteBench, store: Watched) -> None:
    bench.build(output=URL).expect_built()
    place = open_store(URL, bench.root)
    assert isinstance(place, Store)
    ledger = read_manifest(place.state)
    assert ledger.is_intact(place.stat(ledger.entries))
    assert set(ledger.entries) == set(store.objects())
    store.rm("/news/site", recursive=True)
    assert place.stat([OutputPath("index.html")]) == {}


def test_what_a_build_would_change_in_a_store_is_told(bench: SiteBench, store: Watched) -> None:
    bench.build(output=URL).expect_built().edit("content/articles/a2.md", "few words", "some words")
    bench.write("content/articles/new.md", article("New", 9)).remove("content/articles/a1.md")
    before = store.objects()
    run = CliRunner().invoke(newsprint, ["diff", str(bench.root), "--output", URL, *TODAY, "--patch", "--json"])
    told = {one["path"]: one for one in json.loads(run.stdout)["outputs"]}
    assert store.objects() == before
    fates = [told[f"news/chips/{name}/index.html"]["fate"] for name in ("a1", "a2", "new")]
    assert fates == ["gone", "changed", "new"]
    assert "some words" in " ".join(told["news/chips/a2/index.html"]["patch"])


def test_a_file_url_is_the_folder_that_it_names(bench: SiteBench) -> None:
    bench.build().expect_built()
    bench.build(output=f"file://{bench.output}").expect_rendered()
    with pytest.raises(PublishError, match="output folder"):
        bench.build(output=f"file://{bench.root}/content")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nowhere://news", "^nowhere://news: Protocol not known: nowhere"),
        ("memory://news/*", r"^memory://news/\*: the address of a store cannot contain"),
        ("ftp://me:secret@store.example/[x]", r"^ftp://me@store.example/"),
    ],
)
def test_an_address_that_is_no_store_is_refused(bench: SiteBench, url: str, said: str) -> None:
    with pytest.raises(PublishError, match=said):
        bench.build(output=url)
    assert not (bench.root / ".newsprint").exists()


def test_without_the_packages_of_a_store_the_command_says_how_to_get_them(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(PublishError, match=r"pip install 'newsprint\[cluster\]'"):
        bench.build(output=URL)


def test_passwords_are_not_shown() -> None:
    assert hide_password("ftp://me:secret@store.example/news") == "ftp://me@store.example/news"
    assert hide_password("abfs://news@account.example/site") == "abfs://news@account.example/site"
    assert hide_password("s3://news/a:b@c") == "s3://news/a:b@c"


def test_the_command_names_the_store(bench: SiteBench, store: Watched) -> None:
    words = ["build", str(bench.root), "--output", URL, "--workers", "1", *TODAY]
    done = CliRunner().invoke(newsprint, words)
    assert done.exit_code == 0
    assert done.stdout.endswith(f"The site is in {URL}.\n")
    assert json.loads(CliRunner().invoke(newsprint, [*words, "--json"]).stdout)["output"] == URL
    bench.write("content/articles/a1.md", "no record")
    refused = CliRunner().invoke(newsprint, words)
    assert refused.exit_code == 1
    assert refused.stderr.endswith(f"Nothing was published; the site in {URL} is untouched.\n")


def test_a_real_object_store_holds_the_site_after_edits_and_a_kill(bench: SiteBench) -> None:
    for number in range(40):
        bench.write(f"content/articles/n{number}.md", article(f"News {number}", number % 28 + 1))
    with ObjectStore() as objects:

        def finish(*words: str, status: int = 0, output: str = "s3://news/site") -> str:
            building = objects.start_build(bench.root, output, *TODAY, *words)
            out, err = building.communicate(timeout=120)
            assert building.returncode == status, err
            assert "Traceback" not in err
            return out + err

        building = objects.start_build(bench.root, "s3://news/site", *TODAY, "--workers", "2")
        wait_until(lambda: len(objects.keys("site/")) > 20)
        building.kill()
        building.communicate()
        there = len(objects.keys("site/"))
        assert "removed 0" in finish("--workers", "2")
        wanted = folder_build(bench)
        assert there < len(wanted)
        assert objects.files("site/") == wanted
        (style,) = (path for path in wanted if path.startswith("assets/style."))
        assert objects.media_type("site/index.html") == "text/html; charset=utf-8"
        assert objects.media_type("site/feed.xml") == "application/xml"
        assert objects.media_type("site/robots.txt") == "text/plain; charset=utf-8"
        assert objects.media_type(f"site/{style}") == "text/css; charset=utf-8"

        assert "rendered 0 outputs" in finish()
        bench.remove("content/articles/n7.md").edit("content/articles/n8.md", "News 8", "Old news 8")
        objects.client.delete_object(Bucket="news", Key="site/robots.txt")
        objects.client.put_object(Bucket="news", Key="site/about/index.html", Body=b"someone else's")
        said = finish("--explain")
        assert "removed   news/chips/n7/index.html: it is no longer part of the site" in said
        assert "rendered  robots.txt: its file was missing from the output folder" in said
        assert "rendered  about/index.html: its file was changed by someone else" in said
        assert objects.files("site/") == folder_build(bench)
        assert finish(status=1, output="s3://no-such-bucket/site").startswith("newsprint: s3://no-such-bucket/site: ")
