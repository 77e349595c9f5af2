"""The pages that somebody looks at are rendered first, and shown before anything is published."""

import pytest

from generator.build import Request, build
from generator.errors import RefusalError
from sitebench import NOW, SiteBench, article


class Viewer:
    """Looks at pages, and notes what it is shown, and what readers have at that moment."""

    def __init__(self, bench: SiteBench, *paths: str) -> None:
        self.shown: dict[str, bytes] = {}
        self.before: dict[str, bytes] = {}
        self._bench = bench
        self._paths = paths

    def list_viewed(self) -> tuple[str, ...]:
        return self._paths

    def show(self, path: str, page: bytes) -> None:
        self.shown[path] = page
        self.before = self._bench.files()


def test_a_viewed_page_is_shown_as_it_will_be_and_before_anything_is_published(bench: SiteBench) -> None:
    before = bench.build().expect_built().files()
    bench.edit("content/topics/chips.md", "Chips", "Fast chips")
    paths = ("topics/chips/index.html", "index.html", "feed.xml", "nowhere/index.html")
    viewer = Viewer(bench, *paths)
    build(Request(root=bench.root, output=bench.output, now=NOW, workers=1), viewer=viewer)
    assert (set(viewer.shown), viewer.before) == (set(paths[:2]), before)
    assert {path: bench.files()[path] for path in viewer.shown} == viewer.shown
    assert b"Fast chips" in viewer.shown["topics/chips/index.html"]


def test_a_refused_build_shows_nothing(bench: SiteBench) -> None:
    bench.build().expect_built().write("content/articles/a9.md", article("New", 9, topic="nowhere"))
    viewer = Viewer(bench, "index.html")
    with pytest.raises(RefusalError):
        build(Request(root=bench.root, output=bench.output, now=NOW, workers=1), viewer=viewer)
    assert not viewer.shown
