"""Who wrote an article: `author` with `author_url` is the short form of `authors`; other rooms see only the latter."""

import re
from collections.abc import Iterator

import msgspec

from generator.errors import Problem
from generator.records import Article
from generator.records.article import Author
from generator.words import is_unspaced

_AND = "and|und|et|och|og|with|&"
_BETWEEN_NAMES = re.compile(rf" ?[,;/،؛、，；] ?(?:(?:{_AND}) )?| (?:{_AND}) ")
_NAME_WORDS = range(2, 5)  # a given name and a family name at least; "King, Jr." is one person


def settle_authors(article: Article) -> Article:
    """The article with its author, if it has one, as the only one of `authors`."""
    if not article.author:
        return article
    author = Author(name=article.author, url=article.author_url)
    return msgspec.structs.replace(article, author="", author_url=None, authors=(author,))


def check_authors(article: Article) -> Iterator[Problem]:
    """Name keys of authors that contradict each other, and warn of an author who looks like several."""
    if article.authors and article.author:
        yield Problem(
            file=article.file,
            code="contradictory-keys",
            key=("author",),
            message="'author' and 'authors' cannot be combined",
            hint="put all of them into 'authors'",
        )
    elif article.author_url and not article.author:
        hint = "write 'authors: [{name: …, url: …}]'" if article.authors else "add 'author: …'"
        message = "'author_url' without 'author'"
        yield Problem(file=article.file, code="contradictory-keys", key=("author_url",), message=message, hint=hint)
    elif names := _names_in(article.author):
        yield Problem(
            file=article.file,
            code="several-authors",
            severity="warning",
            key=("author",),
            message=f"'author' looks like {len(names)} people, and is shown as one",
            hint=f"write 'authors: [{', '.join(names)}]'",
        )


def _names_in(author: str) -> list[str]:
    """The names that a byline lists; empty where it may be one name."""
    names = _BETWEEN_NAMES.split(" ".join(author.split()))
    return names if len(names) > 1 and all(map(_is_name, names)) else []


def _is_name(text: str) -> bool:
    """Whether a text is a whole name; scripts without capitals may lack spaces, too."""
    first = text[:1]
    if first.upper() == first.lower():
        return first.isalpha() and (len(text.split()) in _NAME_WORDS or is_unspaced(text))
    return first.isupper() and len(text.split()) in _NAME_WORDS
