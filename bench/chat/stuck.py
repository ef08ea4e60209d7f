"""A viewer that asks for everything and never reads a byte."""

from __future__ import annotations

import asyncio
import socket


async def stuck_line(port: int, path: str, hello: str) -> socket.socket:
    """Its small window is full at once; close it when it is no longer needed."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(line, ("127.0.0.1", port))
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    await loop.sock_sendall(line, request.encode())
    words = hello.encode()
    mask = bytes(4)  # a mask of noughts is a mask
    await loop.sock_sendall(line, bytes([0x81, 0x80 | len(words)]) + mask + words)
    return line
