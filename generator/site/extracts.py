"""How much of a source's own words an article may show: `extract_words` of the source."""

from collections.abc import Callable, Iterator

from generator.errors import Problem
from generator.records import Article, Body
from generator.site.quotes import bare_word
from generator.words import count_words, passage, split_pieces

_NEEDLE_WORDS = 4


def check_extracts(article: Article, allowed: int | None, read_text: Callable[[Body], str]) -> Iterator[Problem]:
    """Warn of each run of words from an article's `quotes` in its body that is longer than its source allows."""
    from difflib import SequenceMatcher

    long = [quote for quote in article.quotes if allowed is not None and count_words(quote) > allowed]
    if allowed is None or not long:
        return
    body = read_text(article.body)
    bare = [bare_word(piece) for piece in split_pieces(body)]
    for quote in long:
        wanted = [bare_word(word) for word in split_pieces(quote)]
        match = SequenceMatcher(None, bare, wanted, autojunk=False).find_longest_match()
        count = count_words(passage(body, match.a, match.size)) if match.size > allowed else 0
        if count > allowed:
            start = passage(body, match.a, _NEEDLE_WORDS)
            yield Problem(
                file=article.file,
                code="long-extract",
                needle=start,
                message=f"{count} words from '{start} …' are copied word for word from the source",
                expected=f"at most {allowed} consecutive words ('extract_words' of '{article.source}')",
                hint="rewrite it in your own words",
            )
