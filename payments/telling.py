"""What people are told of payments that wait for a person: the shop of proofs, the buyer of answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from inbox.models import Kind
from inbox.operations import Message, tell
from kit.money import rupiah
from orders.models import Order
from payments.models import Charge, Proof, Refund


def proof_came(proof: Proof) -> None:
    for order in _orders(proof.charge):
        _tell(order.shop.owner, order, f"proof:{proof.pk}", partial(_look, order, proof))


def proof_rejected(proof: Proof) -> None:
    for order in _orders(proof.charge):
        _tell(order.buyer, order, f"proof:{proof.pk}:no", partial(_not_seen, order, proof))


def account_wanted(refund: Refund) -> None:
    """Nothing but a bank transfer brings this money back."""
    _tell(refund.order.buyer, refund.order, f"refund:{refund.pk}:account", partial(_where_to, refund))


def remind_shops(limit: int) -> int:
    """Once for each proof that has waited for a while; how many were reminded."""
    before = timezone.now() - timedelta(seconds=settings.PROOF_REMINDER_SECONDS)
    waiting = Charge.objects.filter(
        proofs__verdict=Proof.Verdict.WAITING,
        proofs__sent_at__lte=before,
        reminded_at__isnull=True,
        parts__order__state="pending",
    )
    return sum(_remind(charge) for charge in waiting.distinct().order_by("pk")[:limit])


def _remind(charge: Charge) -> bool:
    """Marked first: a shop rather misses a reminder than gets ten."""
    unmarked = Charge.objects.filter(pk=charge.pk, reminded_at__isnull=True)
    if not unmarked.update(reminded_at=timezone.now()):
        return False
    proof = charge.proofs.latest("pk")
    for order in _orders(charge):
        key = f"proof:{proof.pk}:again"
        _tell(order.shop.owner, order, key, partial(_look_again, order, proof))
    return True


# ---- words -----------------------------------------------------------------------------------------


def _look(order: Order, proof: Proof) -> Message:
    said = {"number": order.number, "sum": rupiah(proof.charge.sum_to_send)}
    text = _("Cek rekening atau aplikasi QRIS-mu: %(sum)s. Gambar saja belum berarti uangnya masuk.") % said
    return Message(_("Bukti bayar %(number)s menunggu dicek") % said, text, reverse("payments:proofs"))


def _look_again(order: Order, proof: Proof) -> Message:
    said = {"number": order.number, "sum": rupiah(proof.charge.sum_to_send)}
    text = _("Pembelinya masih menunggu. Benarkan %(sum)s, atau bilang belum masuk.") % said
    return Message(_("Bukti bayar %(number)s belum kamu cek") % said, text, reverse("payments:proofs"))


def _not_seen(order: Order, proof: Proof) -> Message:
    said = {"number": order.number, "shop": order.shop.name, "reason": proof.reason}
    text = _("%(shop)s: %(reason)s. Kirim bukti yang lebih jelas sebelum waktunya habis.") % said
    path = reverse("payments:pay", args=[order.number])
    return Message(_("Pembayaran %(number)s belum terlihat") % said, text, path)


def _where_to(refund: Refund) -> Message:
    said = {"sum": rupiah(refund.amount), "number": refund.order.number}
    text = _("%(sum)s tidak bisa kembali lewat jalan datangnya. Isi rekeningmu, lalu kami transfer.") % said
    path = reverse("payments:refund_account", args=[refund.pk])
    return Message(_("Ke mana uang pesanan %(number)s dikembalikan?") % said, text, path)


# ---- parts -----------------------------------------------------------------------------------------


def _orders(charge: Charge) -> list[Order]:
    parts = charge.parts.select_related("order__shop__owner", "order__buyer").order_by("pk")
    return [part.order for part in parts]


def _tell(person: User, order: Order, key: str, compose: Callable[[], Message]) -> None:
    tell(person, kind=Kind.ORDER, key=key, compose=compose, shop_id=order.shop_id)
