"""Invented sentences of ordinary tech news: word lists, templates, and decks to draw them from."""

import re
import tomllib
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from random import Random

_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
WORDS: dict[str, list[str]] = {name: text.split() for name, text in _LISTS["words"].items()}
TEMPLATES: dict[str, list[str]] = {name: text.splitlines() for name, text in _LISTS["templates"].items()}
CODE: dict[str, str] = _LISTS["code"]

_SLOT = re.compile(r"\{(\w+)\}")
_BITS = 12


def slugify(text: str) -> str:
    """The text as a part of an address: lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def companies() -> list[str]:
    """The names of all invented companies."""
    return [start + end for end, start in product(WORDS["company_ends"], WORDS["company_starts"])]


def people() -> list[str]:
    """The names of all invented people, in an order that mixes first and last names."""
    return _shuffled(f"{first} {last}" for first, last in product(WORDS["first_names"], WORDS["last_names"]))


def products() -> list[str]:
    """The names of all invented products."""
    return [f"{start}{end}" for end, start in product(WORDS["product_ends"], WORDS["company_starts"])]


class Writer:
    """Writes by chance; the same random numbers give the same text."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._bits = random.getrandbits

    def phrase(self, kind: str) -> str:
        """A text by one of the templates of a kind."""
        templates = TEMPLATES[kind]
        return self.fill(templates[int(self.random.random() * len(templates))])

    def line(self, kind: str) -> str:
        """The same with a capital at its beginning."""
        text = self.phrase(kind)
        return text[0].upper() + text[1:]

    def fill(self, template: str) -> str:
        """A template with a word in each of its slots."""
        form, decks = _compiled(template)
        bits = self._bits
        return form % tuple([deck[bits(_BITS)] for deck in decks])

    def sentence(self) -> str:
        """A sentence of about 20 words."""
        return self.line("sentences")

    def paragraph(self, words: int) -> str:
        """Sentences of so many words, or a few more."""
        sentences = []
        while words > 0:
            sentence = self.sentence()
            sentences.append(sentence)
            words -= sentence.count(" ") + 1
        return " ".join(sentences)

    def some(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random.random() < share


def zipf(words: Iterable[str]) -> list[str]:
    """A deck of 4,096 cards: each word as often as Zipf's law says, the first most often, each once at least."""
    size = 1 << _BITS
    kept = list(words)[:size]
    harmonic = sum(1 / rank for rank in range(1, len(kept) + 1))
    deck = [
        word for rank, word in enumerate(kept, 1) for _ in range(max(1, round((size - len(kept)) / rank / harmonic)))
    ]
    return (deck + kept * (size // len(kept)))[:size]


def _shuffled(words: Iterable[str]) -> list[str]:
    """The words once each, in an order that is always the same; the lists above stand in families."""
    found = list(dict.fromkeys(words))
    Random(len(found)).shuffle(found)
    return found


def _compiled(template: str) -> tuple[str, list[list[str]]]:
    """The template as a format of %s, and the deck of each; doubled braces become single ones."""
    if (known := _COMPILED.get(template)) is None:
        form = template.replace("%", "%%").replace("{{", "\0").replace("}}", "\1")
        decks = [_DECKS[name] for name in _SLOT.findall(form)]
        known = _SLOT.sub("%s", form).replace("\0", "{").replace("\1", "}"), decks
        _COMPILED[template] = known
    return known


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' and not word.startswith(('uni', 'use')) else 'a'} {word}"


def _plural(noun: str) -> str:
    """Also what a verb becomes in the third person."""
    if noun[-1] == "y" and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _past(verb: str) -> str:
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _make_decks() -> dict[str, list[str]]:
    nouns = _shuffled(WORDS["nouns"])
    plain = list(nouns)
    # The tail of the vocabulary: compounds, which real news has by the thousand.
    nouns += [f"{first} {second}" for first, second in zip(plain, plain[40:] + plain[:40], strict=True)]
    nouns += [f"{first} {second}" for first, second in zip(plain, plain[90:] + plain[:90], strict=True)]
    adjectives = _shuffled(WORDS["adjectives"])
    verbs = _shuffled(WORDS["verbs"])
    chance = Random(0)
    identifiers = [f"{verb}_{noun}" for verb, noun in zip(verbs * 3, plain, strict=False)]
    return {
        "word": zipf(plain),
        "noun": zipf(nouns),
        "nouns": zipf(map(_plural, nouns[3:] + nouns[:3])),
        "a_noun": zipf(map(_a, nouns[7:] + nouns[:7])),
        "adj": zipf(adjectives),
        "a_adj": zipf(map(_a, adjectives[5:] + adjectives[:5])),
        "verb": zipf(verbs),
        "verbs": zipf(map(_plural, verbs[3:] + verbs[:3])),
        "verbed": zipf(map(_past, verbs[7:] + verbs[:7])),
        "adverb": zipf(_shuffled(WORDS["adverbs"])),
        "place": zipf(_shuffled(WORDS["places"])),
        "company": zipf(companies()),
        "person": zipf(people()),
        "product": zipf(products()),
        "a_role": zipf(map(_a, WORDS["roles"])),
        "ministry": zipf(["regulator", "ministry", "competition office", "data protection office", "court"]),
        "month": zipf(WORDS["months"]),
        "weekday": zipf(WORDS["weekdays"]),
        "ordinal": zipf(WORDS["ordinals"]),
        "number": [str(chance.randint(2, 90)) for _ in range(1 << _BITS)],
        "year": [str(chance.randint(2005, 2025)) for _ in range(1 << _BITS)],
        "big": [f"{chance.randint(11, 99) / 10} million" for _ in range(1 << _BITS)],
        "identifier": zipf(identifiers),
    }


_DECKS = _make_decks()
_COMPILED: dict[str, tuple[str, list[list[str]]]] = {}
