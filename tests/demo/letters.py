"""Mails on disk, written by the backend that the local market uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend


def write_mail(*, subject: str, text: str, to: str = "ratna@contoh.test") -> str:
    """Send one mail into the mail folder and return the name its page has."""
    backend: Any = EmailBackend(file_path=str(settings.MAIL_DIR))
    backend.send_messages([EmailMessage(subject, text, to=[to])])
    backend.close()
    return f"{Path(backend._get_filename()).stem}-0"
