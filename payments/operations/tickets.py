"""What needs a person, opened once for each happening."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kit.hygiene import clean_text
from ledger.models import AccountKind
from payments.models import ChargePart, Ticket, TicketNote
from payments.operations.books import post_explained

Kind = Ticket.Kind
TAKEN_BACK = (Kind.UNASKED_REFUND, Kind.CHARGEBACK)
LONGEST_NOTE = 500


class NotHere(Exception):
    """This ticket is closed, or is not of the kind that this can be done to."""


def open_ticket(kind: Ticket.Kind, key: str, **about: Any) -> Ticket:
    """The ticket of this happening; told again, it is the same one."""
    ticket, _ = Ticket.objects.get_or_create(key=f"{kind}:{key}"[:120], defaults={"kind": kind, **about})
    return ticket


def write_note(ticket: Ticket, *, author: User | None, text: str) -> TicketNote:
    return TicketNote.objects.create(ticket=ticket, author=author, text=clean_text(text)[:LONGEST_NOTE])


@transaction.atomic
def close_ticket(ticket: Ticket, *, by: User, note: str) -> None:
    """A person has dealt with it, and says how."""
    locked = _lock(ticket)
    write_note(locked, author=by, text=note)
    _close(locked, by)


def close_done(ticket_key: str, *, by: User | None, note: str) -> None:
    """What the ticket asked for has happened."""
    ticket = Ticket.objects.filter(key=ticket_key, closed_at__isnull=True).first()
    if ticket is not None:
        write_note(ticket, author=by, text=note)
        _close(ticket, by)


@transaction.atomic
def charge_to_order(ticket: Ticket, *, by: User, note: str, order_id: int | None = None) -> None:
    """What the gateway took back was this order's money: less is held for it from now on.

    Where one payment was for several orders and the ticket names none, `order_id` says whose it was; what
    that order did not have is left to a ticket of its own.
    """
    locked = _lock(ticket)
    own = ChargePart.objects.filter(charge=locked.charge_id, order=locked.order_id or order_id)
    part = own.select_for_update(no_key=True).first()
    if locked.kind not in TAKEN_BACK or part is None or part.returned >= part.amount:
        raise NotHere
    _leave_the_rest(locked, part.amount - part.returned)
    part.returned += locked.amount
    part.save(update_fields=["returned"])
    locked.order_id = part.order_id
    locked.save(update_fields=["order", "amount"])
    post_explained(locked, borne_by=AccountKind.ESCROW)
    write_note(locked, author=by, text=note)
    _close(locked, by)


def _leave_the_rest(ticket: Ticket, most: int) -> None:
    """Of a ticket that named its order nothing can be somebody else's."""
    if ticket.amount <= most:
        return
    if ticket.order_id:
        raise NotHere
    open_ticket(
        Kind(ticket.kind),
        f"{ticket.reference}:rest:{ticket.pk}",
        reference=ticket.reference,
        amount=ticket.amount - most,
        charge=ticket.charge,
        facts=ticket.facts,
    )
    ticket.amount = most


@transaction.atomic
def bear_loss(ticket: Ticket, *, by: User, note: str) -> None:
    """The market gives up what the gateway took back."""
    locked = _lock(ticket)
    if locked.kind not in TAKEN_BACK:
        raise NotHere
    post_explained(locked, borne_by=AccountKind.WRITE_OFF)
    write_note(locked, author=by, text=note)
    _close(locked, by)


def _lock(ticket: Ticket) -> Ticket:
    locked = Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)
    if locked.closed_at:
        raise NotHere
    return locked


def _close(ticket: Ticket, by: User | None) -> None:
    ticket.closed_at, ticket.closed_by = timezone.now(), by
    ticket.save(update_fields=["closed_at", "closed_by"])
