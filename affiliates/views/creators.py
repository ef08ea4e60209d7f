"""The creators' desk: joining, finding what pays, sharing links, and every rupiah with its reason."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from affiliates import operations, queries
from affiliates.addresses import address_of_link
from affiliates.forms import JoinForm, OfferFilterForm, TargetForm
from affiliates.models import Affiliate, MissedSale, ReferralLink
from affiliates.queries import Standing, Target
from kit.htmx import is_htmx, redirect_browser

ON_A_PAGE = 24
FORM_METHODS = ["GET", "HEAD", "POST"]
ESTIMATED, MISSED = "estimated", "missed"
STATES = {
    "": gettext_lazy("Semua"),
    ESTIMATED: gettext_lazy("Perkiraan"),
    Standing.PENDING: gettext_lazy("Menunggu diterima"),
    Standing.WINDOW: gettext_lazy("Masa pengembalian"),
    Standing.PAYABLE: gettext_lazy("Siap cair"),
    Standing.REVERSED: gettext_lazy("Dibatalkan"),
    MISSED: gettext_lazy("Tidak jadi"),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk of an affiliate; an invitation for everyone else."""
    affiliate = _affiliate_of(request)
    now = timezone.now()
    if affiliate is None:
        return render(request, "affiliates/invitation.html", {"offers": queries.offers(now)[:6]})
    context = {
        "affiliate": affiliate,
        "overview": queries.overview(affiliate, now),
        "clicks": queries.clicks_by_day(affiliate, now),
        "commissions": queries.commissions_of(affiliate)[:5],
        "links": queries.links_of(affiliate, now)[:3],
    }
    return render(request, "affiliates/home.html", context)


@login_required
@require_http_methods(FORM_METHODS)
def join(request: MemberRequest) -> HttpResponse:
    onward = request.GET.get("next", "")
    if not (onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)):
        onward = reverse("affiliates:home")
    if _affiliate_of(request):
        return redirect(onward)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.join(request.user, handle=form.cleaned_data["handle"])
        except operations.HandleTaken:
            form.add_error("handle", _("Nama itu sudah dipakai. Coba yang lain."))
        else:
            messages.success(request, _("Selamat datang! Pilih produk, lalu bagikan tautanmu."))
            return redirect(onward)
    return render(request, "affiliates/join.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """Everything that pays commission, the best paid sale first."""
    form = OfferFilterForm(request.GET)
    form.is_valid()
    words, percent = form.cleaned_data.get("q") or "", form.cleaned_data.get("rate") or 0
    found = queries.offers(timezone.now(), words=words, least_bp=percent * 100)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "affiliate": _affiliate_of(request),
        "page": page,
        "words": words,
        "percent": percent,
        "percents": (5, 10, 15, 20),
    }
    return render(request, "affiliates/products.html", context)


@login_required
@require_safe
def links(request: MemberRequest) -> HttpResponse:
    affiliate = _affiliate_of(request)
    if affiliate is None:
        return redirect("affiliates:join")
    page = Paginator(queries.links_of(affiliate, timezone.now()), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "affiliates/links.html", {"affiliate": affiliate, "page": page})


@login_required
@require_http_methods(FORM_METHODS)
def link(request: MemberRequest) -> HttpResponse:
    """Ask for a link to `product`, `shop` or `session`: shown when it exists, made on POST."""
    if request.method != "POST" and not request.GET:
        return redirect("affiliates:products")
    target = _target(request.POST if request.method == "POST" else request.GET)
    affiliate = _affiliate_of(request)
    if affiliate is None:
        return redirect(_onward_to(target))
    known = queries.link_to(affiliate, target)
    if known:
        return redirect("affiliates:share", code=known.code)
    context = {"affiliate": affiliate, "target": target, "terms": queries.terms_of(target, timezone.now())}
    if request.method != "POST":
        return render(request, "affiliates/link.html", context)
    try:
        made = operations.make_link(
            affiliate, shop=target.shop, product=target.product, session=target.session
        )
    except operations.NotOffered:
        return render(request, "affiliates/link.html", context, status=409)
    return redirect("affiliates:share", code=made.code)


@login_required
@require_POST
def session_link(request: MemberRequest, code: str) -> HttpResponse:
    """One's own link to a session, made on the spot: who is before the camera must not leave the page."""
    target = queries.find_target(product=None, shop="", session=code)
    if target is None:
        raise Http404
    affiliate = _affiliate_of(request)
    if affiliate is None:
        return _leave_to(request, _onward_to(target))
    try:
        made = operations.make_link(affiliate, shop=target.shop, session=target.session)
    except operations.NotOffered:
        refusal = _("Lapak ini sedang tidak memberi komisi.")
        refused = {"session": target.session, "refusal": refusal}
        return render(request, "affiliates/_session_link.html", refused, status=409)
    if not is_htmx(request):
        return redirect("affiliates:share", code=made.code)
    context = {"session": target.session, "address": address_of_link(made), "is_offered": True}
    return render(request, "affiliates/_session_link.html", context)


@login_required
@require_safe
def share(request: MemberRequest, code: str) -> HttpResponse:
    """One link, ready to be passed on."""
    own = get_object_or_404(_links_of(request.user), code=code)
    target = Target(shop=own.shop, product=own.product, session=own.session)
    context = {
        "affiliate": own.affiliate,
        "link": own,
        "address": address_of_link(own),
        "terms": queries.terms_of(target, timezone.now()),
        "clicks": own.clicks.count(),
    }
    return render(request, "affiliates/share.html", context)


@login_required
@require_safe
def qr(request: MemberRequest, code: str) -> HttpResponse:
    """The link as a code to scan: black on white in either theme, with room around it."""
    own = get_object_or_404(_links_of(request.user), code=code)
    drawing = io.BytesIO()
    segno.make(address_of_link(own), error="m", micro=False).save(
        drawing, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@login_required
@require_safe
def commissions(request: MemberRequest) -> HttpResponse:
    """All of them by state, and the sales that passed by."""
    affiliate = _affiliate_of(request)
    if affiliate is None:
        return redirect("affiliates:join")
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    page = Paginator(_rows(affiliate, state), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"affiliate": affiliate, "page": page, "state": state, "states": STATES}
    return render(request, "affiliates/commissions.html", context)


@login_required
@require_safe
def commission(request: MemberRequest, pk: int) -> HttpResponse:
    """Where one commission comes from: the order, the sum line by line, who won and why, the dates."""
    own = get_object_or_404(queries.traced(), pk=pk, affiliate__user=request.user)
    context = {"affiliate": own.affiliate, "commission": own, "explanation": queries.explain(own)}
    return render(request, "affiliates/commission.html", context)


@login_required
@require_safe
def missed_sale(request: MemberRequest, pk: int) -> HttpResponse:
    """Why a sale that passed by one's link earned nothing."""
    missed = MissedSale.objects.select_related("line__order__shop", "affiliate")
    own = get_object_or_404(missed, pk=pk, affiliate__user=request.user)
    context = {
        "affiliate": own.affiliate,
        "missed": own,
        "trace": queries.trace_of(own.line, own.affiliate_id),
    }
    return render(request, "affiliates/missed_sale.html", context)


def _affiliate_of(request: HttpRequest) -> Affiliate | None:
    user = request.user
    return Affiliate.objects.filter(user=user).first() if isinstance(user, User) else None


def _links_of(user: User) -> QuerySet[ReferralLink]:
    links = ReferralLink.objects.filter(affiliate__user=user)
    return links.select_related("affiliate", "shop", "product", "session")


def _rows(affiliate: Affiliate, state: str) -> QuerySet[Any]:
    if state == ESTIMATED:
        return queries.estimated_lines(affiliate)
    if state == MISSED:
        return queries.missed_sales(affiliate)
    return queries.commissions_of(affiliate, state)


def _target(given: QueryDict) -> Target:
    form = TargetForm(given)
    if not form.is_valid():
        raise Http404
    target = queries.find_target(**form.cleaned_data)
    if target is None:
        raise Http404
    return target


def _onward_to(target: Target) -> str:
    """Back to the question about this link, once the person has joined."""
    path = f"{reverse('affiliates:link')}?{urlencode([target.field])}"
    return f"{reverse('affiliates:join')}?{urlencode({'next': path})}"


def _leave_to(request: HttpRequest, url: str) -> HttpResponse:
    return redirect_browser(url) if is_htmx(request) else redirect(url)
