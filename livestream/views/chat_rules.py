"""The rules of a session's chat, and what a shop decides for all its sessions: words and people."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from catalog.models import Duty, Shop
from kit.htmx import is_htmx, render_page, tell
from livestream import queries
from livestream.forms import ChatRulesForm, ShopWordsForm
from livestream.models import Ban, Permission
from livestream.operations import moderation
from livestream.operations import rules as operations
from livestream.views.access import session_run_by


@login_required
@require_http_methods(["GET", "POST"])
def chat_rules(request: MemberRequest, code: str) -> HttpResponse:
    """The sheet of the console; a page of its own without JavaScript."""
    session = session_run_by(request, code, Permission.CHAT)
    rules = queries.rules_of(session)
    initial = {name: getattr(rules, name) for name in ChatRulesForm.base_fields}
    form = ChatRulesForm(request.POST or None, initial=initial)
    context = {"session": session, "form": form, "muted": queries.muted_in(session)}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render_page(request, "livestream/chat_rules.html", "rules", context, status=status)
    operations.set_rules(session, **form.cleaned_data)
    said = _("Aturan obrolan berlaku mulai sekarang.")
    if is_htmx(request):
        return tell(render(request, "livestream/chat_rules.html#rules", context), said)
    messages.success(request, said)
    return redirect("livestream:chat_rules", session.code)


@login_required
@require_http_methods(["GET", "POST"])
def shop_chat(request: MemberRequest) -> HttpResponse:
    """A shop's own list of blocked words, and whom it has banned."""
    shop = _shop(request)
    words = "\n".join(queries.words_of(shop).values_list("written", flat=True))
    form = ShopWordsForm(request.POST or None, initial={"words": words})
    if not form.is_valid():
        context = {"shop": shop, "form": form, "bans": queries.banned_from(shop.pk)}
        return render(request, "livestream/shop_chat.html", context, status=422 if form.is_bound else 200)
    operations.set_shop_words(shop, words=form.cleaned_data["words"])
    messages.success(request, _("Daftar kata berlaku mulai sekarang, juga di live yang sedang jalan."))
    return redirect("livestream:shop_chat")


@login_required
@require_POST
def lift_ban(request: MemberRequest, ban_id: int) -> HttpResponse:
    shop = _shop(request)
    try:
        moderation.lift_ban(shop, ban_id=ban_id, by=request.user)
    except Ban.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Blokir dibuka. Orangnya bisa ngobrol lagi."))
    return redirect("livestream:shop_chat")


def _shop(request: MemberRequest) -> Shop:
    shops = Shop.objects.at_desk(request.user, Duty.LIVE)
    return get_object_or_404(shops.filter(suspended_at__isnull=True))
