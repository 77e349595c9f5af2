"""`newsprint schema`: what is printed, what is written, and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import newsprint
from generator.schema import SHAPES, make_schema


def schema(*words: object) -> Result:
    result = CliRunner().invoke(newsprint, ["schema", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("kind", SHAPES)
def test_the_schema_of_a_kind_is_printed(kind: str) -> None:
    result = schema(kind)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads(json.dumps(make_schema(kind)))
    assert result.stdout.count("\n") > 20


def test_json_is_one_line() -> None:
    result = schema("topic", "--json")
    assert result.stdout.count("\n") == 1
    assert json.loads(result.stdout)["title"] == "topic"


def test_the_older_dialect_is_said_in_the_schema() -> None:
    result = schema("topic", "--dialect", "draft-07")
    assert json.loads(result.stdout)["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_all_schemas_are_written_into_a_folder_and_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for _ in range(2):
        result = schema("--all", "--output", folder)
        assert result.exit_code == 0
    assert {file.name for file in folder.iterdir()} == {f"{kind}.schema.json" for kind in SHAPES}
    assert (folder / "page.schema.json").read_text() == schema("page").stdout
    assert result.stdout.startswith(f"Wrote {folder / 'article.schema.json'}, ")


def test_one_schema_is_written_and_named_in_json(tmp_path: Path) -> None:
    result = schema("page", "--output", tmp_path, "--json")
    assert json.loads(result.stdout) == {"files": [str(tmp_path / "page.schema.json")]}


def test_a_folder_that_cannot_be_made_is_status_1(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = schema("--all", "--output", tmp_path / "file" / "schemas")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"newsprint: {tmp_path / 'file'}")
    assert json.loads(schema("--all", "--output", tmp_path / "file", "--json").stdout).keys() == {"failure"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["artcle"], "no kind 'artcle': did you mean 'article'?"),
        ([], "give either KIND or --all"),
        (["page", "--all", "--output", "x"], "give either KIND or --all"),
        (["--all"], "--all writes files: add --output DIR"),
        (["page", "--dialect", "draft-04"], "draft-04"),
    ],
)
def test_wrong_usage_is_status_2_and_says_why(words: list[str], said: str) -> None:
    result = schema(*words)
    assert result.exit_code == 2
    assert said in result.stderr
