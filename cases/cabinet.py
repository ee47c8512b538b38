"""The cabinet: where the scans of papers lie. Private, below the data folder, under names that say nothing.

A file is there as a whole or not at all; what no row names is swept away after a day.
"""

import hashlib
import logging
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.errors import CaseError
from cases.media import HEAD_BYTES, TAIL_BYTES, media_type_of

logger = logging.getLogger(__name__)

PIECE: Final = 256 * 1024
FOLDER_MODE: Final = 0o700
STORED: Final = re.compile(r"^[0-9a-f]{40}$")
UNFINISHED_MARK: Final = ".part"


@dataclass(frozen=True)
class Kept:
    """A file as it lies in the cabinet."""

    stored_as: str
    media_type: str
    size: int
    sha256: str


def keep(source: BinaryIO) -> Kept:
    """Put a file away: written beside its place, flushed to the disk, then moved there in one step.

    Raises:
        CaseError: ``file_type`` for anything but a whole scan, ``disk_full``. Nothing is left behind.
    """
    size, sha256, media_type = _look_at(source)
    if not media_type:
        message = _("Chỉ nhận tệp PDF, JPEG, PNG hoặc TIFF còn nguyên vẹn. Ông bà quét lại giấy tờ này.")
        raise CaseError("file_type", message)
    stored_as = secrets.token_hex(20)
    with full_disk_said():
        _write(source, _place(stored_as))
    return Kept(stored_as, media_type, size, sha256)


def read_kept(stored_as: str) -> bytes | None:
    """The content of a file, which is never larger than one file may be; None when it is no longer there."""
    try:
        return _place(stored_as).read_bytes()
    except FileNotFoundError:
        logger.exception("a kept file is missing")
        return None


def put_out(stored_as: str) -> None:
    """Remove a file that no row names."""
    _place(stored_as).unlink(missing_ok=True)


def is_kept(stored_as: str) -> bool:
    """Whether the file lies in the cabinet."""
    return _place(stored_as).is_file()


def folders() -> Iterator[Path]:
    """The folders of the cabinet, by the first two letters of the names."""
    return root().glob("[0-9a-f][0-9a-f]")


def older_than(moment: datetime, folder: Path) -> Iterator[Path]:
    """Everything in this folder that was last written before this moment, half-written files with it."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < moment.timestamp():
                yield path


def root() -> Path:
    """The folder of the cabinet, made when it is first needed."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    return folder


@contextmanager
def full_disk_said() -> Iterator[None]:
    """Whatever the disk refuses inside is said in the office's words, and logged with its cause.

    Raises:
        CaseError: ``disk_full``.
    """
    try:
        yield
    except OSError as refused:
        logger.exception("the cabinet could not be written")
        message = _("Máy chủ không lưu được tệp vì hết chỗ. Tệp chưa được lưu; ông bà báo người quản trị.")
        raise CaseError("disk_full", message) from refused


def _place(stored_as: str) -> Path:
    if not STORED.fullmatch(stored_as):
        raise CaseError("file_unknown", _("Không tìm thấy tệp này."))
    return root() / stored_as[:2] / stored_as


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    source.seek(0)
    while piece := source.read(PIECE):
        yield piece


def _look_at(source: BinaryIO) -> tuple[int, str, str]:
    """Size, fingerprint and type, read piece by piece."""
    digest, head, tail, size = hashlib.sha256(), b"", b"", 0
    for piece in _pieces(source):
        digest.update(piece)
        head = head or piece[:HEAD_BYTES]
        tail = (tail + piece)[-TAIL_BYTES:]
        size += len(piece)
    return size, digest.hexdigest(), media_type_of(head, tail)


def _write(source: BinaryIO, place: Path) -> None:
    place.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=UNFINISHED_MARK, dir=place.parent)  # mode 0600 from the start
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as written:
            for piece in _pieces(source):
                written.write(piece)
            written.flush()
            os.fsync(written.fileno())
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)  # there only when something went wrong
    _flush_folder(place.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
