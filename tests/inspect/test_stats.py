"""What `measure_site` counts and times."""

from generator.build import Request, survey
from generator.inspect import Span, measure_site
from sitebench import NOW, SiteBench


def test_counts_are_those_of_the_site_and_the_profile_adds_up(bench: SiteBench) -> None:
    seen: list[tuple[int, int]] = []
    with survey(Request(root=bench.root, output=bench.output, now=NOW, workers=1)) as known:
        stats = measure_site(known, progress=lambda done, total: seen.append((done, total)))
    assert not bench.output.exists()
    files = bench.build().expect_built().files()
    assert sum(stats.outputs.values()) == len(files)
    assert sum(stats.sizes.values()) == sum(map(len, files.values()))
    assert stats.outputs["pages of articles"] == stats.records["articles"] == 5
    assert (sum(stats.withheld.values()), stats.words) == (0, 5 * 6 + 3 + 3)
    assert {step.name for step in stats.profile.parts} == {"reading", "preparing", "rendering"}
    assert_adds_up(stats.profile)
    assert len(seen) == sum(stats.records.values()) + len(files)


def assert_adds_up(span: Span) -> None:
    if span.parts:
        assert abs(sum(part.seconds for part in span.parts) - span.seconds) < 1e-6
        assert sum(part.count for part in span.parts) == span.count
        assert list(span.parts[:-1]) == sorted(span.parts[:-1], key=lambda part: -part.seconds)
        for part in span.parts:
            assert_adds_up(part)
