"""HTML in the texts of other systems."""

import pytest

from generator.importers.html import open_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('<div class="x" markdown="1">\n*A*\n</div>\nB', "*A* B"),
        ("<div markdown=1><div>A</div></div>", "<div>A</div>"),
        ('<div><section markdown="block">A</section></div> markdown', "<div> A </div> markdown"),
        ("<div>A</div> of markdown </div>", "<div>A</div> of markdown </div>"),
    ],
)
def test_an_element_that_says_that_it_holds_markdown_goes_with_both_its_tags(text: str, shown: str) -> None:
    assert open_markdown(text).split() == shown.split()
