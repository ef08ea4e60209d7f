"""Shows of the printed seller's stall that are already over, so that a report has something to say.

Who came and when is made up by a die that always falls the same; what they bought are real orders, placed,
sent and received by the market's own steps and then dated back.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from catalog import operations as catalog
from catalog.models import Product, Shop, Variant
from checkout import operations as checkout
from demo.content import CHAT_LINES, fill_in
from livestream.models import (
    AudienceSample,
    LiveSession,
    PinInterval,
    ProductTap,
    RoomEvent,
    Visit,
    VisitSource,
)
from livestream.operations import showcase
from livestream.room import log, seats
from orders import operations as orders
from orders.models import Order, OutboxEntry
from payments import operations as payments
from payments.models import Charge, ChargePart

STEP = 5  # seconds of one sample
STAYS = 30
PIN_SECONDS = (180, 420)
SOURCES = {
    VisitSource.WHATSAPP: 34,
    VisitSource.LOBBY: 24,
    VisitSource.FRONT: 17,
    VisitSource.SHOP: 9,
    VisitSource.DIRECT: 7,
    VisitSource.QR: 4,
    VisitSource.LINK: 3,
    VisitSource.ELSEWHERE: 2,
}


@dataclass(frozen=True)
class Plan:
    title: str
    days_ago: int
    minutes: int
    visitors: int
    buyers: int


SHOWS = (
    Plan("Live pertama kami, deg-degan!", days_ago=16, minutes=25, visitors=48, buyers=5),
    Plan("Stok baru, langsung dari dapur", days_ago=9, minutes=35, visitors=90, buyers=11),
    Plan("Malam panen: enam barang pilihan", days_ago=2, minutes=48, visitors=180, buyers=26),
)


@dataclass(frozen=True)
class _Visitor:
    seat: int
    source: VisitSource
    came: int  # seconds into the show
    left: int
    buyer: User | None


def hold_shows(shop: Shop, shoppers: Sequence[User]) -> None:
    for number, plan in enumerate(SHOWS):
        _Show(shop, plan, random.Random(number)).hold(shoppers)


class _Show:
    def __init__(self, shop: Shop, plan: Plan, die: random.Random) -> None:
        self._plan, self._die = plan, die
        self._products = list(shop.products.order_by("pk")[:6])
        self._seconds = plan.minutes * 60
        self._session = self._make_session(shop)

    def hold(self, shoppers: Sequence[User]) -> None:
        pins = self._pin()
        visitors = list(self._visitors(shoppers))
        Visit.objects.bulk_create(self._visit(visitor) for visitor in visitors)
        AudienceSample.objects.bulk_create(self._samples(visitors))
        ProductTap.objects.bulk_create(self._taps(visitors, pins), ignore_conflicts=True)
        log.append(self._session.pk, list(self._chat(visitors, pins)))
        for visitor in visitors:
            if visitor.buyer:
                self._buy(visitor, pins)
        self._end(visitors)

    # ---- the show ------------------------------------------------------------------------------------

    def _make_session(self, shop: Shop) -> LiveSession:
        evening = timezone.localtime() - timedelta(days=self._plan.days_ago)
        began = evening.replace(hour=19, minute=4, second=0, microsecond=0)
        session = showcase.plan_session(
            shop=shop,
            title=self._plan.title,
            planned_at=began.replace(minute=0),
            product_ids=[product.pk for product in self._products],
        )
        session.went_live_at = began
        session.save(update_fields=["went_live_at"])
        return session

    def _at(self, seconds: float) -> datetime:
        assert self._session.went_live_at
        return self._session.went_live_at + timedelta(seconds=seconds)

    def _pin(self) -> list[PinInterval]:
        pins: list[PinInterval] = []
        second = self._die.randint(40, 90)
        while second < self._seconds - PIN_SECONDS[0]:
            until = min(second + self._die.randint(*PIN_SECONDS), self._seconds)
            product = self._products[len(pins) % len(self._products)]
            pins.append(self._pin_of(product, second, until))
            second = until + self._die.choice((0, 0, 20, 75))
        return PinInterval.objects.bulk_create(pins)

    def _pin_of(self, product: Product, second: int, until: int) -> PinInterval:
        return PinInterval(
            session=self._session,
            product=product,
            from_ms=second * 1000,
            to_ms=until * 1000,
            pinned_at=self._at(second),
        )

    def _end(self, visitors: Sequence[_Visitor]) -> None:
        self._session.ended_at = self._at(self._seconds)
        self._session.media_ms = self._seconds * 1000
        self._session.likes = len(visitors) * self._die.randint(9, 17)
        self._session.peak_viewers = max(_present(visitors, second) for second in self._steps())
        self._session.save()

    def _steps(self) -> range:
        return range(0, self._seconds, STEP)

    # ---- its people ------------------------------------------------------------------------------------

    def _visitors(self, shoppers: Sequence[User]) -> Iterator[_Visitor]:
        """Most come when the link goes round, half of them leave within two minutes."""
        buyers = iter(self._die.sample(list(shoppers), self._plan.buyers))
        for number in range(self._plan.visitors):
            buyer = next(buyers, None) if number % (self._plan.visitors // self._plan.buyers) == 0 else None
            came = int(self._seconds * min(self._die.betavariate(1.5, 2.6), 0.9))
            stays = self._die.expovariate(1 / 100) if number % 2 else self._die.uniform(240, 1500)
            stays = max(stays, 420) if buyer else stays
            name = seats.of_person(buyer.pk) if buyer else seats.of_page(f"{self._die.getrandbits(64):016x}")
            yield _Visitor(
                seat=seats.mark(self._session.pk, name),
                source=self._die.choices(list(SOURCES), list(SOURCES.values()))[0],
                came=came,
                left=min(self._seconds, came + 4 + int(stays)),
                buyer=buyer,
            )

    def _visit(self, visitor: _Visitor) -> Visit:
        at = self._at(visitor.came)
        return Visit(session=self._session, seat=visitor.seat, source=visitor.source, entered_at=at)

    def _samples(self, visitors: Sequence[_Visitor]) -> Iterator[AudienceSample]:
        came = Counter(visitor.came // STEP for visitor in visitors)
        left = Counter(visitor.left // STEP for visitor in visitors)
        patient = [visitor for visitor in visitors if visitor.left - visitor.came >= STAYS]
        stayed = Counter((visitor.came + STAYS) // STEP for visitor in patient)
        for second in self._steps():
            step = second // STEP
            yield AudienceSample(
                session=self._session,
                at=self._at(second),
                at_ms=second * 1000,
                viewers=_present(visitors, second),
                entered=came[step],
                stayed=stayed[step],
                gone=left[step],
            )

    def _taps(self, visitors: Sequence[_Visitor], pins: Sequence[PinInterval]) -> Iterator[ProductTap]:
        for visitor in visitors:
            for pin in _pins_seen(visitor, pins):
                if visitor.buyer or self._die.random() < 0.16:
                    ms = self._die.randint(max(pin.from_ms, visitor.came * 1000), _until(pin, visitor))
                    yield ProductTap(
                        session=self._session,
                        product_id=pin.product_id,
                        seat=visitor.seat,
                        at_ms=ms,
                        tapped_at=self._at(ms / 1000),
                    )

    def _chat(self, visitors: Sequence[_Visitor], pins: Sequence[PinInterval]) -> Iterator[RoomEvent]:
        """In the order of time, which is the order of their numbers."""
        speakers = [visitor for visitor in visitors if visitor.buyer]
        moments = sorted(
            (self._die.randint(visitor.came, visitor.left), place)
            for place, visitor in enumerate(speakers)
            for _ in range(self._die.randint(2, 9))
        )
        for second, place in moments:
            buyer = speakers[place].buyer
            assert buyer
            yield RoomEvent(
                kind=RoomEvent.Kind.CHAT,
                sender=buyer,
                sender_name=buyer.chat_name,
                client_id=uuid.UUID(int=self._die.getrandbits(128), version=4),
                text=self._line(pins, second),
                media_ms=second * 1000,
                created_at=self._at(second),
            )

    def _line(self, pins: Sequence[PinInterval], second: int) -> str:
        now = [pin.product for pin in pins if pin.from_ms <= second * 1000]
        product = now[-1] if now else self._products[0]
        code = product.variants.earliest("position").live_code
        return fill_in(self._die.choice(CHAT_LINES), product=product.name.lower(), code=code, place="Bantul")

    # ---- what they bought --------------------------------------------------------------------------------

    def _buy(self, visitor: _Visitor, pins: Sequence[PinInterval]) -> None:
        seen = _pins_seen(visitor, pins)
        for pin in self._die.sample(seen, min(len(seen), self._die.choice((1, 1, 1, 2)))):
            ms = self._die.randint(max(pin.from_ms, visitor.came * 1000), _until(pin, visitor))
            self._order(visitor.buyer, self._die.choice(list(pin.product.variants.order_by("pk"))), ms)

    def _order(self, buyer: User | None, variant: Variant, ms: int) -> None:
        assert buyer
        fate = self._die.choices(("received", "cancelled", "expired"), (86, 6, 8))[0]
        units = self._die.choice((1, 1, 1, 2, 3))
        catalog.restock(variant, units=units)
        order = orders.place_order(
            buyer=buyer,
            shop_id=variant.shop_id,
            basket={variant.pk: units},
            method=_method(fate, buyer),
            address=buyer.addresses.select_related("regency").earliest("pk").as_snapshot(),
            idempotency_key=uuid.UUID(int=self._die.getrandbits(128), version=4),
            session_id=self._session.pk,
            session_ms=ms,
        )
        FATES[fate](order)
        self._date_back(order, self._at(ms / 1000))

    def _date_back(self, order: Order, placed_at: datetime) -> None:
        """Its letters, too, went out long ago."""
        order.refresh_from_db()
        moments = {
            "paid_at": timedelta(0),
            "packed_at": timedelta(hours=14),
            "shipped_at": timedelta(hours=18),
            "received_at": timedelta(hours=40),
            "closed_at": timedelta(minutes=15),
        }
        known = {name: placed_at + later for name, later in moments.items() if getattr(order, name)}
        Order.objects.filter(pk=order.pk).update(placed_at=placed_at, **known)
        OutboxEntry.objects.filter(order=order, done_at__isnull=True).update(done_at=timezone.now())


def _method(fate: str, buyer: User) -> Order.Method:
    """Two in three pay at once, and so does whoever never paid; who changes their mind had not paid yet."""
    pays_at_the_door = buyer.pk % 3 == 0 if fate == "received" else fate == "cancelled"
    return Order.Method.COD if pays_at_the_door else Order.Method.QRIS


def settle_order(order: Order) -> None:
    """As if the gateway had been asked long ago, and somebody has seen the money."""
    charge = Charge.objects.create(
        reference=order.number, method=order.method, amount=order.total, state=Charge.State.PENDING
    )
    ChargePart.objects.create(charge=charge, order=order, amount=order.total)
    payments.settle(charge)


def _receive(order: Order) -> None:
    if order.is_cod:
        orders.confirm_cod(order.pk)
    else:
        settle_order(order)
    order.refresh_from_db()
    orders.pack_order(order)
    order.refresh_from_db()
    orders.ship_order(order, courier="Kurir Contoh", waybill=f"CTH{order.pk:08d}")
    if order.is_cod:
        orders.record_cash(order)
    order.refresh_from_db()
    checkout.receive(order)


def _call_off(order: Order) -> None:
    checkout.cancel(order, reason="Salah pilih ukuran", by_buyer=True)


def _run_out(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(pay_by=timezone.now() - timedelta(seconds=1))
    orders.expire_unpaid(10)


FATES = {"received": _receive, "cancelled": _call_off, "expired": _run_out}


def _present(visitors: Sequence[_Visitor], second: int) -> int:
    return sum(visitor.came <= second < visitor.left for visitor in visitors)


def _pins_seen(visitor: _Visitor, pins: Sequence[PinInterval]) -> list[PinInterval]:
    """Those of which this visitor saw some seconds."""
    last = visitor.left * 1000 - 5000
    return [pin for pin in pins if pin.from_ms < last and _until(pin, visitor) > visitor.came * 1000]


def _until(pin: PinInterval, visitor: _Visitor) -> int:
    assert pin.to_ms
    return min(pin.to_ms, visitor.left * 1000)
