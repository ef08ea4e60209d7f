"""What people type about themselves."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(forms.Form):
    """The part of the sign-up form that is ours; allauth adds e-mail and password."""

    name = forms.CharField(
        label=_("Nama lengkap"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the person exists."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
