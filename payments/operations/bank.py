"""Refunds that only a bank transfer brings back: where to, and that somebody made it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Act
from audit.operations import record
from kit.sealed import seal
from payments.models import BankRefund, Refund, Ticket
from payments.operations.refunds import lock_order, record_sent
from payments.operations.tickets import close_done

State = Refund.State


class NotAskedFor(Exception):
    """No account is wanted for this refund, or it was transferred before."""


@transaction.atomic
def give_account(refund: Refund, *, bank: str, number: str, name: str) -> None:
    """The buyer says where the money shall go; until it is sent, a wrong digit can be mended."""
    lock_order(refund.order_id)
    wanted = Refund.objects.filter(pk=refund.pk, state__in=(State.NEEDS_ACCOUNT, State.BANK))
    if not wanted.update(state=State.BANK):
        raise NotAskedFor
    BankRefund.objects.filter(refund=refund, paid_at__isnull=True).update(
        bank=bank, account_number=seal(number), account_name=name, given_at=timezone.now()
    )


@transaction.atomic
def record_bank_transfer(refund: Refund, *, by: User, note: str) -> None:
    """Somebody has transferred it to the account the buyer gave; once."""
    lock_order(refund.order_id)  # before all that is the order's, as every writer of refunds does
    bank = BankRefund.objects.select_for_update(no_key=True).filter(refund=refund).first()
    if bank is None or bank.given_at is None or bank.paid_at:
        raise NotAskedFor
    bank.paid_at, bank.paid_by, bank.transfer_note = timezone.now(), by, note[:100]
    bank.save(update_fields=["paid_at", "paid_by", "transfer_note"])
    order = refund.order
    after = {"catatan": note[:100], "jumlah": refund.amount}
    record(Act.TRANSFER, about=order.number, shop_id=order.shop_id, after=after, by=by)
    record_sent(refund)
    close_done(f"{Ticket.Kind.REFUND_BY_HAND}:{refund.pk}", by=by, note=f"Ditransfer: {note}")
