"""Releases: a new folder per build, one renamed link, and nothing of others removed. No site is built here."""

import errno
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.digest import digest_bytes
from generator.errors import PublishError, UsageError
from generator.names import Digest, OutputPath
from generator.outputs import OutputMetadata, Phase
from generator.publish import (
    Decision,
    Reason,
    Receipt,
    RenderTask,
    SharedDigests,
    hold_staging,
    is_cut_off,
    make_staging,
    publish,
    recall_manifest,
    stage,
    sum_up,
    wait_silently,
)
from generator.publish import exchange as exchanging
from generator.publish import place as placing
from generator.publish.manifest import encode_kept
from generator.publish.place import COPY_NAME, STAGING, Folder
from generator.publish.recovery import WrittenCopy
from generator.publish.released import ReleasedFolder
from generator.publish.releases import Releases
from generator.rollback import list_releases, roll_back

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
OLD = {"index.html": "front 1", "news/a/index.html": "a", "news/b/index.html": "b 1", "style.css": "navy"}
NEW = {"index.html": "front 2", "news/a/index.html": "a", "news/c/index.html": "c", "style.css": "navy"}

Steps = Callable[[str], None]


class CutOff(BaseException):
    """Stands for the process being killed: nothing catches it."""


class Site:
    """The output of a site, without the site: builds of it publish the files that they are given."""

    def __init__(self, root: Path, *, keep: int | None = 5) -> None:
        self.root = root
        self.keep = keep
        self.output = root / "public"
        self.releases = Releases(self.output, root)

    def build(self, files: dict[str, str], *, resume: bool = False, day: int = 0) -> Receipt:
        place = ReleasedFolder(self.releases, self.keep, adopt=False, is_resumed=resume)
        with place.lock(wait_silently), hold_staging(place):
            return publish_files(place, files, NOW + timedelta(days=day))

    def build_folder(self, files: dict[str, str]) -> Receipt:
        place = Folder(self.output, self.releases.find_state(None))
        with place.lock(wait_silently), hold_staging(place):
            return publish_files(place, files, NOW)

    def seen(self) -> dict[str, str]:
        """What readers have, by path; nothing but what builds alone use is left out."""
        found = {}
        for folder, _, names in os.walk(self.output):
            for name in names:
                path = os.path.relpath(f"{folder}/{name}", self.output)
                if path != COPY_NAME and not path.startswith(STAGING):
                    found[path] = Path(folder, name).read_text()
        return found

    @property
    def beside(self) -> list[str]:
        """What lies in the folder of releases."""
        return sorted(one.name for one in self.releases.folder.iterdir()) if self.releases.folder.exists() else []


def publish_files(place: Folder, files: dict[str, str], now: datetime) -> Receipt:
    last = recall_manifest(place, is_cut_off=is_cut_off(place))
    there = place.stat(last.manifest.entries)
    make_staging(place.staging)
    decisions, staged = [], []
    for path, text in sorted(files.items()):
        output, data = OutputPath(path), text.encode()
        entry, view = last.manifest.entries.get(output), digest_bytes(data)
        is_same = entry and entry.view == view and there.get(output) == (entry.size, entry.changed_ns)
        reason = Reason.SAME if is_same else Reason.VIEW
        decisions.append(Decision(output, reason, None if is_same else Phase.NEW_PAGE, None, view, OutputMetadata()))
        if not is_same:
            staged += stage(place.staging, RenderTask(output, b"", "", {}), data)
    work = sum_up(decisions, [one.path for one in staged], last.manifest)
    return publish(work, SharedDigests(Digest(""), Digest(""), {}), staged, last, place, now=now)


@pytest.fixture(autouse=True)
def without_syncs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that it wrote; what the power takes is the matter of test_powercut.py."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(placing, "sync_file_system", lambda _: None)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "site").mkdir()
    return Site(tmp_path / "site")


_CHANGES = ("replace", "rename", "link", "symlink", "mkdir", "unlink", "rmdir")
"""The functions of `os` that change names of files; pathlib and shutil call them, too."""


def watch(monkeypatch: pytest.MonkeyPatch, step: Steps) -> None:
    """Call a function before each change of a name."""

    def wrap(name: str, change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*files: Any, **options: Any) -> Any:
            step(name)
            return change(*files, **options)

        return changed

    for name in _CHANGES:
        monkeypatch.setattr(os, name, wrap(name, getattr(os, name)))
    if (rename := exchanging._find_rename()) is not None:
        monkeypatch.setattr(exchanging, "_find_rename", lambda: wrap("exchange", rename))


def cut_at(monkeypatch: pytest.MonkeyPatch, step: int, act: Callable[..., object], *args: Any, **options: Any) -> bool:
    """Act until a step, from which on nothing can be changed any more; returns whether it came to that."""
    left = step

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise CutOff

    with monkeypatch.context() as patch:
        watch(patch, count)
        try:
            act(*args, **options)
        except CutOff:
            return True
    return False


def prepare_first(site: Site) -> None:
    """Nothing was built."""


def prepare_next(site: Site) -> None:
    site.build(OLD)


def prepare_pruned(site: Site) -> None:
    site.keep = 2
    site.build(OLD | {"index.html": "front 0"})
    site.build(OLD)


def prepare_resumed(site: Site) -> None:
    for files in (OLD, NEW, NEW | {"index.html": "front 3"}):
        site.build(files)
    roll_back(site.root, site.output, 1)


def prepare_folder(site: Site) -> None:
    site.build_folder(OLD)


def prepare_return(site: Site) -> None:
    site.build(OLD)
    site.keep = None


SITUATIONS = [prepare_first, prepare_next, prepare_pruned, prepare_resumed, prepare_folder, prepare_return]


@pytest.mark.parametrize("prepare", SITUATIONS)
def test_a_build_killed_at_any_step_leaves_the_old_site_or_the_new_one_and_the_next_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepare: Callable[[Site], None]
) -> None:
    resume = prepare is prepare_resumed
    for step in range(0, 500, 3):
        root = tmp_path / f"{step}"
        root.mkdir()
        site = Site(root)
        prepare(site)
        before, kept = site.seen(), site.releases.numbers
        if not cut_at(monkeypatch, step, site.build, NEW, resume=resume):
            break
        if site.keep is not None:
            assert site.seen() in (before, NEW), step
            assert site.releases.live in (None, 1, *kept) or site.seen() == NEW
        site.build(NEW, resume=resume)
        assert site.seen() == NEW
        if site.keep is not None:
            assert len(site.beside) <= site.keep
            assert [str(number) for number in site.releases.numbers] == sorted(site.beside, key=int)
            assert {path.name for path in site.output.iterdir()} - {"news"} == {COPY_NAME, "index.html", "style.css"}
            assert site.build(NEW).written == 0
    assert 20 < step < 499


@pytest.mark.parametrize("start", ["build_folder", "build"])
def test_readers_have_the_old_site_until_they_have_the_new_one(
    site: Site, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    seen: list[dict[str, str]] = []
    getattr(site, start)(OLD)
    watch(monkeypatch, lambda _: seen.append(site.seen()))
    site.build(NEW)
    changes = seen.index(NEW)
    assert seen[:changes] == [OLD] * changes
    assert seen[changes:] == [NEW] * (len(seen) - changes)
    assert min(changes, len(seen) - changes) > 1


def test_unchanged_files_are_one_file_in_all_releases(site: Site) -> None:
    site.build(OLD)
    site.build(NEW)
    first, second = site.releases.locate(1), site.releases.locate(2)
    for path, text in NEW.items():
        is_shared = OLD.get(path) == text
        assert (second / path).stat().st_nlink == 1 + is_shared
        assert ((first / path).exists() and (first / path).samefile(second / path)) == is_shared
    assert not (second / "news/b").exists()


@pytest.mark.parametrize("fault", [errno.EXDEV, errno.EMLINK, errno.EPERM])
def test_without_hard_links_files_are_copied_with_their_times(
    site: Site, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "link", refuse)
    site.build(OLD)
    assert site.build(NEW).written == 2
    assert site.seen() == NEW
    assert site.build(NEW).written == 0
    assert site.beside == ["1", "2"]


def test_folders_keep_their_permissions(site: Site) -> None:
    site.build(OLD)
    for folder in (site.releases.locate(1), site.output / "news"):
        folder.chmod(0o2750)
    site.build(NEW)
    assert [oct(folder.stat().st_mode)[-4:] for folder in (site.output, site.output / "news")] == ["2750"] * 2


def test_a_full_disk_leaves_the_live_release_and_no_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(OLD)
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        with pytest.raises(OSError, match="full"):
            site.build(NEW)
    assert (site.seen(), site.beside) == (OLD, ["1"])
    assert site.build(NEW).written == 2


def test_a_build_without_changes_makes_no_release(site: Site) -> None:
    site.build(OLD)
    site.build(OLD)
    assert site.beside == ["1"]


def test_the_last_releases_are_kept_and_what_others_made_beside_them(site: Site) -> None:
    site.keep = 2
    for name in ("notes", "7000", "08"):
        (site.releases.folder / name).mkdir(parents=True)
        (site.releases.folder / name / "style.css").write_text(OLD["style.css"])
    for front in "abcd":
        site.build(OLD | {"index.html": front})
    assert site.beside == ["08", "7000", "7003", "7004", "notes"]
    for name in ("notes", "7000", "08"):
        assert (site.releases.folder / name / "style.css").exists()
    assert [one.number for one in site.releases.describe()] == [7004, 7003]


def test_files_of_others_go_from_release_to_release_and_are_never_lost(site: Site, tmp_path: Path) -> None:
    site.keep = 2
    site.build_folder(OLD)
    (site.output / ".well-known").mkdir()
    (site.output / ".well-known/token").write_text("of someone else")
    (site.output / "out").symlink_to(tmp_path)
    site.build(NEW)
    assert (site.output / ".well-known/token").read_text() == "of someone else"
    (site.releases.locate(1) / "late.txt").write_text("written into an old release")
    receipt = site.build(OLD, day=1)
    assert (site.output / "out").readlink() == tmp_path
    assert receipt.healed == (
        "public.releases/1 has files that newsprint did not write, such as 'late.txt', so they stay there",
    )
    assert [path.name for path in site.releases.locate(1).iterdir()] == ["late.txt"]
    assert site.build(NEW, day=2).healed == ()
    assert site.beside == ["1", "3", "4"]


def test_a_file_of_others_in_the_way_is_refused_and_makes_no_release(site: Site) -> None:
    site.build(OLD)
    (site.output / "news/c").mkdir()
    (site.output / "news/c/index.html").write_text("of someone else")
    with pytest.raises(PublishError, match="did not write this file"):
        site.build(NEW)
    assert site.beside == ["1"]


def test_a_rollback_holds_until_a_build_is_resumed(site: Site) -> None:
    site.build(OLD)
    site.build(NEW)
    done = roll_back(site.root, site.output)
    assert (done.before, done.live, done.held, site.seen()) == (2, 1, True, OLD)
    with pytest.raises(PublishError, match=r"it is rolled back to release 1; to publish again, use .* --resume"):
        site.build(NEW)
    assert site.seen() == OLD
    assert site.build(NEW, resume=True).written == 2
    assert (site.seen(), site.releases.live) == (NEW, 3)
    site.build(OLD)


def test_a_resumed_build_without_changes_ends_the_hold_too(site: Site) -> None:
    site.build(OLD)
    site.build(NEW)
    roll_back(site.root, site.output)
    assert site.build(OLD, resume=True).written == 0
    assert (site.releases.live, site.releases.is_held) == (3, False)
    assert site.build(NEW).written == 2


def test_a_release_may_be_chosen_and_the_last_one_ends_the_hold(site: Site) -> None:
    for front in "abc":
        site.build(OLD | {"index.html": front})
    assert roll_back(site.root, site.output, 1).held
    with pytest.raises(UsageError, match="no release before 1"):
        roll_back(site.root, site.output)
    with pytest.raises(UsageError, match="no release 9; there are 1, 2, 3"):
        roll_back(site.root, site.output, 9)
    assert not roll_back(site.root, site.output, 3).held
    assert site.seen()["index.html"] == "c"


def test_a_release_that_is_not_whole_is_refused(site: Site) -> None:
    site.build(OLD)
    site.build(NEW)
    (site.releases.locate(1) / "index.html").unlink()
    with pytest.raises(PublishError, match=r"'index\.html' is missing or changed"):
        roll_back(site.root, site.output)
    assert site.seen() == NEW


def test_a_rollback_killed_at_any_step_leaves_one_release_or_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(50):
        (tmp_path / f"{step}").mkdir()
        site = Site(tmp_path / f"{step}")
        site.build(OLD)
        site.build(NEW)
        is_cut = cut_at(monkeypatch, step, roll_back, site.root, site.output)
        assert site.seen() in (OLD, NEW)
        site.build(NEW, resume=True)
        assert site.seen() == NEW
        if not is_cut:
            break
    assert 3 < step < 49


def test_what_readers_know_goes_with_the_link(site: Site) -> None:
    site.build(OLD)
    (site.releases.find_state(1) / "addresses").write_text("of the first")
    site.build(NEW)
    assert (site.releases.find_state(2) / "addresses").read_text() == "of the first"
    (site.releases.find_state(2) / "addresses").write_text("of both")
    roll_back(site.root, site.output)
    assert (site.releases.find_state(1) / "addresses").read_text() == "of both"


def test_releases_are_listed_with_the_times_of_their_builds(site: Site) -> None:
    site.build(OLD)
    site.build(NEW, day=1)
    found = list_releases(site.root, site.output)
    size = sum(map(len, NEW.values()))
    assert [(one.number, one.built, one.outputs, one.size, one.is_live) for one in found.releases] == [
        (2, NOW + timedelta(days=1), len(NEW), size, True),
        (1, NOW, len(OLD), sum(map(len, OLD.values())), False),
    ]
    assert not found.held


def test_a_time_that_no_build_wrote_is_unknown(site: Site) -> None:
    site.build(OLD)
    (site.output / COPY_NAME).write_bytes(encode_kept(WrittenCopy({}, built_s=10**18)))
    assert [one.built for one in list_releases(site.root, site.output).releases] == [None]


@pytest.mark.parametrize("has_exchange", [True, False])
def test_a_folder_becomes_a_release_and_a_release_a_folder(
    site: Site, monkeypatch: pytest.MonkeyPatch, has_exchange: bool
) -> None:
    if not has_exchange:
        monkeypatch.setattr(exchanging, "_find_rename", lambda: None)
    site.build_folder(OLD)
    assert site.build(OLD).written == 0
    assert (site.output.readlink(), site.beside) == (Path("public.releases/2"), ["1", "2"])
    roll_back(site.root, site.output, 1)
    assert site.build(OLD, resume=True).written == 0
    site.keep = None
    assert site.build(NEW).written == 2
    assert not site.output.is_symlink()
    assert (site.seen(), site.beside) == (NEW, ["1", "2"])
    assert site.build_folder(NEW).written == 0


def test_an_empty_folder_makes_no_release(site: Site) -> None:
    site.output.mkdir()
    site.build(OLD)
    assert site.beside == ["1"]


def test_a_lost_state_renders_everything_again_and_loses_nothing(site: Site) -> None:
    site.build(OLD)
    site.build(NEW)
    shutil.rmtree(site.root / ".newsprint")
    assert "everything was rendered again" in site.build(OLD).healed[0]
    assert (site.seen(), site.beside) == (OLD, ["1", "2", "3"])
    roll_back(site.root, site.output, 1)
    assert site.build(NEW, resume=True).written
    assert site.seen() == NEW


def test_a_link_of_others_is_followed_to_the_folder_that_it_names(site: Site, tmp_path: Path) -> None:
    site.output.symlink_to(tmp_path / "www")
    site.releases = Releases(site.output, site.root)
    site.build(OLD)
    site.build(NEW)
    assert site.output.readlink() == tmp_path / "www"
    assert (tmp_path / "www").readlink() == Path("www.releases/2")
    assert site.seen() == NEW
