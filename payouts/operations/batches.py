"""Payouts: out of what is owed, on their way, and at the bank or back again. Each step once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Act
from audit.operations import record
from kit.hygiene import clean_text
from kit.sealed import seal
from ledger.models import Account, AccountKind, TransactionKind
from ledger.operations import Leg, account, lock_books, post
from payouts.models import Payee, Payout, PayoutBatch
from payouts.queries.payees import Owed, owed_now
from payouts.sheets import bank_file

State = Payout.State
LONGEST_REASON, LONGEST_REFERENCE = 120, 60
OWED = {Payee.SHOP: AccountKind.SELLER_PAYABLE, Payee.AFFILIATE: AccountKind.AFFILIATE_AVAILABLE}
UNDER_WAY = {Payee.SHOP: AccountKind.SELLER_IN_TRANSIT, Payee.AFFILIATE: AccountKind.AFFILIATE_IN_TRANSIT}


class NothingToPay(Exception):
    """Nobody is owed enough and can be paid."""


class NotUnderWay(Exception):
    """It has ended already, or differently."""


@transaction.atomic
def make_batch(*, by: User, only: Collection[str] | None = None, now: datetime | None = None) -> PayoutBatch:
    """All that is owed and can be paid, or what is owed to `only` these payees, in one file.

    Raises NothingToPay.

    The books stand still from the reading of the balances on, and what leaves one is in transit within the
    same transaction: nothing is ever in two batches.
    """
    now = now or timezone.now()
    lock_books()
    batch = PayoutBatch.objects.create(made_by=by, made_at=now)
    payable = [owed for owed in owed_now(now) if owed.is_payable]
    sent = [_send(batch, owed, now) for owed in payable if only is None or owed.key in only]
    if not sent:
        raise NothingToPay
    text = bank_file(sent)
    batch.file, batch.digest = seal(text), hashlib.sha256(text.encode()).hexdigest()
    batch.save(update_fields=["file", "digest"])
    after = {"baris": len(sent), "jumlah": sum(payout.amount for payout in sent)}
    record(Act.PAYOUT, about=f"Berkas {batch.pk}", after=after, by=by)
    return batch


@transaction.atomic
def pay_payout(payout: Payout, *, by: User, reference: str = "") -> None:
    """The bank says the money is there. Raises NotUnderWay."""
    locked = _lock(payout, State.SENT)
    _end(locked, State.PAID, by=by, reference=reference)
    bank = account(AccountKind.BANK_CLEARING)
    post(TransactionKind.PAYOUT_PAID, locked.pk, [Leg(_under_way(locked), bank, locked.amount)])


@transaction.atomic
def fail_payout(payout: Payout, *, by: User, reason: str) -> None:
    """The bank did not take it: the sum is owed again. Raises NotUnderWay."""
    locked = _lock(payout, State.SENT)
    _end(locked, State.FAILED, by=by, reason=reason)
    post(TransactionKind.PAYOUT_FAILED, locked.pk, [Leg(_under_way(locked), _owed(locked), locked.amount)])


@transaction.atomic
def return_payout(payout: Payout, *, by: User, reason: str) -> None:
    """It was paid and came back, days later maybe: the sum is owed again. Raises NotUnderWay."""
    locked = _lock(payout, State.PAID)
    locked.state, locked.returned_at, locked.ended_by = State.RETURNED, timezone.now(), by
    locked.reason = clean_text(reason)[:LONGEST_REASON] or "dikembalikan bank"
    locked.save(update_fields=["state", "returned_at", "ended_by", "reason"])
    _record(locked, by)
    bank = account(AccountKind.BANK_CLEARING)
    post(TransactionKind.PAYOUT_RETURNED, locked.pk, [Leg(bank, _owed(locked), locked.amount)])


def _send(batch: PayoutBatch, owed: Owed, now: datetime) -> Payout:
    assert owed.account is not None
    payout = Payout.objects.create(
        batch=batch,
        payee=owed.payee,
        owner_id=owed.owner_id,
        user_id=owed.user_id,
        account=owed.account,
        amount=owed.amount,
        made_at=now,
    )
    post(TransactionKind.PAYOUT_SENT, payout.pk, [Leg(_owed(payout), _under_way(payout), payout.amount)])
    return payout


def _owed(payout: Payout) -> Account:
    return account(OWED[Payee(payout.payee)], payout.owner_id)


def _under_way(payout: Payout) -> Account:
    return account(UNDER_WAY[Payee(payout.payee)], payout.owner_id)


def _lock(payout: Payout, state: Payout.State) -> Payout:
    locked = Payout.objects.select_for_update(no_key=True).get(pk=payout.pk)
    if locked.state != state:
        raise NotUnderWay
    return locked


def _end(payout: Payout, state: Payout.State, *, by: User, reference: str = "", reason: str = "") -> None:
    payout.state, payout.ended_at, payout.ended_by = state, timezone.now(), by
    payout.bank_reference = clean_text(reference)[:LONGEST_REFERENCE]
    payout.reason = "" if state == State.PAID else clean_text(reason)[:LONGEST_REASON] or "ditolak bank"
    payout.save(update_fields=["state", "ended_at", "ended_by", "bank_reference", "reason"])
    _record(payout, by)


def _record(payout: Payout, by: User) -> None:
    shop_id = payout.owner_id if payout.payee == Payee.SHOP else None
    after = {"keadaan": payout.state, "jumlah": payout.amount}
    record(Act.PAYOUT, about=f"Pencairan {payout.pk}", shop_id=shop_id, after=after, by=by)
