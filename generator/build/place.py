"""The place of a site: its output folder or store."""

from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.request import Request
from generator.config import CONFIG_NAME, PUBLIC_FOLDER, PublishSection
from generator.errors import ConfigError, Problem, PublishError
from generator.names import STATE_FOLDER, STATIC_FOLDER
from generator.publish import CHECK_FOLDER, PREVIEW_FOLDER, AddressBook, Folder, Place, read_addresses, state_folder

if TYPE_CHECKING:  # most sites have no releases
    from generator.publish.releases import Releases


def open_place(output: Path | str, root: Path) -> Place:
    """The output folder, the live release or the store of a site.

    Raises:
        PublishError: it cannot be used.
    """
    found = _find_output(output, root)
    return _open_folder(found, root) if isinstance(found, Path) else found


def open_goal(request: Request, root: Path, settings: PublishSection) -> Place:
    """The place that a build publishes to: the output folder, its next release, or a store.

    Raises:
        ConfigError: a store has no releases.
        PublishError: it cannot be used.
    """
    found, makes_releases = _find_output(request.output, root), settings.mode == "release"
    if not isinstance(found, Path):
        if makes_releases:
            raise ConfigError([_refuse_releases(found)])
        return found
    folder = _open_folder(found, root, adopt=request.adopt)
    if folder.is_aside or not (makes_releases or found.is_symlink()):
        return folder
    from generator.publish.released import ReleasedFolder

    releases = find_releases(found, root)
    if not makes_releases and releases.live is None:
        return folder
    keep = settings.keep if makes_releases else None
    return ReleasedFolder(releases, keep, adopt=request.adopt, is_resumed=request.resume)


def find_releases(output: Path | str, root: Path) -> "Releases":
    """The releases of a site at its output folder.

    Raises:
        PublishError: it is a store, or cannot be used.
    """
    found = _find_output(output, root)
    if not isinstance(found, Path):
        raise PublishError(found.name, "a store has no releases")
    _open_folder(found, root)
    from generator.publish.releases import Releases

    return Releases(found, root)


def _refuse_releases(store: Place) -> Problem:
    message = f"'release' needs an output folder, and this build publishes to '{store.name}'"
    key = ("publish", "mode")
    return Problem(file=CONFIG_NAME, code="wrong-value", key=key, message=message, expected="'folder' for a store")


def recall_addresses(place: Place, root: Path) -> AddressBook:
    """What readers know: the book of a place or, for a preview or a check, that of the published site."""
    return read_addresses(find_published(place, root) or place.state)


def find_published(place: Place, root: Path) -> Path | None:
    """For a preview or a check, the state folder of the published site; else None."""
    is_aside = place.state in (state_folder(root, folder) for folder in _list_aside(root))
    return state_folder(root, (root / PUBLIC_FOLDER).resolve()) if is_aside else None


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


def _find_output(output: Path | str, root: Path) -> Path | Place:
    """The output folder as it is named, or the store."""
    if isinstance(output, Path):
        return output
    from generator.publish.store import open_store

    return open_store(output, root)


def _open_folder(output: Path, root: Path, *, adopt: bool = False) -> Folder:
    output = resolve_path(output)
    _refuse_output(root, output)
    return Folder(output, state_folder(root, output), adopt=adopt, is_aside=output in _list_aside(root))


def _refuse_output(root: Path, output: Path) -> None:
    """Refuse an output folder that contains the site's own files or is inside them, except previews and checks."""
    if output in _list_aside(root):
        return
    sources = [root / name for name in ("content", "themes", STATIC_FOLDER, STATE_FOLDER)]
    if root.is_relative_to(output) or any(output.is_relative_to(source) for source in sources):
        raise PublishError(str(output), "the output folder cannot contain the site's own files or be inside them")
    if (output / CONFIG_NAME).exists():
        raise PublishError(str(output), "the output folder cannot be another site's folder")
