"""The font that `site.toml` names for social cards: a file below `content/media/`."""

from io import BytesIO

from generator.config import CONFIG_NAME, ImagesSection
from generator.digest import digest_bytes
from generator.errors import Problem
from generator.glyphs import read_characters
from generator.load.files import CONTENT
from generator.reach import Reach
from generator.reading import read_regular
from generator.records import MEDIA_FOLDER, Asset
from generator.shape import show
from generator.spellings import Spellings

_FOLDER = f"{CONTENT}/{MEDIA_FOLDER}"
_MAX_BYTES = 50_000_000  # a font of all Chinese characters has some 20 million


def find_font(reach: Reach, images: ImagesSection) -> tuple[Asset, frozenset[str]] | Problem | None:
    """The font that the site names for cards, with its characters, or the Problem with it; None if it names none."""
    if not images.cards or images.card_font is None:
        return None
    path = Spellings(reach.root).find(images.card_font, beside=_FOLDER, within=_FOLDER)
    if path is None:
        return _refuse("missing-file", f"no font {show(images.card_font)}", f"a file below {_FOLDER}/")
    if problem := reach.check(path):
        return _refuse(problem.code, problem.message, hint=problem.hint)
    try:
        data = read_regular(reach.root / path, max_bytes=_MAX_BYTES)
    except OSError as fault:
        return _refuse("unreadable-file", f"the font '{path}' cannot be read: {fault.strerror}")
    from PIL import ImageFont

    try:
        ImageFont.truetype(BytesIO(data), size=16, layout_engine=ImageFont.Layout.BASIC).getlength("A")
        characters = read_characters(data)
    except (OSError, ValueError):
        return _refuse("broken-font", f"the file '{path}' is not a font file", "a TrueType or OpenType font")
    asset = Asset(name=path.removeprefix(f"{_FOLDER}/"), file=path, digest=digest_bytes(data))
    return asset, characters


def _refuse(code: str, message: str, expected: str = "", hint: str = "") -> Problem:
    key = ("images", "card_font")
    return Problem(file=CONFIG_NAME, code=code, key=key, message=message, expected=expected, hint=hint)
