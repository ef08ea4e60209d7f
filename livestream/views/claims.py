"""What is promised about a product in a show: noted and taken back by whoever runs its products."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from catalog.models import Product
from kit.htmx import is_htmx, render_page
from livestream.models import Claim, LiveSession, Permission
from livestream.operations import claims, showcase
from livestream.views.access import session_run_by

REFUSALS: dict[type[Exception], tuple[int, Promise]] = {
    claims.NothingPromised: (422, _("Tulis dulu janjinya.")),
    claims.TooLong: (422, _("Janji paling panjang 80 huruf.")),
    claims.TooManyClaims: (409, _("Sudah delapan janji untuk barang ini. Tarik dulu salah satunya.")),
    showcase.NotOnAir: (409, _("Janji dicatat selama siaran berjalan.")),
    showcase.NotInShowcase: (
        409,
        _("Produk itu sedang tidak tampil di etalase. Tampilkan dulu, baru catat janjinya."),
    ),
}


@login_required
@require_http_methods(["GET", "POST"])
def claim_list(request: MemberRequest, code: str, product_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.PRODUCTS)
    product = get_object_or_404(Product, pk=product_id, shop=session.shop_id)
    if request.method == "GET":
        return _desk(request, session, product)
    text = request.POST.get("text", "")
    try:
        claims.note_claim(session, product_id=product.pk, text=text, by=request.user)
    except tuple(REFUSALS) as problem:
        status, refusal = REFUSALS[type(problem)]
        return _desk(request, session, product, text=text[:80], refusal=refusal, status=status)
    return _done(request, session, product)


@login_required
@require_POST
def claim_withdraw(request: MemberRequest, code: str, claim_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.PRODUCTS)
    claim = get_object_or_404(
        Claim.objects.standing().select_related("product"), session=session, pk=claim_id
    )
    claims.withdraw_claim(claim)
    return _done(request, session, claim.product)


def _done(request: MemberRequest, session: LiveSession, product: Product) -> HttpResponse:
    if is_htmx(request):
        return _desk(request, session, product)
    return redirect("livestream:claims", session.code, product.pk)


def _desk(
    request: MemberRequest,
    session: LiveSession,
    product: Product,
    *,
    text: str = "",
    refusal: Promise | str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "session": session,
        "product": product,
        "claims": Claim.objects.standing().filter(session=session, product=product).order_by("pk"),
        "text": text,
        "refusal": refusal,
    }
    return render_page(request, "livestream/claims.html", "desk", context, status=status)
