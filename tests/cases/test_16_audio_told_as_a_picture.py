"""What plays or shows something from elsewhere is no picture, and no reason to refuse a site."""

import shutil
from pathlib import Path

import pytest

from generator.config import ENGINE_LIBRARIES
from sitebench import NOW, SiteBench

CASE = Path(__file__).parent / "16-audio-told-as-a-picture"
ARTICLE = "content/articles/a.md"
AUDIO = '<audio src="https://wire.example/12.mp3"></audio>'


@pytest.fixture(params=ENGINE_LIBRARIES)
def site(tmp_path: Path, request: pytest.FixtureRequest) -> SiteBench:
    bench = SiteBench(shutil.copytree(CASE, tmp_path / "site"))
    return bench.edit(
        "site.toml", '[site]\ntitle = "Loam', f'[markdown]\nengine = "{request.param}"\n[site]\ntitle = "Loam'
    )


def test_audio_is_told_by_its_name_and_place(site: SiteBench) -> None:
    site.build(now=NOW).expect_built().expect_report(
        f"{ARTICLE}:10: warning: the <audio> of 'https://wire.example/12.mp3' is removed: "
        f"pages load nothing from other hosts [unusable-html]\n    {AUDIO}\n"
        "    hint: link to it, such as [description](https://wire.example/12.mp3)\n"
    )


@pytest.mark.parametrize(
    "written",
    [
        '<audio src="12.mp3"></audio>',
        '<audio controls><source src="12.mp3" type="audio/mpeg"></audio>',
        '<video src="/films/12.mp4" poster="12.png"></video>',
        '<iframe src="https://tube.example/12"></iframe>',
        '<embed src="12.svg">',
        '<object data="12.pdf"></object>',
        '<input type="image" src="12.png">',
        '<track src="12.vtt">',
    ],
)
def test_none_of_its_like_is_looked_for_as_a_picture(site: SiteBench, written: str) -> None:
    site.edit(ARTICLE, AUDIO, written).build(now=NOW).expect_built()
    assert "image]" not in site.problems
    assert ("[unusable-html]" in site.problems) is ("<track" not in written)
