"""Our own media process, on the same origin as the pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from livestream.engine.words import NotSupported, Playback, PublisherKind, PublishTarget, Status
from livestream.media.signs import meter_key
from livestream.media.tokens import MAX_AGE_S, publish_token
from livestream.models import LiveSession
from livestream.operations import air
from livestream.room import presence


class EmbeddedEngine:
    """Needs nothing beside the market itself; OBS cannot publish to it."""

    takes_obs = False

    def publish_target(
        self, session: LiveSession, user: User, kind: PublisherKind = "browser"
    ) -> PublishTarget:
        if kind != "browser":
            raise NotSupported
        return PublishTarget(
            url=f"/media-live/publish/{session.code}",
            token=publish_token(code=session.code, user_id=user.pk),
            expires_at=timezone.now() + timedelta(seconds=MAX_AGE_S),
        )

    def playback(self, session: LiveSession) -> Sequence[Playback]:
        folder = f"/media-live/hls/{session.code}"
        if session.ended_at:
            return [Playback("replay", f"{folder}/replay.m3u8", 0)]
        return [
            Playback("mse-ws", f"/media-live/watch/{session.code}", 0.5),
            Playback("hls", f"{folder}/live.m3u8", 3),
        ]

    def poster_url(self, session: LiveSession) -> str:
        return f"/media-live/poster/{session.code}.jpg"

    def still_url(self, session: LiveSession, at_ms: int) -> str:
        return f"/media-live/still/{session.code}/{at_ms}.jpg"

    def stop(self, session: LiveSession) -> None:
        """The media process learns of it within seconds and sends the publisher away."""
        air.end_session(session.code)

    def status(self, session: LiveSession) -> Status:
        session = LiveSession.objects.get(pk=session.pk)
        meter = cache.get(meter_key(session.code)) or {}
        return Status(
            is_live=session.is_on_air and session.interrupted_at is None,
            since=session.went_live_at,
            media_ms=session.media_ms,
            kbps=meter.get("kbps", 0),
            lag_ms=meter.get("lag_ms", 0),
            viewers=presence.count_viewers([session.pk])[session.pk],
        )
