"""Form fields that any part of the market may use."""

from __future__ import annotations

from typing import Any

from django import forms

from kit.hygiene import clean_text

# Cleaning never makes more characters than this many of each; what is longer is refused unread.
MOST_GROWTH = 3


class LineField(forms.CharField):
    """One line that stands beside other people's words: nothing in it turns them round or covers them."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        if not text or (self.max_length and len(text) > MOST_GROWTH * self.max_length):
            return text
        return clean_text(text)
