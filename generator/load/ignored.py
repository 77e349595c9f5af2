"""Files in `content/` that no build reads: warnings with advice."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.errors import Problem, suggest
from generator.media import DRAWING, PICTURES_BY_SUFFIX
from generator.reading import list_files
from generator.records import FOLDERS, MEDIA_FOLDER

_MOST_NAMED = 10
"""Up to so many files of one suffix in one folder are named one by one, more of them together."""

_LEFTOVER = re.compile(
    r"\..*|.*~|#.*#|.*\.(?:swp|swo|bak|old|orig|rej|tmp|temp|part|crdownload|lock)|4913"
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r",
    re.IGNORECASE,
)
"""Files that editors and systems leave behind, and hidden files."""

_FOR_PEOPLE = frozenset({"readme", "license", "licence", "copying", "credits", "notice", "authors", "changelog"})

_MEDIA = frozenset(
    {
        *(*PICTURES_BY_SUFFIX, DRAWING, ".jpe", ".jfif", ".ico", ".bmp", ".tif", ".tiff"),
        *(".heic", ".heif", ".psd", ".ai", ".eps", ".xcf", ".kra", ".raw"),
        *(".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav"),
        *(".mp4", ".m4v", ".mov", ".webm", ".ogv", ".avi", ".mkv", ".vtt", ".srt"),
        *(".ttf", ".otf", ".woff", ".woff2"),
    }
)
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdown", ".mkdn", ".mkd", ".mdwn", ".mdtxt", ".mdtext", ".rmd"})
_MARKUP = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml", ".mdx"})
_TEXT = frozenset(
    {"", *(".txt", ".text", ".rst", ".adoc", ".asciidoc", ".org", ".textile", ".tex", ".rtf", ".doc", ".docx", ".odt")}
)

_OTHER_NAMES = {
    "articles": ("posts", "post", "blog", "news", "reports", "items", "entries", "drafts"),
    "stories": ("events", "threads"),
    "topics": ("categories", "category", "sections", "section", "tags", "subjects"),
    "sources": ("outlets", "publishers", "publications", "feeds"),
    "entities": ("people", "persons", "companies", "organisations", "organizations", "products", "authors"),
    "sponsors": ("ads", "adverts", "advertisements", "campaigns"),
    MEDIA_FOLDER: ("images", "image", "img", "pictures", "photos", "assets", "static", "files", "uploads"),
}
"""Other names for the folders of `content/`."""


def is_leftover(name: str) -> bool:
    """Whether a file is hidden, or left behind by an editor or a system."""
    return _LEFTOVER.fullmatch(name) is not None


def name_ignored(others: Iterable[str]) -> Iterator[Problem]:
    """Warn of files in known folders that are neither a record nor a picture, in order of their paths."""
    by_suffix: dict[tuple[str, str], list[str]] = {}
    for path in others:
        folder, _, name = path.rpartition("/")
        stem, dot, suffix = name.rpartition(".")
        suffix = f".{suffix.lower()}" if stem and dot else ""
        if suffix in _MEDIA or is_leftover(name) or (stem or name).casefold() in _FOR_PEOPLE:
            continue
        by_suffix.setdefault((folder, suffix), []).append(name)
    for (folder, suffix), names in sorted(by_suffix.items()):
        names.sort()
        if len(names) > _MOST_NAMED:
            some = ", ".join(f"'{name}'" for name in names[:3])
            message = f"{len(names):,} files that end with '{suffix}' are not read, such as {some}"
            yield _warn(folder, message, _advise(folder, suffix, "NAME"))
        else:
            for name in names:
                yield _warn(f"{folder}/{name}", f"'{name}' is not read", _advise(folder, suffix, name))


def _advise(folder: str, suffix: str, name: str) -> str:
    stem = PurePosixPath(name).stem if suffix else name
    record = stem if PurePosixPath(stem).suffix.lower() == ".md" else f"{stem}.md"
    if folder.split("/")[1] == MEDIA_FOLDER:
        if suffix in _MARKDOWN | _MARKUP:
            return "put records into the folder of their kind, such as content/articles/"
        return "only pictures are published from here; move the file out of content/"
    if suffix in _MARKDOWN or record == stem:
        return f"record files end in '.md' in lower case: rename it to '{record}'"
    if suffix in _MARKUP:
        return f"records are markdown: put the text into '{record}', with front matter"
    if suffix in _TEXT:
        return f"make it a record, '{record}' with front matter, or move it out of content/"
    return "only records (.md) and pictures are read here; move the file out of content/"


def name_stranger(entry: os.DirEntry[str], folder: str) -> Problem:
    """Warn of an entry of `content/` that does not belong to any kind of record."""
    name, path = entry.name, f"{folder}/{entry.name}"
    known = f"the folders of {folder}/ are {', '.join(FOLDERS)} and {MEDIA_FOLDER}."
    if not entry.is_dir():
        is_picture = PurePosixPath(name).suffix.lower() in _MEDIA
        hint = f"move it to {folder}/{MEDIA_FOLDER}/" if is_picture else f"move it into the folder of its kind; {known}"
        return _warn(path, f"'{name}' does not belong to any kind of record and is not read", hint, "unknown-folder")
    count = sum(not is_leftover(file.rpartition("/")[2]) for file in list_files(entry.path))
    unread = f": {count:,} file{'s are' if count > 1 else ' is'} not read" if count else " and is not read"
    message = f"the folder '{name}' does not belong to any kind of record{unread}"
    return _warn(path, message, _rename(name, known), "unknown-folder")


def _rename(name: str, known: str) -> str:
    folded = name.casefold()
    usual = next((folder for folder, others in _OTHER_NAMES.items() if folded in others), None)
    if folded in (*FOLDERS, MEDIA_FOLDER):
        return f"folder names are in lower case: rename it to '{folded}'"
    if usual:
        return f"did you mean '{usual}'? {known[0].upper()}{known[1:]}"
    return suggest(folded, (*FOLDERS, MEDIA_FOLDER), otherwise=known)


def _warn(path: str, message: str, hint: str, code: str = "ignored-file") -> Problem:
    return Problem(file=path, code=code, message=message, hint=hint)
