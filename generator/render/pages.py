"""View + theme → an HTML page."""

from html import escape
from typing import Any

from jinja2 import Template, TemplateError
from markupsafe import Markup

from generator.errors import Problem, RenderError
from generator.outputs import Output
from generator.outputs.parts import Chrome, Text
from generator.records.body import resolve_refs, wrap_pictures
from generator.render.absolute import ReadBody
from generator.render.charts import Charts
from generator.theme import Theme
from generator.theme.filters import tint
from generator.theme.missing import MissingError, speak_plainly
from generator.theme.sources import Sources

BODY_SIZES = "(min-width: 48em) 44rem, 100vw"
"""The default width of pictures in texts, as HTML's `sizes`."""

# The exceptions that a template can cause.
_FAULTS = (TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError)


class PageRenderer:
    """Renders pages of one theme; templates are compiled once."""

    def __init__(self, theme: Theme, chrome: Chrome) -> None:
        """Take the theme, and the chrome of all pages."""
        charts = Charts(theme.strings)
        self._environment = theme.open_environment(
            {
                "body": self._write_body,
                "bar_chart": charts.draw_bar,
                "timeline_chart": charts.draw_timeline,
                "sentiment_chart": charts.draw_sentiment,
                "mix_chart": charts.draw_mix,
            }
        )
        self._environment.globals["chrome"] = chrome
        self._keeps_state = theme.keeps_state
        self._templates: dict[str, Template] = {}
        self._read_body: ReadBody | None = None

    def render(self, output: Output, read_body: ReadBody) -> bytes:
        """Render a page.

        Raises:
            RenderError: the template failed on the view.
        """
        name = type(output.view).template
        assert name is not None
        self._read_body = read_body
        if self._keeps_state:
            # Imported templates lose their state, so that no page depends on another.
            for template in self._environment.cache.values() if self._environment.cache else ():
                template._module = None  # noqa: SLF001 - Jinja2 has no other way to run an imported template again
        try:
            if name not in self._templates:
                self._templates[name] = self._environment.open_template(name)
            return self._templates[name].render(page=output.view).encode()
        except _FAULTS as fault:
            raise RenderError([_explain(fault, name, output, self._environment.sources)]) from fault

    def _write_body(self, text: Text | None, sizes: str = BODY_SIZES) -> Markup:
        assert self._read_body is not None
        return Markup(write_text(text, self._read_body, sizes))  # noqa: S704 - load sanitised it


def write_text(text: Text | None, read_body: ReadBody, sizes: str = BODY_SIZES) -> str:
    """The HTML of a compiled body with its refs resolved; empty for None. `sizes` is that of its pictures in HTML."""
    if text is None:
        return ""
    choose = f' sizes="auto, {escape(sizes)}"'

    def resolve(attribute: str, ref: str) -> str:
        if attribute == "href":
            href = text.hrefs.get(ref)
            return f' href="{escape(href)}"' if href else ""
        picture = text.pictures[ref]
        written = f' src="{escape(picture.href)}" width="{picture.width}" height="{picture.height}" loading="lazy"'
        if picture.colour:
            written += f' class="{tint(picture.colour)}"'
        return f'{written} srcset="{escape(picture.srcset)}"{choose}' if picture.srcset else written

    def wrap(ref: str, tag: str) -> str:
        webp = text.pictures[ref].webp
        source = f'<source type="image/webp" srcset="{escape(webp)}"{choose}>'
        return f"<picture>{source}{tag}</picture>" if webp else tag

    html = read_body(text.digest)
    return resolve_refs(wrap_pictures(html, wrap) if text.pictures else html, resolve)


def _explain(fault: Exception, name: str, output: Output, sources: Sources) -> Problem:
    file, line = name, None
    trace: Any = fault.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/templates/" in code.co_filename and not code.co_filename.endswith(".py"):
            file, line = code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    why, hint = speak_plainly(str(fault)), ""
    if isinstance(fault, MissingError):
        why, hint = fault.explain(sources.line_of(file, line or 0))
    return Problem(
        file=file,
        code="template-failed",
        line=line,
        message=f"the template failed on {output.path}: {why}",
        hint="; ".join(filter(None, (hint, f"that page is made from {output.owner}"))),
    )
