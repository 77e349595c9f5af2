"""The metadata of pages as JSON-LD (schema.org)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from generator.names import OutputPath, RecordId
from generator.outputs.parts import Card, Entry, Link, Picture, StoryCard
from generator.plan.context import PlanContext
from generator.plan.parts import changed_at
from generator.plan.stories import compare
from generator.records import Article
from generator.site import StoryCoverage, Tag

ListLine = Card | Entry | StoryCard
"""What a page may list."""


class News(NamedTuple):
    """An article, its tags, the crumbs of its page, and its story if that is visible."""

    article: Article
    tags: Sequence[Tag]
    crumbs: Sequence[Link]
    coverage: StoryCoverage | None = None


def describe_page(
    context: PlanContext,
    path: OutputPath,
    title: str,
    description: str,
    crumbs: Sequence[Link],
    cards: Sequence[ListLine],
) -> str:
    """Describe a page that is not an article: `BreadcrumbList`, and `CollectionPage` with a list of its cards."""
    url = context.urls.absolute(path)
    graph: list[dict[str, Any]] = []
    if path == context.urls.front_path():
        graph += [_web_site(context, url), _publisher(context)]
        if cards:
            graph.append(_item_list(context, cards))
    elif cards:
        page = {"@type": "CollectionPage", "url": url, "name": title, "description": description}
        page["inLanguage"] = context.config.site.language
        graph.append(page | {"isPartOf": {"@id": _id_of(context, "site")}, "mainEntity": _item_list(context, cards)})
    if crumbs:
        graph.append(_breadcrumbs(context, crumbs, url))
    return _encode(graph) if graph else ""


def describe_article(
    context: PlanContext, path: OutputPath, news: News, description: str, image: Picture | None
) -> str:
    """Describe an article: `NewsArticle`, with `isBasedOn` the original, and `BreadcrumbList`."""
    article, url = news.article, context.urls.absolute(path)
    node: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "description": description,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": article.published,
        "dateModified": changed_at(article),
        "inLanguage": article.language or context.config.site.language,
        "articleSection": context.standing.topics[article.topic].title,
        "author": _authors(article) or _organization(context, article.source),
        "publisher": _publisher(context),
    }
    corrections = sorted((one.at, one.note) for one in article.revisions if one.significant)
    node |= _filled(
        sourceOrganization=_organization(context, article.source) if article.authors else None,
        keywords=[tag.label for tag in news.tags],
        isBasedOn=article.source_url,
        citation=_citations(context, article, news.coverage),
        image=image and [{"@type": "ImageObject", "url": image.url, "width": image.width, "height": image.height}],
        correction=[{"@type": "CorrectionComment", "text": note, "datePublished": at} for at, note in corrections],
    )
    return _encode([node, _breadcrumbs(context, news.crumbs, url)])


def _filled(**properties: Any) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value}


def _item_list(context: PlanContext, cards: Sequence[ListLine]) -> dict[str, Any]:
    hrefs = (card.href for card in cards if card.href)
    items = [
        {"@type": "ListItem", "position": place, "url": context.urls.site.full(href)}
        for place, href in enumerate(hrefs, 1)
    ]
    return {"@type": "ItemList", "itemListElement": items}


def _id_of(context: PlanContext, name: str) -> str:
    """The id of the site or its publisher in all JSON-LD."""
    return f"{context.urls.absolute(context.urls.front_path())}#{name}"


def _web_site(context: PlanContext, url: str) -> dict[str, Any]:
    site = context.config.site
    node = {"@type": "WebSite", "@id": _id_of(context, "site"), "url": url, "name": site.title}
    node |= {"inLanguage": site.language} | _filled(description=site.description)
    return node | {"publisher": {"@id": _id_of(context, "publisher")}}


def _publisher(context: PlanContext) -> dict[str, Any]:
    home, name = context.urls.absolute(context.urls.front_path()), context.config.site.title
    node = {"@type": "Organization", "@id": _id_of(context, "publisher"), "name": name, "url": home}
    return node | ({"logo": context.urls.site.full(context.logo)} if context.logo else {})


def _organization(context: PlanContext, source: RecordId) -> dict[str, Any]:
    """A source: its own site, else its page here."""
    record, own = context.standing.sources[source], context.config.site.source
    node = {"@type": "Organization", "name": record.title}
    href = (
        context.urls.href(context.urls.front_path()) if source == own else context.urls.listing_href("sources", source)
    )
    url = record.homepage or (href and context.urls.site.full(href))
    return node | ({"url": url} if url else {})


def _authors(article: Article) -> list[dict[str, Any]] | dict[str, Any]:
    """The authors in the byline: one node, or a list."""
    node = [
        {"@type": "Person", "name": author.name} | ({"url": author.url} if author.url else {})
        for author in article.authors
    ]
    return node[0] if len(node) == 1 else node


def _citations(context: PlanContext, article: Article, coverage: StoryCoverage | None) -> list[Any]:
    """What the article cites: the sources in `via` and, in the site's own article, the originals of its story."""
    cited: list[Any] = []
    for source in dict.fromkeys(article.via):
        record = context.standing.sources[source]
        work = {"@type": "CreativeWork", "name": record.title}
        cited.append(work | ({"url": record.homepage} if record.homepage else {}))
    if coverage is not None and article.source == context.config.site.source:
        reports = (report.source_url for report in compare(context, coverage).articles if report.id != article.id)
        cited += dict.fromkeys(filter(None, reports))
    return cited


def _breadcrumbs(context: PlanContext, crumbs: Sequence[Link], url: str) -> dict[str, Any]:
    items = []
    for place, crumb in enumerate(crumbs, 1):
        item = {"@type": "ListItem", "position": place, "name": crumb.text}
        is_last = place == len(crumbs)
        if crumb.href or is_last:
            item["item"] = url if is_last or not crumb.href else context.urls.site.full(crumb.href)
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _encode(graph: list[dict[str, Any]]) -> str:
    return msgspec.json.encode({"@context": "https://schema.org", "@graph": graph}).decode()
