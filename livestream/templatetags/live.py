"""Where a session's pictures come from, for templates."""

from __future__ import annotations

from django import template

from livestream import queries
from livestream.engine import engine
from livestream.models import LiveSession
from livestream.queries.crew import parts_of

register = template.Library()


@register.simple_tag
def poster(session: LiveSession) -> str:
    """The newest still of the video; nothing while there is none."""
    if session.poster_at is None:
        return ""
    return f"{engine.poster_url(session)}?{session.poster_at.timestamp():.0f}"


@register.simple_tag
def is_sent_by_obs(session: LiveSession) -> bool:
    """Whether OBS carries the session now, so that the studio's own camera is not on air."""
    return engine.takes_obs and queries.engine_stream_of(session) is not None


@register.simple_tag
def still(session: LiveSession, at_ms: int) -> str:
    """A picture of a replay's moment; nothing while there is no replay."""
    return engine.still_url(session, at_ms) if session.recorded_ms else ""


@register.simple_tag(takes_context=True)
def helps_somewhere(context: template.Context) -> bool:
    """Whether this reader has a part in shows of others, so that a menu leads there."""
    return parts_of(context["request"].user).exists()


@register.simple_tag
def playback(session: LiveSession) -> dict[str, str]:
    """The addresses to watch at, by kind: `near`, `far`, `replay`."""
    names = {"mse-ws": "near", "hls": "far", "replay": "replay"}
    return {names[way.kind]: way.url for way in engine.playback(session)}
