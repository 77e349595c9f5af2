"""Whatever one record does, the others are published, and it is published or named."""

from itertools import islice
from pathlib import Path

import pytest
from fuzzing import fuzz, is_long
from hostile import CLASSES, IN_CLASS, corpus

from generator.build import Request, survey
from sitebench import NOW, SMALL, SiteBench, article

pytestmark = [fuzz, pytest.mark.slow]

GOOD = {f"content/articles/good{day}.md": article(f"Good news {day}", day) for day in (1, 2)}


def test_the_corpus_is_large_and_differs() -> None:
    assert len(CLASSES) == 12
    assert len({one.data + repr(one.beside).encode() for one in corpus().values()}) > 400
    assert len(CLASSES) * IN_CLASS >= 500


def test_any_hostile_record_costs_itself_and_no_other(tmp_path: Path) -> None:
    site = SiteBench(tmp_path / "site").write_all(SMALL).write_all(GOOD)
    attacks = dict(islice(corpus().items(), 0, None, 1 if is_long() else 11))
    for name, one in attacks.items():
        site.write(f"content/articles/{name}/hostile-{name}.md", one.data)
        for file, data in one.beside.items():
            site.write(f"content/articles/{name}/{file}", data)
    report = site.build(keep_going=True).expect_built().report
    assert report is not None
    assert {"news/chips/good1/index.html", "news/chips/good2/index.html"} <= site.files().keys()
    told = {problem.file.split("/")[2] for problem in report.problems if problem.is_error}
    with survey(Request(root=site.root, now=NOW, output=site.output, workers=1, keep_going=True)) as known:
        owners = {draft.owner for draft in known.prepared.plan.drafts}
    published = {name for name in attacks if f"content/articles/{name}/hostile-{name}.md" in owners}
    assert attacks.keys() <= told | published
    assert len(told) > len(attacks) / 4
