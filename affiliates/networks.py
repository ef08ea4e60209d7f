"""What a request says about where it comes from and what sent it, without keeping an address."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re

from django.http import HttpRequest

# Programs that fetch pages; previews of shared links among them.
ROBOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|facebot|meta-external|whatsapp/|"
    r"telegrambot|twitterbot|slack|discord|skypeuripreview|linkedinbot|pinterest|embedly|vkshare|"
    r"phantomjs|python-|aiohttp|httpx|curl/|wget/|go-http-client|okhttp/|java/|libwww|"
    r"axios/|node-fetch|lighthouse|pingdom|uptime|monitor|scan|fetch|validator|archive",
    re.IGNORECASE,
)


def is_visit(request: HttpRequest) -> bool:
    """A person opens the page itself: no robot, no look ahead, no picture or frame of another page."""
    headers = request.headers
    purpose = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')} {headers.get('X-Moz', '')}"
    if request.method != "GET" or "prefetch" in purpose.lower() or "preview" in purpose.lower():
        return False
    if headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    if headers.get("Sec-Fetch-Dest", "document") != "document":
        return False
    browser = headers.get("User-Agent", "")
    return bool(browser) and not ROBOTS.search(browser)


def address_of(request: HttpRequest) -> str:
    """The far end as our own edge saw it: what it appended last, never what the client claimed."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded or str(request.META.get("REMOTE_ADDR", ""))


def network_hash(key: bytes, *, address: str, browser: str) -> bytes:
    """Sixteen bytes that mean nothing once the day's key is gone."""
    message = f"{_network(address)}\n{browser}".encode()
    return hmac.new(key, message, hashlib.sha256).digest()[:16]


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    length = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network(f"{parsed}/{length}", strict=False))
