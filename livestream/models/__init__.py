"""Every table of livestream, by subject."""

from livestream.models.chat import Mute
from livestream.models.room import RoomCounter, RoomEvent
from livestream.models.sessions import (
    MILLISECOND,
    AudienceSample,
    LiveSession,
    LiveSessionQuerySet,
    Permission,
    PinInterval,
    SessionState,
    ShowcaseItem,
    new_code,
)

__all__ = [
    "MILLISECOND",
    "AudienceSample",
    "LiveSession",
    "LiveSessionQuerySet",
    "Mute",
    "Permission",
    "PinInterval",
    "RoomCounter",
    "RoomEvent",
    "SessionState",
    "ShowcaseItem",
    "new_code",
]
