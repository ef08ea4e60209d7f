"""Where the parts of an order's money lie in its bar, so that a template only has to draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fees.arithmetic import Breakdown


@dataclass(frozen=True)
class Part:
    key: str
    label: str
    amount: int
    x: str
    width: str
    percent: int


def parts_of(money: Breakdown) -> Sequence[Part]:
    """All that the buyer paid, from what the shop keeps to what went back; what is nothing has no part."""
    shares = [
        ("net", _("Kamu terima"), max(0, money.net)),
        ("commission", _("Komisi kreator"), money.commission),
        ("market", _("Biaya pasar dan proses"), money.platform + money.processing),
        ("payment", _("Biaya pembayaran"), money.payment),
        ("tax", _("PPh Pasal 22"), money.tax),
        ("refunded", _("Kembali ke pembeli"), money.refunded),
    ]
    whole = sum(share[2] for share in shares)
    parts, before = [], 0
    for key, label, amount in shares:
        if amount:
            parts.append(
                Part(
                    key,
                    label,
                    amount,
                    _percent(before, whole),
                    _percent(amount, whole),
                    round(100 * amount / whole),
                )
            )
            before += amount
    return parts


def _percent(amount: int, whole: int) -> str:
    return f"{100 * amount / whole:.2f}%"
