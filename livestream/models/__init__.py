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
from livestream.models.claims import Claim
from livestream.models.crew import AT_FIRST, CREDITED, MOST, CrewMember, Role
from livestream.models.cues import Cue
from livestream.models.follows import Follow, Unfollow
from livestream.models.reminders import Notice, Reminder
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
from livestream.models.streams import (
    MOST_OUTLETS,
    EmergencyDoor,
    EngineRecording,
    EngineStream,
    SessionOutlet,
    StreamKey,
)

__all__ = [
    "AT_FIRST",
    "CREDITED",
    "MILLISECOND",
    "MOST",
    "MOST_OUTLETS",
    "Answer",
    "AnsweredQuestion",
    "AudienceSample",
    "Ban",
    "BlockedWord",
    "Claim",
    "CrewMember",
    "Cue",
    "EmergencyDoor",
    "EngineRecording",
    "EngineStream",
    "Follow",
    "HeldMessage",
    "LiveSession",
    "LiveSessionQuerySet",
    "Mute",
    "Notice",
    "Permission",
    "PinInterval",
    "PinnedComment",
    "ProductTap",
    "Reminder",
    "Role",
    "RoomCounter",
    "RoomEvent",
    "SessionOutlet",
    "SessionRules",
    "SessionState",
    "ShowcaseItem",
    "SlowMode",
    "StreamKey",
    "Unfollow",
    "Visit",
    "VisitSource",
    "new_code",
]
