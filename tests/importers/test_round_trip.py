"""Any post, written as each system writes it, comes over with its title, time, tags and text unchanged."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import at_most
from generator.importers import READERS, Defaults, System, import_site
from generator.importers.eleventy import _COLLECTIONS
from generator.load.frontmatter import split_record
from generator.names import RecordId, slugify
from generator.scaffold import fold_text
from materials import make_config
from sitebench import SiteBench

# Signs that mean something to markdown have tests of their own; here nothing may be read as such.
LETTERS = st.characters(categories=["L", "Nd"], include_characters=" ,;!?'&%$§/=")
WORDS = st.text(LETTERS, min_size=1, max_size=60).map(fold_text).filter(lambda text: any(c.isalpha() for c in text[:1]))
TITLES = (
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60).map(fold_text).filter(bool)
)
WRITTEN_TAGS = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12)
TAGS = st.lists(WRITTEN_TAGS.filter(lambda tag: tag.lower() not in _COLLECTIONS), max_size=4, unique=True)
TIMES = st.integers(0, 2_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


class WrittenOutputs(NamedTuple):
    title: str
    at: datetime
    tags: list[str]
    paragraphs: list[str]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def as_yaml(self) -> str:
        said = {"title": self.title, "date": self.at.isoformat(), "tags": self.tags}
        return "\n".join(
            [
                "---",
                *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()),
                "---",
                self.body,
            ]
        )


POSTS = st.builds(WrittenOutputs, TITLES, TIMES, TAGS, st.lists(WORDS, min_size=1, max_size=3))


def write(system: System, number: int, post: WrittenOutputs) -> tuple[str, str]:
    """A post's file and text."""
    match system:
        case "hugo" if number % 2:
            said = {"title": post.title, "tags": post.tags}
            lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
            block = "\n".join([*lines, f"date = {post.at.isoformat()}"])
            return f"content/posts/p{number}.md", f"+++\n{block}\n+++\n{post.body}\n"
        case "hugo":
            return f"content/posts/p{number}.md", f"{post.as_yaml}\n"
        case "jekyll":
            return f"_posts/{post.at:%Y-%m-%d}-p{number}.md", f"{post.as_yaml}\n"
        case "pelican":
            said = (
                f"Title: {post.title}\nDate: {post.at:%Y-%m-%d %H:%M:%S}\nTags: {', '.join(post.tags)}\nSlug: p{number}"
            )
            return f"content/p{number}.md", f"{said}\n\n{post.body}\n"
        case "eleventy":
            return f"posts/p{number}.md", f"{post.as_yaml}\n"


@pytest.mark.parametrize("system", READERS)
@given(posts=st.lists(POSTS, min_size=1, max_size=3))
@at_most(15)
def test_any_post_comes_over_unchanged(system: System, posts: list[WrittenOutputs]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        old, site = SiteBench(Path(folder) / "old"), SiteBench(Path(folder) / "site")
        files = [write(system, number, post) for number, post in enumerate(posts)]
        old.write_all(dict(files))
        config = make_config(site={"source": "desk"})
        defaults = Defaults(RecordId("desk"), RecordId("loose"))
        migration = import_site(system, old.root, site.root, config, defaults, is_dry=False)
        assert not any(problem.is_error for problem in migration.problems)
        made = {one.origin: one.file for one in migration.records if one.kind == "article"}
        for (file, _), post in zip(files, posts, strict=True):
            matter, body = split_record((site.root / made[file]).read_bytes(), file=file)
            assert (matter["title"], body.strip()) == (post.title, post.body)
            assert datetime.fromisoformat(matter["published"]) == post.at
            assert [*map(slugify, matter.get("tags", []))] == [*map(slugify, post.tags)]
        assert not any(one.left for one in migration.records)
