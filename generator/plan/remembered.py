"""What readers remember of a site: the addresses of pages and feeds, and the identities of feed items."""

from collections.abc import Iterable, Mapping

from generator.names import OutputPath
from generator.outputs import Draft, Home, Identities, Identity
from generator.outputs.feeds import Feed, Opml
from generator.outputs.pages import NotFoundPage, PageView
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.families import FAMILIES, passes
from generator.plan.routes import INDEX, ROUTES
from generator.records import name_of
from generator.site import Snapshot, article_identity, campaign_identity, change_identity, tag_uri

_NOBODYS = Home()
_MOST_MARK = 16  # characters of a digest


def find_homes(
    context: PlanContext, snapshot: Snapshot, drafts: Iterable[Draft], unfiled: Mapping[OutputPath, str]
) -> dict[OutputPath, Home]:
    """The addresses of pages and feeds in a plan, in its order, without those that come and go by design.

    A feed, and anything else below the page of a record, belongs to the record; so does a page at its old address.
    `unfiled` are old addresses without a file, with the files that name them.
    """
    pages: dict[str, Home] = {}
    by_file: dict[str, Home] = {}
    for record in snapshot.addressed:
        mark = record.title if record.body.is_empty else record.body.digest[:_MOST_MARK]
        home = Home(*name_of(record), mark)
        pages[context.urls.record_path(record)] = home
        by_file[record.file] = Home(home.kind, home.id, home.mark, is_below=True)
    pages |= {ROUTES["tags"].path(tag.slug): Home("tag", tag.slug) for tag in snapshot.tags}
    homes = {
        draft.path: pages.get(draft.path) or by_file.get(draft.owner) or _find_above(draft.path, pages)
        for draft in drafts
        if draft.kind in (Feed, Opml) or (issubclass(draft.kind, PageView) and draft.kind is not NotFoundPage)
        if not passes(draft.path)
    }
    homes |= {path: by_file.get(file, _NOBODYS) for path, file in unfiled.items()}
    if context.urls.index_href("sponsors"):  # made last, so it is not among `drafts`
        homes[context.urls.index_path("sponsors")] = _NOBODYS
    return homes


def _find_above(path: OutputPath, pages: dict[str, Home]) -> Home:
    """The owner of the page in the folder of an output, or of the nearest page above."""
    folder = path.rpartition("/")[0]
    while folder:
        if (home := pages.get(f"{folder}/{INDEX}")) is not None:
            return Home(home.kind, home.id, home.mark, is_below=True)
        folder = folder.rpartition("/")[0]
    return _NOBODYS


def list_identities(context: PlanContext, material: PlanMaterial) -> Identities:
    """The identities of all that feeds can hold; none if no format of feeds is on."""
    if not context.config.feed_formats:
        return Identities()
    snapshot, authority = material.snapshot, context.config.feed_authority
    items, former = {}, {}
    for article in snapshot.articles:
        name, guid = f"article:{article.id}", article_identity(article, authority)
        items[name] = Identity(guid, article.file, context.urls.article_path(article), article.title)
        if article.minted and not article.guid:
            before = tag_uri(authority, article.published, "article", article.id)
            if before != guid:  # what programs before `identity_zone` gave
                former[name] = before
    for campaign in snapshot.campaigns if context.config.feeds.sponsor_every else ():
        if campaign.starts and "feed" in campaign.places:
            guid = campaign_identity(campaign, authority)
            items[f"sponsor:{campaign.id}"] = Identity(guid, campaign.file, "", campaign.headline)
    fed = [name for name in ("changes", "corrections") if context.urls.has_feeds(FAMILIES[name])]
    for change in (change for name in fed for one in material.collections.of(name) for change in one.changes):
        record = change.story or change.article
        assert record is not None, "a change is of an article or a story"
        guid = change_identity(record, change.key, authority)
        items[f"change:{change.key}"] = Identity(guid, record.file, "", record.title)
    return Identities(authority, context.config.feeds.identity_zone, items, former)
