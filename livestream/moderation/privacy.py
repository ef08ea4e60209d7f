"""Hides numbers, addresses and mail that strangers should not read of each other in a public chat.

Indonesian phone numbers, the 16 digits of a KTP, bank cards and accounts, e-mail, and where somebody lives.
Prices, sizes, amounts and dates stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

HIDDEN = "•••••"

_GAP = r"[ .\-–/()]{0,3}"
_DIGIT = "[0-9oOlI]"  # letters that people write for nought and one
# Everything that might be one long number; what it is, is decided by its digits.
_NUMBER = re.compile(rf"(?<![0-9a-zA-Z])\+?{_DIGIT}(?:{_GAP}{_DIGIT}){{8,24}}(?![0-9a-zA-Z])")
_PRICE = re.compile(r"(?:rp\.?\s?)?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+(?:,[0-9]{2})?", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?:(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan)\b[ ,.\-]{0,3}){8,20}",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"[a-z0-9._%+\-]{1,64}\s?(?:@|\(at\)|\[at\]|\bat\b)\s?[a-z0-9\-]{2,63}"
    r"\s?(?:\.|\(dot\)|\[dot\]|\bdot\b|\btitik\b)\s?(?:com|net|org|co|id|io|me|ac|go)\b(?:\.[a-z]{2,3}\b)?",
    re.IGNORECASE,
)
_BANKS = (
    "rek(?:ening)?|norek|bca|bri|bni|btn|bsi|mandiri|cimb|permata|jago|jenius|"
    "dana|ovo|gopay|shopeepay|linkaja|va"
)
_ACCOUNT = re.compile(
    rf"\b(?:{_BANKS})\b[ .:,\-=]{{0,4}}(?:(?:no|nomor|nya|saya|a/?n)\b[ .:,\-=]{{0,4}}){{0,2}}"
    rf"({_DIGIT}(?:{_GAP}{_DIGIT}){{5,19}})(?![0-9])",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:jln|jl|gg|jalan|gang|komplek|kompleks|perum|perumahan|dusun|kampung|kp)\b\.?\s?"
    r"[a-z][\w.']*(?:[ ,]{1,2}[\w.'/]+){0,6}?[ ,]{1,2}"
    r"(?:no|nomor|nmr|blok|rt)\b[ .:]{0,2}[a-z]{0,2}[0-9]+[a-z]?\b"
    r"(?:[ ,/]{1,3}(?:rt|rw|blok|kav|no)?[ .:/]{0,2}[0-9]{1,3}\b){0,3}",
    re.IGNORECASE,
)
_SHORT_STREET = re.compile(
    r"\b(?:jln|jl|gg)\b\.?\s?[a-z][\w.']*(?:[ ,]{1,2}[a-z][\w.']*){0,4}[ ,]{1,2}[0-9]{1,4}[a-z]?\b",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"\brt\b[ .:/]{0,2}[0-9]{1,3}[ ,./]{0,3}\brw\b[ .:/]{0,2}[0-9]{1,3}\b", re.IGNORECASE)
_AS_DIGITS = str.maketrans("oOlI", "0011")


class _Find(NamedTuple):
    start: int
    end: int


def mask(text: str) -> str:
    """The text for everybody; the same object when there is nothing to hide."""
    finds = sorted(find for finder in _FINDERS for find in finder(text))
    if not finds:
        return text
    kept: list[str] = []
    position = 0
    for find in finds:
        if find.end <= position:
            continue
        if find.start >= position:
            kept += [text[position : find.start], HIDDEN]
        position = find.end
    return "".join([*kept, text[position:]])


def _numbers(text: str) -> Iterator[_Find]:
    for found in _NUMBER.finditer(_plain_digits(text)):
        if _is_private(found[0]):
            yield _Find(*found.span())


def _accounts(text: str) -> Iterator[_Find]:
    for found in _ACCOUNT.finditer(_plain_digits(text)):
        digits = _digits(found[1])
        if 7 <= len(digits) <= 20 and _is_mostly_digits(found[1]) and not _PRICE.fullmatch(found[1].strip()):
            yield _Find(*found.span(1))


def _all_of(pattern: re.Pattern[str]) -> Callable[[str], Iterator[_Find]]:
    return lambda text: (_Find(*found.span()) for found in pattern.finditer(text))


_FINDERS = (_numbers, _accounts, *map(_all_of, (_SPOKEN, _MAIL, _STREET, _SHORT_STREET, _BLOCK)))


def _is_private(written: str) -> bool:
    if not _is_mostly_digits(written) or _PRICE.fullmatch(written.strip()):
        return False
    digits = _digits(written)
    return (
        _is_phone(digits) or _is_card(written, digits) or _is_citizen(written, digits) or _is_account(written)
    )


def _is_phone(digits: str) -> bool:
    return re.fullmatch(r"(?:62|0)8[1-9][0-9]{6,10}|(?:62|0)[2-9][0-9]{8,10}", digits) is not None


def _is_card(written: str, digits: str) -> bool:
    """13 to 19 digits that pass the check of card numbers, in groups of at least four."""
    return 13 <= len(digits) <= 19 and _in_groups_of(4, written) and _passes_luhn(digits)


def _is_citizen(written: str, digits: str) -> bool:
    """NIK: region, day of birth (plus 40 for women), month, year, serial number."""
    if len(digits) != 16:
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    is_born = 1 <= day <= 31 or 41 <= day <= 71
    return _in_groups_of(16, written) or (is_born and 1 <= month <= 12 and digits[0] in "123456789")


def _is_account(written: str) -> bool:
    """Ten digits or more without a gap are nobody's price."""
    return _in_groups_of(10, written)


def _in_groups_of(least: int, written: str) -> bool:
    groups = re.findall(rf"{_DIGIT}+", written)
    return all(len(group) >= least for group in groups[:-1]) and len(groups[0]) >= least


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_mostly_digits(written: str) -> bool:
    real = sum(character.isdigit() for character in written)
    return real * 3 >= len(re.findall(_DIGIT, written)) * 2


def _digits(written: str) -> str:
    return re.sub(r"[^0-9]", "", written.translate(_AS_DIGITS))


def _plain_digits(text: str) -> str:
    """Digits of other scripts as ours; the text keeps its length."""
    if text.isascii():
        return text
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
