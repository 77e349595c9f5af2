"""Refuses to publish an emptied source: a folder that is not mounted must not remove a site."""

from pathlib import Path

from generator.errors import PublishError
from generator.load.files import CONTENT
from generator.publish import RecordCounts

_HOW = "if that is right, use --allow-shrink"


def refuse_shrinking(now: RecordCounts, before: RecordCounts, root: Path) -> None:
    """Refuse if no article is left, or fewer than half of the records of the last build.

    Raises:
        PublishError: too many are gone. Nothing was published.
    """
    articles = root / CONTENT / "articles"
    if before.articles and not now.articles:
        state = "has no articles to publish" if articles.is_dir() else "does not exist"
        raise PublishError(str(articles), f"it {state}, and the last build published {before.articles:,}; {_HOW}")
    if now.records * 2 < before.records:
        left = f"{now.records:,} of the {before.records:,} records of the last build are left"
        raise PublishError(str(root / CONTENT), f"only {left}; {_HOW}")
