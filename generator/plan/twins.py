"""Plans the markdown twins of articles."""

from collections.abc import Iterator

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.views import MarkdownTwin, TwinPart
from generator.plan.desk import Desk, changed_at, standfirst
from generator.plan.urls import Directory, Links
from generator.records import Article
from generator.site import Edition

_BRIEF = ("background", "why_it_matters", "market_relevance", "market_effects", "perspectives", "outlook")
"""The parts of a brief after its takeaways, in the order of its page."""


def plan_twins(desk: Desk, edition: Edition, directory: Directory) -> Iterator[Draft]:
    """Plan an `index.md` beside the page of each article that search engines may list.

    A file of markdown cannot ask search engines to pass it over, so other articles have none.
    """
    for article in edition.articles:
        if desk.is_indexed(article):
            path = desk.urls.twin_path(article)
            yield desk.keyed_draft(path, MarkdownTwin, article.file, _twin, article, directory.links_of(article))


def _twin(desk: Desk, _path: OutputPath, article: Article, links: Links) -> MarkdownTwin:
    changed = changed_at(article)
    is_corrected = any(change.significant for change in article.revisions)
    return MarkdownTwin(
        url=desk.urls.absolute(desk.urls.article_path(article)),
        site_url=desk.urls.absolute(desk.urls.front_path()),
        title=article.title,
        standfirst=standfirst(article) if article.summary else "",
        source=desk.sources[article.source].title,
        source_url=article.source_url,
        author=article.author,
        via=tuple(desk.sources[source].title for source in article.via),
        published=article.published,
        updated=changed if changed > article.published else None,
        language=article.language or desk.config.site.language,
        parts=tuple(part for part in _parts(desk, article, links) if part.texts),
        changes_heading=desk.say("corrections_and_revisions" if is_corrected else "revisions"),
        changes=tuple(
            (change.at, desk.say("correction" if change.significant else "revision"), change.note)
            for change in sorted(article.revisions, key=lambda change: change.at)
        ),
    )


def _parts(desk: Desk, article: Article, links: Links) -> Iterator[TwinPart]:
    """The texts of an article, in the order of its page."""

    def part(heading: str, *named: tuple[str, str], is_list: bool = False) -> TwinPart:
        texts = ((label, desk.text_at(article, key, links)) for label, key in named)
        return TwinPart(
            heading=desk.say(heading), texts=tuple((label, text) for label, text in texts if text), is_list=is_list
        )

    brief = article.brief if article.form == "brief" else None
    if brief:
        takeaways = (("", f"brief.takeaways.{place}") for place in range(len(brief.takeaways)))
        yield part("takeaways", *takeaways, is_list=True)
    if article.form == "explainer":
        yield part("quick_read", ("", "teaser"))
    if text := desk.text(article, links):
        yield TwinPart(heading="", texts=(("", text),))
    if brief:
        labels = {
            "market_effects": [desk.say(f"scope_{effect.scope}") for effect in brief.market_effects],
            "perspectives": [desk.say(f"stance_{view.stance}") for view in brief.perspectives],
        }
        for key in _BRIEF:
            named = enumerate(labels[key]) if key in labels else ()
            several = [(label, f"brief.{key}.{place}.text") for place, label in named]
            yield part(key, *(several if key in labels else [("", f"brief.{key}")]))
    yield part("disclaimer", ("", "disclaimer"))
