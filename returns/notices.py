"""What both sides are told of a return."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from inbox.models import Kind
from inbox.operations import Message, tell
from kit.moments import date_time
from kit.money import rupiah
from returns.models import Party, Return, Step
from returns.transitions import Event, State

BOTH = (Party.BUYER, Party.SHOP)
# Whoever did it knows it.
HEARD_BY: dict[str, tuple[Party, ...]] = {
    "ask": (Party.SHOP,),
    Event.APPROVE: (Party.BUYER,),
    Event.REFUSE: (Party.BUYER,),
    Event.WITHDRAW: (Party.SHOP,),
    Event.SEND: (Party.SHOP,),
    Event.CONFIRM: (Party.BUYER,),
    Event.OBJECT: (Party.BUYER,),
    Event.DISPUTE: (Party.SHOP,),
    Event.DECIDE: BOTH,
    Event.LAPSE: BOTH,
    Event.REFUND: BOTH,
}


def step_taken(request: Return, step: Step) -> None:
    """In the transaction of the step."""
    for party in _hearers(step):
        tell(
            _person(request, party),
            kind=Kind.RETURN,
            key=f"return:{step.pk}",
            compose=lambda: _message(request, step),
            shop_id=request.order.shop_id,
        )


def _hearers(step: Step) -> Iterable[Party]:
    if step.event == "show":
        return [party for party in BOTH if party != step.party]
    return HEARD_BY[step.event]


def _person(request: Return, party: Party) -> User:
    return request.order.buyer if party == Party.BUYER else request.order.shop.owner


def _message(request: Return, step: Step) -> Message:
    title, text = _words(request, step)
    return Message(
        title=title % {"number": request.order.number},
        text=text % _facts(request, step),
        path=reverse("returns:return", args=[request.code]),
    )


def _facts(request: Return, step: Step) -> dict[str, str]:
    return {
        "note": step.note,
        "until": date_time(request.due_at) if request.due_at else "",
        "waybill": f"{request.courier} {request.waybill}",
        "amount": rupiah(int(step.facts.get("amount", 0))),
    }


def _words(request: Return, step: Step) -> tuple[str, str]:
    if step.event in (Event.LAPSE, Event.APPROVE, Event.DECIDE):
        return _words_of_state(State(step.after), step)
    return {
        "ask": (
            _("Permintaan retur untuk %(number)s"),
            _("Jawab sebelum %(until)s. Tanpa jawaban, retur dianggap kamu setujui."),
        ),
        "show": (_("Bukti baru untuk retur %(number)s"), "%(note)s"),
        Event.REFUSE: (
            _("Retur %(number)s ditolak penjual"),
            _("“%(note)s” Tidak setuju? Minta kami memeriksa sebelum %(until)s."),
        ),
        Event.WITHDRAW: (_("Retur %(number)s dibatalkan pembeli"), _("Tidak ada yang perlu kamu lakukan.")),
        Event.SEND: (
            _("Barang retur %(number)s dikirim balik"),
            _("Resi %(waybill)s. Periksa isinya dan jawab sebelum %(until)s."),
        ),
        Event.CONFIRM: (_("Penjual menerima retur %(number)s"), _("Uangmu kami kembalikan sekarang.")),
        Event.OBJECT: (
            _("Penjual keberatan atas retur %(number)s"),
            _("Pasar Malam memeriksa bukti kedua pihak."),
        ),
        Event.DISPUTE: (
            _("Pembeli mengajukan sengketa %(number)s"),
            _("Tambahkan buktimu. Pasar Malam memeriksa kedua pihak."),
        ),
        Event.REFUND: (_("Uang retur %(number)s"), _("%(amount)s dikembalikan kepada pembeli.")),
    }[step.event]


def _words_of_state(state: State, step: Step) -> tuple[str, str]:
    """A yes or no, by word, by silence or by decision."""
    if step.event == Event.DECIDE:
        return _("Keputusan untuk retur %(number)s"), "%(note)s"
    return {
        State.SEND_BACK: (
            _("Retur %(number)s disetujui"),
            _("Barangnya dikirim balik sebelum %(until)s, dengan nomor resi."),
        ),
        State.REFUNDING: (_("Retur %(number)s disetujui"), _("Uangnya dikembalikan kepada pembeli.")),
        State.LAPSED: (
            _("Retur %(number)s ditutup"),
            _("Barangnya tidak dikirim balik sampai batas waktunya."),
        ),
        State.REJECTED: (_("Retur %(number)s ditutup"), _("Penolakan penjual tidak dibantah.")),
    }[state]
