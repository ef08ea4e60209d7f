"""What people write is made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.room.hygiene import clean_text


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
