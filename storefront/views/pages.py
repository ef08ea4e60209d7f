"""What shoppers see: the front page, a product, a shop, and search."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from catalog import queries as catalog
from catalog.models import Product, Variant
from kit.htmx import render_page
from kit.numbers import whole_number
from livestream import queries as livestream
from storefront import listings, queries
from storefront.forms import SearchForm

MOST_OF_A_SHOP = 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The template keeps its parts for some seconds; what is kept already is not read again."""
    context = {
        "now": timezone.now(),
        "live": SimpleLazyObject(queries.live_now),
        "upcoming": SimpleLazyObject(lambda: list(livestream.sessions_upcoming()[:8])),
        "categories": SimpleLazyObject(queries.categories),
        "products": SimpleLazyObject(lambda: list(catalog.newest_products()[:12])),
    }
    return render(request, "storefront/home.html", context)


@require_safe
def product(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = catalog.product_page(pk)
    if found is None or not found.goods:
        raise Http404
    if slug != found.slug:
        return redirect("catalog:product", slug=found.slug, pk=pk, permanent=True)
    chosen, session = _chosen(found, request.GET.get("variant", "")), queries.session_showing(found)
    context: dict[str, object] = {"product": found, "chosen": chosen, "session": session}
    context["price"] = queries.price_shown(chosen, session)
    if request.headers.get("HX-Target") != "offer":
        context |= {
            "more": SimpleLazyObject(lambda: queries.more_of_shop(found)),
            "listing": listings.product_listing(request, found),
            "image": listings.image_of([photo.picture for photo in found.photos.all()]),
        }
    return render_page(request, "storefront/product.html", "offer", context)


@require_safe
def price_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a variant has cost in the last 30 days; asked for with a tap."""
    found = catalog.product_page(pk)
    if found is None or not found.goods:
        raise Http404
    chosen = _chosen(found, request.GET.get("variant", ""))
    history = catalog.price_history([chosen.pk])[chosen.pk]
    days = [(f"{day:%d/%m}", price) for day, price in catalog.daily_prices(history)]
    context = {"product": found, "chosen": chosen, "days": days, "lowest": catalog.lowest_price(history)}
    return render_page(request, "storefront/price_history.html", "history", context)


@require_safe
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(catalog.shops_open(), slug=slug)
    products = list(catalog.products_of_shop(found)[:MOST_OF_A_SHOP])
    context = {
        "shop": found,
        "sessions": queries.sessions_of_shop(found),
        "products": products,
        "listing": listings.shop_listing(found),
        "image": listings.image_of([product.cover for product in products if product.cover]),
    }
    return render(request, "storefront/shop.html", context)


@require_safe
def shop_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The shop's address as a QR code to print."""
    found = get_object_or_404(catalog.shops_open(), slug=slug)
    address = listings.absolute(reverse("catalog:shop", args=[found.slug]))
    drawing = io.BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", border=3, scale=8, light="#fff")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    context: dict[str, object] = {"form": form, "categories": queries.categories()}
    if not form.is_valid():
        return render_page(request, "storefront/search.html", "results", context, status=422)
    number = min(max(whole_number(request.GET.get("page", "")) or 1, 1), 500)
    context |= {"found": queries.search(form.cleaned_data, page=number), "next_page": number + 1}
    response = render_page(request, "storefront/search.html", "results", context)
    if number == 1:
        # The address shows what was chosen, not every box that was left empty.
        response.headers["HX-Replace-Url"] = "?" + urlencode(
            [pair for pair in request.GET.items() if pair[1]]
        )
    return response


def _chosen(found: Product, variant: str) -> Variant:
    """The variant asked for; else the first that can be bought; else the first."""
    asked = [goods for goods in found.goods if str(goods.pk) == variant]
    in_stock = [goods for goods in found.goods if goods.stock.available]
    return (asked or in_stock or found.goods)[0]
