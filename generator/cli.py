"""The `newsprint` command: its words, each loaded when it is asked for."""

import gc
from importlib import import_module
from typing import Any

import click

from generator import __version__
from generator.commands.terminal.streams import close_streams, open_streams
from generator.errors import NewsprintError

EPILOG = "Exit status: 0 done, 1 errors in the site's files, 2 wrong usage."


class Word(click.Command):
    """A word of the command line as its list names it; what it runs is imported when it is asked for."""

    def __init__(self, name: str, at: str, says: str = "", *, short_help: str | None = None) -> None:
        """Take the word, the module and function in `commands/` that it runs, and what its list says of it."""
        super().__init__(name, help=says, short_help=short_help)
        self._at = at

    def load(self) -> click.Command:
        """What it runs."""
        module, _, function = self._at.partition(":")
        command: click.Command = getattr(import_module(f"generator.commands.{module}"), function)
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Begin to run it."""
        return self.load().make_context(info_name, args, parent, **extra)


class Words(click.Group):
    """A group of words; what one of them returns is the exit status."""

    def invoke(self, ctx: click.Context) -> None:
        """Run a word."""
        ctx.exit(super().invoke(ctx))


WORDS = (
    Word("build", "build:build", "Build the site in the folder SITE, by default the current one."),
    Word("check", "check:check", short_help="Check links, feeds, pictures and more; publish nothing."),
    Word("clean", "maintain:clean", short_help="Remove the files that builds wrote, and their cache."),
    Word("completion", "maintain:completion", "Print a completion script for SHELL."),
    Word("diff", "inspect:diff", short_help="Show what a build would change."),
    Word("explain", "inspect:explain", short_help="Show what an output is made of, and why it was rendered."),
    Word("import", "transfer:import_", "Import the posts and pages of another generator."),
    Word("init", "author:init", "Create a new site in the folder SITE."),
    Word(
        "list",
        "inspect:list_",
        short_help="List drafts, scheduled, expired, unverified, orphans, vanished or all.",
    ),
    Word("move", "transfer:move", "Change the address of a record, and redirect the old one."),
    Word("new", "author:new", "Write a new record of the kind KIND."),
    Word("next", "inspect:next_", "Show when the site will next change by itself, and why."),
    Word("ping", "announce:ping", short_help="Notify the WebSub hub of feeds that changed."),
    Word("releases", "releases:releases", short_help="List the releases that are kept."),
    Word("rollback", "releases:rollback", short_help="Let readers have an earlier release again."),
    Word("schema", "maintain:schema", short_help="Print JSON Schemas of records and site.toml, for editors."),
    Word("serve", "serve:serve", short_help="Preview the site in the browser, and rebuild it on changes."),
    Word("sponsors", "inspect:sponsors", short_help="Show what each campaign gets: where, when and how often."),
    Word("stats", "inspect:stats", short_help="Show how much the site contains, and time a full build."),
    Word("theme", "themes:theme", "List, describe, create and check themes."),
)


@click.group(
    cls=Words,
    commands=WORDS,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "--version", "-V", prog_name="newsprint", message="%(prog)s %(version)s")
def newsprint() -> None:
    """Newsprint builds a news site from markdown records.

    A site is a folder with site.toml and content/.
    """


def main() -> None:
    """Run the command line; a fault of ours says so.

    Garbage collection takes a tenth of a build's time, which makes no cycles to speak of.
    Commands that run for long, or whose libraries make cycles, enable it.
    """
    gc.disable()
    open_streams()
    try:
        newsprint(prog_name="newsprint")
    except NewsprintError as fault:
        raise SystemExit(f"newsprint: {fault}") from fault
    except Exception:
        click.echo("newsprint: internal error in newsprint; please report it with the following traceback", err=True)
        raise
    finally:
        gc.freeze()  # the process ends, and its memory with it: nobody needs to look for circles any more
        close_streams()
