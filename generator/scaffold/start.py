"""A new site: the files of `site/`, filled in."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from string import Template

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.errors import PublishError, UsageError
from generator.scaffold.compose import fold_text
from generator.shape import check_shape

SITE = Path(__file__).parent / "site"

_NAMES = {"gitignore": ".gitignore", "content/articles/welcome.md": "content/articles/{year}/welcome.md"}
"""Files with another name in a site; a `.gitignore` here would apply to this repository."""

_IGNORED = ".gitignore"
_CLASHES = (CONFIG_NAME, "content")


class NewSite(msgspec.Struct, frozen=True):
    """What was done in a folder: files that were `made`, or `completed` by lines, and names that were there before.

    All are relative to the folder; `made` is in the order of making, `stays` sorted.
    """

    made: tuple[str, ...]
    completed: tuple[str, ...]
    stays: tuple[str, ...]


def make_site(folder: Path, *, title: str, url: str, now: datetime) -> NewSite:
    """Make a site in a folder, which may not exist yet.

    Args:
        folder: May contain anything but a site. A `.gitignore` gets missing lines; everything else is unchanged.
        title: `[site] title`.
        url: `[site] url`.
        now: The time of its article; aware.

    Raises:
        UsageError: the folder contains a site, or a value is not valid.
        PublishError: the folder cannot be written.
    """
    texts = dict(_fill_in(fold_text(title), url.strip(), now))
    problems = check_shape(tomllib.loads(texts[CONFIG_NAME]), Config, file=CONFIG_NAME)
    if problems:
        raise UsageError("; ".join(f"{one.message}: {one.expected}" for one in problems))
    try:
        there = sorted(file.name for file in folder.iterdir()) if folder.exists() else []
        _refuse_clash(folder, there)
        missing = _complete_ignored(folder / _IGNORED, texts.pop(_IGNORED)) if _IGNORED in there else []
        for path, text in texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("x", encoding="utf-8") as file:
                file.write(text)
    except NotADirectoryError:
        raise UsageError(f"{folder} is not a folder") from None
    except OSError as fault:
        raise PublishError(str(folder), fault.strerror or str(fault)) from fault
    completed = (_IGNORED,) if missing else ()
    return NewSite(tuple(texts), completed, tuple(name for name in there if name not in (".git", *completed)))


def _refuse_clash(folder: Path, there: Sequence[str]) -> None:
    for name in _CLASHES:
        is_empty = name == "content" and (folder / name).is_dir() and not any((folder / name).iterdir())
        if name in there and not is_empty:
            raise UsageError(f"{folder} already contains '{name}'; a new site needs a folder without it")


def _complete_ignored(file: Path, wanted: str) -> list[str]:
    """Add missing lines to a `.gitignore`; returns them."""
    text = file.read_bytes()
    known = {line.strip().strip(b"/") for line in text.splitlines()}
    missing = [line for line in wanted.splitlines() if line.strip("/").encode() not in known]
    if missing:
        end = b"\r\n" if b"\r\n" in text else b"\n"
        with file.open("ab") as stream:
            stream.write(end * bool(text and not text.endswith(b"\n")))
            stream.writelines(line.encode() + end for line in missing)
    return missing


def _fill_in(title: str, url: str, now: datetime) -> Iterator[tuple[str, str]]:
    values = {
        "title": json.dumps(title, ensure_ascii=False),
        "url": json.dumps(url),
        "published": now.isoformat(timespec="minutes"),
    }
    for file in sorted(SITE.rglob("*")):
        if file.is_file():
            path = file.relative_to(SITE).as_posix()
            text = Template(file.read_text(encoding="utf-8")).safe_substitute(values)
            yield _NAMES.get(path, path).format(year=now.year), text
