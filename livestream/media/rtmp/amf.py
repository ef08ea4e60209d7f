"""AMF0: the few kinds of values that RTMP commands are made of."""

from __future__ import annotations

import struct
from enum import IntEnum

Value = float | bool | str | None | dict[str, "Value"] | list["Value"]

_DEEPEST = 8


class _Kind(IntEnum):
    NUMBER = 0
    BOOLEAN = 1
    STRING = 2
    OBJECT = 3
    NULL = 5
    UNDEFINED = 6
    MAP = 8
    END = 9
    LIST = 10
    DATE = 11
    LONG_STRING = 12


class Malformed(Exception):
    """The other side does not speak RTMP, or not to us."""


def encode(*values: Value) -> bytes:
    return b"".join(_encoded(value) for value in values)


def decode(payload: bytes) -> list[Value]:
    values, position = [], 0
    try:
        while position < len(payload):
            value, position = _decoded(payload, position, 0)
            values.append(value)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Malformed("a command that cannot be read") from error
    return values


def encode_map(fields: dict[str, Value]) -> bytes:
    """What stream descriptions are sent as; most servers read nothing else."""
    return bytes([_Kind.MAP]) + struct.pack(">I", len(fields)) + _rows(fields)


def _encoded(value: Value) -> bytes:
    match value:
        case None:
            return bytes([_Kind.NULL])
        case bool():
            return bytes([_Kind.BOOLEAN, value])
        case float() | int():
            return bytes([_Kind.NUMBER]) + struct.pack(">d", value)
        case str():
            return bytes([_Kind.STRING]) + _text(value)
        case dict():
            return bytes([_Kind.OBJECT]) + _rows(value)
        case list():
            return bytes([_Kind.LIST]) + struct.pack(">I", len(value)) + encode(*value)


def _rows(fields: dict[str, Value]) -> bytes:
    rows = b"".join(_text(name) + _encoded(value) for name, value in fields.items())
    return rows + _text("") + bytes([_Kind.END])


def _text(text: str) -> bytes:
    coded = text.encode()
    return struct.pack(">H", len(coded)) + coded


def _decoded(payload: bytes, position: int, depth: int) -> tuple[Value, int]:
    if depth > _DEEPEST:
        raise Malformed("a command that is nested too deep")
    kind, position = payload[position], position + 1
    match kind:
        case _Kind.NUMBER:
            return struct.unpack_from(">d", payload, position)[0], position + 8
        case _Kind.BOOLEAN:
            return payload[position] != 0, position + 1
        case _Kind.STRING:
            return _read_text(payload, position)
        case _Kind.OBJECT:
            return _read_rows(payload, position, depth)
        case _Kind.NULL | _Kind.UNDEFINED:
            return None, position
        case _Kind.MAP:
            return _read_rows(payload, position + 4, depth)
        case _Kind.LIST:
            return _read_list(payload, position, depth)
        case _Kind.DATE:
            return struct.unpack_from(">d", payload, position)[0], position + 10
        case _Kind.LONG_STRING:
            return _read_long_text(payload, position)
    raise Malformed("a command with an unknown kind of value")


def _read_text(payload: bytes, position: int) -> tuple[str, int]:
    (length,) = struct.unpack_from(">H", payload, position)
    return _slice(payload, position + 2, length).decode("utf-8", "replace"), position + 2 + length


def _read_long_text(payload: bytes, position: int) -> tuple[str, int]:
    (length,) = struct.unpack_from(">I", payload, position)
    return _slice(payload, position + 4, length).decode("utf-8", "replace"), position + 4 + length


def _read_rows(payload: bytes, position: int, depth: int) -> tuple[dict[str, Value], int]:
    fields: dict[str, Value] = {}
    while True:
        name, position = _read_text(payload, position)
        if not name and payload[position] == _Kind.END:
            return fields, position + 1
        fields[name], position = _decoded(payload, position, depth + 1)


def _read_list(payload: bytes, position: int, depth: int) -> tuple[list[Value], int]:
    (length,) = struct.unpack_from(">I", payload, position)
    values, position = [], position + 4
    for _ in range(length):
        value, position = _decoded(payload, position, depth + 1)
        values.append(value)
    return values, position


def _slice(payload: bytes, first: int, length: int) -> bytes:
    if first + length > len(payload):
        raise Malformed("a command that is cut off")
    return payload[first : first + length]
