"""A site's records by the thousand: from a size and a seed, always the same bytes."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from bench import words
from bench.words import CODE, WORDS, Writer, slugify, zipf

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
"""The time of every build of the bench; the newest article came out an hour before it."""

TOPICS = """
Artificial intelligence; Chips; Security; Cloud; Open source; Policy; Devices; Space; Networks; Software; Science;
Energy; Mobility; Health; Games; Markets; Startups; Privacy; Robotics; Media
""".replace("\n", " ").strip()
SOURCE_NAMES = ["Wire", "Post", "Ledger", "Courier", "Record", "Signal"]
TONES = ["negative", "neutral", "positive", "mixed"]
BLOCK = 20
"""Articles to a story: one story for each twenty articles, told by two to six of them."""

Matter = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """A record: front matter whose values are texts, numbers, times, lists and mappings, and a markdown body."""

    kind: str
    id: str
    path: str
    matter: Matter
    body: str

    def text(self) -> str:
        """The whole file."""
        return f"---\n{front_matter(self.matter)}---\n{self.body}"


@dataclass(frozen=True, slots=True)
class Head:
    """What other records know of an article."""

    number: int
    title: str
    slug: str
    topic: str
    source: str
    published: datetime
    story: str | None = None

    @property
    def id(self) -> str:
        """The name of its file, and what links to it name."""
        return f"art-{self.number:06}"


@dataclass(frozen=True)
class Corpus:
    """The records of a site of `size` articles."""

    size: int
    seed: int = 1
    topics: list[tuple[str, str]] = field(default_factory=lambda: _named(TOPICS.split("; ")))

    @cached_property
    def sources(self) -> list[tuple[str, str]]:
        """60 pairs of id and title."""
        return _named(
            [f"{place} {name}" for name in SOURCE_NAMES for place in WORDS["places"][: 60 // len(SOURCE_NAMES)]]
        )

    @cached_property
    def entities(self) -> list[tuple[str, str, str]]:
        """150 triples of id, title and type; the companies and people that the texts name most."""
        named = {
            "company": words.companies()[:70],
            "person": words.people()[:40],
            "product": words.products()[:25],
            "organisation": [f"{place} Institute" for place in WORDS["places"][:8]],
            "law": [f"{topic} Act" for topic in ("Chips", "Data", "Platform", "Repair")],
            "place": WORDS["places"][:3],
        }
        return [(slugify(title), title, kind) for kind, titles in named.items() for title in titles]

    @cached_property
    def tags(self) -> list[str]:
        """200 tags, of one or two words."""
        return WORDS["nouns"][:50] + [
            f"{a} {b}" for a, b in zip(WORDS["adjectives"], WORDS["nouns"][50:200], strict=False)
        ]

    @cached_property
    def heads(self) -> list[Head]:
        """The articles from the oldest to the newest."""
        return [head for start in range(0, self.size, BLOCK) for head in self._heads(start)]

    def records(self) -> Iterator[Record]:
        """Every record of the site, the articles from the oldest to the newest."""
        for order, (key, title) in enumerate(self.topics, 1):
            matter = {"title": title, "description": f"News of {title.lower()}.", "order": order, "featured": order < 7}
            yield _record("topic", key, matter)
        for key, title in self.sources:
            home = f"https://{key}.example/"
            yield _record(
                "source", key, {"title": title, "homepage": home, "language": "en"}, f"{title} reports daily.\n"
            )
        for key, title, kind in self.entities:
            yield _record(
                "entity", key, {"title": title, "type": kind, "description": f"{title}, a {kind} in the news."}
            )
        for start in range(0, self.size, BLOCK):
            if story := self._story(start):
                yield story
        for head in self.heads:
            yield self.article(head)

    def chosen(self, number: int) -> Head:
        """The article that is edited, or whose source or topic is, when edits are numbered."""
        return Random(number).choice(self.heads)

    def newcomer(self, number: int) -> Record:
        """The `number`th article (0–300) after those of the corpus, newer than all before it."""
        head = self._head(self.size + number, Random(f"{self.seed}/newcomer/{number}"))
        return self.article(head)

    def write(self, folder: Path) -> None:
        """Write every record below `folder`, which becomes a site's content/."""
        made: set[Path] = set()
        for record in self.records():
            file = folder / record.path
            if file.parent not in made:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.add(file.parent)
            file.write_bytes(record.text().encode())

    def _published(self, number: int, random: Random) -> datetime:
        """The rate grows with the size, as it does with real sites, and doubles over the years that are told.

        1,000 articles span 19 months, 10,000 four years and 100,000 ten: two, seven and 27 a day.
        """
        if number >= self.size:
            return NOW - timedelta(hours=1) + timedelta(seconds=10 * (number - self.size + 1))
        days = 36.5 * self.size**0.4
        age = (self.size - number - random.random()) / self.size
        return NOW - timedelta(hours=1, seconds=int(days * 86_400 * (2 * age + age * age) / 3))

    def _head(self, number: int, random: Random, topic: str | None = None) -> Head:
        title = Writer(random).line("headlines")
        return Head(
            number=number,
            title=title,
            slug=f"{slugify(title)[:60].strip('-')}-{number}",
            topic=topic or random.choice(self._topic_deck),
            source=random.choice(self._source_deck),
            published=self._published(number, random),
        )

    def _heads(self, start: int) -> list[Head]:
        """The articles of one block; those of its story share its topic, and no two of them a source."""
        random = Random(f"{self.seed}/heads/{start}")
        numbers = range(start, min(start + BLOCK, self.size))
        told = set(random.sample(numbers, min(random.randint(2, 6), len(numbers))))
        topic = random.choice(self._topic_deck)
        sources = iter(random.sample([key for key, _ in self.sources], len(told)))
        heads = []
        for number in numbers:
            if number in told:
                head = self._head(number, random, topic)
                heads.append(_replace(head, source=next(sources), story=f"story-{start // BLOCK:05}"))
            else:
                heads.append(self._head(number, random))
        return heads

    @cached_property
    def _topic_deck(self) -> list[str]:
        """Topics by their share: the largest has three times the articles of the smallest."""
        return [key for rank, (key, _) in enumerate(self.topics) for _ in range(60 - 2 * rank)]

    @cached_property
    def _source_deck(self) -> list[str]:
        return zipf(key for key, _ in self.sources)

    @cached_property
    def _tag_deck(self) -> list[str]:
        return zipf(self.tags)

    @cached_property
    def _entity_deck(self) -> list[str]:
        return zipf(key for key, _, _ in self.entities)

    def _story(self, start: int) -> Record | None:
        """The story of a block: facts, differences and coverage of the sources that tell it."""
        heads = [head for head in self.heads[start : start + BLOCK] if head.story]
        if len(heads) < 2:
            return None
        key = heads[0].story or ""
        write = Writer(Random(f"{self.seed}/{key}"))
        random = write.random
        told = [head.source for head in heads]
        facts: list[Matter] = []
        for _ in range(random.randint(3, 8)):
            by = random.sample(told, random.randint(1, len(told)))
            rest = [source for source in told if source not in by]
            fact = {"text": write.line("facts"), "sources": by}
            facts.append(fact | ({"disputed_by": rest[:1]} if rest and write.some(0.3) else {}))
        coverage = {
            head.source: {
                "framing": write.line("headings") + ".",
                "tone": random.choice(["sober", "alarmed", "hopeful", "dry", "sceptical"]),
                "techniques": [
                    {
                        "name": random.choice(["Cherry-picking", "Loaded language", "Omission"]),
                        "explanation": write.sentence(),
                        "quotes": [_quote(self.seed, head)],
                    }
                ],
                "note": write.line("facts"),
            }
            for head in heads
            if write.some(0.7)
        }
        aspects = ["What it costs", "Who leads", "What comes next"]
        differences = [
            {"aspect": aspect, "views": {source: write.line("facts") for source in told}}
            for aspect in aspects[: random.randint(1, 3)]
        ]
        matter = {
            "title": write.line("headlines"),
            "summary": write.sentence(),
            "published": heads[-1].published,
            "topic": heads[0].topic,
            "tags": self._some_tags(write),
            "entities": self._parties(write),
            "status": random.choice(["developing", "settled"]),
            "verdict": write.paragraph(40),
            "facts": facts,
            "differences": differences,
            "coverage": coverage,
            "timeline": [{"at": head.published, "text": write.line("facts")} for head in heads],
        }
        return _record("story", key, {key: value for key, value in matter.items() if value}, write.paragraph(60) + "\n")

    def article(self, head: Head) -> Record:
        """The whole article."""
        write = Writer(Random(f"{self.seed}/{head.id}"))
        month = f"{head.published:%Y/%m}"
        matter: Matter = {
            "title": head.title,
            "slug": head.slug,
            "source": head.source,
            "source_url": f"https://{head.source}.example/{month}/{head.slug}",
            "published": head.published,
            "topic": head.topic,
            "tags": self._some_tags(write),
        }
        matter |= _byline(write) | self._connections(head, write) | _judgement(head, write) | _form(write)
        return Record("article", head.id, f"articles/{month}/{head.id}.md", matter, self._body(head, write))

    def _connections(self, head: Head, write: Writer) -> Matter:
        """The keys that tie an article to other records."""
        choose = write.random.choice
        matter: Matter = {}
        if write.some(0.15):
            matter["also"] = [choose([key for key, _ in self.topics if key != head.topic])]
        if write.some(0.1):
            matter["via"] = [choose([key for key, _ in self.sources if key != head.source])]
        if write.some(0.6):
            matter["entities"] = self._parties(write)
        if head.story:
            matter |= {"story": head.story, "quotes": [_quote(self.seed, head)]}
        return matter

    def _some_tags(self, write: Writer) -> list[str]:
        drawn = [write.random.choice(self._tag_deck) for _ in range(write.random.randint(2, 5))]
        return list(dict.fromkeys(drawn))

    def _parties(self, write: Writer) -> list[Matter]:
        drawn = [write.random.choice(self._entity_deck) for _ in range(write.random.randint(1, 3))]
        return [{"entity": key, "role": write.phrase("parts")} for key in dict.fromkeys(drawn)]

    def _body(self, head: Head, write: Writer) -> str:
        """About 600 words of markdown, 300 to 900, with what articles have besides paragraphs."""
        random = write.random
        left = int(random.triangular(300, 900, 600))
        extras = [make for share, make in EXTRAS if write.some(share)]
        random.shuffle(extras)
        with_headings = write.some(0.7)
        blocks: list[str] = []
        while left > 0:
            added = []
            if with_headings and blocks and len(blocks) % 3 == 0:
                added.append("## " + write.line("headings"))
            text = write.paragraph(random.randint(35, 80))
            added.append(f"{text} {self._link(head, write)}" if write.some(0.35) else text)
            if extras and blocks:
                added.append(extras.pop()(write))
            blocks += added
            left -= sum(block.count(" ") for block in added)
        blocks += [make(write) for make in extras]
        return "\n\n".join(blocks) + "\n"

    def _link(self, head: Head, write: Writer) -> str:
        """A sentence with a link: out of the site, to an earlier article, to a topic, a source or an entity."""
        random = write.random
        way = random.random()
        phrase = write.phrase("phrases")
        if way < 0.4:
            address = f"https://{random.choice(self._source_deck)}.example/{slugify(phrase)}"
            return f"It says so in [{phrase}]({address})."
        if way < 0.75 and head.number:
            other = self.heads[max(0, min(head.number, self.size) - 1 - int(random.expovariate(0.01)))]
            return f"An [earlier report](article:{other.id}) tells of {phrase}."
        if way < 0.9:
            key, title = random.choice(self.topics)
            return f"More of {phrase} is found in [{title}](topic:{key})."
        if way < 0.95:
            key, title = random.choice(self.sources)
            return f"[{title}](source:{key}) was first with {phrase}."
        key, title, _ = random.choice(self.entities)
        return f"Nothing of {phrase} is known of [{title}](entity:{key})."


def _byline(write: Writer) -> Matter:
    matter: Matter = {}
    if write.some(0.6):
        matter["source_title"] = write.line("headlines")
    if write.some(0.7):
        matter["author"] = write.fill("{person}")
    if write.some(0.8):
        matter["summary"] = write.sentence()
    return matter


def _judgement(head: Head, write: Writer) -> Matter:
    """How the article sounds, who checked it, and what was corrected."""
    random = write.random
    matter: Matter = {}
    if write.some(0.7):
        label = random.choice(TONES)
        score = random.randint(15, 95) / 100 * {"negative": -1, "positive": 1}.get(label, 0)
        matter["sentiment"] = {"label": label, "score": score, "by": "The desk"}
    if write.some(0.3):
        matter["verified"] = {"by": "The desk", "how": write.sentence(), "at": head.published}
    if write.some(0.03):
        at = head.published + timedelta(minutes=20)
        matter["revisions"] = [{"at": at, "note": write.sentence(), "significant": True}]
    return matter


def _form(write: Writer) -> Matter:
    """The keys that the article's form brings: eight in ten are plain reports."""
    way = write.random.random()
    if way < 0.82:
        return {}
    if way < 0.92:
        return {"form": "feature"}
    if way < 0.96:
        return {"form": "explainer", "teaser": write.paragraph(60)}
    brief = {
        "takeaways": [write.sentence() for _ in range(3)],
        "background": write.paragraph(40),
        "why_it_matters": write.paragraph(30),
        "market_effects": [
            {"scope": "sector", "text": write.sentence()},
            {"scope": "global", "text": write.sentence()},
        ],
        "outlook": write.sentence(),
    }
    return {"form": "brief", "brief": brief}


def _list(write: Writer) -> str:
    mark = "1." if write.some(0.3) else "-"
    return "\n".join(f"{mark} {write.sentence()}" for _ in range(write.random.randint(3, 6)))


def _quotation(write: Writer) -> str:
    return f"> {write.sentence()}\n> {write.sentence()}"


def _table(write: Writer) -> str:
    rows = [f"| {write.fill('{noun}')} | {write.fill('{number}')} | {write.fill('{year}')} |" for _ in range(5)]
    return "\n".join(["| What | Share | Since |", "|---|--:|--:|", *dict.fromkeys(rows)])


def _code(write: Writer) -> str:
    language = write.random.choice(list(CODE))
    return f"```{language}\n{write.fill(CODE[language])}```"


EXTRAS = [(0.4, _list), (0.35, _quotation), (0.08, _table), (0.05, _code)]
"""What an article may have besides paragraphs, and in which share of articles."""


def _quote(seed: int, head: Head) -> str:
    """What the source of an article says word for word; a story about it quotes the same."""
    return Writer(Random(f"{seed}/quote/{head.number}")).line("quotes")


def _named(titles: list[str]) -> list[tuple[str, str]]:
    return [(slugify(title), title) for title in titles]


def _replace(head: Head, *, source: str, story: str) -> Head:
    return Head(head.number, head.title, head.slug, head.topic, source, head.published, story)


def _record(kind: str, key: str, matter: Matter, body: str = "") -> Record:
    folder = {"entity": "entities", "story": "stories"}.get(kind, kind + "s")
    return Record(kind, key, f"{folder}/{key}.md", matter, body)


_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ./'-]*[A-Za-z0-9.]")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null"}


def front_matter(matter: Matter) -> str:
    """The matter as YAML, the way people write it: quotes where they must be, mappings in lists on one line."""
    lines = []
    for key, value in matter.items():
        match value:
            case {} if any(isinstance(one, dict | list) for one in value.values()):
                lines += [f"{key}:", *(f"  {name}: {_flow(one)}" for name, one in value.items())]
            case [{}, *_]:
                lines += [f"{key}:", *(f"  - {_flow(one)}" for one in value)]
            case _:
                lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    match value:
        case str():
            plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML
            return value if plain else json.dumps(value, ensure_ascii=False)
        case bool():
            return "true" if value else "false"
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case _:
            return str(value)
