"""How much of a source's own words an article may show: `extract_words` of the source."""

from collections.abc import Callable, Iterable, Iterator

from generator.errors import Problem
from generator.names import RecordId
from generator.records import Article, Body, Source
from generator.site.quotes import bare_word

_NEEDLE_WORDS = 4


def check_extracts(
    articles: Iterable[Article], sources: dict[RecordId, Source], read_text: Callable[[Body], str]
) -> Iterator[Problem]:
    """Warn of each run of words from an article's `quotes` in its body that is longer than its source allows.

    Args:
        articles: Those to check.
        sources: All sources; one without `extract_words` allows any length.
        read_text: Gives the text of an article's body; asked only where a quote is long enough to matter.
    """
    from difflib import SequenceMatcher

    for article in articles:
        allowed = sources[article.source].extract_words
        long = [quote for quote in article.quotes if allowed is not None and len(quote.split()) > allowed]
        if allowed is None or not long:
            continue
        body = read_text(article.body).split()
        bare = [bare_word(word) for word in body]
        for quote in long:
            wanted = [bare_word(word) for word in quote.split()]
            match = SequenceMatcher(None, bare, wanted, autojunk=False).find_longest_match()
            if match.size > allowed:
                start = " ".join(body[match.a : match.a + _NEEDLE_WORDS])
                yield Problem(
                    file=article.file,
                    code="long-extract",
                    severity="warning",
                    needle=start,
                    message=f"{match.size} words from '{start} …' are the source's own, word for word",
                    expected=f"at most {allowed} words at a stretch ('extract_words' of '{article.source}')",
                    hint="tell it in words of your own",
                )
