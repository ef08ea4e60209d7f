"""A media engine beside our media process: it carries the crowd's HLS, and OBS publishes to it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.models import User
from livestream.engine.embedded import EmbeddedEngine
from livestream.engine.words import Playback, PublisherKind, PublishTarget
from livestream.media.engines import SELLERS, stream_name
from livestream.media.outlets import Standing
from livestream.media.signs import standing_key
from livestream.models import LiveSession
from livestream.operations import streams
from livestream.outside import OutsideEngine


class RtmpEngine(EmbeddedEngine):
    """Browsers still publish to our media process, which passes every show on to the engine."""

    takes_obs = True

    def __init__(self, outside: OutsideEngine) -> None:
        self._outside = outside

    def publish_target(
        self, session: LiveSession, user: User, kind: PublisherKind = "browser"
    ) -> PublishTarget:
        """For OBS each call makes a new key and takes the one before it back."""
        if kind == "browser":
            return super().publish_target(session, user)
        key = streams.issue_key(session, user=user)
        url = f"{self._outside.public_rtmp_url}/{SELLERS}"
        return PublishTarget(url, stream_name(session.code, key))

    def playback(self, session: LiveSession) -> Sequence[Playback]:
        """The engine's HLS for the crowd while the engine has the pictures, otherwise our own.

        What an engine shows it shows to everybody, so a rehearsal is never there.
        """
        ways = super().playback(session)
        if session.ended_at or session.is_rehearsal or not self._outside.hls_url:
            return ways
        if not _has_the_pictures(session.code):
            return ways
        path = self._outside.dialect.hls_path(session.code)
        far = Playback("hls", f"{self._outside.hls_url}/{path}")
        return [way for way in ways if way.kind != "hls"] + [far]


def _has_the_pictures(code: str) -> bool:
    """As the push told last; unknown while Valkey is away, and then it is safer to watch us."""
    try:
        return bool(cache.get(standing_key(code)) == Standing.CONNECTED)
    except RedisError:
        return False
