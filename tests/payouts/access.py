"""Who may call the addresses of money on its way out."""

from __future__ import annotations

from typing import Any

from tests.access.rules import AFFILIATE, MEMBERS, MONEY, RIVAL, SELLERS, Access

GET_POST, POST = frozenset({"GET", "POST"}), frozenset({"POST"})
NOBODY: frozenset[str] = frozenset()  # staff, but only with the permission: see test_desk


def _number(world: Any) -> dict[str, Any]:
    return {"number": world.order.number}


def _batch(world: Any) -> dict[str, Any]:
    return {"pk": 1}


ACCESS = {
    "payouts:shop": Access(MONEY | {RIVAL}),
    "payouts:statement": Access(MONEY | {RIVAL}),
    "payouts:statement_sheet": Access(MONEY | {RIVAL}),
    "payouts:net": Access(MONEY | {RIVAL}),
    "payouts:tax": Access(MONEY | {RIVAL}),
    "payouts:tax_sheet": Access(MONEY | {RIVAL}),
    "payouts:declare": Access(SELLERS, POST, kwargs=lambda world: {"kind": "micro"}),
    "payouts:order": Access(MONEY, kwargs=_number),
    "payouts:account": Access(
        MEMBERS,
        GET_POST,
        fields=lambda world: {
            "bank": "014",
            "number": "1234567890",
            "again": "1234567890",
            "holder": "Ani Contoh",
        },
    ),
    "payouts:account_confirm": Access(NOBODY, kwargs=lambda world: {"token": "tebakan"}),
    "payouts:affiliate": Access(frozenset({AFFILIATE})),
    "payouts:tax_sheet_of_market": Access(NOBODY),
    "payouts:desk": Access(NOBODY),
    "payouts:make": Access(NOBODY),
    "payouts:batch": Access(NOBODY, kwargs=_batch),
    "payouts:batch_file": Access(NOBODY, kwargs=_batch),
    "payouts:results": Access(NOBODY, kwargs=_batch),
    "payouts:end": Access(NOBODY, kwargs=lambda world: {"pk": 1, "payout_id": 1}),
}
