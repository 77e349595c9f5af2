"""What the last build wrote, and from what: kept in `.newsprint/`, one ledger per output folder."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.digest import digest_bytes
from generator.errors import PublishError
from generator.names import Digest, OutputPath

MEMORY_FOLDER = ".newsprint"
LEDGER_NAME = "ledger"


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """Digests of all that an output is made from: its view, its template closure, the chrome, the program."""

    view: Digest
    look: Digest
    chrome: Digest
    program: Digest


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An output as it was written: size in bytes, time of change in ns."""

    stamp: Stamp
    digest: Digest
    size: int
    changed_ns: int


class Ledger(msgspec.Struct, frozen=True):
    """Every output that the last build left, by path."""

    entries: dict[OutputPath, Entry] = {}


def state_folder(root: Path, output: Path) -> Path:
    """Where the ledger and the journal of one output folder lie; the same after both moved together."""
    return root / MEMORY_FOLDER / "outputs" / digest_bytes(os.fsencode(os.path.relpath(output, root)))[:12]


def read_ledger(state: Path) -> Ledger:
    """The ledger of the last build; an empty one where there is none that can be read.

    Raises:
        PublishError: there is one, and the system refuses it.
    """
    try:
        return msgspec.msgpack.decode((state / LEDGER_NAME).read_bytes(), type=Ledger)
    except (FileNotFoundError, msgspec.MsgspecError):
        return Ledger()
    except OSError as fault:
        raise PublishError(str(state / LEDGER_NAME), fault.strerror or str(fault)) from fault


def write_safely(file: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(file.name + ".new")
    with draft.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def scan_output(output: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of each file in the output folder, by path; empty where there is no folder."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [(str(output), "")]
    while waiting:
        folder, path = waiting.pop()
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{path}{entry.name}/"))
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[path + entry.name] = (stat.st_size, stat.st_mtime_ns)
    return found
