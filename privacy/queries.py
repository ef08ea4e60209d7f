"""What is still open between a person and others, so that they cannot leave yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from affiliates.models import Affiliate, Commission, CommissionPosting
from catalog.models import Shop
from ledger.models import AccountKind
from ledger.queries import balance
from livestream.models import LiveSession
from orders.models import Order
from payments.models import Refund
from privacy.models import Closing
from returns.models import Return

OPEN = (
    Order.State.PENDING,
    Order.State.CONFIRMED,
    Order.State.PACKED,
    Order.State.SHIPPED,
    Order.State.REFUND_DUE,
)
SHOP_WAITS = (AccountKind.SELLER_IN_TRANSIT, AccountKind.SELLER_HELD_BACK)


@dataclass(frozen=True)
class Reason:
    """Why not yet, and the page on which it can be brought to an end."""

    text: str
    page: str = ""  # the name of its address


def reasons_to_stay(user: User) -> list[Reason]:
    """Empty when the account can be closed."""
    return [*_as_staff(user), *_as_buyer(user), *_as_seller(user), *_as_creator(user)]


def closings_to_finish(most: int = 100) -> list[int]:
    waiting = Closing.objects.filter(done_at__isnull=True).order_by("asked_at", "pk")
    return list(waiting.values_list("pk", flat=True)[:most])


def _as_staff(user: User) -> Iterator[Reason]:
    if user.is_staff or user.is_superuser:
        yield Reason(_("Akun petugas ditutup oleh pengelola pasar."))


def _as_buyer(user: User) -> Iterator[Reason]:
    orders = Order.objects.of_buyer(user).filter(state__in=OPEN).count()
    if orders:
        text = ngettext("%(count)d pesananmu belum selesai.", "%(count)d pesananmu belum selesai.", orders)
        yield Reason(text % {"count": orders}, "orders:list")
    if Refund.objects.filter(order__buyer=user).exclude(state=Refund.State.SENT).exists():
        yield Reason(_("Masih ada uang yang sedang dikembalikan kepadamu."), "orders:list")
    if Return.objects.of_buyer(user).open().exists():
        yield Reason(_("Masih ada retur yang belum selesai."), "orders:list")


def _as_seller(user: User) -> Iterator[Reason]:
    shop = Shop.objects.filter(owner=user).first()
    if shop is None:
        return
    if LiveSession.objects.on_air().filter(shop=shop).exists():
        yield Reason(_("Lapakmu sedang live. Akhiri dulu."), "livestream:plan")
    orders = Order.objects.filter(shop=shop, state__in=OPEN).count()
    if orders:
        text = ngettext(
            "%(count)d pesanan di lapakmu belum selesai.",
            "%(count)d pesanan di lapakmu belum selesai.",
            orders,
        )
        yield Reason(text % {"count": orders}, "orders:desk")
    if Return.objects.of_seller(user).open().exists():
        yield Reason(_("Masih ada retur yang menunggu di lapakmu."), "returns:seller_list")
    if _is_settling(shop) or any(balance(kind, shop.pk) for kind in SHOP_WAITS):
        yield Reason(_("Uang pesananmu belum cair semua."), "payouts:shop")
    yield from _balance(balance(AccountKind.SELLER_PAYABLE, shop.pk), "payouts:shop")


def _is_settling(shop: Shop) -> bool:
    """An order that arrived and whose money is not, or not all, in the shop's balance."""
    arrived = Order.objects.filter(shop=shop, state=Order.State.RECEIVED)
    unsettled = Q(settlement__isnull=True) | Q(settlement__settled_at__isnull=True)
    return arrived.filter(unsettled | Q(settlement__next_at__isnull=False)).exists()


def _as_creator(user: User) -> Iterator[Reason]:
    creator = Affiliate.objects.filter(user=user).first()
    if creator is None:
        return
    posted = CommissionPosting.objects.filter(commission_id=OuterRef("pk"))
    coming = Commission.objects.filter(~Exists(posted), affiliate=creator)
    if coming.exists() or balance(AccountKind.AFFILIATE_IN_TRANSIT, creator.pk):
        yield Reason(_("Masih ada komisi yang belum cair."), "payouts:affiliate")
    yield from _balance(balance(AccountKind.AFFILIATE_AVAILABLE, creator.pk), "payouts:affiliate")


def _balance(amount: int, page: str) -> Iterator[Reason]:
    """What is too little to be sent stays owed in the books; it keeps nobody here."""
    if amount >= settings.PAYOUT_MINIMUM:
        yield Reason(_("Saldomu masih ada. Cairkan dulu."), page)
    if amount < 0:
        yield Reason(_("Saldomu di bawah nol. Lunasi dulu lewat pengelola pasar."), page)
