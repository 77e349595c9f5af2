"""Links that lead out: told where they stand, asked rarely, and never a reason to fail."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from checking import Reply, Web, be_silent, check, show, write_local_site
from generator.check import OutsideReport, check_outside
from generator.check.outside import DAY
from generator.publish.manifest import decode_kept, encode_kept
from generator.web import Manners
from sitebench import SiteBench

QUICK = Manners(pause=0)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as one:
        yield one


def ask(bench: SiteBench, **options: Any) -> OutsideReport:
    return check_outside(check(bench), progress=be_silent, **{"manners": QUICK, **options})


def age(bench: SiteBench, days: float) -> None:
    """Let days go by since the answers that are kept."""
    file = bench.root / ".newsprint/links"
    kept = decode_kept(file.read_bytes(), dict[str, Any])
    assert kept is not None
    file.write_bytes(encode_kept({url: [answer, int(time.time() - days * DAY)] for url, (answer, _) in kept.items()}))


def test_what_is_gone_silent_or_moved_is_told_where_it_stands(empty_bench: SiteBench, web: Web) -> None:
    web.replies |= {
        "/gone": Reply(404),
        "/1": Reply(410),
        "/fails": Reply(500),
        "/old": Reply(301, (("Location", "/new"),)),
        "/busy": Reply(429),
        "/refused": Reply(403),
    }
    links = "\n".join(f"[{name}]({web.url}/{name})" for name in ("gone", "fails", "old", "busy", "refused", "fine"))
    write_local_site(empty_bench, web, body=f"{links}\n[inside](http://10.0.0.1/)")
    asked = ask(empty_bench)
    assert show(asked.problems).replace(web.url, "WEB") == (
        "content/articles/a1.md:4: warning: 'WEB/1' is gone: 410 [dead-outside-link]\n"
        "    source_url: WEB/1\n"
        "    hint: link to an archived copy\n"
        "content/articles/a1.md:9: warning: 'WEB/gone' is gone: 404 [dead-outside-link]\n"
        "    [gone](WEB/gone)\n"
        "    hint: link to an archived copy\n"
        "content/articles/a1.md:10: warning: 'WEB/fails' cannot be reached: it answers 500 [unreachable-link]\n"
        "    [fails](WEB/fails)\n"
        "    hint: check whether it still exists\n"
        "content/articles/a1.md:11: warning: 'WEB/old' has moved permanently [moved-link]\n"
        "    [old](WEB/old)\n"
        "    hint: link to WEB/new\n"
        "content/articles/a1.md:15: warning: 'http://10.0.0.1/' cannot be reached: it leads to a private network, "
        "which is not contacted [unreachable-link]\n"
        "    [inside](http://10.0.0.1/)\n"
        "    hint: check whether it still exists\n"
    )
    assert (asked.known, asked.waiting) == (0, 1)
    assert web.agents == {f"newsprint/0.1.0 (+{web.url}/news/)"}


def test_answers_are_kept_for_a_week_and_bad_ones_for_a_day(empty_bench: SiteBench, web: Web) -> None:
    web.replies["/gone"] = Reply(404)
    write_local_site(empty_bench, web, body=f"[gone]({web.url}/gone) and [fine]({web.url}/fine)")
    first = ask(empty_bench)
    web.asked.clear()

    again = ask(empty_bench)
    assert (again.problems, again.known, web.asked) == (first.problems, first.links, [])

    age(empty_bench, 1.1)
    web.replies["/gone"] = Reply(200)
    assert ask(empty_bench).problems == ()
    assert web.asked == [("HEAD", "/gone")]

    age(empty_bench, 7.1)
    assert ask(empty_bench).known == 0


@pytest.mark.parametrize("damaged", [b"", b"\xc1", b"\x81\xa1a\x01"])
def test_kept_answers_that_are_damaged_are_asked_for_anew(empty_bench: SiteBench, web: Web, damaged: bytes) -> None:
    write_local_site(empty_bench, web)
    checked = check(empty_bench)
    (empty_bench.root / ".newsprint/links").write_bytes(damaged)
    asked = check_outside(checked, progress=be_silent, manners=QUICK)
    assert asked.known == 0
    assert asked.links > 0


def test_a_link_that_only_a_sponsors_file_holds_is_told_there(empty_bench: SiteBench, web: Web) -> None:
    web.replies["/lantern"] = Reply(404)
    campaign = (
        f"---\nsponsor: Lantern\nhomepage: {web.url}/lantern\nheadline: Slow light\nplaces: [article]\n---\nIt is.\n"
    )
    write_local_site(empty_bench, web).write("content/sponsors/lantern.md", campaign)
    (problem,) = ask(empty_bench).problems
    assert (problem.file, problem.line) == ("content/sponsors/lantern.md", 3)
