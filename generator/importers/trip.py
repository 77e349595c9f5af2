"""All steps from the folder of another system to new files of a site."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from generator.addresses import AddressError, write_address
from generator.config import Config
from generator.errors import Problem, UsageError
from generator.importers.eleventy import CONFIGS, read_eleventy
from generator.importers.engine import choose_engine, set_engine
from generator.importers.folder import OldFolder
from generator.importers.hugo import read_hugo
from generator.importers.jekyll import read_jekyll
from generator.importers.links import Links
from generator.importers.old_site import OldSite, Post
from generator.importers.outcome import Fate, ImportedRecord, Migration, sum_up
from generator.importers.pelican import read_pelican
from generator.importers.pictures import OldPictures
from generator.importers.records import Editor, check_drafts
from generator.importers.settle import SettledPost, is_page, settle_posts, tag_language
from generator.load.frontmatter import FrontMatterError, split_record
from generator.load.ids import list_ids
from generator.load.locate import locate_problem, sort_problems
from generator.names import ContentPath, Kind, RecordId, slugify
from generator.reach import Reach
from generator.records import KINDS
from generator.scaffold import compose_record, fold_text, write_new

System = Literal["hugo", "pelican", "jekyll", "eleventy"]

READERS: dict[System, tuple[Callable[[OldFolder, ZoneInfo], OldSite], tuple[str, ...]]] = {
    "hugo": (read_hugo, ("public", "resources")),
    "pelican": (read_pelican, ("output",)),
    "jekyll": (read_jekyll, ("_site", "vendor")),
    "eleventy": (read_eleventy, ("_site",)),
}
"""The reader of each system, and the folders of its builds and downloads, which are not read."""

There = Mapping[Kind, Mapping[RecordId, str]]
"""The files of the site's records, by kind and id."""

_HIDDEN = (*CONFIGS, ".eleventyignore")


class Defaults(msgspec.Struct, frozen=True):
    """What the other system does not know: the source of the articles, and the topic of those without a category.

    `languages` are tags of the texts to import, all if empty; `de` includes `de-AT`.
    """

    source: RecordId
    topic: RecordId | None
    languages: tuple[str, ...] = ()


def import_site(
    system: System, folder: Path, root: Path, config: Config, defaults: Defaults, *, is_dry: bool
) -> Migration:
    """Turn the texts of another system into records of a site, with their pictures, topics and source.

    Args:
        system: Whose folder it is.
        folder: The folder; nothing outside of it is read.
        root: The site's folder; nothing is overwritten, and nothing outside of its `content/` is written.
        config: The site's `site.toml`.
        defaults: For what the files do not say.
        is_dry: Only report what would be done.

    Raises:
        UsageError: a default is needed; the message names it.
        PublishError: a file cannot be written.
    """
    read, built = READERS[system]
    opened = OldFolder(folder, built=built, hidden=_HIDDEN)
    found, empty, others = _part(read(opened, config.zone), defaults.languages)
    engine, config = choose_engine(root, config, found.engine)
    reach = Reach(root, config.content.allow_links)
    there = {kind: list_ids(reach, kind) for kind in KINDS}
    language = found.language or config.site.language
    settled = settle_posts(
        found.posts,
        topic=_choose_topic(found, there["topic"], defaults),
        language=language,
        pages=there["page"],
        is_other=partial(_is_other, root, there),
    )
    _check_source(found, config, defaults, settled)
    topics = _name_topics(found, settled)
    grounds = list(_make_grounds(topics, found, defaults))
    pictures = OldPictures(opened, found.picture_folders, root)
    refs = {one.post.file: one.ref for one in settled}
    while True:
        links = Links(found, refs, frozenset([*topics, *there["topic"]]), pictures, host=config.url.host)
        editor = Editor(config, links, source=defaults.source, url=found.url, language=language)
        records, writes, problems = _sort_out(
            [*grounds, *map(editor.write, settled)], there, config, refs.values(), pictures
        )
        if refs.keys().isdisjoint(faulty := {one.origin for one in records if one.fate == "faulty"}):
            break
        refs = {file: ref for file, ref in refs.items() if file not in faulty}  # nothing may link to a faulty record
    for post in empty:
        left = ({"title": post.title} if post.title else {}) | dict(post.left)
        records.append(
            ImportedRecord(ContentPath(""), "page", "", origin=post.file, fate="empty", left=left, lacks=post.lacks)
        )
    if not is_dry:
        if engine.is_set and writes:
            set_engine(root, engine.site)
        copies = [(place, opened.read(file) or b"") for place, file in sorted(pictures.copies.items())]
        for place, data in [*copies, *writes]:
            write_new(root, place, data)
    problems = [*opened.problems, *problems]
    return sum_up(records, pictures.copies, found.unread, others, sort_problems(map(locate_problem, problems)), engine)


def _part(found: OldSite, languages: Collection[str]) -> tuple[OldSite, list[Post], Counter[str]]:
    """The wanted texts; the pages without a text; and the number of texts in each other language."""
    try:
        url = write_address(found.url) if found.url else ""
    except AddressError:
        url = ""
    others: Counter[str] = Counter()
    posts: list[Post] = []
    empty: list[Post] = []
    for post in found.posts:
        if name := _other_language(post, found.language, languages):
            others[name] += 1
        else:
            (empty if is_page(post) and not post.text.strip() else posts).append(post)
    return found._replace(url=url, posts=posts), empty, others


def _other_language(post: Post, main: str, wanted: Collection[str]) -> str:
    """The language of a text that is not wanted; "" if it is wanted or has no language."""
    language = tag_language(post.language or main) or ""
    names = {language.lower(), language.partition("-")[0].lower()}
    return "" if not wanted or not language or names & {one.lower() for one in wanted} else language


def _is_other(root: Path, there: There, kind: Kind, record_id: RecordId, title: str) -> bool:
    """Whether the site has another record with this id: one that was imported before still has its title."""
    path = there[kind].get(record_id)
    if path is None:
        return False
    try:
        matter, _ = split_record((root / path).read_bytes(), file=path)
    except (OSError, FrontMatterError):
        return True
    return matter.get("title") != title


def _choose_topic(found: OldSite, there: Mapping[RecordId, str], defaults: Defaults) -> str:
    homeless = [post.file for post in found.posts if not any(map(slugify, post.topics)) and not is_page(post)]
    if defaults.topic is None and homeless:
        there_are = (
            f"; there {'is' if len(known) == 1 else 'are'} {', '.join(known)}" if (known := sorted(there)) else ""
        )
        raise UsageError(f"{homeless[0]} has no category: choose a topic for such texts with --topic{there_are}")
    return defaults.topic or "news"


def _check_source(found: OldSite, config: Config, defaults: Defaults, settled: list[SettledPost]) -> None:
    if defaults.source == config.site.source or found.url or all(one.post.is_page for one in settled):
        return
    raise UsageError(
        f"'{defaults.source}' is not the site's own source, and the address of the old site, needed to link to the "
        f'originals, is unknown: set source = "{defaults.source}" below [site] in site.toml'
    )


def _name_topics(found: OldSite, settled: list[SettledPost]) -> dict[str, str]:
    """Titles by id of all topics that articles are in."""
    titles = {slugify(name): fold_text(name) for post in reversed(found.posts) for name in reversed(post.topics)}
    used = sorted({topic for one in settled if not one.post.is_page for topic in one.post.topics})
    return {topic: titles.get(topic) or topic.replace("-", " ").capitalize() for topic in used}


def _make_grounds(topics: dict[str, str], found: OldSite, defaults: Defaults) -> Iterator[ImportedRecord]:
    title = fold_text(found.title) or defaults.source.replace("-", " ").capitalize()
    source = compose_record({"title": title, "homepage": found.url or None}, "")
    yield ImportedRecord(ContentPath(f"content/sources/{defaults.source}.md"), "source", defaults.source, source)
    for topic, name in topics.items():
        text = compose_record({"title": name}, "")
        yield ImportedRecord(ContentPath(f"content/topics/{topic}.md"), "topic", topic, text)


def _sort_out(
    drafts: list[ImportedRecord], there: There, config: Config, refs: Iterable[str], pictures: OldPictures
) -> tuple[list[ImportedRecord], list[tuple[str, bytes]], list[Problem]]:
    """The fate of each draft, the files to write, and the Problems that a build would report."""
    records: list[ImportedRecord] = []
    writes: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    known = {f"{kind}:{record_id}" for kind, ids in there.items() for record_id in ids} | set(refs)
    known |= {f"{draft.kind}:{draft.id}" for draft in drafts if not draft.origin}
    for draft, found in check_drafts(drafts, config, known=known, pictures=pictures.places):
        fate: Fate = "made"
        if draft.id in there[draft.kind]:
            fate = "there already"
        elif any(problem.is_error for problem in found):
            fate = "faulty"
            problems += (msgspec.structs.replace(one, file=draft.origin or draft.file, key=()) for one in found)
        else:
            problems += (one for one in found if one.code != "unknown-syntax")  # `lacks` names each tag already
            writes.append((draft.file, draft.text.encode()))
        if draft.origin or fate != "there already":
            records.append(msgspec.structs.replace(draft, fate=fate))
    return records, writes, problems
