"""How a buyer may pay this shop now: what is not set up, or is paused or refused, is not offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.models import Shop
from kit.money import rupiah
from payments.methods import Way, configured, is_by_gateway
from payments.models import MethodPause, ShopTill
from payments.queries.doors import level_of


@dataclass(frozen=True)
class Offer:
    way: Way
    hint: str

    @property
    def method(self) -> str:
        return self.way.method.value

    @property
    def label(self) -> str:
        return self.way.label


def offers_for(shop: Shop, buyer_id: int) -> list[Offer]:
    """In the order in which they are shown."""
    till, paused = till_of(shop.pk), set(MethodPause.objects.values_list("method", flat=True))
    open_ = [way for way in configured() if way.method.value not in paused and _takes(shop, till, way)]
    return [Offer(way, _hint(way, buyer_id)) for way in open_]


def offers_for_all(shops: Sequence[Shop], buyer_id: int) -> list[Offer]:
    """How all of them can be paid at once; of several only what the gateway takes can be one payment."""
    first, *others = shops
    offers = offers_for(first, buyer_id)
    for shop in others:
        taken = {offer.method for offer in offers_for(shop, buyer_id)}
        offers = [offer for offer in offers if offer.method in taken and is_by_gateway(offer.method)]
    return offers


def till_of(shop_id: int) -> ShopTill:
    """The shop's till, or an empty one that nobody has kept yet."""
    return ShopTill.objects.filter(pk=shop_id).first() or ShopTill(pk=shop_id)


def _takes(shop: Shop, till: ShopTill, way: Way) -> bool:
    if way.method == "cod":
        return shop.accepts_cod
    if way.method in till.refused_methods:
        return False
    if way.method == "shop_qris":
        return till.has_qris
    return way.method != "transfer" or till.has_account


def _hint(way: Way, buyer_id: int) -> str:
    if way.method != "cod":
        return str(way.hint)
    if level_of(buyer_id) < 1:
        return _("Ongkirnya dibayar dulu lewat QRIS")
    most = rupiah(settings.COD_FREE_UP_TO)
    return _("Tanpa bayar dulu sampai %(most)s") % {"most": most}
