"""The `newsprint` command: words → a call in `commands/`."""

import gc
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path

import click
from click.core import ParameterSource

from generator.commands.report.streams import close_streams, open_streams
from generator.errors import NewsprintError

EPILOG = "Exit status: 0 done, 1 the site's files are at fault, 2 wrong usage."


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    None, "--version", "-V", package_name="newsprint", prog_name="newsprint", message="%(prog)s %(version)s"
)
def newsprint() -> None:
    """Newsprint builds a news site from markdown records.

    A site is a folder with site.toml and content/.
    """


_site = click.option(
    "--site",
    "-s",
    type=click.Path(path_type=Path),
    metavar="PATH",
    default=Path(),
    help="The site's folder.  [default: the current one]",
)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of lines.")
_output = click.option(
    "--output", "-o", metavar="PATH", help="Where the site is, a folder or a URL.  [default: SITE/public]"
)
_now = click.option("--now", metavar="TIME", help="Ask as if it were this time (ISO 8601).  [default: the present]")
_drafts = click.option("--drafts", "-D", is_flag=True, help="Count drafts as published.")
_workers = click.option(
    "--workers", "-w", type=click.IntRange(1, 256), metavar="N", help="Processes to use.  [default: one per core]"
)


def _place(command: Callable[..., None]) -> Callable[..., None]:
    """Take the site's folder as all commands do, by `--site`, or in short as the only argument."""

    @click.argument("folder", metavar="[SITE]", type=click.Path(path_type=Path), required=False)
    @_site
    @wraps(command)
    def take(folder: Path | None, site: Path, **options: object) -> None:
        is_given = click.get_current_context().get_parameter_source("site") is not ParameterSource.DEFAULT
        _refuse_both({"SITE": folder is not None, "--site": is_given})
        command(folder or site, **options)

    return take


def _refuse_both(given: Mapping[str, object]) -> None:
    """Refuse options of which at most one may be given.

    Raises:
        click.UsageError: two of them are.
    """
    named = [name for name, value in given.items() if value]
    if len(named) > 1:
        raise click.UsageError(f"{' and '.join(named)} cannot be combined")


@newsprint.command(epilog="Example: newsprint build my-site --output /srv/www --explain")
@_place
@click.option("--output", "-o", metavar="PATH", help="Where the site goes, a folder or a URL.  [default: SITE/public]")
@click.option("--now", metavar="TIME", help="Build as if it were this time (ISO 8601).  [default: the present]")
@click.option("--drafts", "-D", is_flag=True, help="Publish drafts, too, marked as such.")
@click.option("--future", "-F", is_flag=True, help="Publish what waits for its time, too, marked as such.")
@_workers
@click.option("--executor", metavar="URL", help="Let a Dask cluster do the heavy work: dask://HOST:PORT.")
@click.option("--force", "-f", is_flag=True, help="Render everything, whether it changed or not.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--keep-going", "-k", is_flag=True, help="Leave faulty records out and publish the rest.")
@click.option("--explain", "-v", is_flag=True, help="Say of each output why it was rendered, kept or removed.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
@_as_json
def build(site: Path, **options: object) -> None:
    """Build the site in the folder SITE, by default the current one.

    Only what changed since the last build is rendered and written.
    Where a record is at fault nothing is published, and the site that was there stays.
    """
    _refuse_both({"--strict": options["strict"], "--keep-going": options["keep_going"]})
    _refuse_both({"--workers": options["workers"], "--executor": options["executor"]})
    _refuse_both({"--quiet": options["quiet"], "--explain": options["explain"]})
    _refuse_both({"--quiet": options["quiet"], "--json": options["as_json"]})
    from generator.commands.build import run_build

    raise SystemExit(run_build(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    epilog="Example: newsprint build && rsync -a public/ host:/srv/www && newsprint ping",
    short_help="Tell the WebSub hub which feeds changed.",
)
@_place
@click.option("--output", "-o", metavar="PATH", help="Where the site went, a folder or a URL.  [default: SITE/public]")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 600), default=10, metavar="SECONDS", show_default=True, help="Per request."
)
@_as_json
def ping(site: Path, **options: object) -> None:
    """Tell the WebSub hub which feeds changed since it was last told.

    To be run when the site is where readers find it.
    A hub that does not answer is reported, and told again the next time; the exit status is 0 all the same.
    """
    from generator.commands.ping import run_ping

    raise SystemExit(run_ping(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.group(epilog="Example: newsprint theme options broadsheet")
def theme() -> None:
    """List, describe, begin and check themes."""


@theme.command("list", epilog="Example: newsprint theme list --site my-site")
@_site
@_as_json
def theme_list(site: Path, *, as_json: bool) -> None:
    """List the site's themes and those that come with newsprint.

    The one that the site uses is marked with a star.
    """
    from generator.commands.theme import run_list

    raise SystemExit(run_list(site, as_json=as_json))


@theme.command("options", epilog="Example: newsprint theme options broadsheet --json")
@click.argument("name", required=False)
@_site
@_as_json
def theme_options(name: str | None, site: Path, *, as_json: bool) -> None:
    """Describe the options and tokens of the theme NAME, by default the site's.

    What the site chose stands as a line of its site.toml; all else is commented out.
    """
    from generator.commands.theme import run_options

    raise SystemExit(run_options(name, site, as_json=as_json))


@theme.command("new", epilog="Example: newsprint theme new evening --extends broadsheet")
@click.argument("name")
@click.option("--extends", metavar="THEME", default="broadsheet", show_default=True, help="The theme to stand on.")
@_site
@_as_json
def theme_new(name: str, site: Path, extends: str, *, as_json: bool) -> None:
    """Begin a theme of the site's own in themes/NAME.

    It builds at once: a theme.toml with comments, and one part of another theme with a line added.
    """
    from generator.commands.theme import run_new

    raise SystemExit(run_new(name, site, extends=extends, as_json=as_json))


@theme.command("check", epilog="Example: newsprint theme check evening --output golden")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_site
@click.option(
    "--all", "-a", "every", is_flag=True, help="Check every theme at hand: the site's own and the built-in ones."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="Keep the pages in this folder.")
@_as_json
def theme_check(names: tuple[str, ...], **options: object) -> None:
    """Hold the themes NAME against the contract, by default the site's own.

    Golden records of all kinds are built with each, and every page is held against every rule: sponsored messages,
    sources, times, pictures, headings, landmarks, scripts, hosts, weight.
    """
    _refuse_both({"NAME": names, "--all": options["every"]})
    from generator.commands.theme_check import run_theme_check

    raise SystemExit(run_theme_check(names, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    "next", epilog='Example: sleep "$(newsprint next --json | jq ".seconds // 3600")" && newsprint build'
)
@_place
@_now
@_drafts
@_as_json
def next_(site: Path, **options: object) -> None:
    """Tell when the site will next change by itself, and why.

    An embargo ends, something expires, a campaign starts or ends: until that moment a build has nothing to do,
    unless a file is edited.
    """
    from generator.commands.next import run_next

    raise SystemExit(run_next(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    epilog="Example: newsprint explain /news/chips/export-rules/",
    short_help="Tell what an output is made of, and why it was rendered.",
)
@click.argument("path")
@_site
@_output
@_now
@_drafts
@_as_json
def explain(path: str, **options: object) -> None:
    """Tell what the output PATH is made of.

    PATH is its path or address, its file, or the file of the record that it is about.
    Told are its records, its templates, how its sponsored slots were decided, and why it was rendered last.
    """
    from generator.commands.explain import run_explain

    raise SystemExit(run_explain(path, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(epilog="Example: newsprint diff --patch", short_help="Tell what would change if one built now.")
@_place
@_output
@_now
@_drafts
@click.option("--patch", "-p", is_flag=True, help="Show the lines that differ, as a unified diff.")
@click.option("--all", "-a", "every", is_flag=True, help="Name every output, not pages alone.")
@_as_json
def diff(site: Path, **options: object) -> None:
    """Tell what would change if one built now: pages that are new, changed or gone.

    Nothing is published.
    """
    from generator.commands.diff import run_diff

    raise SystemExit(run_diff(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    epilog="Example: newsprint sponsors --csv > campaigns.csv",
    short_help="Tell what each campaign gets: where, when and how often.",
)
@_place
@_output
@_now
@_drafts
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values instead of a table.")
@_as_json
def sponsors(site: Path, **options: object) -> None:
    """Tell what each campaign gets: where and when it runs, how many slots show it, what keeps it away."""
    _refuse_both({"--csv": options["as_csv"], "--json": options["as_json"]})
    from generator.commands.sponsors import run_sponsors

    raise SystemExit(run_sponsors(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    "list",
    epilog="Example: newsprint list scheduled --site my-site",
    short_help="List drafts, scheduled, expired, unverified, orphans, vanished or all.",
)
@click.argument(
    "name",
    metavar="LIST",
    type=click.Choice(["drafts", "scheduled", "expired", "unverified", "orphans", "vanished", "all"]),
)
@_site
@_now
@_as_json
def list_(name: str, **options: object) -> None:
    """List records: drafts, scheduled, expired, unverified, orphans, vanished or all.

    Scheduled ones wait for their time, expired ones are over.
    Unverified are public articles that nobody verified; orphans are what nothing public leads to, pictures too.
    Vanished are no records, but addresses that readers may have and that nothing stands at any more.
    With all every record is listed, with the lists that it is in.
    """
    from generator.commands.list import run_list

    raise SystemExit(run_list(name, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    epilog="Example: newsprint stats --html profile.html",
    short_help="Count what the site holds, and time a whole build.",
)
@_place
@_now
@_drafts
@click.option(
    "--html", "html_file", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with a picture of it."
)
@_as_json
def stats(site: Path, **options: object) -> None:
    """Count what the site holds, and time every step of a whole build.

    All records are read and all outputs rendered, one after the other; nothing is published.
    """
    from generator.commands.stats import run_stats

    raise SystemExit(run_stats(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    epilog="Example: newsprint schema article > article.schema.json",
    short_help="Print JSON Schemas of records and site.toml, for editors.",
)
@click.argument("kind", required=False)
@click.option("--all", "-a", "every", is_flag=True, help="The schemas of all kinds and of site.toml; with --output.")
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="DIR", help="Write KIND.schema.json here.")
@click.option(
    "--dialect",
    type=click.Choice(["2020-12", "draft-07"]),
    default="2020-12",
    show_default=True,
    help="Of JSON Schema.",
)
@_as_json
def schema(kind: str | None, *, every: bool, output: Path | None, dialect: str, as_json: bool) -> None:
    """Print the JSON Schema of the front matter of KIND, for editors.

    KIND is article, story, topic, source, entity, sponsor, page, or config for site.toml.
    """
    if (kind is None) != every:
        raise click.UsageError("give either KIND or --all")
    if every and output is None:
        raise click.UsageError("--all writes files: say where by --output DIR")
    from generator.commands.schema import run_schema

    raise SystemExit(run_schema(kind, output=output, dialect=dialect, as_json=as_json))


@newsprint.command(
    epilog="Example: newsprint serve my-site --port 8080 --open",
    short_help="Show a preview of the site, which follows its files.",
)
@_place
@click.option(
    "--port",
    "-p",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="The port, 0 for any.  [default: 8000, or the next that is free]",
)
@click.option("--host", metavar="ADDRESS", help="Where to listen; 0.0.0.0 lets others see it.  [default: 127.0.0.1]")
@click.option("--published", is_flag=True, help="As readers see it: without drafts and what waits for its time.")
@click.option("--now", metavar="TIME", help="Show the site as if it were this time (ISO 8601).  [default: the present]")
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@_workers
def serve(site: Path, **options: object) -> None:
    """Show a preview of the site in the folder SITE, by default the current one, and follow its files.

    It is built again when a file changes, and the page in the browser is loaded again when it shows the change.
    Drafts and what waits for its time are shown, marked as such.
    Only this machine can see the preview, unless --host says otherwise.
    """
    from generator.commands.serve import run_serve

    raise SystemExit(run_serve(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(epilog="Example: newsprint init my-site --title 'Chip News' --url https://chips.example")
@_place
@click.option("--title", default="My News", show_default=True, metavar="TEXT", help="The site's name.")
@click.option("--url", default="https://news.example", show_default=True, metavar="URL", help="Where it will live.")
@_as_json
def init(site: Path, **options: object) -> None:
    """Make a new site in the folder SITE, which builds at once.

    SITE is by default the current folder; it may be empty, a new repository, or not there yet.
    Files that are there stay as they are: only what is missing is made.
    """
    from generator.commands.init import run_init

    raise SystemExit(run_init(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


def _ids_of(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What the shell may complete where a record's id is to be written."""

    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        from generator.commands.complete import complete_ids

        return complete_ids(kind, context, incomplete)  # type: ignore[arg-type]  # a kind of records

    return complete


@newsprint.command(epilog="Example: newsprint new article 'Chip ban lifted' --topic chips --source wire --edit")
@click.argument("kind", type=click.Choice(["article", "story", "topic", "source", "entity", "sponsor", "page"]))
@click.argument("title")
@_site
@click.option("--id", "record_id", metavar="ID", help="The record's id.  [default: made from the title]")
@click.option("--topic", metavar="ID", shell_complete=_ids_of("topic"), help="Of articles and stories: the topic.")
@click.option("--source", metavar="ID", shell_complete=_ids_of("source"), help="Of articles: who published it.")
@click.option("--source-url", metavar="URL", help="Of articles: the original.")
@click.option("--story", metavar="ID", shell_complete=_ids_of("story"), help="Of articles: the event it belongs to.")
@click.option("--form", type=click.Choice(["report", "brief", "explainer", "feature"]), help="Of articles: the shape.")
@click.option(
    "--draft/--no-draft",
    default=None,
    help="Whether it is a draft.  [default: draft, of articles, stories and sponsors]",
)
@click.option("--edit", "-e", is_flag=True, help="Open the file in $VISUAL or $EDITOR.")
@_as_json
def new(kind: str, title: str, **options: object) -> None:
    """Write a new record of the kind KIND.

    It has the keys that it needs, and notes on those that it may have.
    Nothing is ever overwritten.
    """
    from generator.commands.new import run_new

    raise SystemExit(run_new(kind, title, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(epilog="Example: newsprint move topic:chips --id semiconductors --dry-run")
@click.argument("named", metavar="RECORD")
@click.option("--slug", metavar="SLUG", help="Of articles, stories and pages: the last part of the new address.")
@click.option("--topic", metavar="ID", shell_complete=_ids_of("topic"), help="Of articles and stories: the topic.")
@click.option("--id", "record_id", metavar="ID", help="The new id; all that name the record follow.")
@click.option("--dry-run", is_flag=True, help="Show the lines that would change, and write nothing.")
@_site
@_as_json
def move(named: str, **options: object) -> None:
    """Give a record another address, and keep the old one.

    RECORD is its id, with its kind before it where that is needed (topic:chips), or its file.
    Only the lines that have to change are edited: the record's own, and those that name it.
    Its old address becomes one of its 'aliases', so that readers and feeds follow.
    Where the site would be at fault afterwards nothing is written.
    """
    from generator.commands.move import run_move

    raise SystemExit(run_move(named, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(epilog='Example: eval "$(newsprint completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that makes SHELL complete words and ids.

    Commands, options and the ids of records are completed.
    To install it, write the line below into ~/.bashrc, or into ~/.zshrc with zsh for bash.
    For fish, send what is printed into ~/.config/fish/completions/newsprint.fish.
    """
    from generator.commands.completion import run_completion

    raise SystemExit(run_completion(shell, newsprint))


@newsprint.command("import", epilog="Example: newsprint import hugo ../old-blog --site my-site --dry-run")
@click.argument("system", type=click.Choice(["hugo", "pelican", "jekyll", "eleventy"]))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@_site
@click.option("--source", metavar="ID", shell_complete=_ids_of("source"), help="Whose they are.  [default: the site's]")
@click.option("--topic", metavar="ID", shell_complete=_ids_of("topic"), help="The topic of texts without a category.")
@click.option("--language", "languages", metavar="TAG", multiple=True, help="Only texts in it, such as de.")
@click.option("--report", metavar="FILE", type=click.Path(path_type=Path), help="Where all losses are listed.")
@click.option("--dry-run", "-n", is_flag=True, help="Only say what would be done.")
@_as_json
def import_(system: str, folder: Path, **options: object) -> None:
    """Make records of the texts of another generator.

    DIR is a site of SYSTEM; what has no place in records is told.
    Links between the texts, pictures, old addresses, categories and tags come along. Nothing is overwritten.
    """
    from generator.commands.migrate import run_import

    raise SystemExit(run_import(system, folder, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    epilog="Example: newsprint check my-site --links --strict",
    short_help="Check links, feeds, pictures and more; publish nothing.",
)
@_place
@click.option("--now", metavar="TIME", help="Check as if it were this time (ISO 8601).  [default: the present]")
@click.option("--drafts", "-D", is_flag=True, help="Check drafts, too.")
@click.option("--future", "-F", is_flag=True, help="Check what waits for its time, too.")
@_workers
@click.option("--links", is_flag=True, help="Ask other hosts whether the links to them are alive.")
@click.option("--strict", is_flag=True, help="Fail for warnings, too.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
@click.option("--github", is_flag=True, help="Print annotations as GitHub's workflows read them.")
@_as_json
def check(site: Path, **options: object) -> None:
    """Check the site in the folder SITE, by default the current one, and publish nothing.

    It is built aside and read back: links and their fragments, titles, feeds, pictures, the theme's contract.
    What other hosts answer is reported, and never makes a check fail.
    """
    _refuse_both({"--quiet": options["quiet"], "--json": options["as_json"]})
    _refuse_both({"--github": options["github"], "--json": options["as_json"]})
    from generator.commands.check import run_check

    raise SystemExit(run_check(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


@newsprint.command(
    epilog="Example: newsprint clean my-site --yes",
    short_help="Remove what builds wrote, and what they remember.",
)
@_place
@click.option("--output", "-o", metavar="PATH", help="Where the site went, a folder or a URL.  [default: SITE/public]")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@_as_json
def clean(site: Path, **options: object) -> None:
    """Remove what builds of the site in the folder SITE wrote, and what they remember in .newsprint.

    Files that no build wrote, or that someone changed since, stay.
    """
    if options["as_json"] and not options["yes"]:
        raise click.UsageError("--json asks nothing: give --yes, too")
    from generator.commands.clean import run_clean

    raise SystemExit(run_clean(site, **options))  # type: ignore[arg-type]  # click gives each option by its name


def main() -> None:
    """Run the command line; a fault of ours says so."""
    open_streams()
    try:
        newsprint(prog_name="newsprint")
    except NewsprintError as fault:
        raise SystemExit(f"newsprint: {fault}") from fault
    except Exception:
        click.echo("newsprint: this is a fault of newsprint, not of your files; please report what follows", err=True)
        raise
    finally:
        gc.freeze()  # the process ends, and its memory with it: nobody needs to look for circles any more
        close_streams()
