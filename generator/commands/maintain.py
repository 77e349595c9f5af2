"""`newsprint clean`, `schema` and `completion`."""

from pathlib import Path

import click
import msgspec

from generator.commands import options
from generator.commands.terminal import maintenance
from generator.commands.terminal.lines import print_text
from generator.commands.terminal.reporter import Reporter
from generator.config import CONFIG_NAME
from generator.errors import ConfigError, Problem, os_errors_at, suggest


@click.command(epilog="Example: newsprint clean my-site --yes")
@options.place
@options.output("went")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@options.as_json
def clean(site: Path, *, output: Path | str | None, yes: bool, as_json: bool) -> int:
    """Remove what builds of the site in the folder SITE wrote, and their cache in .newsprint.

    Files that no build wrote, or that someone changed since, stay.
    """
    from generator.clean import Cleaning

    if as_json and not yes:
        raise click.UsageError("--json cannot ask: add --yes")
    with Reporter(site, as_json=as_json) as reporter:
        if not (site / CONFIG_NAME).exists():
            hint = "pass the folder of a site: newsprint clean SITE"
            raise ConfigError(
                [Problem(file=CONFIG_NAME, code="missing-file", message=f"no {CONFIG_NAME} here", hint=hint)]
            )
        cleaning = Cleaning(site, output)
        if not yes:
            found = cleaning.find()
            maintenance.print_leavings(found)
            if found.is_empty:
                return 0
            if not click.confirm("Remove all of it?"):
                return 1
        left = cleaning.remove(waiting=reporter.wait)
        reporter.report(left, lambda: maintenance.print_cleaned(left))
    return reporter.status


@click.command(epilog="Example: newsprint schema article > article.schema.json")
@click.argument("kind", required=False)
@click.option(
    "--all", "-a", "every", is_flag=True, help="Write the schemas of all kinds and of site.toml; requires --output."
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="DIR", help="Write KIND.schema.json to this folder."
)
@click.option(
    "--dialect",
    type=click.Choice(["2020-12", "draft-07"]),
    default="2020-12",
    show_default=True,
    help="The dialect of JSON Schema.",
)
@options.as_json
def schema(kind: str | None, *, every: bool, output: Path | None, dialect: str, as_json: bool) -> int:
    """Print the JSON Schema of the front matter of KIND, for editors.

    KIND is article, story, topic, source, entity, sponsor, page, or config for site.toml.
    """
    if (kind is None) != every:
        raise click.UsageError("give either KIND or --all")
    if every and output is None:
        raise click.UsageError("--all writes files: add --output DIR")
    from generator.schema import SHAPES, make_schema

    if kind is not None and kind not in SHAPES:
        hint = suggest(kind, SHAPES, otherwise=f"there are {', '.join(SHAPES)}")
        raise click.BadParameter(f"no kind '{kind}': {hint}", param_hint="KIND")
    schemas = {one: make_schema(one, dialect=dialect) for one in ([kind] if kind else SHAPES)}
    texts = {one: msgspec.json.format(msgspec.json.encode(schemas[one]), indent=2) for one in schemas}
    with Reporter(as_json=as_json) as reporter:
        if output is None:
            assert kind is not None, "--output requires --all"
            reporter.done(schemas[kind], texts[kind].decode())
            return reporter.status
        files = [_write(output, f"{one}.schema.json", text + b"\n") for one, text in texts.items()]
        reporter.done({"files": files}, f"Wrote {', '.join(files)}.")
    return reporter.status


def _write(folder: Path, name: str, text: bytes) -> str:
    """Write a file into a folder, which is created if necessary; returns the path of the file."""
    with os_errors_at(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
    return str(folder / name)


@click.command(epilog='Example: eval "$(newsprint completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print a completion script for SHELL.

    Commands, options and the ids of records are completed.
    To install it, add the line below to ~/.bashrc, or to ~/.zshrc with zsh instead of bash.
    For fish, write the output to ~/.config/fish/completions/newsprint.fish.
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None, shell
    program = click.get_current_context().find_root().command
    print_text(found(program, {}, "newsprint", "_NEWSPRINT_COMPLETE").source())
    return 0
