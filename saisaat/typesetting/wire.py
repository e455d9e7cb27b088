"""How the pool and its child talk: frames of four length bytes (big endian) and that many bytes, JSON or raw."""

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    stream.write(_LENGTH.pack(len(payload)) + payload)


def read_frame(stream: BinaryIO) -> bytes | None:
    """One frame, or None when the other side is gone, even in the middle of a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    payload = stream.read(length)
    return payload if len(payload) == length else None


def write_message(stream: BinaryIO, message: dict[str, Any]) -> None:
    write_frame(stream, json.dumps(message, ensure_ascii=False).encode())


def read_message(stream: BinaryIO) -> dict[str, Any] | None:
    payload = read_frame(stream)
    if payload is None:
        return None
    message: dict[str, Any] = json.loads(payload)
    return message
