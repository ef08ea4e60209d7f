"""The mails this market wrote to its own disk, for whoever tries it out on one machine."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
MOST_SHOWN = 50


@dataclass(frozen=True)
class Mail:
    """One mail as a person reads it."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str


def newest_mails() -> list[Mail]:
    """The newest first; a mail half written is left out."""
    files = sorted(Path(settings.MAIL_DIR).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    found = (mail for file in files[:MOST_SHOWN] for mail in reversed(_mails_in(file)))
    return [mail for mail, _ in zip(found, range(MOST_SHOWN), strict=False)]


def mail_named(name: str) -> Mail | None:
    """Looked up among those there are, so that a name is never a path."""
    return next((mail for mail in newest_mails() if mail.name == name), None)


def _mails_in(file: Path) -> list[Mail]:
    *whole, _rest = file.read_bytes().split(SEPARATOR)
    return [_read(content, name=f"{file.stem}-{place}") for place, content in enumerate(whole)]


def _read(content: bytes, *, name: str) -> Mail:
    message = email.message_from_bytes(content.lstrip(b"\n"), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(preferencelist=("plain",))
    return Mail(
        name=name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=_moment(message["Date"]) if message["Date"] else None,
        text=body.get_content() if body else "",
    )


def _moment(header: str) -> datetime:
    """`-0000` means Greenwich time, and says nothing of the sender's zone."""
    moment = parsedate_to_datetime(header)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
