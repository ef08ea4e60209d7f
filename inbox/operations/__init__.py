"""Every write of what people are told."""

from inbox.operations.delivery import deliver_due
from inbox.operations.forgetting import forget_person
from inbox.operations.reading import mark_all_read, mark_read
from inbox.operations.telling import Message, tell
from inbox.operations.wishes import (
    NotAPushService,
    TooManyBrowsers,
    hear_again,
    set_choices,
    subscribe,
    switch_off,
    unsubscribe,
)

__all__ = [
    "Message",
    "NotAPushService",
    "TooManyBrowsers",
    "deliver_due",
    "forget_person",
    "hear_again",
    "mark_all_read",
    "mark_read",
    "set_choices",
    "subscribe",
    "switch_off",
    "tell",
    "unsubscribe",
]
