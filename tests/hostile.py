"""A corpus of records that a stranger wrote to do harm, in twelve classes; a number decides each."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from sitebench import article

IN_CLASS = 42
"""How many records each class has."""

SIZES = (1, 3, 40, 700, 9000, 60_000)


class Hostile(NamedTuple):
    """A record's bytes, and files that lie beside it by their names."""

    data: bytes
    beside: dict[str, bytes] = {}


Attack = Callable[[Random], Hostile]


def corpus() -> dict[str, Hostile]:
    """All records by names such as `nesting-07`."""
    return {
        f"{kind}-{number:02}": attack(Random(f"{kind} {number}"))
        for kind, attack in CLASSES.items()
        for number in range(IN_CLASS)
    }


def _of_body(body: str) -> Hostile:
    return Hostile(article("Hostile", 3, body=body).encode(errors="surrogatepass"))


def _of_matter(matter: str, *, instead: str = "") -> Hostile:
    """Front matter with further lines, in the place of a key if there is one of that name."""
    lines = article("Hostile", 3).split("\n")
    kept = [line for line in lines if not (instead and line.startswith(f"{instead}:"))]
    return Hostile("\n".join([kept[0], matter, *kept[1:]]).encode(errors="surrogatepass"))


def _nesting(random: Random) -> Hostile:
    depth = random.choice(SIZES)
    sign = random.choice(
        ["> ", ">", "- ", "* ", "1. ", "[", "![", "*", "_", "**", "(", "{", "<b>", "<i><b>", "`", "~~"]
    )
    steps = "\n".join(" " * 2 * level + "- a" for level in range(min(depth, 400)))
    return _of_body(random.choice([sign * depth, f"{sign * depth}a{sign[::-1] * depth}", steps, f"a {sign}\n" * depth]))


def _unfinished(random: Random) -> Hostile:
    opener = random.choice(
        [
            '<x y="',
            "<a ",
            "<!--",
            "<![CDATA[",
            "<?",
            "</",
            "<img src=x ",
            "[a](<b ",
            "[a]: ",
            "[^",
            "![",
            "``",
            "$$",
            "{#",
        ]
    )
    between = random.choice(["", " ", "\n", "\n\n", "\t", "a", "&", "\\"])
    return _of_body((opener + between) * random.choice(SIZES))


def _markup(random: Random) -> Hostile:
    name = random.choice(
        [
            "script",
            "style",
            "svg",
            "math",
            "iframe",
            "form",
            "object",
            "embed",
            "template",
            "textarea",
            "title",
            "xmp",
            "a",
            "img",
            "p",
        ]
    )
    attribute = random.choice(
        [
            "onclick=alert(1)",
            "style=position:fixed",
            "id=content",
            "class=slot",
            "href=javascript:1",
            "srcdoc=x",
            "is=y",
        ]
    )
    text = f"<{name} {attribute}>{random.choice(['a', '</p>', '<b>', ']]>', '-->', '&#0;', '&#xD800;'])}"
    return _of_body((text + random.choice(["", f"</{name}>", f"</{name}", "<" + "/" * 9])) * random.choice(SIZES))


def _yaml(random: Random) -> Hostile:
    count = random.choice(SIZES)
    trap = random.choice(
        [
            "x: !!python/object/apply:os.system [id]",
            "x: !!binary aaaa",
            'x: !!int ""',
            "x: &a [*a]",
            "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 9)),
            "<<: {title: x}",
            "title: again\ntitle: and again",
            "x: " + "[" * count,
            "x: " + "{a: " * count,
            "x: |\n" + " a\n" * count,
            "? [a, b]\n: c",
            "x: 'not closed",
            "x:\ty: z",
            "- a list",
            "%YAML 9.9",
            "x: " + "9" * count,
            "x: 1e999999999",
            "---\n---",
        ]
    )
    return _of_matter(trap)


def _bytes(random: Random) -> Hostile:
    data = bytearray(article("Hostile", 3, body="Words. " * 30).encode())
    match random.randrange(7):
        case 0:
            return Hostile(bytes(data).decode().encode(random.choice(["utf-16", "utf-32", "utf-7", "cp500"])))
        case 1:
            return Hostile(random.randbytes(random.choice(SIZES)))
        case 2:
            return Hostile(bytes(data.replace(b"\n", random.choice([b"\r", b"\r\n", b"\x0b", b"\xc2\x85", b"\n\r"]))))
        case 3:
            return Hostile(bytes(data[: random.randrange(len(data))]))
        case _:
            for _ in range(random.choice([1, 5, 50])):
                place = random.randrange(len(data))
                data[place : place + random.randrange(2)] = random.choice(
                    [random.randbytes(1), b"\0", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x1b[2J", b"\xef\xbb\xbf"]
                )
            return Hostile(bytes(data))


def _counts(random: Random) -> Hostile:
    count = random.choice(SIZES[2:])
    lists = {
        "tags": "[" + ", ".join(f"t{n}" for n in range(count)) + "]",
        "aliases": "[" + ", ".join(f"/old/{n}/" for n in range(count)) + "]",
        "also": "[" + ", ".join(["space"] * count) + "]",
        "revisions": "[" + ", ".join(["{at: 2026-05-04, note: N.}"] * count) + "]",
        "entities": "[" + ", ".join(["{entity: acme}"] * count) + "]",
        "key_points": "[" + ", ".join(["A point."] * count) + "]",
    }
    if random.random() < 0.2:
        return _of_matter("".join(f"key{n}: {n}\n" for n in range(count)))
    key = random.choice(sorted(lists))
    return _of_matter(f"{key}: {lists[key]}")


def _names(random: Random) -> Hostile:
    name = random.choice(
        [
            "../../x",
            "/etc/passwd",
            "index.html",
            ".",
            "..",
            "a/b",
            "con",
            "a\\b",
            "x" * 5000,
            "é",
            "É",
            "A1",
            "a1",
            "\u202ea",
            "feed.xml",
            "-",
            "a.",
            "%2e%2e",
            "a\\0b",
            "latest",
            "page",
            "*",
            "[a]",
            "{a}",
            "$HOME",
            "`id`",
        ]
    )
    key = random.choice(["slug", "id", "topic", "source", "story", "image", "language", "guid", "author"])
    if random.random() < 0.3:
        return _of_matter(f"aliases: ['/{name}/', '/news/chips/a1/', '/', '/../{name}']")
    return _of_matter(f"{key}: '{name}'", instead=key)


def _links(random: Random) -> Hostile:
    goal = random.choice(
        [
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "article:",
            "article:hostile",
            "topic:../x",
            "#x",
            "https://[::1",
            "https://a:b@c.example/",
            "https://a.example:99999/",
            "https://xn--a/",
            "http://0x7f.1/",
            "\\x",
            "https://" + "a." * 300 + "example/",
            "mailto:",
            "https://e.example/" + "%zz" * 50,
            "file:///etc/passwd",
        ]
    )
    if random.random() < 0.3:
        return _of_matter(f"source_url: '{goal}'", instead="source_url")
    shape = random.choice(["[a]({})", "<a href='{}'>b</a>", "<{}>", "![a]({})", "[a][b]\n\n[b]: {}", "[a]: {}", "{}"])
    return _of_body(f"{shape.format(goal)}\n\n" * random.choice(SIZES))


def _blocks(random: Random) -> Hostile:
    count = random.choice(SIZES)
    line = random.choice(
        [
            "# same\n\n",
            "a\n---\n",
            "***\n",
            "| a | b |\n",
            "[^1]: a\n\n",
            "a[^1]\n\n",
            "term\n: def\n\n",
            "- [ ] a\n",
            "1. a\n\n",
            "[a]:\n b\n",
            "a  \n",
            "\\\n",
            "&amp;\n",
            "# a {#a}\n\n",
            ">\n\n",
            "\n",
        ]
    )
    head = random.choice(["", "|a|b|\n|-|-|\n", f"{'|a' * 300}|\n{'|-' * 300}|\n"])
    return _of_body(head + line * count)


def _code(random: Random) -> Hostile:
    language = random.choice(
        ["python", "php", "html+django", "brainfuck", "x" * 900, '"><script>', "../x", "sql", "c++"]
    )
    text = random.choice(["(", '"', "/*", "<?php ", "{{", "'''", "\\", "$(", "a = " * 9, "<a " * 9]) * random.choice(
        SIZES
    )
    fence = random.choice(["```", "~~~", "`" * 400, "    ", "``` " + " " * 9000])
    return _of_body(f"{fence}{language}\n{text}\n{random.choice([fence, '', '```'])}\n")


def _pictures(random: Random) -> Hostile:
    size = random.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\x75\x30"])
    data = random.choice(
        [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + size + size + b"\x08\x06\0\0\0" + random.randbytes(9),
            b"GIF89a\xff\xff\xff\xff\xf7\0\0" + random.randbytes(400),
            b"\xff\xd8\xff\xe0" + random.randbytes(200),
            b"RIFF\xff\xff\xff\x7fWEBPVP8 " + random.randbytes(60),
            b"BM" + size * 9,
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(id) run\n",
            b"P5\n999999 999999\n255\n",
            b"",
        ]
    )
    name = random.choice(["p.png", "p.jpg", "p.gif", "p.webp", "p.svg"])
    if random.random() < 0.5:
        return Hostile(article("Hostile", 3, image={"src": name, "alt": "A"}).encode(), {name: data})
    return Hostile(article("Hostile", 3, body=f"![a]({name})\n\n" * 9).encode(), {name: data})


def _times(random: Random) -> Hostile:
    time = random.choice(
        [
            "0000-00-00",
            "9999-12-31T23:59:60Z",
            "-1",
            "1e9",
            "2026-02-30",
            "10000-01-01",
            "2026-05-03T25:00:00Z",
            "now",
            "2026-05-03T08:00:00+99:99",
            "0001-01-01T00:00:00+23:59",
            "'" + "9" * 5000 + "'",
            "[]",
            "{}",
            "null",
            "''",
            "true",
        ]
    )
    key = random.choice(["published", "updated", "expires", "revisions"])
    return _of_matter(f"{key}: {time}", instead=key)


CLASSES: dict[str, Attack] = {
    "nesting": _nesting,
    "unfinished": _unfinished,
    "markup": _markup,
    "yaml": _yaml,
    "bytes": _bytes,
    "counts": _counts,
    "names": _names,
    "links": _links,
    "blocks": _blocks,
    "code": _code,
    "pictures": _pictures,
    "times": _times,
}
