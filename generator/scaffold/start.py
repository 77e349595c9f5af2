"""A new site: the files of `site/`, filled in."""

import json
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from string import Template

from generator.config import CONFIG_NAME, Config
from generator.errors import PublishError
from generator.scaffold.compose import fold_text
from generator.shape import check_shape

SITE = Path(__file__).parent / "site"

_NAMES = {"gitignore": ".gitignore", "content/articles/welcome.md": "content/articles/{year}/welcome.md"}
"""Files that are called otherwise in a site; a `.gitignore` here would be one of this program."""

_MAY_BE_THERE = {".git", ".github", "README.md", "LICENSE"}
"""What a new repository has."""


def make_site(folder: Path, *, title: str, url: str, now: datetime) -> list[str]:
    """Make a site in an empty folder, or in one that is not there yet.

    Args:
        folder: Where; what a new repository has may be in it.
        title: `[site] title`.
        url: `[site] url`.
        now: The time of its article; aware.

    Returns:
        The files made, relative to the folder.

    Raises:
        ValueError: the folder is not empty, or a value will not do, and why.
        PublishError: the folder cannot be written.
    """
    texts = dict(_fill_in(fold_text(title), url.strip(), now))
    problems = check_shape(tomllib.loads(texts[CONFIG_NAME]), Config, file=CONFIG_NAME)
    if problems:
        raise ValueError("; ".join(f"{one.message}: {one.expected}" for one in problems))
    try:
        if folder.exists() and {file.name for file in folder.iterdir()} - _MAY_BE_THERE:
            raise ValueError(f"{folder} is not empty; a new site needs a folder of its own")
        for path, text in texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("x", encoding="utf-8") as file:
                file.write(text)
    except NotADirectoryError:
        raise ValueError(f"{folder} is no folder") from None
    except OSError as fault:
        raise PublishError(str(folder), fault.strerror or str(fault)) from fault
    return list(texts)


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
