"""Tags of Liquid and Nunjucks, which Jekyll and Eleventy run over a text before it is markdown."""

import re
from collections.abc import Callable
from urllib.parse import quote

from generator.migrate.found import Left
from generator.migrate.links import FILE
from generator.migrate.texts import fence, map_outside_code

_RAW = re.compile(r"\{%-?\s*(raw|verbatim)\s*-?%\}(.*?)\{%-?\s*end\1\s*-?%\}", re.DOTALL)
_CODE = re.compile(r"\{%-?\s*highlight\s+([\w+#.-]+)?[^%]*?-?%\}(.*?)\{%-?\s*endhighlight\s*-?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{#.*?#\}", re.DOTALL)
_BASE = re.compile(r"\{\{-?\s*(?:site|metadata|pkg)\.(?:baseurl|url)\s*-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s*(?:(?:site\.(?:baseurl|url)\s*\|\s*append:\s*)?[\"']([^\"'{}]*)[\"'])"
    r"\s*(?:\|\s*(?:relative_url|absolute_url|url|prepend:\s*site\.(?:baseurl|url)))*\s*-?\}\}"
)
_LINK = re.compile(r"\{%-?\s*(post_url|link)\s+([^%\n]+?)\s*-?%\}")
_WORD = re.compile(r"\{\{-?\s*([\w.]+)\s*(?:\|\s*slug(?:ify)?\s*)?-?\}\}")
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_KEPT = {"{{": "\ufdd0", "{%": "\ufdd1", "{#": "\ufdd2"}
"""What opens a tag, and what stands for it where it is text; no text in a language has these."""


def resolve_liquid(text: str, find: Callable[[str, str], str | None], lacks: list[Left]) -> str:
    """Write a text without tags, as far as they are links or code; others are kept, and told.

    Args:
        text: The body of a file.
        find: `post_url` or `link`, and what stands in the tag → the file that is meant.
        lacks: Takes what had no place.
    """
    text = _RAW.sub(lambda match: _protect(match[2]), text)
    text = _CODE.sub(lambda match: fence(_protect(match[2]), match[1] or ""), text)
    text = map_outside_code(text, lambda piece: _resolve(piece, find, lacks))
    for opening, kept in _KEPT.items():
        text = text.replace(kept, opening)
    return text


def fill_words(pattern: str, words: dict[str, str]) -> str | None:
    """A permalink with `{{ words }}` in it; None where one is not known."""
    filled = _WORD.sub(lambda match: words.get(match[1], match[0]), pattern)
    return None if "{{" in filled or "{%" in filled else filled


def _protect(text: str) -> str:
    for opening, kept in _KEPT.items():
        text = text.replace(opening, kept)
    return text


def _resolve(text: str, find: Callable[[str, str], str | None], lacks: list[Left]) -> str:
    def link(match: re.Match[str]) -> str:
        file = find(match[1], match[2].strip("\"' "))
        return FILE + quote(file) if file else match[0]

    text = _COMMENT.sub("", text)
    text = _FILTERED.sub(lambda match: match[1], _LINK.sub(link, _BASE.sub("", text)))
    for match in _TAG.finditer(text):
        said = " ".join(match[0].split())[:200]
        is_link = _LINK.fullmatch(match[0])
        lacks.append(
            Left("link" if is_link else "tag", said, "no such text; kept as text" if is_link else "kept as text")
        )
    return text
