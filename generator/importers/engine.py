"""The engine of markdown that a site has to name, so that imported texts look as they did on the old site."""

import tomllib
from pathlib import Path

import msgspec

from generator.config import CONFIG_NAME, Config, EngineName, MarkdownSection
from generator.errors import PublishError
from generator.load.files import CONTENT
from generator.load.frontmatter import FrontMatterError, split_record
from generator.load.ids import list_ids
from generator.load.markdown import Compiler
from generator.reach import Reach
from generator.records import KINDS


class EngineChoice(msgspec.Struct, frozen=True):
    """The engine most like that of the old system, and the one that the site has after the import.

    `is_set` means that the import adds it to `site.toml`.
    """

    wanted: EngineName
    site: EngineName
    is_set: bool

    @property
    def is_met(self) -> bool:
        """Whether the site has the wanted engine."""
        return self.wanted == self.site


def choose_engine(root: Path, config: Config, wanted: EngineName) -> tuple[EngineChoice, Config]:
    """Choose the engine, and the configuration with it; `set_engine` writes it down.

    It is set if `site.toml` names none and every text of the site has the same HTML with it.
    """
    if wanted == config.markdown.engine or _has_engine(root) or not _read_alike(root, config, wanted):
        return EngineChoice(wanted, config.markdown.engine, is_set=False), config
    changed = msgspec.structs.replace(config, markdown=MarkdownSection(engine=wanted))
    return EngineChoice(wanted, wanted, is_set=True), changed


def set_engine(root: Path, engine: EngineName) -> None:
    """Add the engine to `site.toml`; PublishError if it cannot be written."""
    file = root / CONFIG_NAME
    line = f'engine = "{engine}"\n'
    try:
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        head = next((place for place, one in enumerate(lines) if one.split("#")[0].strip() == "[markdown]"), None)
        if head is None:
            changed = text + ("" if text.endswith("\n") else "\n") + f"\n[markdown]\n{line}"
        else:
            changed = "".join([*lines[:head], lines[head].rstrip("\n") + "\n", line, *lines[head + 1 :]])
        if tomllib.loads(changed).get("markdown") != {"engine": engine}:
            raise PublishError(CONFIG_NAME, f"add the line {line.strip()} below [markdown] by hand, and import again")
        new = file.with_name(f"{CONFIG_NAME}.new")
        new.write_text(changed, encoding="utf-8", newline="")
        new.replace(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise PublishError(CONFIG_NAME, str(fault)) from fault


def _has_engine(root: Path) -> bool:
    """Whether `site.toml` names an engine; one that cannot be read is left alone."""
    try:
        section = tomllib.loads((root / CONFIG_NAME).read_text(encoding="utf-8")).get("markdown", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return True
    return "engine" in section


def _read_alike(root: Path, config: Config, other: EngineName) -> bool:
    """Whether the engine of a site and another write the same HTML for every text of the site."""
    compilers = Compiler(config.markdown.engine), Compiler(other)
    reach = Reach(root, config.content.allow_links)
    for file in (root / path for kind in KINDS for path in list_ids(reach, kind).values()):
        try:
            _, text = split_record(file.read_bytes(), file=f"{CONTENT}/{file.name}")
        except (OSError, FrontMatterError):
            continue
        first, second = (compiler.compile(text, file=file.name).html for compiler in compilers)
        if first != second:
            return False
    return True
