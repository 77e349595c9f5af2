"""Checks of the sources' own words: quotations, and the lengths of extracts, each judged once."""

from collections.abc import Callable

from generator.digest import digest_of
from generator.errors import Problem
from generator.names import Digest, RecordId
from generator.records import Article, Body
from generator.site.extracts import check_extracts
from generator.site.quotes import check_pull_quotes, check_quotes
from generator.site.site import Site

Judged = dict[Digest, tuple[Problem, ...]]
"""The Problems, by the digest of their input."""


def check_words(site: Site, known: Judged, read_text: Callable[[Body], str]) -> Judged:
    """Warn of quotations that their source does not contain, and of extracts longer than a source allows.

    Args:
        site: All records.
        known: Results of earlier builds.
        read_text: Gives the text of an article's body.

    Returns:
        All results for this site, in order of its stories and then of its articles.
    """
    by_story: dict[RecordId, list[Article]] = {}
    for article in site.articles.values():
        if article.story is not None:
            by_story.setdefault(article.story, []).append(article)
    judged: Judged = {}
    for story in site.stories.values():
        if any(technique.quotes for told in story.coverage.values() for technique in told.techniques):
            held = by_story.get(story.id, [])
            key = digest_of(["quotes", story.digest, [article.digest for article in held]])
            judged[key] = known[key] if key in known else tuple(check_quotes(story, held, read_text))
    for article in site.articles.values():
        if article.pull_quotes:
            key = digest_of(["pull quotes", article.digest])
            judged[key] = known[key] if key in known else tuple(check_pull_quotes(article, read_text))
        if article.quotes and (allowed := site.sources[article.source].extract_words) is not None:
            key = digest_of(["extracts", article.digest, allowed])
            judged[key] = known[key] if key in known else tuple(check_extracts(article, allowed, read_text))
    return judged
