"""The `newsprint` command: words → a call in `commands/`."""

from pathlib import Path

import click

from generator.errors import NewsprintError

EPILOG = "Exit status: 0 done, 1 the site's files are at fault, 2 wrong usage."


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsprint", prog_name="newsprint", message="%(prog)s %(version)s")
def newsprint() -> None:
    """Newsprint builds a news site from markdown records.

    A site is a folder with site.toml and content/.
    """


@newsprint.command(epilog="Example: newsprint build my-site --output /srv/www --explain")
@click.argument("site", type=click.Path(path_type=Path), default=Path())
@click.option("--output", "-o", metavar="PATH", help="Where the site goes, a folder or a URL.  [default: SITE/public]")
@click.option("--now", metavar="TIME", help="Build as if it were this time (ISO 8601).  [default: the present]")
@click.option("--drafts", is_flag=True, help="Publish drafts, too, marked as such.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="Processes to use.  [default: one per core]")
@click.option("--executor", metavar="URL", help="Let a Dask cluster do the heavy work: dask://HOST:PORT.")
@click.option("--force", is_flag=True, help="Render everything, whether it changed or not.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--keep-going", is_flag=True, help="Leave faulty records out and publish the rest.")
@click.option("--explain", is_flag=True, help="Say of each output why it was rendered, kept or removed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of lines.")
def build(site: Path, **options: object) -> None:
    """Build the site in the folder SITE, by default the current one.

    Only what changed since the last build is rendered and written.
    Where a record is at fault nothing is published, and the site that was there stays.
    """
    if options["strict"] and options["keep_going"]:
        raise click.UsageError("--strict and --keep-going exclude each other")
    if options["workers"] and options["executor"]:
        raise click.UsageError("--workers and --executor exclude each other")
    from generator.commands.build import run_build

    raise SystemExit(run_build(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.group()
def theme() -> None:
    """Work on themes."""


@theme.command("check", epilog="Example: newsprint theme check evening --output golden")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--site", type=click.Path(path_type=Path), default=Path(), help="The site's folder.  [default: .]")
@click.option("--all", "every", is_flag=True, help="Check every theme at hand: the site's own and the built-in ones.")
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="Keep the pages in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of lines.")
def theme_check(names: tuple[str, ...], **options: object) -> None:
    """Hold the themes NAME against the contract, by default the site's own.

    Golden records of all kinds are built with each, and every page is held against every rule: sponsored messages,
    sources, times, pictures, headings, landmarks, scripts, hosts, weight.
    """
    if names and options["every"]:
        raise click.UsageError("NAME and --all exclude each other")
    from generator.commands.theme_check import run_theme_check

    raise SystemExit(run_theme_check(names, **options))  # type: ignore[arg-type]  # click gives each option by its name


def main() -> None:
    """Run the command line; a fault of ours says so."""
    try:
        newsprint(prog_name="newsprint")
    except NewsprintError as fault:
        raise SystemExit(f"newsprint: {fault}") from fault
    except Exception:
        click.echo("newsprint: this is a fault of newsprint, not of your files; please report what follows", err=True)
        raise
