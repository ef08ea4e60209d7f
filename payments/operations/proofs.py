"""Proofs of having paid a shop directly: sent by the buyer, judged by the shop, never assumed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Act
from audit.operations import record
from kit.hygiene import clean_text
from kit.pictures import private
from kit.pictures.intake import Upload
from orders import operations as orders
from payments import telling
from payments.methods import is_at_shop
from payments.models import Charge, ChargePart, Proof, Ticket
from payments.operations.settling import settle
from payments.operations.tickets import close_done, open_ticket

MOST_PROOFS = 5
LONGEST = 200
Verdict = Proof.Verdict


class NotWanted(Exception):
    """This charge waits for no proof: it is over, or the gateway looks after it."""


class TooManyProofs(Exception):
    """So many pictures of one payment are enough; the shop can be written to."""


def send_proof(charge: Charge, *, upload: Upload, note: str) -> Proof:
    """Keep the buyer's picture and hold the units until the shop has had its time to look.

    That time begins with the first picture: further ones are looked at, too, and hold nothing longer.
    Raises NotWanted, TooManyProofs, PictureRefused. A newer picture replaces one that still waits.
    """
    _refuse_unless_wanted(charge)
    picture = private.accept(upload)
    with transaction.atomic():
        locked = Charge.objects.select_for_update(no_key=True).get(pk=charge.pk)
        _refuse_unless_wanted(locked)
        now = timezone.now()
        locked.proofs.filter(verdict=Verdict.WAITING).update(
            verdict=Verdict.REJECTED, judged_at=now, reason="Diganti pembeli"
        )
        proof = Proof.objects.create(
            charge=locked,
            key=picture.key,
            width=picture.width,
            height=picture.height,
            widths=list(picture.widths),
            note=clean_text(note)[:LONGEST],
            sent_at=now,
        )
        Charge.objects.filter(pk=locked.pk).update(reminded_at=None)
        telling.proof_came(proof)
    first_at = locked.proofs.order_by("pk").values_list("sent_at", flat=True)[0]
    _hold(locked, first_at + timedelta(seconds=settings.PROOF_SECONDS))
    return proof


def _refuse_unless_wanted(charge: Charge) -> None:
    if not is_at_shop(charge.method) or charge.paid_at or charge.state == Charge.State.FAILED:
        raise NotWanted
    if charge.proofs.count() >= MOST_PROOFS:
        raise TooManyProofs


def _hold(charge: Charge, until: datetime) -> None:
    for part in charge.parts.order_by("order_id"):
        orders.extend_hold(part.order_id, until)


def accept_proof(proof: Proof, *, by: User) -> None:
    """The shop sees the money in its account: the order is paid, in time or late."""
    _judge(proof, by=by, verdict=Verdict.ACCEPTED, reason="")
    settle(proof.charge)
    _close_silence(proof, by)


def reject_proof(proof: Proof, *, by: User, reason: str) -> None:
    """The shop sees no money. The buyer may send another picture while the units wait."""
    _judge(proof, by=by, verdict=Verdict.REJECTED, reason=clean_text(reason)[:LONGEST])
    proof.refresh_from_db()
    telling.proof_rejected(proof)
    _close_silence(proof, by)


def confirm_without_proof(charge: Charge, *, by: User) -> None:
    """The money is there although no picture came."""
    if not is_at_shop(charge.method) or charge.paid_at:
        raise NotWanted
    with transaction.atomic():
        _record(charge, by=by, verdict=Verdict.ACCEPTED)
        settle(charge)


@transaction.atomic
def _judge(proof: Proof, *, by: User, verdict: Proof.Verdict, reason: str) -> None:
    waiting = Proof.objects.filter(pk=proof.pk, verdict=Verdict.WAITING)
    if not waiting.update(verdict=verdict, judged_by=by, judged_at=timezone.now(), reason=reason):
        raise NotWanted
    _record(proof.charge, by=by, verdict=verdict)


def _record(charge: Charge, *, by: User, verdict: Proof.Verdict) -> None:
    shop_id = charge.parts.values_list("order__shop", flat=True).first()
    after = {"putusan": verdict, "jumlah": charge.amount}
    record(Act.PROOF, about=charge.reference, shop_id=shop_id, after=after, by=by)


def _close_silence(proof: Proof, by: User) -> None:
    close_done(f"{Ticket.Kind.SILENT_SHOP}:{proof.charge.reference}", by=by, note="Lapak sudah mengecek.")


def call_for_silent_shops() -> int:
    """A proof that nobody judged until its order ran out is looked at by staff; how many are new."""
    silent = ChargePart.objects.filter(
        charge__proofs__verdict=Verdict.WAITING, charge__paid_at__isnull=True, order__state="expired"
    ).select_related("charge", "order")
    return sum(_call(part) for part in silent)


def _call(part: ChargePart) -> bool:
    key = part.charge.reference
    if Ticket.objects.filter(key=f"{Ticket.Kind.SILENT_SHOP}:{key}").exists():
        return False
    open_ticket(
        Ticket.Kind.SILENT_SHOP,
        key,
        reference=key,
        amount=part.amount,
        charge=part.charge,
        order=part.order,
    )
    return True
