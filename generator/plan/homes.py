"""Which outputs are addresses that readers may have, and whose they are."""

from collections.abc import Iterable, Mapping

from generator.names import OutputPath
from generator.outputs import Draft, Home
from generator.outputs.feeds import Feed, Opml
from generator.outputs.pages import NotFoundPage, PageView
from generator.plan.context import PlanContext
from generator.plan.families import passes
from generator.plan.routes import INDEX, ROUTES
from generator.records import FOLDERS
from generator.site import Snapshot

_NOBODYS = Home()
_MOST_MARK = 16  # characters of a digest


def find_homes(
    context: PlanContext, snapshot: Snapshot, drafts: Iterable[Draft], unfiled: Mapping[OutputPath, str]
) -> dict[OutputPath, Home]:
    """The addresses among the outputs of a plan, in its order: pages and feeds, less what passes by design.

    A feed, and whatever else lies below the page of a record, is the record's; so is a page at an old address of it,
    and one of `unfiled`, at which no file stands, by the files that name them.
    """
    pages: dict[str, Home] = {}
    by_file: dict[str, Home] = {}
    for record in snapshot.addressed:
        mark = record.title if record.body.is_empty else record.body.digest[:_MOST_MARK]
        home = Home(FOLDERS[record.file.split("/")[1]], record.id, mark)
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
    if context.urls.index_href("sponsors"):  # made from the metadata of all others, so that it is not among them
        homes[context.urls.index_path("sponsors")] = _NOBODYS
    return homes


def _find_above(path: OutputPath, pages: dict[str, Home]) -> Home:
    """Whose page stands in the folder of an output, or above it."""
    folder = path.rpartition("/")[0]
    while folder:
        if (home := pages.get(f"{folder}/{INDEX}")) is not None:
            return Home(home.kind, home.id, home.mark, is_below=True)
        folder = folder.rpartition("/")[0]
    return _NOBODYS
