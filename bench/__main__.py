"""`python -m bench`: measure, keep the figures, and write the page and the chart of them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from bench.chart import render_chart
from bench.corpus import Corpus
from bench.measure import SCENARIOS, BuildError, Figures, Rounds, Tool
from bench.peers import PEERS, install
from bench.results import Results, ToolResults, read_results, render_page, this_machine, write_results
from bench.site import Newsprint
from bench.site import install as install_newsprint

FOLDER = Path(__file__).parent


def _chosen(known: list[str], text: str) -> list[str]:
    """The names in a list with commas; `all` and `none` are lists, too."""
    names = {"all": known, "none": []}.get(text) or [name for name in text.split(",") if name not in {"", "none"}]
    for name in names:
        if name not in known:
            raise click.BadParameter(f"'{name}' is none of {', '.join(known)}")
    return names


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--size", "sizes", type=int, multiple=True, default=[1000], help="Articles.  [repeatable; default: 1000]")
@click.option("--peers", default="all", help=f"Other tools: {', '.join(PEERS)}.  [default: all]")
@click.option("--runs", type=click.IntRange(1, 40), default=3, show_default=True, help="Timed runs of each.")
@click.option("--engine", default="default", show_default=True, help="Engines of markdown, such as default,commonmark.")
@click.option("--scenarios", default="all", help=f"What to measure: {', '.join(SCENARIOS)}.  [default: all]")
@click.option("--profile", type=click.Choice(["peers", "full"]), default="peers", show_default=True, help="Which site.")
@click.option("--seed", default=1, show_default=True, help="Of the corpus.")
@click.option("--date", default=None, help="The day to print.  [default: today]")
@click.option("--cache", type=click.Path(path_type=Path), default=Path(".bench"), show_default=True,
              help="Where peers are installed and sites are built.")  # fmt: skip
@click.option(
    "--results", type=click.Path(path_type=Path), default=FOLDER, help="Where the results go.  [default: bench]"
)
@click.option("--keep", is_flag=True, help="Keep the sites that were built.")
def main(
    *,
    sizes: tuple[int, ...],
    peers: str,
    runs: int,
    engine: str,
    scenarios: str,
    profile: str,
    seed: int,
    date: str | None,
    cache: Path,
    results: Path,
    keep: bool,
) -> None:
    """Measure Newsprint, and others beside it, on invented sites of some size."""
    now = datetime.now(UTC)
    cache = cache.resolve()
    engines = ["" if name == "default" else name for name in engine.split(",")]
    program = install_newsprint(cache)
    ours = [Newsprint(profile, name, program) for name in engines]
    wanted = _chosen(list(SCENARIOS), scenarios)
    others = install(_chosen(list(PEERS), peers), cache) if profile == "peers" else []
    found = read_results(results / "results.json")
    session = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    found.sessions[session] = this_machine(date or f"{now:%Y-%m-%d}")
    works = [cache / f"work-{now:%Y%m%d%H%M%S}-{size}" for size in sizes]
    try:
        for size, work in zip(sizes, works, strict=True):
            able = [peer for peer in others if size <= (peer.most_articles or size)]
            tools: list[Tool] = [*ours, *able]
            _measure(Rounds(tools, Corpus(size, seed), work, tell=click.echo), tools, wanted, runs, session, found)
            write_results(results / "results.json", found)
            (results / "results.md").write_text(render_page(found), encoding="utf-8")
            (results / "results.svg").write_text(render_chart(found), encoding="utf-8")
    except BuildError as fault:
        raise click.ClickException(str(fault)) from fault
    finally:
        for work in [] if keep else works:
            shutil.rmtree(work, ignore_errors=True)
    click.echo(render_page(found))


def _measure(rounds: Rounds, tools: list[Tool], scenarios: list[str], runs: int, session: str, found: Results) -> None:
    """Add the figures of one size to what was found before."""
    figures: dict[str, dict[str, Figures]] = {tool.name: {} for tool in tools}
    for scenario in SCENARIOS:
        if scenario in scenarios:
            for name, measured in rounds.measure(scenario, runs=runs).items():
                measured.session = session
                figures[name][scenario] = measured
    for tool in tools:
        if figures[tool.name]:
            results = ToolResults(tool.version, rounds.counts[tool.name], figures[tool.name])
            found.add(rounds.corpus.size, tool.name, results)


if __name__ == "__main__":
    main()
