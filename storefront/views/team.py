"""The people of a shop: invited, changed and sent away by its owner; their own side of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from catalog import queries
from catalog.forms import MemberForm, RoleForm
from catalog.models import Duty, Member, Role, Shop
from catalog.operations import team as refusals
from storefront import team as operations


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: MemberRequest) -> HttpResponse:
    """Who works here, and a letter for one more."""
    shop = _shop(request)
    form = MemberForm(request.POST or None)
    if request.method != "POST":
        return _team(request, shop, form)
    if not form.is_valid():
        return _team(request, shop, form, status=422)
    email = form.cleaned_data["email"]
    try:
        operations.invite(shop, email=email, role=Role(form.cleaned_data["role"]))
    except refusals.OwnShop:
        form.add_error("email", _("Itu alamatmu sendiri. Kamu sudah pemiliknya."))
    except refusals.TooManyMembers:
        form.add_error(None, _("Timmu sudah penuh. Cabut dulu yang tidak ikut lagi."))
    if form.errors:
        return _team(request, shop, form, status=409)
    messages.success(request, _("Undangan dikirim ke %(email)s.") % {"email": email})
    return redirect("catalog:team")


@login_required
@require_POST
def role(request: MemberRequest, pk: int) -> HttpResponse:
    member, form = _member(request, pk), RoleForm(request.POST)
    if not form.is_valid():
        return _team(request, member.shop, MemberForm(), status=422)
    try:
        operations.change(member, role=Role(form.cleaned_data["role"]))
    except refusals.NoLongerOpen:
        messages.error(request, _("Orang ini sudah tidak di timmu."))
    else:
        messages.success(request, _("Perannya berlaku mulai sekarang."))
    return redirect("catalog:team")


@login_required
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    operations.remove(_member(request, pk))
    messages.success(request, _("Sudah dicabut. Mulai sekarang tidak bisa membuka apa-apa lagi."))
    return redirect("catalog:team")


@login_required
@require_POST
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    operations.remove(get_object_or_404(queries.parts_of(request.user), pk=pk))
    messages.success(request, _("Kamu keluar dari tim itu."))
    return redirect("accounts:home")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: MemberRequest, token: str) -> HttpResponse:
    """What somebody is asked to do; accepting is a press of their own."""
    member = refusals.find_team_invitation(token)
    if member is None or not (member.is_open or _is_theirs(member, request)):
        return render(request, "storefront/team_invitation.html", {"member": None}, status=410)
    if request.method != "POST":
        return _ask(request, member)
    try:
        operations.accept(member, user=request.user)
    except refusals.NoLongerOpen:
        return render(request, "storefront/team_invitation.html", {"member": None}, status=410)
    except refusals.OwnShop:
        return _ask(request, member, refusal=_("Ini undangan dari lapakmu sendiri."), status=409)
    except refusals.ForSomebodyElse:
        refusal = _("Undangan ini untuk alamat email lain. Masuk dengan akun yang diundang.")
        return _ask(request, member, refusal=refusal, status=409)
    messages.success(request, _("Selamat datang di tim %(shop)s.") % {"shop": member.shop.name})
    return redirect("catalog:seller_home")


@login_required
@require_POST
def choose_shop(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody who works in several shops goes to another one."""
    shop = get_object_or_404(Shop.objects.run_by(request.user), pk=pk)
    refusals.work_at(shop, user=request.user)
    return redirect("catalog:seller_home")


def _is_theirs(member: Member, request: MemberRequest) -> bool:
    return member.user_id == request.user.pk and not member.revoked_at


def _shop(request: MemberRequest) -> Shop:
    return get_object_or_404(Shop.objects.at_desk(request.user, Duty.OWNER).select_related("owner"))


def _member(request: MemberRequest, pk: int) -> Member:
    own = Shop.objects.run_by(request.user, Duty.OWNER)
    return get_object_or_404(Member.objects.filter(shop__in=own, revoked_at__isnull=True), pk=pk)


def _team(request: MemberRequest, shop: Shop, form: MemberForm, *, status: int = 200) -> HttpResponse:
    context = {"shop": shop, "form": form, "members": queries.members_of(shop), "roles": list(Role)}
    return render(request, "storefront/team.html", context, status=status)


def _ask(request: MemberRequest, member: Member, *, refusal: str = "", status: int = 200) -> HttpResponse:
    duties = [duty.label for duty in Role(member.role).duties]
    context = {"member": member, "duties": duties, "refusal": refusal}
    return render(request, "storefront/team_invitation.html", context, status=status)
