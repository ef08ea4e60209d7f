"""A seller's products."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from catalog import operations, queries
from catalog.forms import FirstVariantForm, PhotosForm, ProductForm
from catalog.models import Duty, Product, Shop
from kit.htmx import is_htmx, redirect_browser
from kit.pictures import PictureRefused

PER_PAGE = 30


@login_required
@require_safe
def product_list(request: MemberRequest) -> HttpResponse:
    shop = get_object_or_404(Shop.objects.at_desk(request.user, Duty.GOODS))
    page = Paginator(queries.products_for_seller(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "catalog/product_list.html", {"shop": shop, "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def product_new(request: MemberRequest) -> HttpResponse:
    shop = get_object_or_404(Shop.objects.at_desk(request.user, Duty.GOODS))
    form = ProductForm(request.POST or None)
    first = FirstVariantForm(request.POST or None, request.FILES or None)
    if form.is_valid() & first.is_valid():
        product = _create_product(shop, form, first)
        if product is not None:
            messages.success(request, _("Produk sudah tampil di lapakmu."))
            return _go(request, reverse("catalog:product_edit", args=[product.pk]))
    name = "catalog/product_new.html#form" if is_htmx(request) else "catalog/product_new.html"
    context = {"shop": shop, "form": form, "first": first, "most_photos": operations.MOST_PHOTOS}
    return render(request, name, context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def product_edit(request: MemberRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.of_seller(request.user).select_related("shop"), pk=pk)
    form = ProductForm(request.POST or None, initial=ProductForm.initial_of(product))
    if form.is_valid():
        operations.edit_product(product, fields=form.cleaned_data)
        messages.success(request, _("Produk tersimpan."))
        return redirect("catalog:product_edit", pk=product.pk)
    context = {
        "product": product,
        "form": form,
        "photos_form": PhotosForm(),
        "photos": product.photos.order_by("position", "pk"),
        "most_photos": operations.MOST_PHOTOS,
        "variants": queries.variants_of(product),
    }
    return render(request, "catalog/product_edit.html", context, status=422 if form.is_bound else 200)


def _create_product(shop: Shop, form: ProductForm, first: FirstVariantForm) -> Product | None:
    """The product with its photos; or nothing at all, and the form says why."""
    try:
        return operations.create_product(
            shop,
            fields=form.cleaned_data,
            price=first.cleaned_data["price"],
            available=first.cleaned_data["available"],
            uploads=first.cleaned_data["photos"],
        )
    except operations.TooManyPhotos:
        first.add_error("photos", _("Paling banyak %(most)s foto.") % {"most": operations.MOST_PHOTOS})
    except PictureRefused as refusal:
        first.add_error("photos", str(refusal))
    return None


def _go(request: MemberRequest, url: str) -> HttpResponse:
    return redirect_browser(url) if is_htmx(request) else redirect(url)
