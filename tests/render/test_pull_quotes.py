"""Pull quotes between the sections of a text."""

from markupsafe import Markup

from generator.render.pull_quotes import place_quotes

TEXT = Markup("<p>a</p><h2>1</h2><p>b</p><h2>2</h2><p>c</p><h2>3</h2><p>d</p>")


def test_quotes_stand_before_sections_after_the_first_and_those_without_one_are_left_out() -> None:
    shown = place_quotes(TEXT, ["x < y", "z", "too many"])
    assert shown.count('class="pull" aria-hidden="true"') == 2
    assert shown.index("x &lt; y") < shown.index("<h2>2") < shown.index("z</div>") < shown.index("<h2>3")
    assert "too many" not in shown


def test_a_text_with_one_section_has_none() -> None:
    assert place_quotes(Markup("<h2>1</h2>"), ["x"]) == Markup("<h2>1</h2>")
