"""The life of a purchase across orders, payments and affiliates: each step in one place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Address, User
from accounts.operations import mark_address_used
from affiliates import operations as affiliates
from catalog.models import Variant
from checkout import notices
from deals.broadcasts import flash_left_changed
from deals.models import Rule
from livestream import broadcasts
from livestream.models import LiveSession
from orders import operations as orders
from orders.models import Order, OrderLine
from orders.outbox import Topic, drain
from orders.queries import deliveries_to_confirm, parcels_given_up, quote
from orders.transitions import Event
from payments import operations as payments
from payments import queries as payment_queries
from payments.operations.doors import REFUSED_AT_THE_DOOR
from shipping.operations import offer_ways
from shipping.queries import quotes_for
from shipping.states import State as Station


@dataclass(frozen=True)
class Wish:
    """What a buyer asked for on the buy sheet."""

    variant: Variant
    quantity: int
    address: Address
    method: str
    key: UUID
    shown_total: int | None  # rupiah, as the sheet showed it
    session: LiveSession | None
    visitor: UUID | None
    shipping_quote: UUID | None = None
    standing: payment_queries.Standing | None = None  # asked when it is needed and not known
    is_from_sheet: bool = False  # where its buyer can be asked how it is sent
    # What is known to be so saves a question.
    may_be_credited: bool = True
    is_to_usual_address: bool = False


class WayMissing(Exception):
    """The buyer was offered ways to have it sent, and chose none."""


class MethodNotOffered(Exception):
    """This shop is not paid that way, or nobody is for the time being."""


class TooManyUnpaid(Exception):
    """So many orders already wait for this buyer's money that the next one has to wait for them."""


class OnlyPractice(Exception):
    """Nothing is sold in a rehearsal."""


def buy(buyer: User, *, wish: Wish) -> Order:
    """Place the order, once for each key. Its payment page asks the gateway.

    Raises OnlyPractice, WayMissing, MethodNotOffered, TooManyUnpaid, and what
    `orders.operations.place_order` raises.
    """
    if wish.session and wish.session.is_rehearsal:
        raise OnlyPractice
    _refuse_without_way(buyer, wish)
    _refuse_by_standing(buyer, wish)
    order = orders.place_order(
        buyer=buyer,
        shop_id=wish.variant.shop_id,
        basket={wish.variant.pk: wish.quantity},
        method=wish.method,
        address=wish.address.as_snapshot(),
        idempotency_key=wish.key,
        session_id=wish.session.pk if wish.session else None,
        session_ms=wish.session.media_ms if wish.session else None,
        attribution=_attribution(buyer, wish) if wish.may_be_credited else {},
        expected_total=wish.shown_total,
        shipping_quote=wish.shipping_quote,
    )
    if not wish.is_to_usual_address:
        mark_address_used(wish.address)
    if order.is_new:  # a repeated request must not shout again
        _tell_room(buyer, wish, order)
    return order


def _refuse_without_way(buyer: User, wish: Wish) -> None:
    """What travels with an earlier order, or is a gift, needs no way of its own.

    Whoever orders from a sheet that had not asked (a new address, a form without scripts) is asked now: else
    the flat fee would be everybody's who does not look at the ways.
    """
    if wish.shipping_quote or not wish.variant.shop.offers_ways:
        return
    address, basket = wish.address.as_snapshot(), {wish.variant.pk: wish.quantity}
    place = {"area": address["area"], "postal_code": address["postal_code"]}
    is_known = quotes_for(buyer, shop_id=wish.variant.shop_id, basket=basket, **place).exists()
    if not is_known and not wish.is_from_sheet:
        return
    session_id = wish.session.pk if wish.session else None
    terms = quote(buyer, shop_id=wish.variant.shop_id, basket=basket, session_id=session_id, address=address)
    if not terms.subtotal or terms.rides:
        return
    if is_known or offer_ways(buyer, shop=wish.variant.shop, variants=[wish.variant], basket=basket, **place):
        raise WayMissing


def _refuse_by_standing(buyer: User, wish: Wish) -> None:
    """A repeated request gets its order again, whatever has changed since."""
    standing = wish.standing or payment_queries.standing(
        method=wish.method, shop_id=wish.variant.shop_id, buyer_id=buyer.pk
    )
    if standing.is_offered and not standing.owes_too_much:
        return
    if not Order.objects.filter(idempotency_key=wish.key, buyer=buyer).exists():
        raise TooManyUnpaid if standing.is_offered else MethodNotOffered


def _attribution(buyer: User, wish: Wish) -> dict[int, dict[str, object]]:
    return affiliates.decide_attribution(
        visitor=wish.visitor,
        buyer=buyer,
        shop_id=wish.variant.shop_id,
        variant_ids=[wish.variant.pk],
        session_id=wish.session.pk if wish.session else None,
        at=timezone.now(),
        delivery=wish.address.as_snapshot(),
    )


def _tell_room(buyer: User, wish: Wish, order: Order) -> None:
    broadcasts.stock_changed([wish.variant.pk])
    if order.subtotal < wish.variant.price * wish.quantity:
        flash = order.lines.filter(rule=Rule.FLASH, deal_id__isnull=False)
        flash_left_changed([line.deal_id for line in flash if line.deal_id])
    if wish.session and wish.session.is_on_air:
        broadcasts.sold(wish.session.pk, buyer.chat_name, wish.variant.product.name)


@transaction.atomic
def receive(order: Order) -> None:
    """The buyer has it: COD is paid now, and commission begins to mature. Again changes nothing."""
    orders.receive_order(order)
    if order.is_cod:
        payments.record_cod_payment(order)
    affiliates.mature_commission(order)


def refuse_at_door(order: Order) -> None:
    """The parcel comes back unpaid: the units return, commission is reversed, the buyer is trusted less."""
    with transaction.atomic():
        orders.refuse_parcel(order, reason=REFUSED_AT_THE_DOOR)
        payments.record_door_refusal(order)
        for line in order.lines.all():
            affiliates.reverse_commission(line, units=line.quantity, source=f"refused:{line.pk}")


def confirm_old_deliveries() -> int:
    """Receive what was shipped long ago and never complained about; how many.

    A shop that never said how it ended at the door had the cash: it is the one who would lose by silence.
    """
    count = 0
    for order in deliveries_to_confirm():
        with contextlib.suppress(orders.NotPossible), transaction.atomic():  # the buyer was quicker
            if order.waits_for_the_shops_word:
                order = orders.record_cash(order)
            receive(order)
            count += 1
    return count


def give_up_lost_parcels() -> int:
    """Pay back what couriers have lost, or brought back; how many orders."""
    count = 0
    for order in parcels_given_up().select_related("parcel"):
        with contextlib.suppress(orders.NotPossible):  # somebody was quicker
            _give_up(order)
            count += 1
    return count


def _give_up(order: Order) -> None:
    is_lost = order.parcel is not None and order.parcel.state == Station.LOST
    reason = _("Paket hilang atau rusak di kurir") if is_lost else _("Paket kembali ke penjual")
    with transaction.atomic():
        orders.give_up_parcel(order, reason=reason)
        for line in order.lines.all():
            affiliates.reverse_commission(line, units=line.quantity, source=f"lost:{line.pk}")
    payments.give_back(order)


def tell_people() -> int:
    """Write the notices that orders have left to be written; how many outbox entries were done.

    Each is written once; the inbox sends it.
    """
    return drain(
        {
            Topic.PLACED: notices.ask_buyer_to_confirm,
            Topic.CONFIRMED: notices.tell_shop_to_pack,
            Topic.SHIPPED: notices.tell_buyer_it_was_sent,
            Topic.RECEIVED: notices.tell_buyer_it_is_theirs,
            Topic.CANCELLED: notices.tell_both_it_is_off,
            Topic.EXPIRED: notices.tell_buyer_it_lapsed,
            Topic.REFUND_DUE: notices.tell_buyer_money_comes_back,
            Topic.REFUNDED: notices.tell_buyer_money_is_back,
        }
    )


def cancel(order: Order, *, reason: str, by_buyer: bool = False) -> None:
    """Before shipping: the goods go back on the shelf, commission is reversed, money is owed back.

    A courier that was called is called off first, and whoever has fetched the parcel already keeps it.
    Raises NotPossible, and OutcomeUnknown when the courier does not answer.
    """
    if order.state == Order.State.PACKED and not by_buyer:
        orders.call_off_courier(order)
    _call_off(order, reason, by_buyer=by_buyer)
    broadcasts.stock_changed(list(order.lines.values_list("variant_id", flat=True)))
    payments.give_back(order)


def cancel_many(chosen: Iterable[Order], *, reason: str) -> tuple[list[Order], list[Order]]:
    """Those that are off now, and those that could not be: each stands for itself.

    Nobody outside is asked while the shop waits: the sweep sends their money back, and what a courier was
    called for is called off one by one.
    """
    done: list[Order] = []
    left: list[Order] = []
    for order in chosen:
        try:
            if order.parcel is not None and order.parcel.is_followed:
                raise orders.NotPossible(order, Event.CANCEL)
            _call_off(order, reason)
        except orders.NotPossible:
            left.append(order)
        else:
            done.append(order)
    variants = OrderLine.objects.filter(order__in=[order.pk for order in done])
    broadcasts.stock_changed(sorted(set(variants.values_list("variant_id", flat=True))))
    return done, left


@transaction.atomic
def _call_off(order: Order, reason: str, *, by_buyer: bool = False) -> None:
    orders.cancel_order(order, reason, by_buyer=by_buyer)
    for line in order.lines.all():
        affiliates.reverse_commission(line, units=line.quantity, source=f"cancel:{line.pk}")
