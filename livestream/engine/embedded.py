"""Our own media process, on the same origin as the pages."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from livestream.engine.words import NotSupported, Playback, PublisherKind, PublishTarget
from livestream.media.tokens import publish_token
from livestream.models import LiveSession


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
        )

    def playback(self, session: LiveSession) -> Sequence[Playback]:
        folder = f"/media-live/hls/{session.code}"
        if session.ended_at:
            return [Playback("replay", f"{folder}/replay.m3u8")]
        return [
            Playback("mse-ws", f"/media-live/watch/{session.code}"),
            Playback("hls", f"{folder}/live.m3u8"),
        ]

    def poster_url(self, session: LiveSession) -> str:
        return f"/media-live/poster/{session.code}.jpg"

    def still_url(self, session: LiveSession, at_ms: int) -> str:
        return f"/media-live/still/{session.code}/{at_ms}.jpg"
