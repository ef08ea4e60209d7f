"""The operators' desk: what happened to money that a person must look at, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from kit.hygiene import clean_text
from kit.numbers import whole_number
from kit.sealed import unseal
from orders.models import Order
from payments import operations
from payments.access import operators_only
from payments.forms import NoteForm, ReportForm
from payments.gateway import GatewayProblem
from payments.methods import configured
from payments.midtrans import read_report
from payments.models import BankRefund, GatewayNotice, MethodPause, Refund, Ticket
from payments.wording import WHAT_TO_DO, facts_of

PER_PAGE = 20
LARGEST_REPORT = 5_000_000  # bytes


@operators_only
@require_safe
@never_cache
def tickets(request: MemberRequest) -> HttpResponse:
    """Open ones first seen first; closed ones when asked for, newest first."""
    kind, is_closed = request.GET.get("kind", ""), request.GET.get("state") == "closed"
    found = Ticket.objects.filter(closed_at__isnull=not is_closed)
    if kind in Ticket.Kind.values:
        found = found.filter(kind=kind)
    if wanted := clean_text(request.GET.get("q", "")[:64]):
        found = found.filter(Q(reference__iexact=wanted) | Q(order__number__iexact=wanted))
    ordered = found.order_by("-closed_at", "-pk") if is_closed else found.order_by("opened_at", "pk")
    page = Paginator(ordered.select_related("order"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kind": kind,
        "is_closed": is_closed,
        "wanted": wanted,
        "filters": _filters(kind),
        "pauses": _pauses(),
    }
    return render(request, "payments/desk.html", context)


@operators_only
@require_safe
@never_cache
def ticket(request: MemberRequest, pk: int) -> HttpResponse:
    return _show(request, _find(pk), NoteForm())


@operators_only
@require_POST
def act(request: MemberRequest, pk: int) -> HttpResponse:
    """One of the buttons under a ticket; each writes down who pressed it and why."""
    found, form = _find(pk), NoteForm(request.POST)
    action = next((name for name in ACTIONS if name in request.POST), None)
    if action is None or (action != "retry" and not form.is_valid()):
        return _show(request, found, form, status=422)
    try:
        ACTIONS[action](found, request, form.cleaned_data.get("note", "") if form.is_valid() else "")
    except (operations.NotHere, operations.NotAskedFor):
        messages.error(request, _("Itu tidak bisa dilakukan pada tiket ini sekarang."))
    except GatewayProblem:
        messages.error(request, _("Gerbang pembayaran belum menjawab. Coba lagi nanti."))
    return redirect("payments:ticket", pk)


@operators_only
@require_safe
@never_cache
def notices(request: MemberRequest) -> HttpResponse:
    """Everything the gateway has sent, and what became of it."""
    verdict = request.GET.get("verdict", "")
    found = GatewayNotice.objects.all()
    if verdict in GatewayNotice.Verdict.values:
        found = found.filter(verdict=verdict)
    if wanted := clean_text(request.GET.get("q", "")[:64]):
        found = found.filter(order_number__iexact=wanted)
    page = Paginator(found.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "verdict": verdict, "verdicts": GatewayNotice.Verdict, "wanted": wanted}
    return render(request, "payments/notices.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def reconcile(request: MemberRequest) -> HttpResponse:
    """Compare the books with a report that staff took off the gateway's pages."""
    form = ReportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        done = _reconcile(form)
        if done is not None:
            text = _("%(lines)s baris dibandingkan, %(differences)s berbeda.")
            messages.success(request, text % {"lines": done.lines, "differences": done.differences})
            return redirect("payments:tickets")
        form.add_error("report", _("Berkas ini bukan laporan transaksi dari gerbang pembayaran."))
    return render(request, "payments/reconcile.html", {"form": form}, status=422 if form.is_bound else 200)


@operators_only
@require_POST
def pause(request: MemberRequest) -> HttpResponse:
    """Offer a way to pay nowhere for a while, or again."""
    method, form = request.POST.get("method", ""), NoteForm(request.POST)
    if method not in [way.method.value for way in configured()]:
        messages.error(request, _("Cara bayar itu tidak ada."))
    elif "resume" in request.POST:
        operations.resume_method(method)
        messages.success(request, _("Ditawarkan lagi."))
    elif form.is_valid():
        operations.pause_method(method, by=request.user, reason=form.cleaned_data["note"])
        messages.success(request, _("Tidak ditawarkan lagi sampai dibuka kembali."))
    else:
        messages.error(request, _("Tulis alasannya dulu."))
    return redirect("payments:tickets")


# ---- what the buttons do -----------------------------------------------------------------------------


def _close(found: Ticket, request: MemberRequest, note: str) -> None:
    operations.close_ticket(found, by=request.user, note=note)
    messages.success(request, _("Tiket ditutup."))


def _retry(found: Ticket, request: MemberRequest, note: str) -> None:
    """Process the notice once more, or ask the gateway about the payment."""
    if found.notice:
        notice = operations.retry_notice(found.notice)
        text = _("Dicoba lagi: %(verdict)s.") % {"verdict": notice.get_verdict_display()}
    elif found.charge:
        changed = operations.ask_about(found.charge)
        text = (
            _("Gerbang ditanya: ada kabar baru.") if changed else _("Gerbang ditanya: tidak ada yang baru.")
        )
    else:
        raise operations.NotHere
    operations.write_note(found, author=request.user, text=text)
    messages.success(request, text)


def _transfer(found: Ticket, request: MemberRequest, note: str) -> None:
    if not found.refund or found.refund.bank.payer != BankRefund.Payer.MARKET:
        raise operations.NotHere
    operations.record_bank_transfer(found.refund, by=request.user, note=note)
    messages.success(request, _("Pengembalian tercatat."))


def _to_order(found: Ticket, request: MemberRequest, note: str) -> None:
    order_id = whole_number(request.POST.get("order", ""))
    operations.charge_to_order(found, by=request.user, note=note, order_id=order_id)
    messages.success(request, _("Dicatat sebagai uang pesanan ini."))


def _bear(found: Ticket, request: MemberRequest, note: str) -> None:
    operations.bear_loss(found, by=request.user, note=note)
    messages.success(request, _("Dicatat sebagai kerugian pasar."))


ACTIONS: dict[str, Callable[[Ticket, MemberRequest, str], None]] = {
    "retry": _retry,
    "close": _close,
    "transfer": _transfer,
    "to_order": _to_order,
    "bear": _bear,
}


def _find(pk: int) -> Ticket:
    found = Ticket.objects.select_related("order__shop", "charge", "notice", "refund__bank", "closed_by")
    return get_object_or_404(found, pk=pk)


def _show(request: MemberRequest, found: Ticket, form: NoteForm, *, status: int = 200) -> HttpResponse:
    bank = found.refund.bank if found.refund else None
    is_ready = bank is not None and found.refund and found.refund.state == Refund.State.BANK
    context = {
        "ticket": found,
        "todo": WHAT_TO_DO[Ticket.Kind(found.kind)],
        "facts": facts_of(found),
        "notes": found.notes.select_related("author").order_by("written_at", "pk"),
        "form": form,
        "bank": bank,
        "account_number": unseal(bank.account_number) if bank and is_ready else "",
        "may_transfer": is_ready and bank and bank.payer == BankRefund.Payer.MARKET and not bank.paid_at,
        "may_explain": found.kind in (Ticket.Kind.UNASKED_REFUND, Ticket.Kind.CHARGEBACK),
        "whose": _orders_of(found) if found.order is None else [],
        "may_retry": bool(found.charge or found.notice) and found.kind != Ticket.Kind.FORGED,
    }
    return render(request, "payments/ticket.html", context, status=status)


def _orders_of(found: Ticket) -> list[Order]:
    """Of a payment for several orders: among them a person says whose money it was."""
    orders = Order.objects.filter(charge_parts__charge=found.charge_id).select_related("shop")
    return list(orders.order_by("pk")) if found.charge_id else []


def _filters(kind: str) -> list[dict[str, Any]]:
    counts = dict(
        Ticket.objects.filter(closed_at__isnull=True)
        .order_by()
        .values_list("kind")
        .annotate(count=Count("pk"))
    )
    every = {"kind": "", "label": _("Semua"), "count": sum(counts.values()), "is_current": not kind}
    kinds = [
        {"kind": value, "label": label, "count": counts.get(value, 0), "is_current": value == kind}
        for value, label in Ticket.Kind.choices
        if value in counts or value == kind
    ]
    return [every, *kinds]


def _pauses() -> list[tuple[str, str, MethodPause | None]]:
    paused = {pause.method: pause for pause in MethodPause.objects.select_related("paused_by")}
    labels = dict(Order.Method.choices)
    names = [way.method.value for way in configured()]
    return [(name, str(labels[name]), paused.get(name)) for name in names]


def _reconcile(form: ReportForm) -> operations.Reconciled | None:
    upload = form.cleaned_data["report"]
    if upload.size > LARGEST_REPORT:
        return None
    try:
        lines = read_report(upload.read().decode("utf-8"))
    except (UnicodeDecodeError, GatewayProblem):
        return None
    return operations.reconcile(form.cleaned_data["day"], lines)
