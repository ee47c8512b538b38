"""The files that rows name: which they are, how they go into a backup, and which of them are not there."""

import os
import tarfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from cases import cabinet
from cases.models import CaseFile


def named_files() -> Iterator[str]:
    """The stored names of all scans as the present transaction sees them; call it inside one."""
    names = CaseFile.objects.order_by().values_list("stored_as", flat=True).distinct()
    return names.iterator(chunk_size=10_000)


def pack_files(folder: Path, target: Path, awaited: set[str]) -> None:
    """Pack the cabinet while others work in it, and strike what was packed from the awaited names.

    Half-written files are no files yet, and what vanishes meanwhile was named by nobody: the names that stay
    awaited prove it.
    """
    with tarfile.open(target, "w") as pack:
        for place, _folders, names in os.walk(folder):
            whole = (name for name in names if not name.endswith(cabinet.UNFINISHED_MARK))
            for path in (Path(place), *(Path(place, name) for name in whole)):
                with suppress(FileNotFoundError):
                    pack.add(path, arcname=Path("files") / path.relative_to(folder), recursive=False)
                    awaited.discard(path.name)


def missing_files() -> list[str]:
    """The names of scans that do not lie in the cabinet; call it inside a transaction."""
    return [name for name in named_files() if not cabinet.is_kept(name)]


def said_missing(names: Collection[str], folder: Path) -> str:
    """One sentence that names how many are missing and where."""
    some = ", ".join(sorted(names)[:3])
    return f"{len(names)} files that cases name do not lie in {folder}, for example {some}."
