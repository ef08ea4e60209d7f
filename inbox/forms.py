"""What a browser sends to be told."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator

BASE64URL = RegexValidator(r"^[A-Za-z0-9_-]+={0,2}$")


class SubscriptionForm(forms.Form):
    endpoint = forms.URLField(max_length=500, assume_scheme="https")
    p256dh = forms.CharField(min_length=80, max_length=120, validators=[BASE64URL])
    auth = forms.CharField(min_length=16, max_length=40, validators=[BASE64URL])
