"""The contrast of texts with their backgrounds, after the site's choices of tokens."""

import colorsys
from collections.abc import Iterator, Mapping, Sequence
from math import floor
from typing import NamedTuple

from generator.errors import Problem, suggest
from generator.theme.chain import Layer, Pair
from generator.theme.tokens import SCHEMES, SchemeName, Shade, Token

_STEPS = 255  # of lightness that are tried for a better shade


def measure_contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours in any order, from 1 to 21.

    Source: WCAG 2.2, "contrast ratio".
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_contrast(layers: Sequence[Layer], tokens: Mapping[str, Token]) -> list[Problem]:
    """Report the pairs of tokens with too little contrast, at the token of the site or the topmost theme.

    `[[contrast]]` tables of the layers name the pairs; a theme above can set another ratio.
    """
    problems: list[Problem] = []
    pairs: dict[tuple[str, str], Pair] = {}
    for layer in reversed(layers):
        for place, pair in enumerate(layer.file.contrast):
            faults = list(_check_names(pair, place, layer, tokens))
            problems += faults
            if not faults:
                pairs[pair.text, pair.on] = pair
    checks = [_Check(pair, scheme) for pair in pairs.values() for scheme in _schemes_of(pair, tokens)]
    problems += [_explain(check, checks, tokens) for check in checks if not check.passes(tokens)]
    return problems


class _Check(NamedTuple):
    pair: Pair
    scheme: SchemeName

    def passes(self, tokens: Mapping[str, Token], changed: str = "", css: str = "") -> bool:
        """Whether the pair has its contrast, one of its tokens perhaps changed."""
        text, on = (
            css if name == changed else tokens[name].shade(self.scheme).css for name in (self.pair.text, self.pair.on)
        )
        return measure_contrast(text, on) >= self.pair.ratio


def _luminance(colour: str) -> float:
    """Source: WCAG 2.2, "relative luminance"."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _read_colour(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read_colour(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of `#rgb` or `#rrggbb`, from 0 to 1 each."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _check_names(pair: Pair, place: int, layer: Layer, tokens: Mapping[str, Token]) -> Iterator[Problem]:
    colours = [name for name, token in tokens.items() if token.type == "colour"]
    for side in ("text", "on"):
        name = getattr(pair, side)
        if name not in colours:
            yield Problem(
                file=layer.theme_file,
                code="wrong-value",
                key=("contrast", place, side),
                message=f"'{side}' is '{name}'",
                expected="the name of a colour among the tokens",
                hint=suggest(name, colours),
            )


def _schemes_of(pair: Pair, tokens: Mapping[str, Token]) -> Iterator[SchemeName]:
    """The schemes to check a pair in: only one if it has the same colours in both."""
    text, on = tokens[pair.text], tokens[pair.on]
    is_one = (text.light.css, on.light.css) == (text.dark.css, on.dark.css)
    yield from SCHEMES[:1] if is_one else SCHEMES


def _explain(check: _Check, checks: Sequence[_Check], tokens: Mapping[str, Token]) -> Problem:
    pair, scheme = check
    text, on = tokens[pair.text], tokens[pair.on]
    blamed = on if on.shade(scheme).rank > text.shade(scheme).rank else text
    shade = blamed.shade(scheme)
    ratio = floor(100 * measure_contrast(text.shade(scheme).css, on.shade(scheme).css)) / 100
    return Problem(
        file=shade.file,
        code="low-contrast",
        key=shade.key,
        message=f"'{pair.text}' on '{pair.on}' has a contrast of {ratio:.2f} in the {scheme} scheme",
        expected=f"at least {pair.ratio:g}",
        hint=_advise(blamed, check, checks, tokens),
    )


def _advise(token: Token, check: _Check, checks: Sequence[_Check], tokens: Mapping[str, Token]) -> str:
    """The hint with the nearest shade for all pairs of the token; else the nearest for this pair."""
    shade = token.shade(check.scheme)
    mine = [one for one in checks if token.name in (one.pair.text, one.pair.on)]
    here = [one for one in mine if one.scheme == check.scheme]
    found = _find_shade(token, shade, here, tokens) or _find_shade(token, shade, [check], tokens)
    if found is None:
        other = check.pair.on if token.name == check.pair.text else check.pair.text
        return f"no shade of '{shade.css}' passes; change '{other}' as well"
    hint = f"the nearest shade of '{shade.css}' that passes is '{found}'"
    is_for_both = token.light.key == token.dark.key and token.light.file == token.dark.file
    if not is_for_both or all(one.passes(tokens, token.name, found) for one in mine):
        return hint
    values = {scheme: found if scheme == check.scheme else token.shade(scheme).css for scheme in SCHEMES}
    table = ", ".join(f'{scheme} = "{css}"' for scheme, css in values.items())
    return f"{hint}: write {token.name} = {{ {table} }}"


def _find_shade(token: Token, shade: Shade, checks: Sequence[_Check], tokens: Mapping[str, Token]) -> str | None:
    """The colour of the same hue and saturation, nearest in lightness, with which the checks pass."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_read_colour(shade.css))
    steps = sorted(range(_STEPS + 1), key=lambda step: (abs(step / _STEPS - lightness), step))
    for step in steps:
        parts = colorsys.hls_to_rgb(hue, step / _STEPS, saturation)
        css = "#" + "".join(f"{round(255 * part):02x}" for part in parts)
        if all(check.passes(tokens, token.name, css) for check in checks):
            return css
    return None
