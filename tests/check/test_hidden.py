"""Links to what readers cannot see."""

from checking import found
from sitebench import SiteBench, article


def test_a_link_to_a_draft_or_to_what_expired_is_told_where_it_stands(bench: SiteBench) -> None:
    body = (
        "See [one](article:later), [two](article:draft), [three](article:over), [four](article:a2) and [five](story:s)."
    )
    bench.write("content/articles/new.md", article("New", 9, body=body))
    bench.write("content/articles/later.md", article("Later", 1, published="2027-01-01T00:00:00Z"))
    bench.write("content/articles/draft.md", article("Draft", 2, draft=True, body="Of [it](article:over)."))
    bench.write("content/articles/over.md", article("Over", 3, expires="2026-06-01T00:00:00Z"))
    bench.write("content/stories/s.md", "---\ntitle: S\npublished: 2026-05-01\ntopic: chips\ndraft: true\n---\n")
    told = [line for line in found(bench).splitlines() if "hidden-link" in line]
    assert [line.split(": ", 2)[2].split(":")[0] + line.split("'")[1] for line in told] == [
        "'articlearticle:draft",
        "'articlearticle:over",
        "'storystory:s",
    ]
    assert all(line.startswith("content/articles/new.md:") for line in told)
    assert "'article:draft' leads" not in found(bench, drafts=True)
