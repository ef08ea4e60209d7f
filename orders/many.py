"""The order desk with many orders at once: pack, print, import waybill numbers, take a list away."""

from __future__ import annotations

from typing import Any

import structlog
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError as BrokerProblem

from accounts.requests import MemberRequest
from kit.htmx import render_page
from kit.hygiene import clean_text
from orders import operations, queries, tasks
from orders.desk import table, waybills
from orders.forms import WaybillsForm
from orders.models import LabelBatch, Order
from orders.transitions import State

MOST_AT_ONCE = 200
MOST_TYPED = 60
STOP_POLLING = 286
ROWS_SALT, ROWS_HOLD_SECONDS = "orders.waybills", 3600
CAN_HAVE_LABELS = (State.CONFIRMED, State.PACKED, State.SHIPPED)
log = structlog.get_logger(__name__)


@login_required
@require_POST
def pack_many(request: MemberRequest) -> HttpResponse:
    chosen = chosen_orders(request, states=[State.CONFIRMED])
    packed, left = operations.pack_orders(chosen)
    if packed:
        text = ngettext("%(count)d pesanan dikemas.", "%(count)d pesanan dikemas.", len(packed))
        messages.success(request, text % {"count": len(packed)})
    if left:
        numbers = ", ".join(order.number for order in left)
        messages.error(request, _("Sudah berubah, jadi tidak dikemas: %(numbers)s") % {"numbers": numbers})
    if not chosen:
        messages.error(request, _("Pilih dulu pesanan yang perlu dikemas."))
    return redirect("orders:desk")


@login_required
@require_POST
def labels(request: MemberRequest) -> HttpResponse:
    chosen = chosen_orders(request, states=CAN_HAVE_LABELS)
    if not chosen:
        messages.error(request, _("Pilih dulu pesanan yang labelnya mau dicetak."))
        return redirect("orders:desk")
    batch = operations.want_labels(request.user, chosen)
    try:
        tasks.print_labels.apply_async((str(batch.pk),), retry=False)
    except (OSError, BrokerProblem) as problem:  # the sweep prints it
        log.warning("labels_wait_for_the_sweep", batch=str(batch.pk), problem=str(problem))
    return redirect("orders:label_batch", batch.pk)


@login_required
@require_safe
@never_cache
def label_batch(request: MemberRequest, pk: str) -> HttpResponse:
    """How far it is; the fragment is asked for until it is done."""
    batch = get_object_or_404(LabelBatch.objects.defer("pdf"), pk=pk, seller=request.user)
    is_done = batch.printed_at is not None and request.headers.get("HX-Request") == "true"
    status = STOP_POLLING if is_done else 200
    return render_page(request, "orders/labels.html", "batch", {"batch": batch}, status=status)


@login_required
@require_safe
@never_cache
def label_pdf(request: MemberRequest, pk: str) -> HttpResponse:
    batch = get_object_or_404(LabelBatch, pk=pk, seller=request.user, printed_at__isnull=False)
    name = f"label-{batch.created_at:%Y%m%d-%H%M}.pdf"
    return HttpResponse(
        bytes(batch.pdf or b""),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_http_methods(["GET", "POST"])
def waybills_read(request: MemberRequest) -> HttpResponse:
    """Reads the file and shows what would happen; nothing is written."""
    form = WaybillsForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _waybills(request, form=form, status=422 if form.is_bound else 200)
    try:
        rows = waybills.read(form.cleaned_data["file"].read(), courier=form.cleaned_data["courier"])
    except waybills.Unreadable as refusal:
        form.add_error("file", str(refusal))
        return _waybills(request, form=form, status=422)
    judged = waybills.judge(rows, queries.orders_of_seller(request.user))
    return _waybills(request, form=WaybillsForm(), rows=judged)


@login_required
@require_POST
def waybills_import(request: MemberRequest) -> HttpResponse:
    """What the preview said, all of it or nothing."""
    rows = _signed_rows(request)
    if rows is None:
        messages.error(request, _("Pratinjaunya sudah lama. Unggah berkasnya sekali lagi."))
        return redirect("orders:waybills")
    try:
        count = operations.import_waybills(request.user, rows)
    except operations.RowsMoved as moved:
        messages.error(
            request, _("Ada pesanan yang baru berubah, jadi belum ada yang disimpan. Periksa lagi.")
        )
        return _waybills(request, form=WaybillsForm(), rows=moved.rows, status=409)
    text = ngettext("%(count)d resi tersimpan.", "%(count)d resi tersimpan.", count)
    messages.success(request, text % {"count": count})
    return redirect("orders:desk")


@login_required
@require_safe
def export(request: MemberRequest) -> StreamingHttpResponse:
    """The orders of a tab, or of a search, as a table."""
    orders = wanted_orders(request.user, request.GET)
    answer = StreamingHttpResponse(
        table.lines(orders.iterator(chunk_size=200)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="pesanan.csv"'
    return answer


def wanted_orders(user: Any, asked: Any) -> Any:
    """By tab and search; what makes no sense is no wish."""
    orders = queries.orders_at_desk(user)
    if asked.get("state", "") in State.values:
        orders = orders.filter(state=asked["state"])
    typed = clean_text(asked.get("q", "")[:MOST_TYPED])
    return queries.orders_matching(orders, typed) if typed else orders


def chosen_orders(request: MemberRequest, *, states: Any) -> list[Order]:
    """The ticked ones, or all of the tab, the oldest first; of the seller, and in these states."""
    posted = request.POST
    orders = wanted_orders(request.user, posted) if posted.get("every") else _ticked(request)
    return list(orders.filter(state__in=states).order_by("placed_at", "pk")[:MOST_AT_ONCE])


def _ticked(request: MemberRequest) -> Any:
    numbers = [number for number in request.POST.getlist("orders") if number.isalnum()][:MOST_AT_ONCE]
    return queries.orders_of_seller(request.user).filter(number__in=numbers)


def _waybills(
    request: MemberRequest, *, form: WaybillsForm, rows: list[waybills.Row] | None = None, status: int = 200
) -> HttpResponse:
    ready = [row for row in rows or [] if row.is_ready]
    facts = [(row.line, row.number, row.waybill, row.courier) for row in ready]
    context = {
        "form": form,
        "rows": rows,
        "ready": ready,
        "problems": [row for row in rows or [] if not row.is_ready],
        "signed": signing.dumps([request.user.pk, facts], salt=ROWS_SALT, compress=True) if ready else "",
    }
    return render(request, "orders/waybills.html", context, status=status)


def _signed_rows(request: MemberRequest) -> list[waybills.Row] | None:
    try:
        user_id, facts = signing.loads(
            request.POST.get("rows", ""), salt=ROWS_SALT, max_age=ROWS_HOLD_SECONDS
        )
    except signing.BadSignature:
        return None
    if user_id != request.user.pk:
        return None
    return [waybills.Row(line, number, waybill, courier) for line, number, waybill, courier in facts]
