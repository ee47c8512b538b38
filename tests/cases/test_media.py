"""What a file is, told from its content."""

import pytest

from cases.media import media_type_of
from tests.cases.scans import JPEG, PDF, PNG, TIFF


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, "application/pdf"),
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (TIFF, "image/tiff"),
        (b"MM\x00*" + b"\x00" * 8, "image/tiff"),
        (PDF[:-7], ""),
        (JPEG[:-2], ""),
        (PNG[:-8], ""),
        (b"\n" + PDF, ""),
        (b"<html><script>alert(1)</script>", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
        (b"MZ\x90\x00", ""),
        (b"PK\x03\x04", ""),
        (b"GIF89a", ""),
        (b"", ""),
    ],
)
def test_media_type_of_is_told_from_head_and_tail(content, expected):
    assert media_type_of(content[:64], content[-4096:]) == expected
