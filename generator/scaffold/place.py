"""A new file of a site, if there is none yet."""

from pathlib import Path

from generator.errors import PublishError
from generator.load.files import CONTENT


def write_new(root: Path, path: str, data: bytes) -> None:
    """Write a file of `content/`, with the folders above it.

    Args:
        root: The site's folder.
        path: The file as seen from there.
        data: Its bytes.

    Raises:
        PublishError: the file exists, a link leads out of `content/`, or the system refuses it.
    """
    file = root / path
    try:
        if not file.resolve().is_relative_to((root / CONTENT).resolve()):
            raise PublishError(path, f"a link leads out of {CONTENT}/")
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as new:
            new.write(data)
    except FileExistsError as fault:
        raise PublishError(path, "the file exists, and nothing is overwritten") from fault
    except (OSError, RuntimeError) as fault:  # Python 3.11 and 3.12 raise RuntimeError for links in a circle
        raise PublishError(path, getattr(fault, "strerror", None) or str(fault)) from fault
