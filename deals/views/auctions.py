"""The sheet on which people bid."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from deals.bidding import step_at
from deals.forms.bids import BidForm
from deals.models import Auction
from deals.operations import auctions as operations
from deals.operations.refusals import DealRefused, OfTheHouse, TooLate
from deals.queries import auctions as queries
from deals.views.doors import TOO_FAST, members_only
from kit.htmx import is_htmx, render_page
from kit.money import rupiah
from kit.pace import is_too_fast

MOST_BIDS = 10  # in ten seconds
REFUSALS: dict[type[DealRefused], Promise] = {
    TooLate: _("Lelangnya sudah selesai."),
    OfTheHouse: _("Kamu ikut menjalankan live ini, jadi tidak bisa menawar."),
    operations.StandsStill: _("Waktu dihentikan. Tawar lagi begitu penjual kembali."),
}


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def bid(request: MemberRequest, auction_id: int) -> HttpResponse:
    auction = get_object_or_404(queries.auctions(), pk=auction_id)
    if request.method == "POST":
        return _place(request, auction)
    return _show(request, auction)


def _place(request: MemberRequest, auction: Auction) -> HttpResponse:
    form = BidForm(request.POST)
    if is_too_fast(f"bid:{request.user.pk}", most=MOST_BIDS, within=10):
        return _show(request, auction, form, status=429, refusal=TOO_FAST)
    if not form.is_valid():
        return _show(request, auction, form, status=422)
    if form.surprises(queries.least_bid(auction, request.user)):
        return _show(request, auction, form, status=422, surprising=form.cleaned_data["maximum"])
    try:
        operations.place_bid(
            auction.pk,
            bidder=request.user,
            maximum=form.cleaned_data["maximum"],
            key=form.cleaned_data["key"],
        )
    except operations.BidTooLow as refusal:
        text = _("Harganya sudah naik. Tawar paling sedikit %s.") % rupiah(refusal.least)
        return _show(request, _again(auction), form, status=409, refusal=text)
    except DealRefused as refusal:
        return _show(request, _again(auction), form, status=409, refusal=REFUSALS[type(refusal)])
    if not is_htmx(request):
        return redirect("deals:bid", auction.pk)
    return _show(request, _again(auction), is_placed=True)


def _again(auction: Auction) -> Auction:
    return queries.auctions().get(pk=auction.pk)


def _show(
    request: MemberRequest,
    auction: Auction,
    form: BidForm | None = None,
    *,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    least = queries.least_bid(auction, request.user)
    if form is None:
        form = BidForm(initial={"maximum": least, "key": uuid4()})
    step = step_at(least)
    return render_page(
        request,
        "deals/bid.html",
        "sheet",
        {
            "auction": auction,
            "form": form,
            "least": least,
            "choices": [least, least + 2 * step, least + 5 * step],
            "own": queries.own_maximum(auction, request.user),
            "is_leading": auction.leader_id == request.user.pk and auction.is_running,
            **context,
        },
        status=status,
    )
