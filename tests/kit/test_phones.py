"""Phone numbers are kept in one form and shown in another."""

from __future__ import annotations

import pytest

from kit import phones


@pytest.mark.parametrize(
    "typed", ["081234567890", "6281234567890", "+6281234567890", "+62 812-3456-7890", "(0812) 3456 7890"]
)
def test_every_way_of_typing_a_number_is_kept_alike(typed: str) -> None:
    assert phones.normalise(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["", "halo", "0812", "+1 555 0100 200", "00812345678901234"])
def test_what_is_no_indonesian_number_is_refused(typed: str) -> None:
    with pytest.raises(phones.NotAPhone):
        phones.normalise(typed)


def test_a_number_is_shown_with_its_breaks() -> None:
    assert phones.spaced("+6281234567890") == "+62 812-3456-7890"
    assert phones.spaced("+62812345678") == "+62 812-3456-78"


def test_whatsapp_wants_no_plus() -> None:
    assert phones.whatsapp("+6281234567890") == "https://wa.me/6281234567890"


def test_a_chat_can_begin_with_words():
    assert phones.whatsapp("+628123", "Halo kak, jadi & lunas?") == (
        "https://wa.me/628123?text=Halo%20kak%2C%20jadi%20%26%20lunas%3F"
    )
