"""Finding record files, whatever else lies there."""

from pathlib import Path

from generator.load.files import find_records


def test_a_link_to_itself_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    folder = tmp_path / "content/articles"
    folder.mkdir(parents=True)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    found, problems = find_records(tmp_path)
    assert found == []
    assert [problem.code for problem in problems] == ["unreadable-file"]
