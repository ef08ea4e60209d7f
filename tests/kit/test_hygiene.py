"""What people write is made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.forms import AddressForm, ProfileForm, SignupForm
from accounts.models import User
from catalog.forms import ProductForm, ShopForm, VariantForm
from kit.fields import LineField
from kit.hygiene import clean_text
from livestream.forms import SessionForm


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  Masih   ada\n\tkah? ", "Masih ada kah?"),
        ("aman\u202eterbalik", "amanterbalik"),  # right-to-left override
        ("ka\u200bta", "kata"),  # zero width space
        ("\x00\x1b[31mmerah", "[31mmerah"),
        ("e\u0301", "é"),
        ("q\u0321\u0322\u0323\u0324\u0325", "q\u0321\u0322"),
        ("e\u200b\u0301", "é"),
        ("\u0301\u0302\u0303", ""),
        ("\u3164\u2800\u115f", ""),
        ("\u200d\u200d", ""),
        ("", ""),
        ("<b>tebal</b> http://contoh.test", "<b>tebal</b> http://contoh.test"),
        ("👩‍👧‍👦 keluarga", "👩‍👧‍👦 keluarga"),
        ("❤️", "❤️"),
        ("a\u200db", "ab"),
        ("👍🏽", "👍🏽"),
    ],
)
def test_shows(written, shown):
    assert clean_text(written) == shown


@given(st.text(max_size=400))
def test_leaves_one_clean_line_whatever_was_written(written):
    shown = clean_text(written)

    assert shown == shown.strip()
    assert "  " not in shown
    assert not [c for c in shown if unicodedata.category(c)[0] == "C" and c != "\u200d"]


@given(st.text(max_size=400))
def test_cleaning_twice_changes_nothing_more(written):
    assert clean_text(clean_text(written)) == clean_text(written)


TURNED, TOWER = "\u202eayas", "Sa" + "\u0335" * 40 + "ri"


def test_a_name_turns_nobody_elses_words_round():
    field = LineField(max_length=80)

    assert field.clean(f" Toko {TURNED} ") == "Toko ayas"
    assert field.clean(TOWER) == "Sa\u0335\u0335ri"


def test_a_name_that_shows_nothing_is_no_name():
    with pytest.raises(ValidationError):
        LineField(max_length=80).clean("\u3164\u200b")


def test_a_name_without_end_is_refused():
    with pytest.raises(ValidationError):
        LineField(max_length=80).clean("a" * 100_000)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (SignupForm, "name"),
        (ProfileForm, "name"),
        (AddressForm, "recipient"),
        (AddressForm, "street"),
        (ShopForm, "name"),
        (ProductForm, "name"),
        (VariantForm, "name"),
        (SessionForm, "title"),
    ],
)
def test_whatever_others_read_in_a_row_is_clean(form, name):
    assert isinstance(form.base_fields[name], LineField)


@pytest.mark.parametrize(
    ("name", "shown"), [(TURNED, "ayas"), (f"Siti {TOWER}", "Siti S."), ("\u3164", "Tamu"), ("", "Tamu")]
)
def test_a_name_in_chat_is_clean_however_it_was_kept(name, shown):
    assert User(name=name).chat_name == shown
