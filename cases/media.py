"""What a file is, told from its content alone: neither its name nor the browser's word counts."""

from typing import Final

PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
TIFF: Final = "image/tiff"

HEAD_BYTES: Final = 64
TAIL_BYTES: Final = 4096
"""How much of the beginning and of the end is looked at."""

SUFFIXES: Final = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", TIFF: ".tif"}

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_TIFF_HEADS: Final = (b"II*\x00", b"MM\x00*")


def media_type_of(head: bytes, tail: bytes) -> str:
    """The type of a whole scan; empty for anything else, also for one that was cut off.

    Args:
        head: its first ``HEAD_BYTES`` bytes.
        tail: its last ``TAIL_BYTES`` bytes.
    """
    if head.startswith((b"%PDF-1.", b"%PDF-2.")):
        return PDF if b"%%EOF" in tail else ""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG if b"\xff\xd9" in tail else ""
    if head.startswith(_PNG_HEAD):
        return PNG if b"IEND" in tail else ""
    return TIFF if head.startswith(_TIFF_HEADS) else ""
