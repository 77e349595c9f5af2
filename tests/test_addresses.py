"""What a person writes for a web address, and what goes out."""

import string
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.addresses import AddressError, is_iri, show_address, write_address, write_link

GOES_OUT = {
    "https://w.example/": "https://w.example/",
    "https://w.example": "https://w.example",
    "https://w.example/it's": "https://w.example/it's",
    "https://w.example/it's?a='b'#c'd": "https://w.example/it's?a='b'#c'd",
    "https://w.example/!$&'()*+,;=:@-._~": "https://w.example/!$&'()*+,;=:@-._~",
    " https://w.example/ \n": "https://w.example/",
    "HTTPS://W.Example/Path": "https://w.example/Path",
    "//w.example/x": "https://w.example/x",
    "//w.example?q": "https://w.example?q",
    "https://w.example:8080/": "https://w.example:8080/",
    "https://w.example:65535/": "https://w.example:65535/",
    "https://w.example:/": "https://w.example/",
    "https://w.example/a b": "https://w.example/a%20b",
    "https://w.example/a|b": "https://w.example/a%7Cb",
    "https://w.example/[1]": "https://w.example/%5B1%5D",
    "https://w.example/{a}`^": "https://w.example/%7Ba%7D%60%5E",
    'https://w.example/<a>"': "https://w.example/%3Ca%3E%22",
    "https://w.example/100%": "https://w.example/100%25",
    "https://w.example/%zz%4": "https://w.example/%25zz%254",
    "https://w.example/%41%c3%bc": "https://w.example/%41%c3%bc",
    "https://w.example/ü%20ü": "https://w.example/%C3%BC%20%C3%BC",
    "https://w.example/例?q=é&a=/?#ü#2": "https://w.example/%E4%BE%8B?q=%C3%A9&a=/?#%C3%BC%232",
    "https://w.example/?tags[]=a": "https://w.example/?tags%5B%5D=a",
    "https://w.example/a\\b": "https://w.example/a/b",
    "https://w.example\\@evil.example/": "https://w.example/@evil.example/",
    "https://w.example/\u202egpj": "https://w.example/%E2%80%AEgpj",
    "https://bücher.example/": "https://xn--bcher-kva.example/",
    "https://BÜCHER.example/": "https://xn--bcher-kva.example/",
    "https://xn--bcher-kva.example/": "https://xn--bcher-kva.example/",
    "https://faß.example/": "https://xn--fa-hia.example/",
    "https://例え.example:81/": "https://xn--r8jz45g.example:81/",
    "https://مثال.example/": "https://xn--mgbh0fb.example/",
    "https://☃.example/": "https://xn--n3h.example/",
    "https://w。example/": "https://w.example/",
    "https://w%2Eexample/": "https://w.example/",
    "https://a_b.w.example./": "https://a_b.w.example./",
    "https://127.0.0.1/": "https://127.0.0.1/",
    "https://[::1]:8000/x": "https://[::1]:8000/x",
    "https://%5B::1%5d/": "https://[::1]/",
    "https://[2001:DB8:0::1]/": "https://[2001:db8::1]/",
}

REFUSED = [
    *("", "x", "foo/bar", "/x", "#x", "?x", "www.w.example", "w.example/x", "article:a1"),
    *("javascript:alert(1)", "data:text/html,x", "ftp://w.example/", "file:///x", "tel:1", "mailto:a@w.example"),
    *("http:foo", "http:/foo", "https:foo.example", "https:", "https://", "https:///x", "https://?q", "https://#x"),
    *("//", "///x", "//?x", "https:\\\\w.example", "://w.example"),
    *("https://w.example:99999/", "https://w.example:65536/", "https://w.example:x/", "https://w.example:-1/"),
    "https://w.example:" + "9" * 5000,
    *("http://user:pw@/", "http://user:pw@w.example/", "http://user@w.example/", "https://w.example:80@evil.example/"),
    *("https://a b/", "https://a<b/", "https://a|b/", "https://a^b/", "https://[1]/", "https://[::1/", "https://::1/"),
    *("https://[fe80::1%25eth0]/", "https://256.1.1.1/", "https://1.2.3/", "https://0x7f.1/", "https://1.2.3.4.5/"),
    *(
        "https://a..b/",
        "https://.w.example/",
        "https://./",
        "https://w%00.example/",
        "https://%ff/",
        "https://xn--zzzz-/",
    ),
    "https://" + "a" * 64 + ".example/",
    "https://" + "a." * 127 + "example/",
    "https://" + "ü" * 500 + ".example/",
    *("https://w.example/\x00", "https://w.example/a\nb", "https://w.example/a\tb", "https://w.ex\nample/"),
    *("https://w.example/\x7f", "https://w.example/\x85", "https://w.example/\ud800"),
]


@pytest.mark.parametrize(("written", "goes_out"), GOES_OUT.items())
def test_an_address_is_written_as_every_reader_can_follow_it(written: str, goes_out: str) -> None:
    assert write_address(written) == goes_out
    assert write_address(goes_out) == goes_out
    assert write_link(written) == goes_out


@pytest.mark.parametrize("written", REFUSED)
def test_what_leads_nowhere_is_refused_with_its_reason(written: str) -> None:
    with pytest.raises(AddressError) as caught:
        write_address(written)
    assert str(caught.value).strip()
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("written", "goes_out"),
    [
        ("mailto:desk@w.example", "mailto:desk@w.example"),
        ("MAILTO:desk@w.example?subject=a b&cc=ü", "mailto:desk@w.example?subject=a%20b&cc=%C3%BC"),
    ],
)
def test_texts_also_link_to_mail(written: str, goes_out: str) -> None:
    assert write_link(written) == goes_out


@pytest.mark.parametrize(
    ("goes_out", "shown"),
    [
        ("https://w.example/a?b#c", "https://w.example/a?b#c"),
        ("https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%B6#%C3%A4", "https://bücher.example/straße?q=ö#ä"),
        ("https://xn--r8jz45g.example:81/%E4%BE%8B", "https://例え.example:81/例"),
        ("https://w.example/a%20b%2Fc%25", "https://w.example/a%20b%2Fc%25"),
        ("https://w.example/%E2%80%AEgpj%C2%A0", "https://w.example/%E2%80%AEgpj%C2%A0"),
        ("https://w.example/%ff%C3", "https://w.example/%ff%C3"),
        ("https://xn--pple-43d.example/", "https://xn--pple-43d.example/"),  # a Cyrillic letter before Latin ones
    ],
)
def test_people_read_letters_that_cannot_deceive_them(goes_out: str, shown: str) -> None:
    assert show_address(goes_out) == shown
    assert write_address(show_address(goes_out)).lower() == goes_out.lower()


_SIGNS = st.sampled_from(
    [*string.printable, "ü", "例", "ß", "\u202e", "\u200d", "\ud800", "\xa0", "。", "☃", "%41", "xn--"]
)
_WRITTEN = st.builds(
    "".join,
    st.tuples(st.sampled_from(["", "https://", "http:", "//", "HTTPS://w.example"]), st.lists(_SIGNS).map("".join)),
)


@given(_WRITTEN)
def test_what_goes_out_is_ascii_that_stays_as_it_is_and_has_a_host(written: str) -> None:
    try:
        goes_out = write_address(written)
    except AddressError:
        return
    assert goes_out.isascii()
    assert not set(goes_out) & set(' <>"\\^`{|}\x7f')
    assert write_address(goes_out) == goes_out
    assert write_address(show_address(goes_out)) == goes_out
    parts = urlsplit(goes_out)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert parts.username is None
    assert 0 <= (parts.port or 0) <= 65_535


@pytest.mark.parametrize(
    "text", ["tag:w.example,2026:a", "https://w.example/?p=1", "urn:uuid:1-2", "https://w.example/ü"]
)
def test_these_are_iris(text: str) -> None:
    assert is_iri(text)


@pytest.mark.parametrize("text", ["", "12345", "a b", "/x", "tag:a b", "https://w.example/%zz", "x:", "1:x", "a:<b>"])
def test_these_are_not(text: str) -> None:
    assert not is_iri(text)


_LABELS = st.sampled_from(["a", "w-1", "xn--", "xn--p1ai", "127", "0x1", "1", "_x", "a" * 63, "a" * 64, "example", ""])
_PATHS = st.sampled_from(["", "/", "/it's", "/a b", "/%41", "/ü", ":80/", "/x#y", "?q", "\\x"])


@given(st.sampled_from(["https://", "http://", "HTTP://"]), st.lists(_LABELS, min_size=1, max_size=6), _PATHS)
def test_what_is_taken_as_it_is_written_would_be_written_so(scheme: str, labels: list[str], path: str) -> None:
    written = f"{scheme}{'.'.join(labels)}{path}"
    assert write_way(written) == write_way(f"{written} ")  # a space is cut off, and the long way taken


def write_way(written: str) -> str:
    try:
        return write_address(written)
    except AddressError as fault:
        return f"refused: {fault}"
