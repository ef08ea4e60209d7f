"""The words and the address with which a session is passed on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from livestream import sources
from livestream.models import CrewMember, LiveSession, SessionState, VisitSource

WAYS = (VisitSource.WHATSAPP, VisitSource.TELEGRAM, VisitSource.LINK)


def address(session: LiveSession) -> str:
    return settings.SITE_URL + reverse("livestream:room", args=[session.code])


def words(session: LiveSession) -> dict[str, Any]:
    """What goes into a WhatsApp message, and the address, marked with the way it is passed on."""
    said = {"shop": session.shop.name, "title": session.title}
    if session.state == SessionState.UPCOMING:
        text = _("%(shop)s segera live di Pasar Malam: %(title)s") % said
    elif session.state == SessionState.ENDED:
        text = _("Tonton ulang live %(shop)s di Pasar Malam: %(title)s") % said
    else:
        text = _("%(shop)s lagi live di Pasar Malam: %(title)s") % said
    url = address(session)
    return {
        "share_url": url,
        "share_text": text,
        "share_urls": {way.value: sources.marked(url, way) for way in WAYS},
    }


def invitation(member: CrewMember, token: str) -> dict[str, Any]:
    """The link that makes somebody a helper, and what is said with it. It cannot be shown again."""
    said = {"shop": member.shop.name, "role": member.get_role_display().lower()}
    return {
        "fresh": member,
        "invitation_url": settings.SITE_URL + reverse("livestream:invitation", args=[token]),
        "invitation_text": _("%(shop)s mengajakmu membantu live sebagai %(role)s:") % said,
    }
