"""HTML with sections and sentences of it → the same with the sentences set apart between the sections."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_SECTION = re.compile(r"<h2\b")


def place_quotes(html: Markup, quotes: Sequence[str]) -> Markup:
    """Put each quote before a section after the first, evenly spread; those without a section are left out.

    They repeat the text, so they are hidden from assistive technology.
    """
    starts = [match.start() for match in _SECTION.finditer(html)][1:]
    count = min(len(quotes), len(starts))
    pieces: list[str] = []
    done = 0
    for place in range(count):
        start = starts[(place + 1) * len(starts) // (count + 1)]
        pieces += html[done:start], f'<div class="pull" aria-hidden="true">{escape(quotes[place])}</div>\n'
        done = start
    return Markup("".join([*pieces, html[done:]]))  # noqa: S704 - quotes are escaped above
