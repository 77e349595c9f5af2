"""Plans the markdown alternates of articles."""

from collections.abc import Iterator

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.views import MarkdownAlternate
from generator.plan.desk import Desk, changed_at, standfirst
from generator.plan.passages import article_passages
from generator.plan.urls import Directory, Links
from generator.records import Article
from generator.site import Snapshot


def plan_alternates(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan an `index.md` beside the page of each article that search engines may list.

    A file of markdown cannot ask search engines to pass it over, so other articles have none.
    """
    for article in snapshot.articles:
        if desk.is_indexed(article):
            path = desk.urls.markdown_path(article)
            yield desk.keyed_draft(
                path, MarkdownAlternate, article.file, _alternate, article, directory.links_of(article)
            )


def _alternate(desk: Desk, _path: OutputPath, article: Article, links: Links) -> MarkdownAlternate:
    changed = changed_at(article)
    is_corrected = any(change.significant for change in article.revisions)
    return MarkdownAlternate(
        url=desk.urls.absolute(desk.urls.article_path(article)),
        site_url=desk.urls.absolute(desk.urls.front_path()),
        title=article.title,
        standfirst=standfirst(article) if article.summary else "",
        source=desk.sources[article.source].title,
        source_url=article.source_url,
        authors=tuple(author.name for author in article.authors),
        via=tuple(desk.sources[source].title for source in article.via),
        published=article.published,
        updated=changed if changed > article.published else None,
        language=article.language or desk.config.site.language,
        passages=tuple(article_passages(desk, article, links)),
        changes_heading=desk.say("corrections_and_revisions" if is_corrected else "revisions"),
        changes=tuple(
            (change.at, desk.say("correction" if change.significant else "revision"), change.note)
            for change in sorted(article.revisions, key=lambda change: change.at)
        ),
    )
