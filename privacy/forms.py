"""Leaving is confirmed by who leaves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class CloseForm(forms.Form):
    password = forms.CharField(
        label=_("Kata sandimu"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    is_sure = forms.BooleanField(label=_("Aku mengerti akun ini tidak bisa dibuka lagi."))

    def __init__(self, *sent: Any, user: User) -> None:
        super().__init__(*sent)
        self._user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self._user.check_password(password):
            raise forms.ValidationError(_("Kata sandinya tidak cocok."), code="password")
        return password
