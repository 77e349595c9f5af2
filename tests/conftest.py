"""What all tests share."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sitebench import SMALL, SiteBench, article

ROOT = Path(__file__).parent.parent
THEMES = sorted(file.parent.name for file in (ROOT / "themes").glob("*/theme.toml"))

# One run of the tests is like the other: no example depends on chance, none on how fast the machine is.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def thread_without_a_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Playwright's loop counts as running for as long as its browser is open; other tests run loops of their own."""
    loop = None if request.node.get_closest_marker("browser") else asyncio._get_running_loop()
    if loop is not None:
        asyncio._set_running_loop(None)
    yield
    if loop is not None:
        asyncio._set_running_loop(loop)


@pytest.fixture
def bench(tmp_path: Path) -> SiteBench:
    """A site with two topics, two sources, one entity, one page and five articles."""
    site = SiteBench(tmp_path / "site").write_all(SMALL)
    for day in range(1, 6):
        site.write(f"content/articles/a{day}.md", article(f"Chip news {day}", day))
    return site


@pytest.fixture
def empty_bench(tmp_path: Path) -> SiteBench:
    """A folder without files."""
    (tmp_path / "site").mkdir()
    return SiteBench(tmp_path / "site")
