"""`newsprint theme`: list, describe, create and check themes."""

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from generator.commands import options
from generator.commands.terminal import themes as terminal
from generator.commands.terminal.reporter import Reporter
from generator.config import read_config
from generator.errors import suggest
from generator.load.locate import locate_problems
from generator.reach import Reach
from generator.theme import describe_theme, eject_files, known_themes, list_themes, make_theme


@click.group(epilog="Example: newsprint theme options broadsheet")
def theme() -> None:
    """List, describe, create and check themes."""


@theme.command("list", epilog="Example: newsprint theme list --site my-site")
@options.site
@options.as_json
def theme_list(site: Path, *, as_json: bool) -> int:
    """List the site's themes and the built-in ones.

    A star marks the one that the site uses.
    """
    with Reporter(site, as_json=as_json) as reporter:
        themes, problems = list_themes(site, read_config(site))
        located = locate_problems(problems, site)
        reporter.report({"themes": themes, "problems": located}, lambda: terminal.print_themes(themes, located))
        reporter.status = int(any(problem.is_error for problem in problems))
    return reporter.status


@theme.command("options", epilog="Example: newsprint theme options broadsheet --json")
@click.argument("name", required=False)
@options.site
@options.as_json
def theme_options(name: str | None, site: Path, *, as_json: bool) -> int:
    """Describe the options and tokens of the theme NAME, by default the site's.

    Values that the site set are lines for site.toml; all others are comments.
    """
    with Reporter(site, as_json=as_json) as reporter:
        config = read_config(site)
        _refuse_unknown([name] if name is not None else [], site)
        found = describe_theme(site, config, name)
        located = locate_problems(found.problems, site)
        document = {**msgspec.structs.asdict(found), "problems": located}
        reporter.report(document, lambda: terminal.print_choices(found, located))
        reporter.status = int(any(problem.is_error for problem in found.problems))
    return reporter.status


@theme.command("new", epilog="Example: newsprint theme new evening --extends broadsheet")
@click.argument("name")
@click.option("--extends", metavar="THEME", default="broadsheet", show_default=True, help="The theme to extend.")
@options.site
@options.as_json
def theme_new(name: str, site: Path, extends: str, *, as_json: bool) -> int:
    """Create a theme in themes/NAME.

    It consists of a commented theme.toml and one template with an added line, and builds at once.
    """
    with Reporter(site, as_json=as_json) as reporter:
        files = make_theme(Reach(site, read_config(site).content.allow_links), name, extends)
        use = f'To use the theme, add to site.toml:\n\n[theme]\nname = "{name}"'
        reporter.done({"name": name, "files": files}, f"Made {', '.join(files)}.", use)
    return reporter.status


@theme.command("eject", epilog="Example: newsprint theme eject footer.html")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options.site
@options.as_json
def theme_eject(files: tuple[str, ...], *, site: Path, as_json: bool) -> int:
    """Copy templates and assets FILE that the site's own theme inherits into it, to be changed there.

    A template that builds upon the one below it (parent:) comes with that one.
    """
    with Reporter(site, as_json=as_json) as reporter:
        config = read_config(site)
        made = eject_files(Reach(site, config.content.allow_links), config.theme.name, files)
        reporter.done({"name": config.theme.name, "files": made}, f"Made {', '.join(made)}.")
    return reporter.status


@theme.command("check", epilog="Example: newsprint theme check evening --output golden")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.site
@click.option(
    "--all", "-a", "every", is_flag=True, help="Check every available theme: the site's own and the built-in ones."
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="Keep the built pages in this folder."
)
@options.as_json
def theme_check(names: tuple[str, ...], *, site: Path, every: bool, output: Path | None, as_json: bool) -> int:
    """Check the themes NAME against the contract, by default the site's own.

    Golden records of all kinds are built with each, and every page is held against every rule: sponsored messages,
    sources, times, pictures, headings, landmarks, scripts, hosts, weight.
    """
    options.refuse_both({"NAME": names, "--all": every})
    from generator.theme_check import check_themes

    _refuse_unknown(names, site)
    with terminal.ThemeReporter(site, as_json=as_json) as reporter:
        for report in check_themes(site, names, every=every, output=output):
            reporter.checked(report)
    reporter.sum_up()
    return reporter.status


def _refuse_unknown(names: Sequence[str], site: Path) -> None:
    known = known_themes(site)
    for name in names:
        if name not in known:
            hint = suggest(name, known, otherwise=f"there are {', '.join(sorted(known))}")
            raise click.BadParameter(f"no theme '{name}': {hint}", param_hint="NAME")
