"""Plans the markdown alternates of articles."""

from collections.abc import Iterator

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.files import MarkdownAlternate
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.keys import keyed_draft
from generator.plan.parts import changed_at, last_correction, standfirst
from generator.plan.passages import article_passages
from generator.plan.urls import Links
from generator.records import Article


def plan_alternates(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan an `index.md` beside the page of each article that search engines may list.

    Other articles have none, because a markdown file cannot ask search engines to ignore it.
    """
    for article in material.snapshot.articles:
        if context.is_indexed(article):
            path, links = context.urls.markdown_path(article), material.directory.links_of(article)
            yield keyed_draft(context, path, MarkdownAlternate, article.file, _alternate, article, links)


def _alternate(context: PlanContext, _path: OutputPath, article: Article, links: Links) -> MarkdownAlternate:
    changed = changed_at(article)
    return MarkdownAlternate(
        url=context.urls.absolute(context.urls.article_path(article)),
        site_url=context.urls.absolute(context.urls.front_path()),
        title=article.title,
        standfirst=standfirst(article) if article.summary else "",
        source=context.standing.sources[article.source].title,
        source_url=article.source_url,
        authors=tuple(author.name for author in article.authors),
        via=tuple(context.standing.sources[source].title for source in article.via),
        published=article.published,
        updated=changed if changed > article.published else None,
        language=article.language or context.config.site.language,
        passages=tuple(article_passages(context, article, links)),
        changes_heading=context.say("corrections_and_revisions" if last_correction(article) else "revisions"),
        changes=tuple(
            (change.at, context.say("correction" if change.significant else "revision"), change.note)
            for change in sorted(article.revisions, key=lambda change: change.at)
        ),
    )
