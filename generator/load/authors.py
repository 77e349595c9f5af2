"""The authors of an article: `author` with `author_url` is short for `authors`; other rooms see only the latter."""

import re
from collections.abc import Iterator

import msgspec

from generator.errors import Problem
from generator.records import Article
from generator.records.article import AuthorFields
from generator.words import is_unspaced

_AND = "and|und|et|och|og|with|&"
_BETWEEN_NAMES = re.compile(rf" ?[,;/،؛、，；] ?(?:(?:{_AND}) )?| (?:{_AND}) ")
_NAME_WORDS = range(2, 5)  # a given name and a family name at least; "King, Jr." is one person
_PARTICLES = frozenset(
    {
        *("al", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "la", "le", "ten", "ter", "van"),
        *("von", "y", "zu"),
    }
)
"""Words in names that begin with a small letter."""
_ROLES = frozenset(
    {
        *("analyst", "architect", "author", "board", "ceo", "chair", "chief", "columnist", "contributor"),
        *("coordinator", "correspondent", "cto", "designer", "developer", "director", "editor", "engineer"),
        *("engineers", "founder", "head", "journalist", "lead", "leader", "maintainer", "manager", "member", "officer"),
        *("president", "producer", "professor", "programmer", "reporter", "researcher", "scientist", "specialist"),
        *("staff", "student", "team", "writer"),
    }
)
"""The last words of job titles in bylines, as in "Ada Alpha, Software Engineer"."""


def settle_authors(article: Article) -> Article:
    """Replace the `author` of an article, if it has one, by a list `authors`."""
    if not article.author:
        return article
    author = AuthorFields(name=article.author, url=article.author_url)
    return msgspec.structs.replace(article, author="", author_url=None, authors=(author,))


def check_authors(article: Article) -> Iterator[Problem]:
    """Report keys of authors that contradict each other, and warn of an author who looks like several."""
    names = list(filter(_is_name, _BETWEEN_NAMES.split(" ".join(article.author.split()))))
    if article.authors and article.author:
        message, hint = "'author' and 'authors' cannot be combined", "put all of them into 'authors'"
        yield Problem(file=article.file, code="contradictory-keys", key=("author",), message=message, hint=hint)
    elif article.author_url and not article.author:
        hint = "write 'authors: [{name: …, url: …}]'" if article.authors else "add 'author: …'"
        message = "'author_url' without 'author'"
        yield Problem(file=article.file, code="contradictory-keys", key=("author_url",), message=message, hint=hint)
    elif len(names) > 1:
        yield Problem(
            file=article.file,
            code="several-authors",
            key=("author",),
            message=f"'author' looks like {len(names)} people, and is shown as one",
            hint=f"write 'authors: [{', '.join(names)}]'",
        )


def _is_name(text: str) -> bool:
    """Whether a text is a whole name, maybe with more in brackets; scripts without capitals may lack spaces, too."""
    first, words = text[:1], text.partition(" (")[0].split()
    if first.upper() == first.lower():
        return first.isalpha() and (len(text.split()) in _NAME_WORDS or is_unspaced(text))
    are_capital = all(word[:1].isupper() or word in _PARTICLES for word in words)
    says_more = words[0] == "The" or words[-1].lower() in _ROLES or any(map(str.isdigit, "".join(words)))
    return first.isupper() and are_capital and not says_more and len(words) in _NAME_WORDS
