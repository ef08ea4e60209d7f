"""From where a socket comes. Behind the edge that is what the edge says, and nobody else is believed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings


def address_of(scope: Mapping[str, Any]) -> str:
    """One household: an IPv4 address, or the /64 of an IPv6 one. Empty when the server does not know."""
    peer = scope.get("client")
    address = str(peer[0]) if peer else ""
    if _is_edge(address):
        address = _said_by_edge(scope) or address
    return _household(address)


def _said_by_edge(scope: Mapping[str, Any]) -> str:
    """The edge writes last what it saw itself; whatever stands before it, a stranger may have written."""
    said = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    return said.rpartition(b",")[2].decode("latin-1").strip()


@lru_cache(maxsize=256)
def _is_edge(address: str) -> bool:
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    return any(peer in ip_network(network) for network in settings.TRUSTED_EDGE)


@lru_cache(maxsize=4096)
def _household(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Network((known, 64), strict=False))
    return str(known)
