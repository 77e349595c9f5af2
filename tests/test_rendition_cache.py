"""Renditions are encoded once, and kept as long as builds use them."""

import os
import time
from pathlib import Path

import pytest

from generator.digest import digest_bytes
from generator.rendition_cache import DAY_SECONDS, KEPT_SECONDS, RenditionCache

KEY, OTHER = digest_bytes(b"one"), digest_bytes(b"other")


def age(file: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(file, (then, then))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".newsprint/renditions"


@pytest.fixture
def cache(tmp_path: Path) -> RenditionCache:
    return RenditionCache(tmp_path)


def test_what_was_put_is_there_under_its_key_only(cache: RenditionCache) -> None:
    cache.put(KEY, b"picture")
    assert (cache.get(KEY), cache.get(OTHER)) == (b"picture", None)


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data[:20], lambda _: b"", lambda data: b"0" + data]
)
def test_a_damaged_file_is_not_used(cache: RenditionCache, folder: Path, damage: object) -> None:
    cache.put(KEY, b"picture")
    (file,) = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert cache.get(KEY) is None
    cache.put(KEY, b"picture")
    assert cache.get(KEY) == b"picture"


def test_a_file_under_the_name_of_another_is_not_used(cache: RenditionCache, folder: Path) -> None:
    cache.put(KEY, b"picture")
    (folder / KEY).rename(folder / OTHER)
    assert cache.get(OTHER) is None


def test_what_no_build_used_for_a_while_is_removed(cache: RenditionCache, folder: Path) -> None:
    for key in (KEY, OTHER):
        cache.put(key, b"picture")
        age(folder / key, KEPT_SECONDS + 1)
    assert cache.get(KEY) == b"picture"
    cache.sweep()
    assert (cache.get(KEY), cache.get(OTHER)) == (b"picture", None)


def test_the_folder_is_swept_once_a_day(cache: RenditionCache, folder: Path) -> None:
    cache.put(KEY, b"picture")
    cache.sweep()
    age(folder / KEY, KEPT_SECONDS + 1)
    cache.sweep()
    assert (folder / KEY).exists()
    age(folder / "swept", DAY_SECONDS + 1)
    cache.sweep()
    assert not (folder / KEY).exists()


def test_without_room_nothing_is_kept_and_nothing_fails(cache: RenditionCache, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("in the way")
    cache.put(KEY, b"picture")
    cache.sweep()
    assert cache.get(KEY) is None
