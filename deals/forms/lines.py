"""What somebody says who joins a line."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LineForm(forms.Form):
    quantity = forms.IntegerField(label=_("Jumlah"), min_value=1, max_value=99, initial=1)
    session = forms.SlugField(required=False)
