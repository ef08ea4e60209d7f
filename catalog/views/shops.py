"""Opening a shop and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from catalog import operations, queries
from catalog.forms import ShopForm, SlugForm
from catalog.models import Duty, Shop


@login_required
@require_http_methods(["GET", "POST"])
def shop_open(request: MemberRequest) -> HttpResponse:
    if queries.shop_of(request.user):
        return redirect("catalog:seller_home")
    form, slug_form = ShopForm(request.POST or None), SlugForm(_slug_wanted(request.POST))
    if form.is_valid() & slug_form.is_valid():
        try:
            operations.open_shop(request.user, slug=slug_form.cleaned_data["slug"], fields=form.cleaned_data)
        except operations.SlugTaken:
            slug_form.add_error("slug", _("Alamat itu sudah dipakai lapak lain."))
        except operations.AlreadyHasShop:
            return redirect("catalog:seller_home")
        else:
            messages.success(request, _("Lapakmu sudah buka. Selamat berjualan!"))
            return redirect("catalog:product_new")
    return render(
        request,
        "catalog/shop_open.html",
        {"form": form, "slug_form": slug_form},
        status=422 if form.is_bound else 200,
    )


def _slug_wanted(posted: QueryDict) -> QueryDict | dict[str, str] | None:
    """Who leaves the address empty, or has no script that suggests one, gets it from the name."""
    if not posted or posted.get("slug", "").strip():
        return posted or None
    return {"slug": queries.free_slug(posted.get("name", "")[:60])}


@login_required
@require_safe
def slug_check(request: MemberRequest) -> HttpResponse:
    """The address box again: suggested by the name, or checked when it was typed."""
    typed = request.GET.get("slug", "")
    if "name" in request.GET:
        form = SlugForm({"slug": queries.free_slug(request.GET["name"][:60])})
    else:
        form = SlugForm({"slug": typed[:60]})
    return render(request, "catalog/shop_open.html#slug", {"slug_form": form, "is_free": form.is_valid()})


@login_required
@require_http_methods(["GET", "POST"])
def shop_edit(request: MemberRequest) -> HttpResponse:
    shop = get_object_or_404(Shop.objects.at_desk(request.user, Duty.SHOP).select_related("regency"))
    form = ShopForm(request.POST or None, initial=ShopForm.initial_of(shop))
    if form.is_valid():
        operations.edit_shop(shop, fields=form.cleaned_data)
        messages.success(request, _("Lapak tersimpan."))
        return redirect("catalog:seller_home")
    return render(
        request,
        "catalog/shop_edit.html",
        {"form": form, "shop": shop},
        status=422 if form.is_bound else 200,
    )
