"""The place of a site: its output folder or store."""

from pathlib import Path

from generator.config import CONFIG_NAME, PUBLIC_FOLDER
from generator.errors import PublishError
from generator.names import STATE_FOLDER
from generator.publish import CHECK_FOLDER, PREVIEW_FOLDER, Folder, Place, state_folder


def open_place(output: Path | str, root: Path, *, adopt: bool = False) -> Place:
    """The output folder or store of a site; with `adopt`, files of others are overwritten in it.

    Raises:
        PublishError: it cannot be used.
    """
    if isinstance(output, str):
        from generator.publish.store import open_store

        place = open_store(output, root)
        if not isinstance(place, Path):
            return place
        output = place
    output = resolve_path(output)
    _refuse_output(root, output)
    return Folder(output, state_folder(root, output), adopt=adopt, is_aside=output in _list_aside(root))


def find_published(place: Place, root: Path) -> Path | None:
    """For a preview or a check, the state folder of the published site; else None."""
    is_aside = place.state in (state_folder(root, folder) for folder in _list_aside(root))
    return state_folder(root, root / PUBLIC_FOLDER) if is_aside else None


def _list_aside(root: Path) -> tuple[Path, Path]:
    """The output folders of previews and checks."""
    return root / PREVIEW_FOLDER, root / CHECK_FOLDER


def resolve_path(path: Path) -> Path:
    """Resolve a path.

    Raises:
        PublishError: it is a symbolic link to itself.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError) as fault:
        raise PublishError(str(path), "the path is a symbolic link to itself") from fault


def _refuse_output(root: Path, output: Path) -> None:
    """Refuse an output folder that contains the site's own files or is inside them, except previews and checks."""
    if output in _list_aside(root):
        return
    sources = [root / name for name in ("content", "themes", STATE_FOLDER)]
    if root.is_relative_to(output) or any(output.is_relative_to(source) for source in sources):
        raise PublishError(str(output), "the output folder cannot contain the site's own files or be inside them")
    if (output / CONFIG_NAME).exists():
        raise PublishError(str(output), "the output folder cannot be another site's folder")
