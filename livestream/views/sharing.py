"""The words and the address with which a session is passed on."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from livestream.models import LiveSession, SessionState


def address(session: LiveSession) -> str:
    return settings.SITE_URL + reverse("livestream:room", args=[session.code])


def words(session: LiveSession) -> dict[str, str]:
    """What goes into a WhatsApp message; the address is added by whoever shares."""
    said = {"shop": session.shop.name, "title": session.title}
    if session.state == SessionState.UPCOMING:
        text = _("%(shop)s segera live di Pasar Malam: %(title)s") % said
    elif session.state == SessionState.ENDED:
        text = _("Tonton ulang live %(shop)s di Pasar Malam: %(title)s") % said
    else:
        text = _("%(shop)s lagi live di Pasar Malam: %(title)s") % said
    return {"share_url": address(session), "share_text": text}
