"""Buying by saying so in the chat: "keep A12 L 2". Pure: it knows words, not people.

    (keep | kep | fix | fiks | mau | ambil | cf) CODE [VARIANT] [xN | N]

Anything after the verb may come in any order. Letters may be stretched ("fixxx"), and a greeting may stand
before the verb. A question is never a wish. `batal CODE` takes one's own wish back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_UNITS = 99
MOST_CHARACTERS = 300

VERB = re.compile(r"k+e+p+|f+i+x+|f+i+k+s+|m+a+u+|a+m+b+i+l+|c+f+")
TAKE_BACK = re.compile(r"b+a+t+a+l+")
CODE = re.compile(r"[a-z]{1,2}-?\d{1,3}")
COUNTED = re.compile(r"[x×](\d{1,4})|(\d{1,4})[x×]")
NUMBER = re.compile(r"\d{1,4}")
EDGES = " .,;:!~*'\"()[]{}<>"
WORD = re.compile(r"[^\W_]+")

GREETINGS = {
    *("kak", "kaka", "kakak", "ka", "kk", "min", "mimin", "sis", "gan", "bang"),
    *("mas", "mbak", "mba", "om", "tante", "bu", "pak", "halo", "hai"),
}
# Said along with a wish, without a meaning of their own.
FILLERS = GREETINGS | {
    *("ya", "yah", "yaa", "yg", "yang", "dong", "deh", "aja", "saja", "lah", "nih", "x", "×"),
    *("warna", "ukuran", "size", "uk", "pcs", "pc", "biji", "buah", "bungkus", "pack"),
}
QUESTIONS = {
    *("berapa", "brp", "brapa", "apa", "apakah", "masih", "msh", "ready", "redi", "kapan"),
    *("gimana", "bagaimana", "kenapa", "mana", "bisa", "boleh", "ada"),
}


@dataclass(frozen=True)
class Wish:
    """What somebody asked for, in their own words."""

    code: str  # as in the catalogue: A12
    words: tuple[str, ...] = ()  # what may name a variant
    numbers: tuple[int, ...] = ()  # a quantity, or a size
    quantity: int | None = None  # said beyond doubt: x3
    is_taken_back: bool = False


@dataclass(frozen=True)
class Choice:
    """A variant that may be meant."""

    variant_id: int
    product_id: int
    live_code: str
    name: str


@dataclass(frozen=True)
class Option:
    """One way to understand a wish."""

    choice: Choice
    quantity: int


def parse(text: str) -> Wish | None:
    """The wish in a chat message; nothing for ordinary talk."""
    if len(text) > MOST_CHARACTERS or "?" in text:
        return None
    tokens = [token for part in text.casefold().split() if (token := part.strip(EDGES))]
    while tokens and tokens[0] in GREETINGS:
        tokens.pop(0)
    if not tokens or QUESTIONS.intersection(tokens):
        return None
    verb, *rest = tokens
    if VERB.fullmatch(verb):
        return _read(rest, is_taken_back=False)
    if TAKE_BACK.fullmatch(verb):
        return _read(rest, is_taken_back=True)
    return None


def _read(tokens: Sequence[str], *, is_taken_back: bool) -> Wish | None:
    codes: list[str] = []
    words: list[str] = []
    numbers: list[int] = []
    counted: list[int] = []
    for token in tokens:
        if found := COUNTED.fullmatch(token):
            counted.append(int(found[1] or found[2]))
        elif NUMBER.fullmatch(token):
            numbers.append(int(token))
        elif not codes and token.isascii() and CODE.fullmatch(token):
            codes.append(token.replace("-", "").upper())
        elif token not in FILLERS:
            words.append(token)
    if len(codes) != 1 or len(counted) > 1 or any(not 1 <= count <= MOST_UNITS for count in counted):
        return None
    return Wish(codes[0], tuple(words), tuple(numbers), counted[0] if counted else None, is_taken_back)


def understand(wish: Wish, choices: Sequence[Choice]) -> list[Option]:
    """What may be meant, among the variants that are shown: one when it is clear, none for an unknown code.

    A bare number is the quantity, but one that stands in a variant's name may be a size.
    """
    coded = next((choice for choice in choices if choice.live_code == wish.code), None)
    if coded is None:
        return []
    beside = [choice for choice in choices if choice.product_id == coded.product_id]
    options = [
        Option(choice, quantity)
        for quantity, sizes in _readings(wish, {word for each in beside for word in _words(each.name)})
        for choice in _meant(coded, beside, {*wish.words, *sizes})
    ]
    return list(dict.fromkeys(options))


def _readings(wish: Wish, names: set[str]) -> list[tuple[int, list[str]]]:
    """Each way to tell the quantity from the sizes."""
    numbers = list(wish.numbers)
    splits = [(wish.quantity or 1, numbers)]
    if wish.quantity is None:
        splits = [(number, numbers[:at] + numbers[at + 1 :]) for at, number in enumerate(numbers)] + splits
    return [
        (quantity, sizes)
        for quantity, others in splits
        if 1 <= quantity <= MOST_UNITS and names.issuperset(sizes := [str(number) for number in others])
    ]


def _meant(coded: Choice, beside: Sequence[Choice], said: set[str]) -> Sequence[Choice]:
    """The variant of the code, unless another one of the same product is named."""
    if said <= _words(coded.name):
        return [coded]
    return [choice for choice in beside if said <= _words(choice.name)] or beside


def _words(name: str) -> set[str]:
    """The words of a variant's name, and the name in one piece: "250 g" is also "250g"."""
    words = WORD.findall(name.casefold())
    return {*words, "".join(words)}
