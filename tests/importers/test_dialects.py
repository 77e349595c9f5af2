"""What only some systems know of markdown: what each form becomes, and what is told of it."""

from collections.abc import Callable

import pytest

from generator.importers.bylines import read_byline, read_bylines
from generator.importers.containers import open_admonitions, open_containers
from generator.importers.html import Rewriting
from generator.importers.kramdown import resolve_kramdown
from generator.importers.liquid import resolve_liquid
from generator.importers.old_site import Leftover
from generator.importers.settle import tag_language
from generator.importers.shortcodes import resolve_shortcodes
from generator.importers.texts import rewrite_text


def told(resolve: Callable[[str, list[Leftover]], str], text: str) -> tuple[str, list[str]]:
    """The text, and what was told of it."""
    lacks: list[Leftover] = []
    return resolve(text, lacks), [lack.found for lack in lacks]


CONTAINERS = {
    "::: tip\nMind.\n:::": ("\n\n\nMind.\n\n", ["::: tip"]),
    ":::tip Mind the gap\nNow.\n:::": ("\n**Mind the gap**\n\nNow.\n\n", [":::tip Mind the gap"]),
    ":::note[A title]{.x}\nNow.\n:::": ("\n**A title**\n\nNow.\n\n", [":::note[A title]{.x}"]),
    "::: {.warning}\nNow.\n:::": ("\n\n\nNow.\n\n", ["::: {.warning}"]),
    ":::: outer\n::: inner\nNow.\n:::\n::::": ("\n\n\n\n\n\nNow.\n\n\n\n", [":::: outer", "::: inner"]),
    "> ::: tip\n> Now.\n> :::": ("> \n> \n> \n> Now.\n> \n> ", ["> ::: tip"]),
    "```\n::: tip\n:::\n```": ("```\n::: tip\n:::\n```", []),
    "a ::: b\n:::": ("a ::: b\n:::", []),
    "Std::vector::: x": ("Std::vector::: x", []),
}

ADMONITIONS = {
    '!!! note "Read"\n    Now.\n\n    Then.\n\nAfter.': ("**Read**\n\nNow.\n\nThen.\n\nAfter.", ['!!! note "Read"']),
    "!!! warning\n    Now.": ("**Warning**\n\nNow.", ["!!! warning"]),
    '!!! tip ""\n    Now.': ("\n\nNow.", ['!!! tip ""']),
    '??? note "More"\n    Now.': ("**More**\n\nNow.", ['??? note "More"']),
    "Stop!!! now": ("Stop!!! now", []),
    "```\n!!! note\n```": ("```\n!!! note\n```", []),
}

KRAMDOWN = {
    "A [link](b){:.wide}.": ("A [link](b).", ["{:.wide}"]),
    'A [link](b){:target="_blank"}.': ("A [link](b).", ['{:target="_blank"}']),
    "Text.\n{: .lead}\n": ("Text.\n\n", ["{: .lead}"]),
    "## Title\n{: #old}\n": ("## Title {#old}\n\n", []),
    "## Title {: #old}\n": ("## Title {: #old}\n", []),
    "```\nx = 1\n```\n{: .language-ruby}\n": ("```ruby\nx = 1\n```\n\n", []),
    "    x = 1\n{:.language-ruby}\n": ("\n```ruby\nx = 1\n```\n\n", []),
    "* toc\n{:toc}\n\nText.": ("\n\nText.", []),
    "a {::comment}b [c](d){:/comment} e": ("a  e", []),
    '{::options parse_block_html="true" /}\na': ("\na", []),
    "{::nomarkdown}<b>a</b>{:/}": ("<b>a</b>", []),
    "`{:.code}` {:x}": ("`{:.code}`", ["{:x}"]),
    "a {b} {: not closed": ("a {b} {: not closed", []),
}

LIQUID = {
    "{% assign x = site.data.x %}\nText": ("\nText", ["{% assign x = site.data.x %}"]),
    "{%- assign x = a | b -%}": ("", ["{%- assign x = a | b -%}"]),
    "{% assign x = 'Ada' %}{{ x }}": ("Ada", []),
    "{% assign x = 'Ada' | upcase | append: \" B\" %}`c` {{ x | downcase }}": ("`c` ada b", []),
    "{% assign x = list | where: 'name', 'b' | first %}{{ x.size }}": ("2", []),
    "{{ list[0].name }} {{ list.last.name }} {{ deep['a b'].c }}": ("a b d", []),
    "{{ list }}": ("{{ list }}", ["{{ list }}"]),
    "{{ list[9].name }}": ("{{ list[9].name }}", ["{{ list[9].name }}"]),
    "{% if a %}{% assign x = 1 %}{% endif %}{{ x }}": (
        "{% if a %}{% endif %}{{ x }}",
        ["{% if a %}", "{% assign x = 1 %}", "{% endif %}", "{{ x }}"],
    ),
    "{% for x in list %}{{ deep.e }}{% endfor %}{{ deep.e }}": (
        "{% for x in list %}{{ deep.e }}{% endfor %}true",
        ["{% for x in list %}", "{{ deep.e }}", "{% endfor %}"],
    ),
    "{% include a.html %}": ("{% include a.html %}", ["{% include a.html %}"]),
    "{% if a %}b{% endif %}": ("{% if a %}b{% endif %}", ["{% if a %}", "{% endif %}"]),
    "{{ page.title }}": ("{{ page.title }}", ["{{ page.title }}"]),
    "a{% comment %}b `c` {% include d %}{% endcomment %}e": ("ae", []),
    "{% raw %}{{ a }}{% endraw %}": ("{{ a }}", []),
    "{% highlight js linenos %}\nx\n{% endhighlight %}": ("\n```js\nx\n```\n", []),
    "[a]({{ '/b/' | relative_url }})": ("[a](/b/)", []),
    "[a]({{ site.baseurl }}/b/)": ("[a](/b/)", []),
    "## A {#b}\n\nText #}": ("## A {#b}\n\nText #}", []),
    "{% raw %}{% raw %}": ("{% raw %}{% raw %}", ["{% raw %}", "{% raw %}"]),
    "{{ a": ("{{ a", []),
    "`{{ a }}`": ("`{{ a }}`", []),
}

SHORTCODES = {
    "{{< youtube abc >}}": ("{{&lt; youtube abc &gt;}}", ["{{< youtube abc >}}"]),
    "{{% note %}}a{{% /note %}}": ("{{% note %}}a{{% /note %}}", ["{{% note %}}", "{{% /note %}}"]),
    '{{< figure src="a.png" alt="A [b]" >}}': ("![A b](a.png)", []),
    '{{< highlight go "linenos=table" >}}\nx\n{{< /highlight >}}': ("\n```go\nx\n```\n", []),
    '[a]({{< ref "b.md" >}})': ("[a](found)", []),
    '{{< ref path="c.md" >}}': ('{{&lt; ref path="c.md" &gt;}}', ['{{< ref path="c.md" >}}']),
    "{{</* tweet 1 */>}}": ("{{< tweet 1 >}}", []),
    "{{< a": ("{{< a", []),
    "`{{< a >}}`": ("`{{< a >}}`", []),
}

KNOWN = {
    "list": [{"name": "a", "size": 1}, {"name": "b", "size": 2}],
    "deep": {"a b": {"c": "d"}, "e": True},
}

DIALECTS: list[tuple[Callable[[str, list[Leftover]], str], dict[str, tuple[str, list[str]]]]] = [
    (open_containers, CONTAINERS),
    (open_admonitions, ADMONITIONS),
    (resolve_kramdown, KRAMDOWN),
    (lambda text, lacks: resolve_liquid(text, lambda _tag, _target: None, lacks, known=KNOWN), LIQUID),
    (lambda text, lacks: resolve_shortcodes(text, lambda one: "found" if one == "b.md" else None, lacks), SHORTCODES),
]


@pytest.mark.parametrize(
    ("resolve", "text", "wanted"), [(resolve, *pair) for resolve, table in DIALECTS for pair in table.items()]
)
def test_each_form_becomes_what_records_hold(
    resolve: Callable[[str, list[Leftover]], str], text: str, wanted: tuple[str, list[str]]
) -> None:
    assert told(resolve, text) == wanted


@pytest.mark.parametrize(
    "sign", ["{%", "{{<", "{:", "{::comment}", ":::a\n", "!!! a\n    ", "{% raw %}", "{{", "{#", "[!"]
)
@pytest.mark.parametrize("resolve", [pair[0] for pair in DIALECTS])
def test_what_opens_without_an_end_comes_back(resolve: Callable[[str, list[Leftover]], str], sign: str) -> None:
    text, _ = told(resolve, sign * 5_000 + " end")
    assert text.rstrip().endswith("end")


def test_comments_of_nunjucks_are_comments_there_alone() -> None:
    assert resolve_liquid("a {# b #} c", lambda _tag, _target: None, [], has_comments=True) == "a  c"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a -- b --- c ... d", "a – b — c … d"),
        ("2019--2020", "2019–2020"),
        ("`a -- b`", "`a -- b`"),
        ("<a href='b--c'>d -- e</a>", '<a href="b--c">d – e</a>'),
        ("[a](b--c)", "[a](b--c)"),
        ("{% include x -- y %}", "{% include x -- y %}"),
        ("| a |\n|---|\n| b -- c |", "| a |\n|---|\n| b – c |"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("\"a\" -- 'b'", "\"a\" – 'b'"),
        (r"a \-- b", r"a \-- b"),
    ],
)
def test_hyphens_become_dashes_where_they_were(text: str, wanted: str) -> None:
    how = Rewriting(lambda target: target, lambda target: (target, True), lambda *_: None, has_dashes=True)
    assert rewrite_text(text, how) == wanted


@pytest.mark.parametrize(
    ("written", "name", "links"),
    [
        ("Ada Writer", "Ada Writer", ()),
        ("[Ada](https://a.example/)", "Ada", ("https://a.example/",)),
        ("Ada ([@ada](https://a.example/ada))", "Ada (@ada)", ("https://a.example/ada",)),
        ("**Ada** _Writer_", "Ada Writer", ()),
        ("<a href='https://a.example/'>Ada</a>", "Ada", ("https://a.example/",)),
        ("[Ada](/people/ada)", "Ada", ()),
        ("Ada & Bo", "Ada & Bo", ()),
        ("Ada &amp; Bo", "Ada & Bo", ()),
        ("<ada@a.example>", "ada@a.example", ()),
        ("[Ada](javascript:x)", "Ada", ()),
        ("C_3PO", "C_3PO", ()),
    ],
)
def test_a_byline_is_a_plain_name(written: str, name: str, links: tuple[str, ...]) -> None:
    assert read_byline(written) == (name, links)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (("Ada", "Bo", "Ada"), ["Ada", "Bo"]),
        (("Ada ([@ada](https://a.example/)), Bo ([@bo](https://b.example/))",), ["Ada (@ada)", "Bo (@bo)"]),
        (
            ("[Ada](https://a.example/), [Bo](https://b.example/), and [Cy](https://c.example/)",),
            ["Ada", "Bo", "Cy"],
        ),
        (("[Ada](https://a.example/) and [Bo](https://b.example/)",), ["Ada", "Bo"]),
        (("Ada (PhD), Bo ([@bo](https://b.example/))",), ["Ada (PhD), Bo (@bo)"]),
        (("Ada, PhD",), ["Ada, PhD"]),
    ],
)
def test_authors_with_a_link_each_are_several(written: tuple[str, ...], names: list[str]) -> None:
    assert [one.name for one in read_bylines(written)] == names


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("zh_tw", "zh-TW"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("EN", "en"),
        ("pt_BR", "pt-BR"),
        ("sr-latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("../de", None),
        ("english!", None),
        ("e", None),
    ],
)
def test_a_language_is_written_as_a_tag(written: str, tag: str | None) -> None:
    assert tag_language(written) == tag
