"""Links, pictures, footnotes and HTML of markdown are found wherever they stand, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imports import expect_even_growth

from generator.importers.headings import name_headings
from generator.importers.html import Rewriting
from generator.importers.markup import map_outside_code
from generator.importers.old_site import Lack
from generator.importers.texts import fence, rewrite_text
from generator.load.markdown import Compiler


def rewrite(text: str, *, has_bare_links: bool = False) -> str:
    """Links get a `!` before them, pictures `p/`; `gone` leads nowhere, and a picture `far` is none."""

    def link(target: str) -> str | None:
        return None if target == "gone" else f"!{target}"

    def picture(target: str) -> tuple[str | None, bool]:
        return (None, False) if target == "gone" else (target, False) if target == "far" else (f"p/{target}", True)

    def tell(what: Lack, found: str, fate: str) -> None:
        assert all((what, found, fate))

    return rewrite_text(text, Rewriting(link, picture, tell, has_bare_links))


CASES = {
    "[a](b)": "[a](!b)",
    '[a](b "t")': '[a](!b "t")',
    "[a](<b c>)": "[a](<!b c>)",
    "[a](b_(c))": "[a](<!b_(c)>)",
    "[a\nb](c)": "[a\nb](!c)",
    "[a [b] c](d)": "[a [b] c](!d)",
    r"\[a](b)": r"\[a](b)",
    "[a](gone) b": "a b",
    "![a](b)": "![a](p/b)",
    '![a](b "t")': '![a](p/b "t")',
    "![a](gone)": "a",
    "![a](far)": "[a](far)",
    "![](far)": "[far](far)",
    "[![a](b)](c)": "[![a](p/b)](!c)",
    "[![a](far)](c)": "[a](far) ([!c](!c))",
    "[![a](gone)](c)": "[a](!c)",
    "[a]: b": "[a]: !b",
    '[a]: <b> "t"': '[a]: !b "t"',
    "![a][b]\n\n[b]: c": "![a](p/c)\n\n",
    "<https://a.example/>": "[https://a.example/](!https://a.example/)",
    '<a href="b" class="c">d</a>': '<a href="!b">d</a>',
    "<a href='gone'>d</a>": "<a>d</a>",
    '<img class=x src="b" alt="d">': '<img src="p/b" alt="d">',
    '<img src="far" alt="d &quot;e">': '<a href="far">d &quot;e</a>',
    '<img src="gone" alt="d">': "d",
    '<iframe src="//v.example/1"></iframe>': '<a href="!//v.example/1">!//v.example/1</a>',
    '<div class="a">b</div>': '<div class="a">b</div>',
    "`[a](b)`": "`[a](b)`",
    "``[a](b)` ``": "``[a](b)` ``",
    "```\n[a](b)\n```\n[a](b)": "```\n[a](b)\n```\n[a](!b)",
    "~~~ py\n[a](b)\n~~~": "~~~py\n[a](b)\n~~~",
    "```\n[a](b)": "```\n[a](b)\n```\n",
    "````\n```\n[a](b)\n````": "````\n```\n[a](b)\n````",
    "a ` b\n\n[a](b) ` c": "a ` b\n\n[a](!b) ` c",
    "<!-- [a](b) -->c": "<!-- [a](b) -->c",
    "<mailto:a@b.example>": "[mailto:a@b.example](!mailto:a@b.example)",
    "```js {1,3} title='x'\na\n```": "```js\na\n```",
    "``` {.python}\na\n```": "```python\na\n```",
    "~~~\na\n~~~": "~~~\na\n~~~",
    "[a]: gone": "",
    "a[^1]\n\n[^1]: b": "a[^1]\n\n[^1]: b",
    "https://a.example/b.": "https://a.example/b.",
    "a < b > c [d] (e)": "a < b > c [d] (e)",
    "[a](b) (c)": "[a](!b) (c)",
    "[a][1](c)\n\n[1]: d": "[a][1](c)\n\n[1]: !d",
    "[a]\n\n[a]: gone": "a\n\n",
    "[a][]\n\n[A]: gone": "a\n\n",
    "* [a\n* [b](c)\n* [d](e)": "* [a\n* [b](!c)\n* [d](!e)",
    "[" * 50 + "a](b)": "[" * 49 + "[a](!b)",
    "[a](b 'it\"s')": '[a](!b "it&quot;s")',
    "![![a](b)](c)": r"\![![a](p/b)](!c)",
    "so!![a](far)": r"so\![a](far)",
    r"so\!![a](far)": r"so\![a](far)",
    "[![a](far)](far)": "[a](far) ([!far](!far))",
    "> [a]: b\n> [a]": "> [a]: !b\n> [a]",
    "    [a](b)": "    [a](b)",
    "- a\n\n  ~~~ py {x}\n  b": "- a\n\n  ~~~py\n  b\n  ~~~\n",
    "<div markdown='1'>\n[a](b)\n</div>": "\n\n\n[a](!b)\n\n\n",
    "<script>\n[a](b)\n</script>c": "c",
    "A <script> tag, [a](b)\n\n- a <style> too\n\nc": "A <script> tag, [a](!b)\n\n- a <style> too\n\nc",
    "<video src='v.mp4'>old</video>": '<a href="!v.mp4">!v.mp4</a>old',
    "<a href='b'><img src='far' alt='d'></a>": '<a href="!b">d</a>',
    "<!-- <a href='b'> -->": "<!-- <a href='b'> -->",
    "a -- b": "a -- b",
    "<strike>a</strike> <TT>b</TT>": "<s>a</s> <code>b</code>",
    '<meta charset="utf-8">a': "a",
    "Vec<T> a": "Vec<T> a",
    "a[^1]\n\n[^1]: [b](c)": "a[^1]\n\n[^1]: [b](!c)",
    "~~[a](b)~~": "~~[a](!b)~~",
    "- [ ] [a](b)": "- [ ] [a](!b)",
    "A\n: [a](b)": "A\n: [a](!b)",
    "é [a](b) é": "é [a](!b) é",
}


@pytest.mark.parametrize("text", CASES)
def test_what_links_is_rewritten_and_what_only_looks_so_is_not(text: str) -> None:
    assert rewrite(text) == CASES[text]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See https://a.example/b_c.", "See [https://a.example/b_c](!https://a.example/b_c)."),
        ("[a](https://a.example/)", "[a](!https://a.example/)"),
        ("`https://a.example/`", "`https://a.example/`"),
        ('<a href="https://a.example/">b</a>', '<a href="!https://a.example/">b</a>'),
    ],
)
def test_bare_addresses_become_links_where_they_were(text: str, wanted: str) -> None:
    assert rewrite(text, has_bare_links=True) == wanted


HEADINGS = {
    "## How *it* is {#how}": ("## How *it* is", {"how": "how-it-is"}),
    "### More {: #more .x}": ("### More", {"more": "more"}),
    "## The `--quick` switch {#switch}": ("## The `--quick` switch", {"switch": "the-quick-switch"}),
    "Two *words* {#two}\n=====": ("Two *words*\n=====", {"two": "two-words"}),
    "## Closed {#c} ##": ("## Closed", {"c": "closed"}),
    "## <a id='x'></a>Old": ("## <a id='x'></a>Old", {"x": "old"}),
    '# <a name="y">Older</a>': ('# <a name="y">Older</a>', {"y": "older"}),
    '<a name="z"></a>\n\n## Before': ('<a name="z"></a>\n\n## Before', {"z": "before"}),
    '<h2 id="h">In HTML</h2>': ('<h2 id="h">In HTML</h2>', {"h": "in-html"}),
    "## What's new?": ("## What's new?", {"whats-new": "what-s-new"}),
    "## 1. First things": (
        "## 1. First things",
        {"first-things": "1-first-things"},
    ),
    "## A\n\n## A": ("## A\n\n## A", {"a": "a", "a-1": "a-2"}),
    "```\n## No {#no}\n```": ("```\n## No {#no}\n```", {}),
    "## Braces {x} stay": ("## Braces {x} stay", {}),
    "a <a name='w'></a>b\n\n## Later": ("a <a name='w'></a>b\n\n## Later", {}),
}


@pytest.mark.parametrize("text", HEADINGS)
def test_what_headings_were_called_is_remembered(text: str) -> None:
    wanted, names = HEADINGS[text]
    new, renamed = name_headings(text)
    assert (new, {**renamed, **names}) == (wanted, renamed)
    assert "no" not in renamed
    assert "w" not in renamed


@given(st.text(alphabet="ab`~\n {%}"))
def test_a_fence_holds_any_code(code: str) -> None:
    html = Compiler("commonmark").compile(fence(code), file="x.md").html
    assert html.count("<pre") == 1
    assert map_outside_code(fence(code), lambda _: "").strip("\n") == fence(code).strip("\n")


@pytest.mark.fuzz
@given(st.lists(st.sampled_from(["[", "]", "(", ")", "!", "`", "<", ">", "a", "\n", '"', "[^", "<!--", "~~~", "\\"])))
def test_any_text_can_be_rewritten(parts: list[str]) -> None:
    assert isinstance(rewrite("".join(parts), has_bare_links=True), str)


@pytest.mark.parametrize("sign", ["[", "![", "`", "<a ", "<!--", "[a](", "[^", "(", "`a``b```", '<a href="', "[]("])
def test_a_hostile_text_takes_no_age(sign: str) -> None:
    expect_even_growth(lambda size: rewrite(sign * size))


@pytest.mark.parametrize("text", [("[a](", " "), ("# ", "{#a "), ("# a", " {#")])
def test_no_text_takes_long(text: tuple[str, str]) -> None:
    begin, repeated = text

    def run(size: int) -> None:
        name_headings(begin + repeated * size)
        rewrite(begin + repeated * size)

    expect_even_growth(run)
