"""What people write, made safe to show beside other people's words."""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 2  # accents on one letter; more is a tower that covers its neighbours
JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"
# Characters that look like nothing but are letters to Unicode.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
_GAP = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """One line in NFC without control, format or invisible characters and without towers of accents."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            kept.append(" ")
            continue
        category = unicodedata.category(character)
        if category[0] == "C" or character in BLANKS:
            if character == JOINER and kept and _is_pictograph(kept[-1]):
                kept.append(character)
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    line = _GAP.sub(" ", unicodedata.normalize("NFC", "".join(kept))).strip(" " + JOINER)
    return line if any(_shows(character) for character in line) else ""


def tidy_line(text: str, *, most: int, is_empty: type[Exception], is_long: type[Exception]) -> str:
    """The text cleaned, in at most so many characters; raises one of these two when it cannot be shown."""
    # Cleaning never makes more characters than three of each, so an endless text is refused unread.
    if len(text) > most * 3:
        raise is_long
    cleaned = clean_text(text)
    if not cleaned:
        raise is_empty
    if len(cleaned) > most:
        raise is_long
    return cleaned


def _is_pictograph(character: str) -> bool:
    """The joiner may only stand inside an emoji, such as a family."""
    return character == EMOJI_STYLE or unicodedata.category(character) in {"So", "Sk"}


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] not in "MZC"
