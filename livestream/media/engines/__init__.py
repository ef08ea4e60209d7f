"""Media engines that take RTMP, each with its own way of speaking."""

from __future__ import annotations

from livestream.media.engines.calls import CROWD, SELLERS, Dialect, Place, stream_name
from livestream.media.engines.mediamtx import MediaMtx
from livestream.media.engines.nginx_rtmp import NginxRtmp

__all__ = ["CROWD", "SELLERS", "Dialect", "Place", "dialect_of", "stream_name"]

_DIALECTS: dict[str, Dialect] = {"mediamtx": MediaMtx(), "nginx-rtmp": NginxRtmp()}


def dialect_of(name: str) -> Dialect:
    return _DIALECTS[name]
