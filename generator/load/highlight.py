"""Code, coloured by classes."""

import functools
import html
from collections.abc import Callable

from generator.records.body import TAG


def highlight(language: str, code: str) -> str:
    """The HTML of a block of code with colours, given it without; an unknown language has none."""
    paint = _painter(language)
    painted = paint(html.unescape(TAG.sub("", code))) if paint else code
    return f'<pre class="highlight" tabindex="0"><code class="language-{language}">{painted}</code></pre>'


@functools.cache
def _painter(language: str) -> Callable[[str], str] | None:
    import pygments
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
    formatter = HtmlFormatter(nowrap=True)
    return lambda code: pygments.highlight(code, lexer, formatter)
