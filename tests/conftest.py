"""What all tests share."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import click
import msgspec
import pytest
from hypothesis import settings
from jinja2 import nodes

from generator import theme_check
from generator.cli import Word
from generator.contract import PageFacts
from generator.load import BuildCache
from generator.names import STATE_FOLDER, Digest
from generator.theme.environment import ChainEnvironment
from sitebench import DEMO_NOW, GOLDEN_OPTIONS, SMALL, SiteBench, article, copy_demo, copy_golden
from tools import require_java, require_node

ROOT = Path(__file__).parent.parent
THEMES = sorted(file.parent.name for file in (ROOT / "themes").glob("*/theme.toml"))

# One run of the tests is like the other: no example depends on chance, none on how fast the machine is.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("quick", settings.get_profile("same"), max_examples=5)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

MEMORY, ROOM_BYTES = Path("/dev/shm"), 8_000_000_000
IN_MEMORY = pytest.StashKey[Path]()

MARKERS = {"chromium": "browser", "java": "java", "node": "node"}
"""What a test asks for, and the marker that it gets by that."""


def loaded(group: click.Group) -> dict[str, click.Command]:
    """The commands of a group by their words."""
    return {word: one.load() if isinstance(one, Word) else one for word, one in group.commands.items()}


def at_most(examples: int) -> settings:
    """The settings of a law whose examples take long."""
    return settings(max_examples=min(examples, settings.default.max_examples))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Have the sites of tests in memory if there is room: thousands of them are built and removed."""
    is_first = "PYTEST_XDIST_WORKER" not in os.environ
    if is_first and not config.option.basetemp and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES:
        config.option.basetemp = config.stash[IN_MEMORY] = MEMORY / f"newsprint-tests-{os.getpid()}"


def pytest_unconfigure(config: pytest.Config) -> None:
    if IN_MEMORY in config.stash:
        shutil.rmtree(config.stash[IN_MEMORY], ignore_errors=True)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: every fifth second, a test waits for another program."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in MARKERS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKERS[fixture])


@contextmanager
def _without_playwrights_loop(item: pytest.Item) -> Iterator[None]:
    """Playwright's loop counts as running for as long as its browser is open; other tests run loops of their own."""
    loop = None if item.get_closest_marker("browser") else asyncio._get_running_loop()
    if loop is not None:
        asyncio._set_running_loop(None)
    try:
        yield
    finally:
        if loop is not None:
            asyncio._set_running_loop(loop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with _without_playwrights_loop(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with _without_playwrights_loop(item):
        return (yield)


FOUND_ONCE = ("strings", "templates")
"""What builds find out of a theme, by names of the cache; each is of nothing but what its key is the digest of."""
MOST_FOUND = 40  # about half a megabyte each


@pytest.fixture(scope="session", autouse=True)
def _themes_are_looked_at_once() -> Iterator[None]:
    """Nearly all sites of the tests have the same templates, and tracing them is nine tenths of a small first build."""
    known: dict[tuple[str, Digest], bytes] = {}
    get, put = BuildCache.get, BuildCache.put

    def get_or_know(cache: BuildCache, name: str, key: Digest) -> bytes | None:
        found = get(cache, name, key)
        if found is None and name in FOUND_ONCE and (found := known.pop((name, key), None)) is not None:
            put_and_know(cache, name, key, found)
        return found

    def put_and_know(cache: BuildCache, name: str, key: Digest, found: bytes) -> None:
        put(cache, name, key, found)
        if name in FOUND_ONCE:
            known[name, key] = found
            if len(known) > MOST_FOUND:
                del known[next(iter(known))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BuildCache, "get", get_or_know)
        patch.setattr(BuildCache, "put", put_and_know)
        yield


@pytest.fixture(scope="session", autouse=True)
def _bundled_templates_are_compiled_once() -> Iterator[None]:
    """Sites with a theme of their own have it on a bundled one, whose templates are most of what is traced for it."""
    bundled = str(ROOT / "themes")
    trees: dict[tuple[str, str | None, str | None], nodes.Template] = {}
    codes: dict[int, CodeType] = {}
    parse, compile_ = ChainEnvironment.parse, ChainEnvironment.compile

    def parse_once(
        environment: ChainEnvironment, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        if not (filename or "").startswith(bundled):
            return parse(environment, source, name, filename)
        key = (source, name, filename)
        if key not in trees:
            trees[key] = parse(environment, source, name, filename)
        return trees[key]

    def compile_once(
        environment: ChainEnvironment, tree: nodes.Template, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        if not any(tree is known for known in trees.values()):
            return compile_(environment, tree, name, filename)
        if id(tree) not in codes:
            codes[id(tree)] = compile_(environment, tree, name, filename)
        return codes[id(tree)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ChainEnvironment, "parse", parse_once)
        patch.setattr(ChainEnvironment, "compile", compile_once)
        yield


@pytest.fixture(scope="session")
def java() -> str:
    """A Java runtime."""
    return require_java()


@pytest.fixture(scope="session")
def node() -> str:
    """The runtime of npm's packages."""
    return require_node()


Share = Callable[[str, Callable[[Path], Path]], Path]
"""Gives what a function makes in a folder by a name; it is made once for all processes of a run of tests."""


@pytest.fixture(scope="session")
def share(tmp_path_factory: pytest.TempPathFactory) -> Share:
    """What takes long to make, and is only looked at or copied."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)

    def give(name: str, make: Callable[[Path], Path]) -> Path:
        place, told = folder / name, folder / f"{name}.made"
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not told.exists():
                told.write_text(str(make(place)))
        return Path(told.read_text())

    return give


@pytest.fixture(scope="session")
def built_demo(share: Share) -> Callable[[Path], SiteBench]:
    """Copies the demonstration site with what a build of it left: another build makes only what differs."""
    made = share("demo", lambda folder: copy_demo(folder).build(now=DEMO_NOW).expect_built().root)

    def copy(folder: Path) -> SiteBench:
        shutil.copytree(made, folder)
        return SiteBench(folder)

    return copy


@pytest.fixture(scope="session")
def golden_site(share: Share) -> Path:
    """The golden site in the theme base, built; to be read and copied only."""
    return share("golden", lambda folder: copy_golden(folder).build(**GOLDEN_OPTIONS).expect_built().root)


@pytest.fixture(scope="session")
def golden_facts(share: Share) -> dict[str, PageFacts]:
    """What each page of the golden site has to show."""

    def write(folder: Path) -> Path:
        folder.mkdir()
        (folder / "facts").write_bytes(msgspec.msgpack.encode(theme_check.note_facts(folder / "site")))
        return folder / "facts"

    return msgspec.msgpack.decode(share("facts", write).read_bytes(), type=dict[str, PageFacts])


@pytest.fixture
def golden_is_built(golden_facts: dict[str, PageFacts], golden_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Themes are checked beside a build of the golden site: what its pages have to show, and what no theme shapes."""
    lay_site = theme_check._lay_site

    def lay_beside(stage: Path, chosen: Mapping[str, Any], themes: Path | None) -> None:
        lay_site(stage, chosen, themes)
        for name in ("public", STATE_FOLDER):
            shutil.copytree(golden_site / name, stage / name)

    monkeypatch.setattr(theme_check, "note_facts", lambda _: golden_facts)
    monkeypatch.setattr(theme_check, "_lay_site", lay_beside)


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
