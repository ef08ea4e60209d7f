"""Mails to winners: the room is not the only place where they hear of it."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from deals.models import Award

CLAIM = 50
log = structlog.get_logger(__name__)


@transaction.atomic
def tell_winners() -> int:
    """Write to everybody who has won and was not written to; how many. Twice at worst, never not at all."""
    waiting = Award.objects.filter(told_at__isnull=True).order_by("pk")
    awards = waiting.select_related("buyer", "variant__product", "session__shop")
    claimed = list(awards.select_for_update(skip_locked=True, no_key=True, of=("self",))[:CLAIM])
    told = [award.pk for award in claimed if not award.is_alive or award.order_id or _was_sent(award)]
    Award.objects.filter(pk__in=told).update(told_at=timezone.now())
    return len(told)


def _was_sent(award: Award) -> bool:
    address = reverse("livestream:room", args=[award.session.code])
    text = render_to_string("deals/mail/won.txt", {"award": award, "url": settings.SITE_URL + address})
    try:
        send_mail(f"Pasar Malam · Kamu menang {award.variant}", text, None, [award.buyer.email])
    except OSError:
        log.warning("winner_not_told", award=award.pk)
        return False
    return True
