"""Bodies for readers elsewhere."""

from generator.names import Digest
from generator.outputs.parts import Picture, Text
from generator.records.body import mark_ref
from generator.render.absolute import write_absolute

PAGE = "https://bench.example/deep/news/chips/a1/"


def write(html: str, **fields: object) -> str:
    text = Text(digest=Digest("0" * 32), **fields)  # type: ignore[arg-type]
    return write_absolute(text, PAGE, PAGE, lambda _: html)


def test_links_of_the_site_get_its_host() -> None:
    html = f'<a href="{mark_ref("article:a2")}">Two</a>'
    assert write(html, hrefs={"article:a2": "/deep/news/chips/a2/"}) == (
        '<a href="https://bench.example/deep/news/chips/a2/">Two</a>'
    )


def test_a_link_that_leads_nowhere_is_text_and_one_to_a_part_leads_to_the_page() -> None:
    html = f'<a href="{mark_ref("article:gone")}">Gone</a> <a href="#s-part">Part</a>'
    assert write(html) == f'Gone <a href="{PAGE}#s-part">Part</a>'


def test_pictures_have_full_addresses_and_their_size() -> None:
    picture = Picture(href="/media/x.png", url="https://bench.example/media/x.png", width=8, height=4, alt="")
    assert write(f'<img alt="x" src="{mark_ref("x.png")}">', pictures={"x.png": picture}) == (
        '<img alt="x" src="https://bench.example/media/x.png" width="8" height="4">'
    )
