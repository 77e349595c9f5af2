"""A chain of themes and `[theme]` of a site → its options, tokens and given files, and their Problems."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.config import ThemeSection
from generator.errors import Problem
from generator.reach import Reach
from generator.theme.chain import Layer
from generator.theme.contrast import check_contrast
from generator.theme.findings import Findings
from generator.theme.given import GivenFile, find_given
from generator.theme.options import Option, settle_options
from generator.theme.tokens import TOKENS_CSS, Token, settle_tokens, write_tokens


class Choices(NamedTuple):
    """A site's choices of a theme; faulty values are replaced by those of the themes below.

    `given` are the files of options of type `asset`.
    """

    options: dict[str, Option]
    tokens: dict[str, Token]
    given: dict[str, GivenFile | None]
    problems: list[Problem]

    def make_assets(self) -> dict[str, bytes]:
        """The assets, by name, that are not files of a theme of the chain."""
        made = {one.asset.name: one.data for one in self.given.values() if one is not None and one.data is not None}
        if self.tokens:
            made[TOKENS_CSS] = write_tokens(self.tokens.values())
        return made


def settle_choices(layers: Sequence[Layer], chosen: ThemeSection, reach: Reach, findings: Findings | None) -> Choices:
    """Settle the options and tokens of a chain, whose topmost theme is the first; findings spare measuring pictures."""
    options, problems = settle_options(layers, chosen.options)
    tokens, faults = settle_tokens(layers, chosen.tokens)
    problems += faults or check_contrast(layers, tokens)
    assets = {name: data for layer in reversed(layers) for name, data in layer.assets.items()}
    given, faults = find_given(options.values(), reach, assets, findings)
    problems += faults
    if tokens:
        message, hint = f"'{TOKENS_CSS}' is made from the tokens of the theme", "give the file another name"
        files = (f"{layer.place}/assets/{TOKENS_CSS}" for layer in layers if TOKENS_CSS in layer.assets)
        problems += (Problem(file=file, code="path-taken", message=message, hint=hint) for file in files)
    return Choices(options, tokens, given, problems)
