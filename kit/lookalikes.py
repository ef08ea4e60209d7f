"""Letters that look like others, read as the plain Latin letter that people see."""

from __future__ import annotations

import unicodedata

# Small letters of other scripts and of phonetics, under the Latin letter they are taken for.
_SEEN_AS = {
    "a": "аαɑᴀɐª",
    "b": "вьβʙɓƀ",
    "c": "сϲᴄƈⲥ¢",
    "d": "ԁᴅɗđժ",
    "e": "еєεᴇɛəǝё",
    "f": "ғꜰƒք",
    "g": "ɡɢɠցǥ",
    "h": "һнʜɦħհ",
    "i": "іιɪıɩїӏ",
    "j": "јᴊȷʝյ",
    "k": "кκᴋƙ",
    "l": "ʟłɫɭⅼ",
    "m": "мᴍɱ",
    "n": "пηɴŋɲոиℼ",
    "o": "оοσᴏøօɵөּ",
    "p": "рρᴘƥ",
    "q": "ԛɋզ",
    "r": "гʀɾяɍ",
    "s": "ѕꜱʂςտ",
    "t": "тτᴛƭʈŧ",
    "u": "υᴜսʉμ",
    "v": "ѵνᴠʋ",
    "w": "ѡωᴡшա",
    "x": "хχ×",
    "y": "уγʏүყ",
    "z": "ᴢʐζƶ",
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Whole alphabets of coloured squares, circles and flags that normal forms leave alone.
_ALPHABETS = (0x1F150, 0x1F170, 0x1F1E6)
_MARKS = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))

_TABLE: dict[int, str | None] = {
    **{mark: None for first, last in _MARKS for mark in range(first, last + 1)},
    **{first + place: letter for first in _ALPHABETS for place, letter in enumerate(_LETTERS)},
    **{ord(other): letter for letter, others in _SEEN_AS.items() for other in others},
}


def plain_letters(text: str) -> str:
    """The text in small letters without accents, each letter as the Latin one it is taken for."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).lower().translate(_TABLE)
