"""The tables of the docs are those that the types make."""

from pathlib import Path

import pytest

from conftest import ROOT
from generator.schema.keys import SHAPES, list_keys
from generator.schema.tables import fill_tables, main

PAGES = [ROOT / "docs/records.md", ROOT / "docs/configuration.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_tables_of_a_page_are_as_made(page: Path) -> None:
    assert fill_tables(page.read_text()) == page.read_text(), "run: make docs"


def test_every_kind_and_every_table_of_site_toml_has_a_table() -> None:
    text = "".join(page.read_text() for page in PAGES)
    with_keys = {key.path.partition(".")[0] for key in list_keys("config") if "." in key.path}
    for name in (*SHAPES, *(f"config.{table}" for table in with_keys)):
        assert text.count(f"<!-- table: {name} -->\n") == 1, name


def test_a_row_says_type_default_and_meaning() -> None:
    page = fill_tables("<!-- table: article -->\n<!-- end of table -->")
    assert (
        "| `form` | `report`, `brief`, `explainer` or `feature` | `report` | The shape of the page. | shown |\n" in page
    )
    assert "| `topic` | topic id | required | The primary topic; it is part of the address. | shown |\n" in page
    assert "\n| `sentiment.score` | number, −1 to 1 | none | The sentiment as a number" in page
    assert "| `revisions[].at` | time | required | When it was changed. | shown |\n" in page


def test_a_table_of_site_toml_writes_defaults_as_toml_does() -> None:
    page = fill_tables("<!-- table: config.images -->\n<!-- end of table -->")
    widths = "| `widths` | list of whole numbers, 16–8192 | `[320, 480, 640, 960, 1280, 1920]` | "
    assert page.startswith("<!-- table: config.images -->\n| key | type | default | meaning |\n|---|---|---|---|\n")
    assert widths in page


def test_filling_leaves_the_text_around_a_table_and_goes_again(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before.\n\n<!-- table: page -->\n(stale)\n<!-- end of table -->\n\nAfter.\n")
    main([str(page)])
    once = page.read_text()
    assert once.startswith("Before.\n\n<!-- table: page -->\n| key |")
    assert once.endswith("|\n<!-- end of table -->\n\nAfter.\n")
    assert "(stale)" not in once
    main([str(page)])
    assert page.read_text() == once
