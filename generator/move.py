"""Moves a record to another address: edits its file and all that name it; old addresses redirect to the new ones."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import msgspec

from generator.build import PlannedSite, Request, survey
from generator.build.vanished import show_address, turn_addresses
from generator.config import CONFIG_NAME, PUBLIC_FOLDER
from generator.errors import PublishError, UsageError
from generator.load.files import CONTENT
from generator.names import OutputPath
from generator.publish import AddressBook
from generator.reach import Reach
from generator.records import Addressed, Record, name_of
from generator.scaffold.edits import EditError, add_to_list, rename_links, rename_references, set_key
from generator.site import Site, split_ref
from generator.theme import THEMES


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """The new values of a record; None keeps the old one."""

    id: str | None = None
    slug: str | None = None
    topic: str | None = None


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """A file before and after; `new_file` is its new path, maybe the same."""

    file: str
    new_file: str
    before: str
    after: str


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A planned move.

    `edits` are sorted by file; `kept` are old addresses with the new ones, `lost` are those without a redirect.
    """

    edits: tuple[Edit, ...]
    kept: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]


def choose_record(site: Site, named: str, wish: Wish) -> Addressed:
    """The record that a name means: `topic:chips`, `chips`, or the path of the file.

    Raises:
        UsageError: it means none, or more than one; or the record already has a new value, or cannot have it.
    """
    kind, _, record_id = named.rpartition(":")
    found = [
        record
        for record in site.addressed
        if record.file == PurePosixPath(named).as_posix()
        or (record.id == record_id and kind in ("", name_of(record)[0]))
    ]
    if not found:
        raise UsageError(f"no record '{named}'; write its id, its kind and id ('topic:chips'), or its file")
    if len(found) > 1:
        files = " or ".join(sorted(record.file for record in found))
        raise UsageError(f"'{named}' may be {files}: write the kind before it, such as 'topic:{named}'")
    record = found[0]
    for key in ("slug", "topic", "id"):
        if (value := getattr(wish, key)) is None:
            continue
        if not hasattr(record, key):
            raise UsageError(f"{record.file} has no '{key}'; give it another --id")
        if getattr(record, key) == value:
            raise UsageError(f"the {key} of {record.file} is '{value}' already")
    return record


def plan_move(known: PlannedSite, record: Addressed, wish: Wish, request: Request) -> Move:
    """Plan a move, and try it on a copy of the site.

    Args:
        known: The survey of the site as it is.
        record: The record that moves.
        wish: What it gets.
        request: What the site was surveyed for.

    Raises:
        RefusalError: the site would be at fault after it, such as with two records at one address.
        UsageError: a file cannot be edited.
    """
    texts = _Texts(known.root)
    pages = _pages_of(known)
    new_files: dict[str, str] = {}
    name = name_of(record)
    moving: list[Addressed] = [record]
    if wish.id is not None:
        new_files = _change_id(texts, known, record, wish.id)
        if name[0] == "topic":
            moving += [one for one in known.prepared.site.articles.values() if one.topic == record.id]
    for key in ("slug", "topic"):
        if (value := getattr(wish, key)) is not None:
            texts.edit(record.file, lambda text, key=key, value=value: set_key(text, key, value))  # type: ignore[misc]
    olds: dict[str, OutputPath] = {}
    for one in moving:
        if (path := pages.get(name_of(one))) is None:
            continue
        olds[one.file], old = path, show_address(path)
        if old not in one.aliases:
            texts.edit(one.file, lambda text, old=old: add_to_list(text, "aliases", [old]))  # type: ignore[misc]
    edits = texts.list_edits(new_files)
    kept, lost = _try(known, edits, request, {new_files.get(file, file): path for file, path in olds.items()})
    return Move(edits=edits, kept=kept, lost=lost)


def apply_move(root: Path, move: Move) -> None:
    """Write a move, file by file; a renamed file is written before the old one is removed.

    Raises:
        PublishError: the system refuses it, or a file exists at a new path.
    """
    for edit in move.edits:
        file, new = root / edit.file, root / edit.new_file
        try:
            if new != file and new.exists():
                raise PublishError(edit.new_file, "the file exists, and nothing is overwritten")
            draft = new.with_name(f".{new.name}.new")
            draft.write_bytes(edit.after.encode())
            shutil.copymode(file, draft)
            draft.replace(new)
            if new != file:
                file.unlink()
        except OSError as fault:
            raise PublishError(edit.file, fault.strerror or str(fault)) from fault


class _Texts:
    """The files that a move edits: read once, as they are."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before: dict[str, str] = {}
        self._after: dict[str, str] = {}

    def edit(self, file: str, change: Callable[[str], str]) -> None:
        if file not in self._before:
            self._before[file] = self._after[file] = (self._root / file).read_bytes().decode()
        try:
            self._after[file] = change(self._after[file])
        except EditError as fault:
            message = f"{file}: {fault}"
            raise UsageError(message) from fault

    def list_edits(self, new_files: dict[str, str]) -> tuple[Edit, ...]:
        return tuple(
            Edit(file=file, new_file=new_files.get(file, file), before=self._before[file], after=after)
            for file, after in sorted(self._after.items())
            if after != self._before[file] or file in new_files
        )


def _change_id(texts: _Texts, known: PlannedSite, record: Addressed, new: str) -> dict[str, str]:
    """Change an id in its file and in all records that name it; returns the new names of files."""
    kind, _ = name_of(record)
    site, path = known.prepared.site, PurePosixPath(record.file)
    if kind == "article" and not getattr(record, "guid", None):
        item = known.prepared.plan.identities.items.get(f"article:{record.id}")
        if item is not None:
            texts.edit(record.file, lambda text: set_key(text, "guid", item.guid))
    every: Iterable[Record] = (*site.addressed, *site.sponsors.values())
    for one in every:
        keys = [ref.key for ref in one.references() if (ref.kind, ref.id) == (kind, record.id)]
        if keys:
            texts.edit(one.file, lambda text, keys=keys: rename_references(text, keys, record.id, new))  # type: ignore[misc]
        links = (link for body in (one.body, *one.texts.values()) for link in body.links)
        if any(split_ref(link) == (kind, record.id) for link in links):
            texts.edit(one.file, lambda text: rename_links(text, kind, record.id, new))
    if kind == "source" and known.config.site.source == record.id:
        texts.edit(CONFIG_NAME, lambda text: _rename_in_config(text, record.id, new))
    texts.edit(CONFIG_NAME, lambda text: rename_links(text, kind, record.id, new))
    if path.stem == record.id:
        texts.edit(record.file, lambda text: text)
        return {record.file: str(path.with_name(f"{new}.md"))}
    texts.edit(record.file, lambda text: set_key(text, "id", new))
    return {}


def _rename_in_config(text: str, old: str, new: str) -> str:
    """The site's own source, in the table `[site]`."""
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        key, _, value = line.partition("=")
        if key.strip() == "source" and value.strip().partition("#")[0].strip().strip("\"'") == old:
            lines[place] = line.replace(old, new, 1) if old not in key else f"{key}={value.replace(old, new, 1)}"
            break
    return "".join(lines)


def _try(
    known: PlannedSite, edits: tuple[Edit, ...], request: Request, olds: dict[str, OutputPath]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Plan a copy of the site with the edits: the new addresses of the old ones, and those that lead nowhere."""
    before = known.prepared.plan.addresses()
    with TemporaryDirectory(prefix="newsprint-") as folder:
        copy = Path(folder) / "site"
        _copy_site(known.root, copy)
        for edit in edits:
            (copy / edit.file).unlink()
            if (copy / edit.new_file).is_symlink():
                raise PublishError(edit.new_file, "the file exists, and nothing is overwritten")
            (copy / edit.new_file).write_bytes(edit.after.encode())
        places = Reach(known.root, known.config.content.allow_links).places
        tried = msgspec.structs.replace(request, root=copy, output=copy / PUBLIC_FOLDER, allow_links=places)
        with survey(tried) as after:
            plan = after.prepared.plan
            gone = turn_addresses(AddressBook(before), plan, after.config).gone
            records: dict[str, Addressed] = {record.file: record for record in after.prepared.site.addressed}
            pages = _pages_of(after)
            new = (name_of(records[file]) for file in olds)
            homes = (show_address(pages[name]) if name in pages else "" for name in new)
            kept = zip(map(show_address, olds.values()), homes, strict=True)
    return tuple(sorted(kept)), tuple(map(show_address, sorted(gone)))


def _pages_of(known: PlannedSite) -> dict[tuple[str, str], OutputPath]:
    """The page of each record."""
    homes = known.prepared.plan.addresses().items()
    return {(home.kind, home.id): path for path, home in homes if not home.is_below}


def _copy_site(root: Path, copy: Path) -> None:
    """Lay the site out anew with links to its files, and to linked folders that have no records: those may be loops."""
    copy.mkdir()
    shutil.copyfile(root / CONFIG_NAME, copy / CONFIG_NAME)
    waiting = [name for name in (CONTENT, THEMES) if (root / name).is_dir()]
    while waiting:
        folder = waiting.pop()
        (copy / folder).mkdir()
        for entry in os.scandir(root / folder):
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=folder == CONTENT):
                waiting.append(path)
            else:
                (copy / path).symlink_to(root / path)
