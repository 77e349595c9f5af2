"""The arithmetic of templates: results so large that computing them would never end are refused before."""

from typing import Any

_MOST_BITS = 10_000  # of a whole number: Python writes fewer
_MOST_ITEMS = 100_000_000
_MOST_NUMBERS = 100_000


def multiply(left: Any, right: Any) -> Any:
    """`left * right` of numbers, or of a number and a text or list.

    Raises:
        MemoryError: the result would be huge.
    """
    if isinstance(left, int) and isinstance(right, int):
        _refuse_digits(left.bit_length() + right.bit_length())
    else:
        times, repeated = (left, right) if isinstance(left, int) else (right, left)
        if isinstance(times, int) and hasattr(repeated, "__len__") and len(repeated) * times > _MOST_ITEMS:
            raise MemoryError
    return left * right


def power(base: Any, exponent: Any) -> Any:
    """`base ** exponent`.

    Raises:
        MemoryError: the result would be huge.
    """
    if isinstance(base, int) and isinstance(exponent, int) and abs(base) > 1:
        _refuse_digits(base.bit_length() * exponent)
    return base**exponent


def _refuse_digits(bits: int) -> None:
    if bits > _MOST_BITS:
        raise MemoryError


def limited_range(*bounds: int) -> range:
    """`range`, with at most 100,000 numbers.

    Raises:
        ValueError: it has more.
    """
    made = range(*bounds)
    if made[_MOST_NUMBERS:]:
        raise ValueError(f"range() has more than {_MOST_NUMBERS:,} numbers")
    return made
