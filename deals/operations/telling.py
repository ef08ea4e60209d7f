"""Notices to winners: the room is not the only place where they hear of it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from deals.models import Award
from inbox import operations as inbox
from inbox.models import Kind
from kit.moments import date_time
from kit.money import rupiah

CLAIM = 50


@transaction.atomic
def tell_winners() -> int:
    """Tell everybody who has won and was not told; how many."""
    waiting = Award.objects.filter(told_at__isnull=True).order_by("pk")
    awards = waiting.select_related("buyer", "variant__product", "session__shop")
    claimed = list(awards.select_for_update(skip_locked=True, no_key=True, of=("self",))[:CLAIM])
    for award in claimed:
        if award.is_alive and not award.order_id:
            _tell(award)
    Award.objects.filter(pk__in=[award.pk for award in claimed]).update(told_at=timezone.now())
    return len(claimed)


def _tell(award: Award) -> None:
    """What somebody has won is theirs to take: it counts as an order, and is never kept back."""
    inbox.tell(
        award.buyer,
        kind=Kind.ORDER,
        key=f"award:{award.pk}",
        compose=lambda: _message(award),
        shop_id=award.session.shop_id,
    )


def _message(award: Award) -> inbox.Message:
    said = {
        "goods": str(award.variant),
        "shop": award.session.shop.name,
        "price": rupiah(award.price),
        "until": date_time(award.expires_at),
    }
    paid = _("Di live %(shop)s. Harganya %(price)s, belum termasuk ongkir. Bayar sebelum %(until)s.")
    free = _("Di live %(shop)s. Hadiahnya gratis, ongkir ditanggung lapak. Ambil sebelum %(until)s.")
    return inbox.Message(
        title=_("Kamu menang %(goods)s") % said,
        text=(paid if award.price else free) % said,
        path=reverse("livestream:room", args=[award.session.code]),
        letter=_("Setelah itu giliran orang berikutnya."),
    )
