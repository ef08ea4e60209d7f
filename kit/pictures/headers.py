"""What a file claims to be, read from its first bytes without decoding anything."""

import re
import struct
import zipfile
from typing import BinaryIO

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# Start-of-frame markers; C4, C8 and CC are tables and extensions, not frames.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Markers that stand alone, with no length after them.
BARE = frozenset({0x01, *range(0xD0, 0xD8)})
FOREIGN = re.compile(
    rb"<script[\s>/]|<html[\s>]|<!doctype\s+html|<svg[\s>]|<iframe[\s>]|<\?php\s|%PDF-1\.\d",
    re.IGNORECASE,
)


def is_known(head: bytes) -> bool:
    """Whether the magic bytes are those of a JPEG, PNG or WebP."""
    return head.startswith((PNG, JPEG)) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def claimed_size(content: bytes) -> tuple[int, int] | None:
    """Width and height as the header states them; None when it does not say."""
    try:
        if content.startswith(PNG):
            return struct.unpack(">II", content[16:24])
        if content.startswith(JPEG):
            return _jpeg_size(content)
        return _webp_size(content)
    except (struct.error, IndexError):
        return None


def carries_something_else(file: BinaryIO, content: bytes) -> bool:
    """Whether a browser, an archiver or a script engine could take the file for its own."""
    return FOREIGN.search(content) is not None or zipfile.is_zipfile(file)


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        if marker == 0xFF:
            at += 1
        elif marker in BARE:
            at += 2
        else:
            at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    chunk = content[12:16]
    if chunk == b"VP8X":
        width, height = content[24:27], content[27:30]
        return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
    if chunk == b"VP8L":
        packed = struct.unpack("<I", content[21:25])[0]
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None
