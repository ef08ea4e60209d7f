"""Connections to servers that a seller named: to a public address only, and to the one that was checked."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

from livestream.media.outlets import Trouble

PORTS = {"rtmp": 1935, "rtmps": 443}
_CONNECT_WITHIN_S = 8.0
_PRIVATE_NAMES = (".local", ".localhost", ".internal", ".lan", ".home", ".intranet", ".arpa")


class NoRoad(Exception):
    """There is no connection, for this reason."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def rtmp_address(url: str) -> SplitResult:
    """The address, when it has the form `rtmp(s)://host[:port]/application`; ValueError otherwise."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or len(parts.path.strip("/")) == 0:
        raise ValueError("not an RTMP address")
    if parts.username or parts.password or parts.fragment:
        raise ValueError("an address with credentials")
    if parts.port is not None and parts.port < 1:
        raise ValueError("a port out of range")
    return parts


def may_be_public(host: str) -> bool:
    """Whether a name may lead to the open internet at all; where it leads is asked when it is used."""
    try:
        return is_public(host)
    except ValueError:
        name = host.rstrip(".").lower()
        return "." in name and not name.endswith(_PRIVATE_NAMES) and not name.rpartition(".")[2].isdigit()


def is_public(address: str) -> bool:
    """Whether this address belongs to the open internet, also when it is written as another kind."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner:
            return is_public(str(inner))
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


async def connect(url: str, *, may_be_private: bool) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A wire to the server; the address that is checked is the one that is used."""
    parts = rtmp_address(url)
    assert parts.hostname
    port = parts.port or PORTS[parts.scheme]
    addresses = await _addresses(parts.hostname, port)
    if not may_be_private and not all(is_public(address) for address in addresses):
        raise NoRoad(Trouble.PRIVATE_HOST)
    secure = ssl.create_default_context() if parts.scheme == "rtmps" else None
    name = parts.hostname if secure else None
    try:
        async with asyncio.timeout(_CONNECT_WITHIN_S):
            return await asyncio.open_connection(addresses[0], port, ssl=secure, server_hostname=name)
    except ssl.SSLError as error:
        raise NoRoad(Trouble.UNTRUSTED) from error
    except (OSError, TimeoutError) as error:
        raise NoRoad(Trouble.UNREACHABLE) from error


async def _addresses(host: str, port: int) -> list[str]:
    try:
        async with asyncio.timeout(_CONNECT_WITHIN_S):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError) as error:
        raise NoRoad(Trouble.UNKNOWN_HOST) from error
    return [str(place[4][0]) for place in sorted(found, key=lambda place: place[0])]  # IPv4 first
