"""QRIS payloads: EMVCo tag, length and value, closed by a checksum."""

from __future__ import annotations

MERCHANT = "PASAR MALAM"
CITY = "YOGYAKARTA"
POSTAL_CODE = "55111"


def dynamic_payload(*, amount: int, reference: str) -> str:
    """A code for one payment. It reads like QRIS, and belongs to no real acquirer."""
    fields = [
        ("00", "01"),
        ("01", "12"),
        (
            "26",
            _fields(
                ("00", "COM.EXAMPLE.PSP"), ("01", "936000000000000001"), ("02", "000000001"), ("03", "UMI")
            ),
        ),
        ("51", _fields(("00", "ID.CO.QRIS.WWW"), ("02", "ID1000000000001"), ("03", "UMI"))),
        ("52", "5812"),
        ("53", "360"),
        ("54", str(amount)),
        ("58", "ID"),
        ("59", MERCHANT),
        ("60", CITY),
        ("61", POSTAL_CODE),
        ("62", _fields(("05", reference))),
    ]
    return with_checksum(_fields(*fields))


def with_checksum(payload: str) -> str:
    """The checksum covers its own tag and length."""
    return f"{payload}6304{crc16(f'{payload}6304'):04X}"


def crc16(text: str) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, begun at 0xFFFF, nothing reflected."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc


def _fields(*fields: tuple[str, str]) -> str:
    return "".join(f"{tag}{len(value):02d}{value}" for tag, value in fields)
