"""Letters to people who wait for a session, in the language they read."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from livestream import sources
from livestream.models import Notice, Reminder, VisitSource

STOP_SALT = "livestream.reminders.stop"


def notice(notice: Notice) -> EmailMessage:
    reminder = notice.reminder
    session = reminder.session
    with translation.override(reminder.language):
        room = settings.SITE_URL + reverse("livestream:room", args=[session.code])
        stop = settings.SITE_URL + reverse("livestream:stop_reminders", args=[stop_token(reminder)])
        words = {
            "session": session,
            "shop": session.shop,
            "name": reminder.user.name,
            "kind": notice.kind,
            "room_url": sources.marked(room, VisitSource.REMINDER),
            "stop_url": stop,
        }
        text = render_to_string("livestream/mail/notice.txt", words)
        return EmailMessage(
            subject=f"Pasar Malam · {_subject(notice)}",
            body=text,
            to=[reminder.user.email],
            # Post programs offer their own button to leave (RFC 8058).
            headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )


def _subject(notice: Notice) -> str:
    said = {"shop": notice.reminder.session.shop.name}
    if notice.kind == Notice.Kind.SOON:
        return _("%(shop)s live 15 menit lagi") % said
    if notice.kind == Notice.Kind.BEGUN:
        return _("%(shop)s sudah live sekarang") % said
    return _("Jam live %(shop)s berubah") % said


def stop_token(reminder: Reminder) -> str:
    """Names the person and the shop; nobody else can make it."""
    return signing.dumps([reminder.user_id, reminder.session.shop_id], salt=STOP_SALT)


def read_stop_token(token: str) -> tuple[int, int] | None:
    try:
        user_id, shop_id = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return user_id, shop_id
