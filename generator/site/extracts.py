"""How much of a source's own words an article may show: `extract_words` of the source."""

from collections.abc import Callable, Iterator, Sequence

from generator.errors import Problem
from generator.records import Article, Body
from generator.site.alignment import ANCHOR_WORDS, longest_run
from generator.site.quotes import bare_words
from generator.words import count_words, passage

_NEEDLE_WORDS = 4
_MAX_COMPARED = 100  # quotes of an article that share words in a row with its body


def check_extracts(article: Article, allowed: int | None, read_text: Callable[[Body], str]) -> Iterator[Problem]:
    """Warn of each run of words from an article's `quotes` in its body that is longer than its source allows."""
    long = [quote for quote in article.quotes if allowed is not None and count_words(quote) > allowed]
    if allowed is None or not long:
        return
    body = read_text(article.body)
    words = bare_words(body)
    for wanted in _share_anchors([bare_words(quote) for quote in long], words, min(allowed + 1, ANCHOR_WORDS)):
        run = longest_run(words, wanted)
        count = count_words(passage(body, run.first, run.size)) if run.size > allowed else 0
        if count > allowed:
            start = passage(body, run.first, _NEEDLE_WORDS)
            yield Problem(
                file=article.file,
                code="long-extract",
                needle=start,
                message=f"{count} words from '{start} …' are copied word for word from the source",
                expected=f"at most {allowed} consecutive words ('extract_words' of '{article.source}')",
                hint="rewrite it in your own words",
            )


def _share_anchors(quotes: Sequence[list[str]], words: Sequence[str], length: int) -> list[list[str]]:
    """The quotes that share so many words in a row with a body, at most `_MAX_COMPARED`."""
    anchors = {*_runs_of(words, length)}
    return [quote for quote in quotes if not anchors.isdisjoint(_runs_of(quote, length))][:_MAX_COMPARED]


def _runs_of(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(length)), strict=False)
