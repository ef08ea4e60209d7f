"""What couriers call the stations of a parcel, and what each means here. The only such list."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("Menunggu kurir")
    ON_THE_WAY = "on_the_way", _("Dalam perjalanan")
    ON_HOLD = "on_hold", _("Tertahan di kurir")
    DELIVERED = "delivered", _("Sampai di tujuan")
    RETURNING = "returning", _("Kembali ke penjual")
    RETURNED = "returned", _("Sudah kembali ke penjual")
    LOST = "lost", _("Hilang atau rusak")
    FAILED = "failed", _("Penjemputan gagal")


# After these a parcel goes nowhere, whatever comes late.
FINAL = frozenset({State.DELIVERED, State.RETURNED, State.LOST})
# With these the courier has it, or had it.
HANDED_OVER = frozenset(State) - {State.WAITING, State.FAILED}

BITESHIP: dict[str, State] = {
    "placed": State.WAITING,
    "scheduled": State.WAITING,
    "confirmed": State.WAITING,
    "allocated": State.WAITING,
    "picking_up": State.WAITING,
    "picked": State.ON_THE_WAY,
    "dropping_off": State.ON_THE_WAY,
    "on_hold": State.ON_HOLD,
    "delivered": State.DELIVERED,
    "rejected": State.RETURNING,
    "return_in_transit": State.RETURNING,
    "returned": State.RETURNED,
    "disposed": State.LOST,
    "cancelled": State.FAILED,
    "courier_not_found": State.FAILED,
}


def known(word: str) -> State | None:
    """Nothing for a word that we have never heard: it is kept and shown, and moves nothing."""
    return BITESHIP.get(word)
