"""View + theme → an HTML page."""

from collections.abc import Callable, Generator
from html import escape
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec
from jinja2 import Template, TemplateError
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from generator.errors import Problem, RenderError
from generator.guard import limited
from generator.limits import Limits, exceed
from generator.outputs import Output
from generator.outputs.parts import Chrome, Text
from generator.records.body import resolve_refs, wrap_pictures
from generator.render.absolute import ReadBody
from generator.render.charts import Charts, name_series
from generator.render.notes import note_links
from generator.render.pull_quotes import place_quotes
from generator.stopwatch import OvertimeError, Stopwatch
from generator.theme import TRUST, Theme
from generator.theme.filters import tint
from generator.theme.missing import MissingError, speak_plainly

BODY_SIZES = "(min-width: 48em) 44rem, 100vw"
"""The default width of pictures in texts, as HTML's `sizes`."""

# The exceptions that a template can cause.
_FAULTS = (
    *(TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError),
    *(MemoryError, OvertimeError),
)
_PIECES = 500  # of an output, between looks at its size
_PATIENCE = 3  # times the limit, before a call into a library that does not return ends the process


class OversizeError(TemplateError):
    """A template writes too much."""


class PageRenderer:
    """Renders pages of one theme; templates are compiled once."""

    def __init__(self, theme: Theme, chrome: Chrome, limits: Limits, *, is_endable: bool = True) -> None:
        """Take the theme, the chrome of all pages, and the limits; `is_endable` is whether the process is ours."""
        charts = Charts(theme.strings, ZoneInfo(theme.time_zone))
        self._environment = theme.open_environment(
            {
                "body": self._write_body,
                "bar_chart": charts.draw_bar,
                "timeline_chart": charts.draw_timeline,
                "sentiment_chart": charts.draw_sentiment,
                "mix_chart": charts.draw_mix,
                "series": name_series,
                "barcode": charts.draw_barcode,
                "note_links": note_links,
                "place_quotes": place_quotes,
            }
        )
        self._environment.globals["chrome"] = chrome
        self._keeps_state = theme.keeps_state
        self._templates: dict[str, Template] = {}
        self._read_body: ReadBody | None = None
        self._limits = limits
        self._is_endable = is_endable
        self._stopwatch = Stopwatch(limits.output_seconds)

    def render(self, output: Output, read_body: ReadBody) -> bytes:
        """Render a page.

        Raises:
            RenderError: the template failed on the view, or went beyond a limit.
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
            return self._run(_write, name, output)
        except _FAULTS as fault:
            raise RenderError([self._explain(fault, name, output)]) from fault

    def _run(self, write: Callable[[Generator[str], int], bytes], name: str, output: Output) -> bytes:
        """Write what a template makes of a view, within the limits; faults name its lines."""
        limits, template = self._limits, self._templates[name]
        # As `generate` does, which takes each piece into its hands.
        pieces = template.root_render_func(template.new_context({"page": output.view}))
        assert isinstance(pieces, Generator)
        seconds, memory = limits.output_seconds * _PATIENCE, limits.output_memory

        def write_limited() -> bytes:
            with limited(cpu_seconds=seconds, memory_bytes=memory, anywhere=self._is_endable):
                return write(pieces, limits.output_bytes)

        try:
            return self._stopwatch.run(write_limited)
        except _FAULTS:
            self._environment.handle_exception()

    def _find_place(self, fault: Exception, name: str, output: Output) -> tuple[str, int | None]:
        """The file and line of the template that was being rendered; None for a fault of no line."""
        place = _place_in(fault)
        if place is None and isinstance(fault, MemoryError | OversizeError):
            try:
                self._run(_write_slowly, name, output)
            except _FAULTS as again:
                place = _place_in(again)
        sources = self._environment.sources
        return place or (sources.place_of(sources.resolve(name)), None)

    def _explain(self, fault: Exception, name: str, output: Output) -> Problem:
        file, line = self._find_place(fault, name, output)
        if isinstance(fault, MemoryError | OvertimeError | OversizeError):
            return msgspec.structs.replace(_exceed(fault, file, output, self._limits), line=line)
        why, hint = speak_plainly(str(fault)), ""
        is_unsafe = isinstance(fault, SecurityError)
        if isinstance(fault, MissingError):
            why, hint = fault.explain(self._environment.sources.line_of(file, line or 0))
        elif is_unsafe:
            hint = f"leave it out; {TRUST}"
        return Problem(
            file=file,
            code="unsafe-theme" if is_unsafe else "template-failed",
            line=line,
            message=f"the template failed on {output.path}: {why}",
            hint="; ".join(filter(None, (hint, f"that page is made from {output.owner}"))),
        )

    def _write_body(self, text: Text | None, sizes: str = BODY_SIZES) -> Markup:
        assert self._read_body is not None
        return Markup(write_text(text, self._read_body, sizes))  # noqa: S704 - load sanitised it


def _write(pieces: Generator[str], most: int) -> bytes:
    written, size = [], 0
    while some := list(islice(pieces, _PIECES)):
        written.append("".join(some).encode())
        size += len(written[-1])
        if size > most:
            raise OversizeError
    return b"".join(written)


def _write_slowly(pieces: Generator[str], most: int) -> bytes:
    """Write nothing, but raise the fault of too many characters at the line that writes them."""
    for piece in pieces:
        most -= len(piece)
        if most < 0:
            pieces.throw(OversizeError)
    return b""


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


def _exceed(fault: Exception, file: str, output: Output, limits: Limits) -> Problem:
    """The Problem with a template beyond a limit."""
    match fault:
        case OvertimeError():
            does, expected = "takes too long", f"at most {limits.output_seconds} s of processor time"
            limit = "output_seconds"
        case MemoryError():
            does, expected, limit = "takes too much memory", f"at most {limits.output_memory:,} bytes", "output_memory"
        case _:
            does, expected, limit = "writes too much", f"at most {limits.output_bytes:,} bytes", "output_bytes"
    remedy = f"let the template do less on such a page, which is made from {output.owner}"
    return exceed(file, f"the template {does} on {output.path}", expected, limit, remedy=remedy)


def _place_in(fault: Exception) -> tuple[str, int] | None:
    """The file and line of the template that was being rendered."""
    place = None
    trace = fault.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "/templates/" in name and not name.endswith(".py"):
            place = name, trace.tb_lineno
        trace = trace.tb_next
    return place
