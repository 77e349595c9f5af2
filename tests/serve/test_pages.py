"""Built pages become pages of the preview."""

import pytest

from generator.serve.pages import add_script, loosen_policy

ORIGIN = "http://127.0.0.1:8000"
OWN = "http://127.0.0.1:8000/-newsprint/"
SCRIPT = b'<script type="module" src="/-newsprint/reload.js?build=7"></script>'


@pytest.mark.parametrize(
    ("policy", "loosened"),
    [
        ("script-src 'none'", f"script-src {OWN}"),
        ("script-src 'self'; connect-src 'self'", f"script-src 'self' {OWN}; connect-src 'self' {OWN}"),
        ("default-src 'none'", f"default-src 'none'; script-src {OWN}; connect-src {OWN}"),
        ("default-src 'self'", f"default-src 'self'; script-src 'self' {OWN}; connect-src 'self' {OWN}"),
        ("Script-Src 'NONE' ;; img-src *", f"script-src {OWN}; img-src *"),
        ("script-src 'self'; script-src *", f"script-src 'self' {OWN}"),
        ("img-src 'self'", "img-src 'self'"),
        ("", ""),
    ],
)
def test_a_policy_lets_the_script_of_the_preview_through_and_keeps_all_else(policy: str, loosened: str) -> None:
    assert loosen_policy(policy, OWN) == loosened


@pytest.mark.parametrize(
    ("page", "made"),
    [
        (b"<head><title>A</title></head><p>B", b"<head><title>A</title>" + SCRIPT + b"</head><p>B"),
        (b"<title>A</title></HEAD ><p></head>", b"<title>A</title>" + SCRIPT + b"</HEAD ><p></head>"),
        (b"<p>no head", b"<p>no head" + SCRIPT),
        (b"", SCRIPT),
    ],
)
def test_a_page_gets_the_script_at_the_end_of_its_head(page: bytes, made: bytes) -> None:
    assert add_script(page, 7, ORIGIN) == made


def test_the_policy_of_a_page_is_loosened_where_it_stands() -> None:
    page = (
        b"""<META content='script-src &#39;none&#39;' HTTP-EQUIV=Content-Security-Policy><meta name="a" content="b">"""
    )
    made = f'<META content="script-src {OWN}" HTTP-EQUIV=Content-Security-Policy><meta name="a" content="b">'
    assert add_script(page, 7, ORIGIN) == made.encode() + SCRIPT


def test_a_page_that_is_not_utf8_is_shown_as_it_is() -> None:
    page = b'<meta http-equiv="Content-Security-Policy" content="img-src \xff"></head>\xff'
    assert add_script(page, 7, ORIGIN) == page.replace(b"</head>", SCRIPT + b"</head>")
