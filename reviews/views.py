"""Writing a review, reading them, answering, and the desk where reported ones wait."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from catalog import queries as catalog
from catalog.models import Duty, Product, Shop
from kit.htmx import render_page
from kit.numbers import whole_number
from kit.pictures import PictureRefused
from kit.pictures.rows import accept_some
from livestream.moderation.refusals import BlockedWordSaid
from orders.models import OrderLine
from reviews import operations, queries
from reviews.forms import AnswerForm, HideForm, ReportForm, ReviewForm
from reviews.models import MOST_STARS, Review
from reviews.operations import Opinion, Refused

PER_PAGE = 10
REFUSALS: dict[type[Exception], str | Promise] = {
    operations.NotReceived: gettext_lazy("Ulasan bisa ditulis setelah barangnya diterima."),
    operations.ReviewedAlready: gettext_lazy("Barang ini sudah kamu ulas."),
    operations.TooLate: gettext_lazy("Ulasan hanya bisa diubah selama 30 hari."),
    operations.TooManyPhotos: gettext_lazy("Paling banyak 4 foto."),
    BlockedWordSaid: gettext_lazy("Ada kata yang tidak diizinkan di sini. Tulis dengan kata lain ya."),
}


# ---- by the buyer ----------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def write(request: MemberRequest, line_id: int) -> HttpResponse:
    """A new review of this line, or a change of the one there is."""
    line = get_object_or_404(queries.lines_to_review(request.user), pk=line_id)
    review = Review.objects.filter(line=line).prefetch_related("photos").first()
    initial = {"stars": review.stars, "text": review.original or review.text} if review else {}
    form = ReviewForm(*_sent(request), initial=initial)
    if request.method == "POST" and form.is_valid() and _write(request, line, review, form):
        messages.success(request, _("Terima kasih. Ulasanmu sudah tampil."))
        return redirect("orders:order", line.order.number)
    if review and not review.is_editable:
        return redirect("reviews:review", review.pk)
    context = {"line": line, "review": review, "form": form, "stars": range(MOST_STARS, 0, -1)}
    return render(request, "reviews/write.html", context, status=422 if form.errors else 200)


def _write(request: MemberRequest, line: OrderLine, review: Review | None, form: ReviewForm) -> bool:
    """Whether it is written; else the form says why not."""
    said = form.cleaned_data
    try:
        opinion = Opinion(said["stars"], said["text"], accept_some(said["photos"]))
        if review is None:
            operations.write_review(line, author=request.user, opinion=opinion)
        else:
            kept = [pk for text in request.POST.getlist("kept") if (pk := whole_number(text)) is not None]
            operations.edit_review(review, opinion=opinion, kept_photos=kept)
    except PictureRefused as refusal:
        form.add_error("photos", str(refusal))
        return False
    except (Refused, BlockedWordSaid) as refusal:
        form.add_error(None, str(REFUSALS[type(refusal)]))
        return False
    return True


# ---- for everybody ---------------------------------------------------------------------------------


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.reviews_shown(), pk=pk)
    return _show(request, found)


@require_safe
def of_product(request: HttpRequest, pk: int) -> HttpResponse:
    """A product's reviews, perhaps only those with so many stars; also as a part of its page."""
    product = get_object_or_404(Product.objects.on_sale().select_related("shop"), pk=pk)
    stars = whole_number(request.GET.get("stars", ""))
    stars = stars if stars in range(1, MOST_STARS + 1) else None
    page = _page(request, queries.reviews_of_product(product, stars))
    rating = queries.rating_of_product(product)
    context = {"product": product, "rating": rating, "page": page, "stars": stars}
    return render_page(request, "reviews/of_product.html", "reviews", context)


@require_safe
def of_shop(request: HttpRequest, slug: str) -> HttpResponse:
    shop = get_object_or_404(catalog.shops_open(), slug=slug)
    page = _page(request, queries.reviews_of_shop(shop))
    context = {"shop": shop, "rating": queries.rating_of_shop(shop), "page": page}
    return render(request, "reviews/of_shop.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.reviews_shown().exclude(author=request.user), pk=pk)
    form = ReportForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        operations.report_review(found, reporter=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Terima kasih. Kami periksa."))
        return redirect("reviews:of_product", found.product_id)
    context = {"review": found, "form": form}
    return render(request, "reviews/report.html", context, status=422 if form.errors else 200)


# ---- by the shop -----------------------------------------------------------------------------------


@login_required
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    mine = queries.reviews_shown().filter(shop__in=Shop.objects.run_by(request.user, Duty.SHOP))
    found = get_object_or_404(mine, pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    try:
        operations.answer_review(found, text=form.cleaned_data["text"])
    except BlockedWordSaid:
        form.add_error("text", str(REFUSALS[BlockedWordSaid]))
        return _show(request, found, form=form, status=422)
    messages.success(request, _("Jawabanmu tampil di bawah ulasan."))
    return redirect("reviews:review", pk)


# ---- by staff --------------------------------------------------------------------------------------


@login_required
@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    _moderators_only(request)
    context = {"page": _page(request, queries.reports_open()), "form": HideForm()}
    return render(request, "reviews/desk.html", context)


@login_required
@require_POST
def hide(request: MemberRequest, pk: int) -> HttpResponse:
    _moderators_only(request)
    form = HideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya."))
        return redirect("reviews:desk")
    found = get_object_or_404(queries.reviews_shown(), pk=pk)
    operations.hide_review(found, by=request.user, reason=form.cleaned_data["reason"])
    return redirect("reviews:desk")


@login_required
@require_POST
def keep(request: MemberRequest, pk: int) -> HttpResponse:
    _moderators_only(request)
    operations.keep_review(get_object_or_404(queries.reviews_shown(), pk=pk))
    return redirect("reviews:desk")


# ---- parts -----------------------------------------------------------------------------------------


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent, also when it is nothing; and nothing when only the page was asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _page(request: HttpRequest, rows: Any) -> Any:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _show(
    request: HttpRequest, found: Review, *, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    is_shop = user.is_authenticated and Shop.objects.run_by(user, Duty.SHOP).filter(pk=found.shop_id).exists()
    context = {
        "review": found,
        "is_shop": is_shop,
        "form": form or AnswerForm(initial={"text": found.answer}),
    }
    return render(request, "reviews/review.html", context, status=status)


def _moderators_only(request: MemberRequest) -> None:
    """To everybody else this desk is not there."""
    if not queries.is_moderator(request.user):
        raise Http404
