"""Scans as a device would send them: small, whole, and of each type that the office takes."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.actions import PaperTaken, Scan

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 32 + b"\xff\xd9"
TIFF = b"II*\x00\x08\x00\x00\x00" + b"\x00" * 16
PAPERS = (PaperTaken("Tờ khai", "eform", originals=1), PaperTaken("Hộ khẩu cũ", "paper", photocopies=1))


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00\x00\x00"))
    + _chunk(b"IEND", b"")
)


def a_pdf(number=0):
    """A whole PDF unlike the others."""
    return PDF.replace(b"trailer", b"%% %d\ntrailer" % number)


def a_scan(content=PDF, name="to-khai"):
    return Scan(io.BytesIO(content), name)


def sent(content=PDF, name="to-khai.pdf"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def with_papers(**changes):
    """What makes `case_at` take two papers in."""
    return {"papers": PAPERS} | changes
