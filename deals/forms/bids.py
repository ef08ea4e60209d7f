"""What somebody offers in an auction."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from deals.bidding import MOST_RUPIAH

# From so many times the least bid on, a typing mistake is likelier than a wish.
SURPRISING = 4


class BidForm(forms.Form):
    maximum = forms.IntegerField(label=_("Maksimummu"), min_value=1, max_value=MOST_RUPIAH)
    key = forms.UUIDField(widget=forms.HiddenInput)
    is_sure = forms.BooleanField(label=_("Ya, angkanya benar"), required=False)

    def surprises(self, least: int) -> bool:
        """Whether somebody should say once more that they mean it."""
        cleaned = self.cleaned_data
        return bool(cleaned["maximum"] >= least * SURPRISING and not cleaned["is_sure"])
