"""A return as its two sides see it, and their steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from kit.pictures import Picture, PictureRefused, private
from kit.pictures.rows import accept_some
from orders.forms import COURIERS
from orders.models import Order
from returns import operations, queries
from returns.forms import ApproveForm, AskForm, ConfirmForm, SendForm, WordsForm, lines_of
from returns.models import Party, Return
from returns.operations import Refused, Wanted

PAGE = "returns/return.html"
PER_PAGE = 12
Form = forms.Form
REFUSALS: dict[type[Refused], str | Promise] = {
    operations.TooLate: _("Waktu untuk meminta retur sudah habis."),
    operations.NothingAsked: _("Pilih dulu barangnya."),
    operations.TooManyUnits: _("Jumlahnya lebih banyak daripada yang bisa dikembalikan."),
    operations.NotAllUnits: _("Jumlahnya lebih banyak daripada yang dikembalikan."),
    operations.TooManyPhotos: _("Fotomu sudah banyak sekali. Paling banyak 12."),
    operations.TooManyDisputes: _("Pesanan ini sudah dua kali diperiksa. Keputusannya berlaku."),
    operations.NotPossible: _("Retur ini sudah berubah. Lihat keadaannya yang terbaru."),
}


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, number: str) -> HttpResponse:
    mine = Order.objects.of_buyer(request.user).select_related("shop").prefetch_related("lines")
    order = get_object_or_404(mine, number=number)
    offer = queries.offer(order)
    if request.method == "GET" and not offer.is_open:
        return render(request, "returns/too_late.html", {"order": order, "offer": offer}, status=409)
    lines = lines_of(order, offer.units)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AskForm(*sent, lines=lines)
    if request.method == "POST" and form.is_valid():
        answer = _ask(request, order, form)
        if answer is not None:
            return answer
    status = 422 if form.errors else 200
    context = {"order": order, "offer": offer, "form": form, "rows": _rows(order, form)}
    return render(request, "returns/ask.html", context, status=status)


def _ask(request: MemberRequest, order: Order, form: AskForm) -> HttpResponse | None:
    """The way to the new return; nothing when the form must say why not."""
    try:
        wanted = Wanted(
            units=form.units,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            keeps_goods=form.cleaned_data["keeps_goods"],
            pictures=accept_some(form.cleaned_data["photos"], take=private.accept),
        )
        made = operations.ask(order, by=request.user, wanted=wanted)
    except PictureRefused as refusal:
        form.add_error("photos", str(refusal))
        return None
    except Refused as refusal:
        form.add_error(None, str(REFUSALS[type(refusal)]))
        return None
    return redirect("returns:return", made.code)


def _rows(order: Order, form: AskForm) -> list[tuple[Any, forms.BoundField]]:
    fields = form.rows()
    return [(line, fields[line.pk]) for line in order.lines.all() if line.pk in fields]


@login_required
@require_safe
def show(request: MemberRequest, code: str) -> HttpResponse:
    return _show(request, _of_party(request, code))


@login_required
@require_safe
def photo(request: MemberRequest, code: str, pk: int) -> HttpResponseBase:
    """What one side showed: for both, and for whoever judges. Small where many are shown."""
    seen = queries.photos_seen_by(request.user)
    found = get_object_or_404(seen, pk=pk, request__code=code)
    return private.response(found.key, min(found.widths) if "kecil" in request.GET else max(found.widths))


@login_required
@require_safe
def seller_list(request: MemberRequest) -> HttpResponse:
    page = Paginator(queries.returns_of_seller(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "returns/seller_list.html", {"page": page})


# ---- steps -----------------------------------------------------------------------------------------


@login_required
@require_POST
def withdraw(request: MemberRequest, code: str) -> HttpResponse:
    return _step(request, _of_buyer(request, code), Form(), operations.withdraw)


@login_required
@require_POST
def send(request: MemberRequest, code: str) -> HttpResponse:
    form = SendForm(request.POST)
    return _step(
        request, _of_buyer(request, code), form, operations.send_back, lambda: dict(form.cleaned_data)
    )


@login_required
@require_POST
def dispute(request: MemberRequest, code: str) -> HttpResponse:
    form = WordsForm(request.POST, request.FILES)
    return _step(request, _of_buyer(request, code), form, operations.dispute, lambda: _words(form))


@login_required
@require_POST
def approve(request: MemberRequest, code: str) -> HttpResponse:
    form = ApproveForm(request.POST)

    def said() -> dict[str, Any]:
        cleaned = form.cleaned_data
        return {"note": cleaned["text"], "without_goods": cleaned["without_goods"]}

    return _step(request, _of_seller(request, code), form, operations.approve, said)


@login_required
@require_POST
def refuse(request: MemberRequest, code: str) -> HttpResponse:
    form = WordsForm(request.POST, request.FILES)

    def said() -> dict[str, Any]:
        return {"note": form.cleaned_data["text"], "pictures": _pictures(form)}

    return _step(request, _of_seller(request, code), form, operations.refuse, said)


@login_required
@require_POST
def confirm(request: MemberRequest, code: str) -> HttpResponse:
    found = _of_seller(request, code)
    form = ConfirmForm(request.POST, lines={row.line_id: row.units for row in found.lines.all()})
    return _step(
        request,
        found,
        form,
        operations.confirm,
        lambda: {"sellable": form.units, "note": form.cleaned_data["text"]},
    )


@login_required
@require_POST
def object_to(request: MemberRequest, code: str) -> HttpResponse:
    form = WordsForm(request.POST, request.FILES)
    return _step(request, _of_seller(request, code), form, operations.object_to, lambda: _words(form))


@login_required
@require_POST
def evidence(request: MemberRequest, code: str) -> HttpResponse:
    found = _of_party(request, code)
    form = WordsForm(request.POST, request.FILES)

    def said() -> dict[str, Any]:
        party = queries.party_of(found, request.user)
        return {"party": party, "note": form.cleaned_data["text"], "pictures": _pictures(form)}

    return _step(request, found, form, operations.add_evidence, said)


# ---- parts -----------------------------------------------------------------------------------------


def _step(
    request: MemberRequest,
    found: Return,
    form: Form,
    operation: Callable[..., object],
    said: Callable[[], dict[str, Any]] = dict,
) -> HttpResponse:
    """Take the step, or show the page again with the reason why not."""
    if not (form.is_valid() or not form.is_bound):
        return _show(request, found, status=422, form=form)
    try:
        operation(found, by=request.user, **said())
    except PictureRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, found, status=422, form=form)
    except Refused as refusal:
        messages.error(request, str(REFUSALS[type(refusal)]))
        return _show(request, _of_party(request, found.code), status=409)
    return redirect("returns:return", found.code)


def _words(form: WordsForm) -> dict[str, Any]:
    return {"text": form.cleaned_data["text"], "pictures": _pictures(form)}


def _pictures(form: WordsForm) -> list[Picture]:
    return accept_some(form.cleaned_data["photos"], take=private.accept)


def _of_party(request: MemberRequest, code: str) -> Return:
    return get_object_or_404(queries.returns_of_party(request.user), code=code)


def _of_buyer(request: MemberRequest, code: str) -> Return:
    return get_object_or_404(
        queries.returns_of_party(request.user).filter(order__buyer=request.user), code=code
    )


def _of_seller(request: MemberRequest, code: str) -> Return:
    mine = queries.returns_of_party(request.user).exclude(order__buyer=request.user)
    return get_object_or_404(mine, code=code)


def _show(
    request: HttpRequest, found: Return, *, status: int = 200, form: Form | None = None
) -> HttpResponse:
    party = queries.party_of(found, request.user)  # type: ignore[arg-type]  # behind login_required
    context = {
        "return": found,
        "order": found.order,
        "party": party,
        "is_buyer": party == Party.BUYER,
        "may": queries.steps_open_to(found, party),
        "is_stuck": queries.is_stuck(found),
        "trail": queries.trail(found),
        "moment": queries.moment_of(found.order),
        "couriers": COURIERS,
        "form": form,
    }
    return render(request, PAGE, context, status=status)
