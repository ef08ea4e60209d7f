"""The one door between the market and whatever carries its pictures.

An engine gives out where to publish and where to watch; what happens on the way comes back through
`livestream.operations.air`, whichever engine it is.
"""

from __future__ import annotations

from livestream.engine.embedded import EmbeddedEngine
from livestream.engine.rtmp import RtmpEngine
from livestream.engine.words import (
    LiveEngine,
    NotSupported,
    Playback,
    PlaybackKind,
    PublisherKind,
    PublishTarget,
)
from livestream.outside import outside_engine

__all__ = [
    "EmbeddedEngine",
    "LiveEngine",
    "NotSupported",
    "Playback",
    "PlaybackKind",
    "PublishTarget",
    "PublisherKind",
    "RtmpEngine",
    "engine",
]


def _chosen() -> LiveEngine:
    outside = outside_engine()
    return RtmpEngine(outside) if outside else EmbeddedEngine()


engine: LiveEngine = _chosen()
