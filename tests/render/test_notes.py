"""Links for paper: numbered in the text, and listed once."""

from markupsafe import Markup

from generator.render.notes import note_links

PAGE = "https://site.example/news/a/"


def test_links_are_numbered_in_their_order_and_one_address_has_one_number() -> None:
    html = (
        '<p><a href="/b/">b</a>, <a href="https://c.example/?x=1&amp;y=2" rel="noopener">c</a>, <a href="/b/">b</a></p>'
    )
    noted = note_links(Markup(html), PAGE)
    assert noted.addresses == ("https://site.example/b/", "https://c.example/?x=1&y=2")
    assert noted.html.count('data-note="1"') == 2
    assert '<a href="https://c.example/?x=1&amp;y=2" data-note="2" rel="noopener">' in noted.html


def test_links_within_the_page_have_no_number() -> None:
    html = Markup('<a href="#part">part</a>')
    assert note_links(html, PAGE) == (html, ())
