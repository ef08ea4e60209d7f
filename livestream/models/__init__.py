"""Every table of livestream, by subject."""

from livestream.models.audience import ProductTap, Visit, VisitSource
from livestream.models.chat import (
    Answer,
    AnsweredQuestion,
    Ban,
    BlockedWord,
    HeldMessage,
    Mute,
    PinnedComment,
    SessionRules,
    SlowMode,
)
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
    "Answer",
    "AnsweredQuestion",
    "AudienceSample",
    "Ban",
    "BlockedWord",
    "HeldMessage",
    "LiveSession",
    "LiveSessionQuerySet",
    "Mute",
    "Permission",
    "PinInterval",
    "PinnedComment",
    "ProductTap",
    "RoomCounter",
    "RoomEvent",
    "SessionRules",
    "SessionState",
    "ShowcaseItem",
    "SlowMode",
    "Visit",
    "VisitSource",
    "new_code",
]
