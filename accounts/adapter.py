"""Our words for what the entrance refuses."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped library
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Email atau kata sandinya tidak cocok. Periksa lagi, ya."),
        "too_many_login_attempts": _("Terlalu sering salah. Tunggu beberapa menit, lalu coba lagi."),
        "incorrect_password": _("Kata sandinya tidak cocok."),
        "enter_current_password": _("Tulis dulu kata sandimu yang sekarang."),
    }
