"""How a shop sends: its couriers, its own delivery, and what that costs where."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from catalog.models import Duty, Shop
from shipping import operations, queries
from shipping.couriers import biteship
from shipping.forms import SetupForm, TariffForm
from shipping.operations.setups import TooManyTariffs


@login_required
@require_http_methods(["GET", "POST"])
def setup(request: MemberRequest) -> HttpResponse:
    shop = _shop(request)
    form = SetupForm(request.POST or None, initial=SetupForm.initial_of(queries.setup_of(shop.pk)))
    if not form.is_valid():
        return _show(request, shop, form, TariffForm(), status=422 if form.is_bound else 200)
    operations.save_setup(shop, fields=form.cleaned_data)
    messages.success(request, _("Cara kirim tersimpan."))
    return redirect("shipping:setup")


@login_required
@require_POST
def tariff_set(request: MemberRequest) -> HttpResponse:
    shop = _shop(request)
    form = TariffForm(request.POST)
    if form.is_valid():
        wanted = ("area", "place", "fee", "is_per_kilogram")
        try:
            operations.set_tariff(shop, **{name: form.cleaned_data[name] for name in wanted})
        except TooManyTariffs:
            form.add_error(None, _("Daftarnya sudah panjang sekali. Hapus dulu yang tidak dipakai."))
        else:
            messages.success(request, _("Ongkir tersimpan."))
            return redirect("shipping:setup")
    known = SetupForm(initial=SetupForm.initial_of(queries.setup_of(shop.pk)))
    return _show(request, shop, known, form, status=422)


@login_required
@require_POST
def tariff_drop(request: MemberRequest, pk: int) -> HttpResponse:
    operations.drop_tariff(get_object_or_404(queries.tariffs_of_seller(request.user), pk=pk))
    messages.success(request, _("Ongkir dihapus."))
    return redirect("shipping:setup")


def _shop(request: MemberRequest) -> Shop:
    return get_object_or_404(Shop.objects.at_desk(request.user, Duty.SHOP).select_related("regency"))


def _show(
    request: MemberRequest, shop: Shop, form: SetupForm, tariff_form: TariffForm, *, status: int
) -> HttpResponse:
    context = {
        "shop": shop,
        "form": form,
        "tariff_form": tariff_form,
        "tariffs": queries.tariffs_of_seller(request.user),
        "has_couriers": biteship.is_configured(),
    }
    return render(request, "shipping/setup.html", context, status=status)
