"""Jinja2 over a chain of themes."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BytecodeCache, Environment, FunctionLoader, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from generator.theme import arithmetic
from generator.theme.missing import Missing
from generator.theme.sources import Sources

_TO_ESCAPE = re.compile("[&<>\"']")


def escape_text(value: object) -> str:
    """What `markupsafe.escape` writes; a plain text without anything to escape, as nearly all are, stays as it is."""
    return value if type(value) is str and not _TO_ESCAPE.search(value) else escape(value)


class QuickGenerator(CodeGenerator):
    """Writes code that escapes by `escape_text`: pages have many values, and a Markup for each is slow.

    Nothing of a template is computed before it is rendered, because only rendering is limited.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja2's
        """Import the functions."""
        self.writeline(f"from {__name__} import {escape_text.__name__}")
        self.writeline(f"from {arithmetic.__name__} import multiply, power")
        super().visit_Template(node, frame)

    def visit_Mul(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja2's
        """Call a function that refuses huge results."""
        self._call("multiply", node, frame)

    def visit_Pow(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja2's
        """Call a function that refuses huge results."""
        self._call("power", node, frame)

    def _call(self, function: str, node: nodes.BinExpr, frame: Frame) -> None:
        self.write(f"{function}(")
        self.visit(node.left, frame)
        self.write(", ")
        self.visit(node.right, frame)
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        """Jinja2's hook for values that are known before."""
        if not isinstance(node, nodes.Const | nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """Jinja2's hook for the code before a value."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"{escape_text.__name__}(")


class TemplateCode(BytecodeCache):
    """Keeps compiled templates, by their inside names, in a given mapping."""

    def __init__(self, code: dict[str, bytes]) -> None:
        self.code = code

    def get_cache_key(self, name: str, _filename: str | None = None) -> str:
        """Jinja2's hook for keys."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja2's hook for loading compiled templates, if their source is the same."""
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja2's hook for storing compiled templates."""
        self.code[bucket.key] = bucket.bytecode_to_string()


class ChainEnvironment(Environment):
    """An environment that resolves the names of templates relative to the template that uses them."""

    sources: Sources
    bytecode_cache: TemplateCode
    code_generator_class = QuickGenerator

    def open_template(self, name: str) -> Template:
        """The topmost template of a name, itself named by its layer so that `parent:` in it finds the one below."""
        return self.get_template(self.sources.resolve(name))

    def keep_code(self, tree: nodes.Template, name: str) -> None:
        """Compile a parsed template, to be loaded later."""
        place = self.sources.place_of(name)
        bucket = self.bytecode_cache.get_bucket(self, name, place, self.sources.text_of(name))
        bucket.code = self.compile(tree, name, place)
        self.bytecode_cache.set_bucket(bucket)

    def join_path(self, template: str, parent: str) -> str:
        """Jinja2's hook for names inside templates."""
        return self.sources.resolve(template, parent)


def _open_sandbox() -> type[ChainEnvironment]:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class SandboxedChain(ChainEnvironment, ImmutableSandboxedEnvironment):
        """Takes the names of templates from the one, and what they may do from the other."""

    return SandboxedChain


def make_environment(
    sources: Sources, filters: Mapping[str, Callable[..., Any]], *, code: dict[str, bytes], is_sandboxed: bool = False
) -> ChainEnvironment:
    """An environment over a chain: undefined names are errors, values are escaped; `code` gets compiled templates.

    In a sandbox, templates reach only what they are given, and change nothing of it.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = sources.resolve(name)
        return (sources.text_of(found), sources.place_of(found), lambda: True) if found in sources else None

    environment = (_open_sandbox() if is_sandboxed else ChainEnvironment)(
        loader=FunctionLoader(load),
        bytecode_cache=TemplateCode(code),
        undefined=Missing,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        optimized=False,
    )
    environment.sources = sources
    # Random results: the same input must give the same bytes.
    del environment.filters["random"], environment.globals["lipsum"]
    environment.filters.update(filters)
    environment.globals["range"] = arithmetic.limited_range
    return environment
