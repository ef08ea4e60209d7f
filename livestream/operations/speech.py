"""What people write elsewhere in the market, by the rules of the rooms."""

from __future__ import annotations

from kit.hygiene import clean_text
from livestream.moderation.privacy import mask
from livestream.moderation.refusals import BlockedWordSaid
from livestream.room import memory


def shown_text(text: str, *, shop_id: int) -> tuple[str, str]:
    """The text as everybody may see it, and as it was written when something in it was masked.

    Raises BlockedWordSaid for what this shop's rooms, or all rooms, do not let through.
    """
    line = clean_text(text)
    if any(matcher.find(line) for matcher in memory.matchers(shop_id)):
        raise BlockedWordSaid
    shown = mask(line)
    return shown, "" if shown is line else line
