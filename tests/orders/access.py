"""Who may call the addresses of orders."""

from __future__ import annotations

from typing import Any

from tests.access.rules import BUYER, CREW, MEMBERS, ORDERS, SELLER, Access


def _number(world: Any) -> dict[str, Any]:
    return {"number": world.order.number}


def _batch(world: Any) -> dict[str, Any]:
    from orders.operations import print_labels, want_labels

    batch = want_labels(world.seller, [world.order])
    print_labels(batch.pk)
    return {"pk": batch.pk}


POST = frozenset({"POST"})
ACCESS = {
    "orders:list": Access(MEMBERS),
    "orders:order": Access(frozenset({BUYER}), kwargs=_number),
    "orders:desk": Access(MEMBERS),  # empty for who has no shop
    "orders:desk_order": Access(ORDERS, kwargs=_number),
    "orders:pack_many": Access(MEMBERS, POST),  # only ever of one's own
    "orders:labels": Access(MEMBERS, POST),
    "orders:label_batch": Access(frozenset({SELLER}), kwargs=_batch),
    "orders:label_pdf": Access(frozenset({SELLER}), kwargs=_batch),
    "orders:waybills": Access(MEMBERS, frozenset({"GET", "POST"})),
    "orders:waybills_import": Access(MEMBERS, POST),
    "orders:export": Access(MEMBERS),
    "orders:call_courier": Access(ORDERS, POST, kwargs=_number),
    "orders:call_off_courier": Access(ORDERS, POST, kwargs=_number),
    "orders:hand_over": Access(ORDERS, POST, kwargs=_number),
    "orders:cash": Access(ORDERS, POST, kwargs=_number),
    "orders:session_rule": Access(
        CREW, frozenset({"GET", "POST"}), kwargs=lambda world: {"code": world.session.code}
    ),
    "orders:buyer_rule": Access(ORDERS, POST, kwargs=_number),
    "orders:pack": Access(ORDERS, POST, kwargs=_number),
    "orders:ship": Access(
        ORDERS,
        POST,
        kwargs=_number,
        fields=lambda world: {"courier": "JNE", "waybill": "JNE0001"},
    ),
}
