"""Every table of livestream, by subject."""

from livestream.models.audience import ProductTap, Visit, VisitSource
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
    "ProductTap",
    "RoomCounter",
    "RoomEvent",
    "SessionState",
    "ShowcaseItem",
    "Visit",
    "VisitSource",
    "new_code",
]
