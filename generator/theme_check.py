"""A theme → a report: the golden records are built with it, and its pages compared with the contract.

The golden records (`generator/golden/`) reach every branch of the templates.
A second build, with a theme that writes down its views, gives what each page has to show.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec

from generator.build import Request, build
from generator.config import CONFIG_NAME, AllowSection, BudgetsSection, Config, read_config
from generator.contract import RULES, PageFacts, Weight, check_pages, open_built, weigh
from generator.errors import ConfigError, LocatedProblem, Problem, RefusalError
from generator.load.files import CONTENT
from generator.load.locate import locate_problem, locate_problems
from generator.outputs import TEMPLATES
from generator.policy import DIRECTIVES
from generator.reach import Reach
from generator.theme import THEMES, known_themes

NOW = datetime(2031, 6, 10, 12, tzinfo=UTC)
"""The time of the builds: shortly after the newest of the golden records."""

GOLDEN = Path(__file__).parent / "golden"
_FACTS = "facts"
_MEDIA = "content/media"


class ThemeReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result for a theme. `pages` counts the checked pages; 0 if they could not be built.

    `rules` counts those of the contract; `weights` are by the code of the rule that limits them.
    """

    theme: str
    pages: int
    rules: int = len(RULES)
    problems: tuple[LocatedProblem, ...]
    weights: dict[str, Weight] = {}

    @property
    def has_passed(self) -> bool:
        """Whether it breaks no rule; advice does not count."""
        return self.pages > 0 and not any(problem.is_error for problem in self.problems)


def check_themes(
    root: Path, names: Sequence[str] = (), *, every: bool = False, output: Path | None = None
) -> Iterator[ThemeReport]:
    """Check themes, one after the other.

    Args:
        root: The site's folder, for its themes and its choices in `[theme]`; need not be a site if names are given.
        names: The themes; none for the site's.
        every: All themes at hand instead.
        output: Where to keep the builds, in a folder per theme; None to drop them.

    Raises:
        RefusalError: `site.toml` is faulty, or is missing and has to name the theme.
        PublishError: the output folder cannot be written.
    """
    config = _read_config(root, is_needed=not names and not every)
    reach = Reach(root, config.content.allow_links if config else ())
    if every:
        names = sorted(known_themes(root))
    with TemporaryDirectory(prefix="newsprint-") as folder:
        facts = note_facts(Path(folder) / _FACTS)
        for name in names or [config.theme.name if config else ""]:
            chosen = msgspec.to_builtins(config.theme) if config and config.theme.name == name else {"name": name}
            place = output / name if output else Path(name)
            look = _Look(chosen, config.security.allow, config.budgets) if config else _Look(chosen)
            yield _check_theme(Path(folder) / THEMES / name, reach, look, facts, place, is_kept=output is not None)


class _Look(NamedTuple):
    """The table `[theme]` of a site, the hosts that its pages may use, and how much they may weigh."""

    chosen: dict[str, Any]
    allow: AllowSection = AllowSection()
    budgets: BudgetsSection = BudgetsSection()


def _check_theme(
    stage: Path, reach: Reach, look: _Look, facts: Mapping[str, PageFacts], place: Path, *, is_kept: bool
) -> ThemeReport:
    """Check one theme in a folder of its own; reports name its pages as files of `place`."""
    root, chosen = reach.root, look.chosen
    _lay_site(stage, chosen, root / THEMES)
    allow: dict[str, tuple[str, ...]] = msgspec.structs.asdict(look.allow)
    with (stage / CONFIG_NAME).open("a", encoding="utf-8") as file:
        file.write("[security.allow]\n" + "".join(f"{key} = {_write_toml(one)}\n" for key, one in allow.items()))
    _lend_media(stage / _MEDIA, root / _MEDIA)
    public = place.resolve() if is_kept else stage / "public"
    try:
        asked = Request(root=stage, output=public, now=NOW, drafts=True, future=True, workers=1)
        report = build(msgspec.structs.replace(asked, allow_links=reach.places))
    except RefusalError as fault:
        return ThemeReport(theme=chosen["name"], pages=0, problems=tuple(_point_home(fault.problems, root)))
    # Warnings about golden records are left out: some are hostile on purpose.
    warnings = [one for one in report.problems if not one.file.startswith(f"{CONTENT}/")]
    # A theme without a script has no page for what readers follow.
    shown = {path: fact for path, fact in facts.items() if (public / path).exists()}
    allowed = {DIRECTIVES[key]: origins for key, origins in allow.items()}
    budgets = {"article-weight": look.budgets.article_bytes, "front-weight": look.budgets.front_bytes}
    built = open_built(public, read_config(stage).url.url, shown, allowed, budgets)
    broken = [msgspec.structs.replace(locate_problem(one), file=str(place / one.file)) for one in check_pages(built)]
    return ThemeReport(
        theme=chosen["name"], pages=len(shown), problems=(*_point_home(warnings, root), *broken), weights=weigh(built)
    )


def note_facts(stage: Path) -> dict[str, PageFacts]:
    """What each page of the golden site has to show, by path."""
    _lay_site(stage, {"name": _FACTS}, None)
    (stage / THEMES).mkdir()
    shutil.copytree(GOLDEN / _FACTS, stage / THEMES / _FACTS)
    for template in TEMPLATES:
        if not (file := stage / THEMES / _FACTS / "templates" / template).exists():
            file.write_text('{% include "facts.html" %}')
    public = stage / "public"
    build(Request(root=stage, output=public, now=NOW, drafts=True, future=True, workers=1))
    return {
        page.relative_to(public).as_posix(): msgspec.json.decode(page.read_bytes(), type=PageFacts)
        for page in sorted(public.rglob("*.html"))
    }


def _lay_site(stage: Path, chosen: Mapping[str, Any], themes: Path | None) -> None:
    """Copy the golden site into a new folder, with a `[theme]` table and a folder of themes."""
    shutil.copytree(GOLDEN / "content", stage / "content")
    table = "".join(f"{key} = {_write_toml(value)}\n" for key, value in chosen.items())
    (stage / CONFIG_NAME).write_text(f"{(GOLDEN / CONFIG_NAME).read_text()}\n[theme]\n{table}")
    if themes is not None and themes.is_dir():
        (stage / THEMES).symlink_to(themes.resolve())


def _lend_media(stage: Path, media: Path) -> None:
    """Link the pictures of the real site, which its options may name, into the golden site."""
    for entry in sorted(media.iterdir()) if media.is_dir() else ():
        if not (stage / entry.name).exists():
            (stage / entry.name).symlink_to(entry.resolve())


def _write_toml(value: Any) -> str:
    """A value on one line of TOML. Texts are written as JSON, which TOML reads as they are."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_write_toml(key)} = {_write_toml(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return f"[{', '.join(map(_write_toml, value))}]"
        case str():
            return msgspec.json.encode(value).decode()
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _point_home(problems: Sequence[LocatedProblem], root: Path) -> list[LocatedProblem]:
    """Problems of the real site's files, each with its line there: `site.toml` was another while it was checked."""
    known = [one for one in problems if one.file != CONFIG_NAME or not one.key]
    unknown = [
        Problem(file=one.file, code=one.code, message=one.message, key=one.key, expected=one.expected, hint=one.hint)
        for one in problems
        if one.file == CONFIG_NAME and one.key
    ]
    return locate_problems(unknown, root, located=known)


def _read_config(root: Path, *, is_needed: bool) -> Config | None:
    if not is_needed and not (root / CONFIG_NAME).exists():
        return None
    try:
        return read_config(root)
    except ConfigError as fault:
        raise RefusalError(locate_problems(fault.problems, root)) from fault
