"""Files on their way in: written to the disk piece by piece, never more than the office accepts.

The file has no name on the disk until it is accepted, so a request that breaks off leaves nothing behind.
"""

import logging
import tempfile
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from cases.cabinet import root

logger = logging.getLogger(__name__)

TOO_LARGE = "too_large"
DISK_FULL = "disk_full"


class OfficeUpload(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """A file that was sent; ``refusal`` says why not all of it was taken."""

    refusal: str = ""


class OfficeUploadHandler(FileUploadHandler):
    """Takes files up to the limits of one file and of one case; the rest of a larger one is let pass."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.taken = 0
        self.refusal = ""
        self.target: BinaryIO | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.refusal, self.target = "", None
        try:
            self.target = tempfile.TemporaryFile(dir=root())  # noqa: SIM115 (closed with the request)
        except OSError:
            logger.exception("no room for a file on its way in")
            self.refusal = DISK_FULL

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, unless the file is too large or the disk full."""
        if self.refusal or self.target is None:
            return
        self.taken += len(raw_data)
        end = start + len(raw_data)
        if end > settings.FILE_MOST_BYTES or self.taken > settings.CASE_FILES_MOST_BYTES:
            self._refuse(TOO_LARGE)
            return
        try:
            self.target.write(raw_data)
        except OSError:
            logger.exception("a file on its way in could not be written")
            self._refuse(DISK_FULL)

    def file_complete(self, file_size: int) -> OfficeUpload:
        """The file as the form sees it."""
        try:
            if self.target is not None:
                self.target.flush()
                self.target.seek(0)
        except OSError:
            self._refuse(DISK_FULL)
        upload = OfficeUpload(file=self.target, name=self.file_name, size=file_size)
        upload.refusal = self.refusal
        return upload

    def _refuse(self, why: str) -> None:
        self.refusal = why
        if self.target is not None:
            self.target.truncate(0)
