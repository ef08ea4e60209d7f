"""What lies on the printed seller's desk today: orders in every state, returns, a dispute, reviews, a payout.

All of it by the market's own steps, then dated back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from catalog import operations as catalog
from catalog.models import Shop
from checkout import operations as checkout
from demo.past import settle_order
from kit.pictures import Picture
from orders import operations as orders
from orders.models import Order, OutboxEntry
from payouts import operations as payouts
from payouts.models import PayoutBatch
from returns import operations as returns
from returns.models import Return
from reviews import operations as reviews
from reviews.operations import Opinion

NAMESPACE = uuid.UUID("6a1c3c5e-4f0b-4c39-9f5e-0d6b1f6f7a51")
HOUR = timedelta(hours=1)
Way = tuple[str, Order.Method, int]  # how far it has come, how it is paid, hours since it was placed
# The first of each belongs to the buyer whose log-in is printed.
WAYS: tuple[Way, ...] = (
    ("pending", Order.Method.QRIS, 0),
    ("confirmed", Order.Method.QRIS, 1),
    ("confirmed", Order.Method.COD, 3),
    ("confirmed", Order.Method.VA_BCA, 5),
    ("packed", Order.Method.QRIS, 7),
    ("packed", Order.Method.GOPAY, 9),
    ("shipped", Order.Method.QRIS, 26),
    ("shipped", Order.Method.COD, 30),
    ("received", Order.Method.QRIS, 60),
    ("received", Order.Method.QRIS, 64),
    ("received", Order.Method.VA_BNI, 70),
    ("received", Order.Method.QRIS, 76),
    ("cancelled", Order.Method.QRIS, 20),
)
PRAISE = (
    (5, "Persis seperti yang ditunjukkan waktu live. Bungkusnya rapi, sampai dua hari."),
    (4, "Barangnya bagus, warnanya sedikit lebih tua dari di layar. Puas kok."),
)


def fill_desk(shop: Shop, buyer: User, others: Sequence[User]) -> None:
    people = [buyer, *others[: len(WAYS)]]
    made = [_order(shop, number, way, people) for number, way in enumerate(WAYS)]
    arrived = [order for order in made if order.state == Order.State.RECEIVED]
    for order, (stars, text) in zip(arrived, PRAISE, strict=False):
        _review(order, stars=stars, text=text)
    reviews.answer_review(
        reviews.write_review(
            arrived[2].lines.get(),
            author=arrived[2].buyer,
            opinion=Opinion(3, "Isinya utuh, tapi kirimnya agak lama."),
        ),
        text="Terima kasih masukannya, minggu itu kurirnya memang penuh. Lain kali kami kabari.",
    )
    _ask_back(arrived[1], "Satu pecah waktu kubuka, fotonya menyusul.")
    _dispute(_ask_back(arrived[3], "Ukurannya tidak sama dengan yang disebut waktu live."))
    OutboxEntry.objects.filter(order__in=made, done_at__isnull=True).update(done_at=timezone.now())


def pay_out(shop: Shop, *, by: User) -> PayoutBatch:
    """What shows of long ago have earned is in the seller's bank."""
    payouts.plan_settlements()
    payouts.settle_due(timezone.now())
    batch = payouts.make_batch(by=by)
    for payout in batch.payouts.all():
        payouts.pay_payout(payout, by=by, reference="BCA-CONTOH-001")
    return batch


def _order(shop: Shop, number: int, way: Way, people: Sequence[User]) -> Order:
    state, method, hours = way
    is_first = number == next(place for place, (each, _, _) in enumerate(WAYS) if each == state)
    buyer = people[0] if is_first else people[number + 1]
    variant = list(shop.products.order_by("pk"))[number % 6].variants.earliest("position")
    catalog.restock(variant, units=2)
    order = orders.place_order(
        buyer=buyer,
        shop_id=shop.pk,
        basket={variant.pk: 1 + number % 2},
        method=method,
        address=buyer.addresses.select_related("regency").earliest("pk").as_snapshot(),
        idempotency_key=uuid.uuid5(NAMESPACE, str(number)),
    )
    for step in STEPS[state]:
        step(order)
        order.refresh_from_db()
    _date_back(order, hours)
    return order


def _date_back(order: Order, hours: int) -> None:
    placed_at = timezone.now() - hours * HOUR
    later = {"paid_at": 0.1, "packed_at": 1.0, "shipped_at": 4.0, "received_at": 40.0, "closed_at": 6.0}
    known = {name: placed_at + after * HOUR for name, after in later.items() if getattr(order, name)}
    Order.objects.filter(pk=order.pk).update(placed_at=placed_at, **known)
    order.refresh_from_db()


def _review(order: Order, *, stars: int, text: str) -> None:
    """With the picture of the goods, as if the buyer had photographed them."""
    line = order.lines.select_related("variant__product").get()
    photo = line.variant.product.photos.earliest("position")
    picture = Picture(photo.key, photo.width, photo.height, photo.color, photo.lqip, photo.widths)
    reviews.write_review(line, author=order.buyer, opinion=Opinion(stars, text, [picture]))


def _ask_back(order: Order, text: str) -> Return:
    wanted = returns.Wanted(units={order.lines.get().pk: 1}, reason=Return.Reason.DAMAGED, text=text)
    return returns.ask(order, by=order.buyer, wanted=wanted)


def _dispute(request: Return) -> None:
    returns.refuse(request, by=request.order.shop.owner, note="Waktu live sudah kami ukur di depan kamera.")
    returns.dispute(request, by=request.order.buyer, text="Yang sampai bukan yang diukur waktu itu.")


# ---- steps -----------------------------------------------------------------------------------------


def _wait(order: Order) -> None:
    orders.extend_hold(order.pk, timezone.now() + 20 * HOUR)


def _stand_by(order: Order) -> None:
    if order.is_cod:
        orders.confirm_cod(order.pk)
    else:
        settle_order(order)


def _ship(order: Order) -> None:
    orders.ship_order(order, courier="JNE", waybill=f"CTH{order.pk:08d}")


def _call_off(order: Order) -> None:
    checkout.cancel(order, reason="Stok yang terakhir ternyata retak. Maaf, ya.")


Step = Callable[[Order], object]
PACKED: tuple[Step, ...] = (_stand_by, orders.pack_order)
STEPS: dict[str, tuple[Step, ...]] = {
    "pending": (_wait,),
    "confirmed": (_stand_by,),
    "packed": PACKED,
    "shipped": (*PACKED, _ship),
    "received": (*PACKED, _ship, checkout.receive),
    "cancelled": (_call_off,),
}
