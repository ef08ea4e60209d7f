"""A person's own pages."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts import operations, queries
from accounts.forms import AddressForm, ProfileForm
from accounts.requests import MemberRequest
from kit.hygiene import clean_text

MOST_SUGGESTIONS = 12
MOST_TYPED = 60


@login_required
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    return render(request, "accounts/home.html", {"addresses": queries.addresses_of(request.user)[:1]})


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    known = {"name": request.user.name, "phone": request.user.phone}
    form = ProfileForm(request.POST or None, initial=known)
    if not form.is_valid():
        return render(request, "accounts/profile.html", {"form": form}, status=422 if form.is_bound else 200)
    operations.edit_profile(request.user, **form.cleaned_data)
    messages.success(request, _("Datamu tersimpan."))
    return redirect("accounts:home")


@login_required
@require_safe
def address_list(request: MemberRequest) -> HttpResponse:
    return render(request, "accounts/addresses.html", {"addresses": queries.addresses_of(request.user)})


@login_required
@require_http_methods(["GET", "POST"])
def address_new(request: MemberRequest) -> HttpResponse:
    form = AddressForm(request.POST or None, initial=AddressForm.initial_for(request.user))
    if not form.is_valid():
        return _address_form(request, form)
    try:
        operations.save_address(request.user, fields=form.cleaned_data)
    except operations.TooManyAddresses:
        form.add_error(None, _("Alamatmu sudah banyak. Hapus dulu yang tidak dipakai."))
        return _address_form(request, form)
    messages.success(request, _("Alamat tersimpan."))
    return redirect("accounts:addresses")


@login_required
@require_http_methods(["GET", "POST"])
def address_edit(request: MemberRequest, pk: int) -> HttpResponse:
    address = get_object_or_404(queries.addresses_of(request.user), pk=pk)
    form = AddressForm(request.POST or None, initial=AddressForm.initial_of(address))
    if not form.is_valid():
        return _address_form(request, form, address=address)
    operations.save_address(request.user, fields=form.cleaned_data, address=address)
    messages.success(request, _("Alamat tersimpan."))
    return redirect("accounts:addresses")


@login_required
@require_http_methods(["GET", "POST"])
def address_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks once, then deletes."""
    address = get_object_or_404(queries.addresses_of(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "accounts/address_delete.html", {"address": address})
    operations.delete_address(address)
    messages.success(request, _("Alamat dihapus."))
    return redirect("accounts:addresses")


@require_safe
@cache_control(max_age=3600, public=True)
def regencies(request: HttpRequest) -> HttpResponse:
    """Suggestions for a regency box, whatever that box is called."""
    typed = next(iter(request.GET.dict().values()), "")
    found = queries.regencies_matching(clean_text(str(typed)[:MOST_TYPED]))[:MOST_SUGGESTIONS]
    return render(request, "accounts/regency_options.html", {"regencies": found})


@require_safe
@cache_control(max_age=3600, public=True)
def areas(request: HttpRequest) -> HttpResponse:
    """Districts and villages for the search box of an address, as the rows of a listbox."""
    typed = clean_text(request.GET.get("area", "")[:MOST_TYPED])
    found = queries.areas_matching(typed, most=MOST_SUGGESTIONS)
    return render(request, "accounts/area_options.html", {"areas": found, "typed": typed})


def _address_form(request: MemberRequest, form: AddressForm, **context: object) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "accounts/address_form.html", {"form": form, **context}, status=status)
