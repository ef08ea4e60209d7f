"""A notice as a mail, in the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from inbox.models import MARKETING, Notice
from inbox.tokens import off_token


def of_notice(notice: Notice) -> EmailMessage:
    with translation.override(notice.language):
        off_url = settings.SITE_URL + reverse("inbox:off", args=[off_token(notice)])
        words = {
            "notice": notice,
            "name": notice.user.name,
            "url": settings.SITE_URL + notice.path,
            "off_url": off_url,
            "is_of_shop": notice.kind in MARKETING and notice.shop_id is not None,
            "wishes_url": settings.SITE_URL + reverse("inbox:wishes"),
        }
        body = render_to_string("inbox/mail.txt", words)
    return EmailMessage(
        subject=f"Pasar Malam · {notice.title}",
        body=body,
        to=[notice.user.email],
        headers={
            # Post programs offer their own button to leave (RFC 8058).
            "List-Unsubscribe": f"<{off_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # The same letter sent twice is one letter to many post programs.
            "Message-ID": f"<notice-{notice.pk}@{settings.SITE_HOST}>",
        },
    )
