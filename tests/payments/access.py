"""Who may call the addresses of payments. The operators' desk asks for a permission besides
(tests/payments/test_desk.py), so that to staff without it the desk is not there."""

from __future__ import annotations

from typing import Any

from tests.access.rules import BUYER, EVERYONE, MONEY, RIVAL, SELLERS, Access

POST = frozenset({"POST"})
NOBODY: frozenset[str] = frozenset()


def _number(world: Any) -> dict[str, Any]:
    return {"number": world.order.number}


def _pk(_world: Any) -> dict[str, Any]:
    return {"pk": 1}


ACCESS = {
    "payments:pay": Access(frozenset({BUYER}), kwargs=_number),
    "payments:status": Access(frozenset({BUYER}), kwargs=_number),
    "payments:ask": Access(frozenset({BUYER}), POST, kwargs=_number),
    "payments:change": Access(frozenset({BUYER}), POST, kwargs=_number),
    "payments:confirm": Access(frozenset({BUYER}), POST, kwargs=_number),
    "payments:send_proof": Access(frozenset({BUYER}), POST, kwargs=_number),
    "payments:proof_picture": Access(NOBODY, kwargs=_pk),  # tests/payments/test_proofs.py
    "payments:refund_account": Access(NOBODY, kwargs=_pk),  # tests/payments/test_bank_refunds.py
    "payments:till": Access(SELLERS),
    "payments:choose_methods": Access(SELLERS, POST, fields=lambda world: {"methods": ["qris", "cod"]}),
    "payments:read_sticker": Access(SELLERS, POST),
    "payments:confirm_sticker": Access(SELLERS, POST),
    "payments:forget_sticker": Access(SELLERS, POST),
    "payments:keep_account": Access(SELLERS, POST),
    "payments:proofs": Access(MONEY | {RIVAL}),
    "payments:judge": Access(NOBODY, POST, kwargs=_pk),
    "payments:confirm_unproven": Access(NOBODY, POST, kwargs=_pk),
    "payments:record_transfer": Access(NOBODY, POST, kwargs=_pk),
    "payments:tickets": Access(NOBODY),
    "payments:ticket": Access(NOBODY, kwargs=_pk),
    "payments:act": Access(NOBODY, POST, kwargs=_pk),
    "payments:notices": Access(NOBODY),
    "payments:reconcile": Access(NOBODY),
    "payments:pause": Access(NOBODY, POST),
    # Open to machines; what is not signed is refused with 400 or 403 (tests/payments/test_hook.py).
    "midtrans_notice": Access(EVERYONE, POST),
}
