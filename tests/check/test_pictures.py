"""Pictures that nothing shows, that are too heavy, or that pages show bare; and the theme that does so."""

import sqlite3
from pathlib import Path

from checking import check
from conftest import ROOT
from generator.check.look import _MEMORY
from generator.check.pictures import HEAVY_BYTES, check_files
from generator.errors import LocatedProblem
from sitebench import SiteBench, article

WAFER = (ROOT / "content/media/wafer.webp").read_bytes()
FOOTER = """\
{% include "parent:footer.html" %}
<a href="/imprint/">Imprint</a>
<p style="color: red"><img src="{{ asset("favicon.svg") }}"></p>
"""


def told(bench: SiteBench, *wanted: str) -> list[tuple[str, str]]:
    return [(one.file, one.message) for one in check(bench).problems if one.code in wanted]


def test_pictures_that_nothing_shows_are_told_at_once(bench: SiteBench) -> None:
    for name in ("wafer.webp", "b.webp", "c.WEBP", "notes.txt"):
        bench.write(f"content/media/{name}", WAFER)
    bench.write("content/articles/d.webp", WAFER)
    bench.write("content/articles/a1.md", article("Chip news 1", 1, image={"src": "wafer.webp", "alt": "A wafer"}))
    assert told(bench, "unused-picture") == [
        (
            "content/articles/d.webp",
            "nothing shows this picture, nor 2 others: content/media/b.webp, content/media/c.WEBP",
        )
    ]


def test_a_picture_of_an_option_is_used() -> None:
    assert list(check_files({"content/media/a.png": 1}, frozenset({"content/media/a.png"}))) == []


def test_a_heavy_picture_is_told() -> None:
    used = frozenset({"content/media/a.png", "content/media/b.png"})
    sizes = {"content/media/a.png": HEAVY_BYTES, "content/media/b.png": HEAVY_BYTES + 2**20}
    (problem,) = check_files(sizes, used)
    assert (problem.file, problem.message) == ("content/media/b.png", "the picture has 9.0 MB")


def golden_builds(bench: SiteBench) -> int:
    connection = sqlite3.connect(bench.root / ".newsprint/memory.sqlite")
    (count,) = connection.execute("SELECT count(*) FROM finding WHERE name = ?", (_MEMORY,)).fetchone()
    connection.close()
    return int(count)


def test_a_theme_of_the_site_is_held_against_the_contract_and_its_faults_are_told_at_its_templates(
    bench: SiteBench,
) -> None:
    check(bench)
    assert not golden_builds(bench), "what comes with the program was checked before"

    bench.edit("site.toml", 'name = "base"', 'name = "night"')
    bench.write("themes/night/theme.toml", 'title = "Night"\nextends = "base"\n')
    bench.write("themes/night/assets/broken.svg", "<svg>")
    bench.write("themes/night/templates/footer.html", FOOTER.replace("favicon.svg", "broken.svg"))
    problems = check(bench).problems
    pages = len(list((bench.root / ".newsprint/check").rglob("*.html")))
    everywhere = f"(and in {pages - 1} more outputs)"
    by_code = {problem.code: problem for problem in problems}

    def place(problem: LocatedProblem) -> tuple[str, int | None, str]:
        return problem.file, problem.line, problem.message

    said = f"the link to '/imprint/' is broken, in 404.html {everywhere}"
    assert place(by_code["broken-link"]) == ("themes/night/templates/footer.html", 2, said)
    said = f"a picture has no alt, width, height {everywhere}"
    assert place(by_code["bare-picture"]) == ("404.html", None, said)
    assert Path(by_code["unreadable-output"].file).match("assets/broken.*.svg")
    assert by_code["inline-style"].file.startswith("night/")
    assert golden_builds(bench)
    assert check(bench).problems == problems
