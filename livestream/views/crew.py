"""The people who help to run a show: invited, changed and sent away by the host; their own side of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from kit.htmx import is_htmx, render_page
from livestream.forms import InvitationForm
from livestream.models import CrewMember, LiveSession, Permission, Role
from livestream.operations import crew
from livestream.queries import crew as crew_queries
from livestream.views import sharing
from livestream.views.access import session_run_by


@login_required
@require_http_methods(["GET", "POST"])
def crew_list(request: MemberRequest, code: str) -> HttpResponse:
    """Who helps, and an invitation for one more; its link is shown once."""
    session = session_run_by(request, code, Permission.HOST)
    form = InvitationForm(request.POST or None, initial={"role": Role.MODERATOR})
    if request.method == "GET":
        return _desk(request, session, form=form)
    if not form.is_valid():
        return _desk(request, session, form=form, status=422)
    try:
        invitation = _invite(session, **form.cleaned_data)
    except crew.TooMany:
        form.add_error(None, _("Sudah terlalu banyak kru. Cabut dulu yang tidak ikut lagi."))
        return _desk(request, session, form=form, status=409)
    return _desk(request, session, form=InvitationForm(), fresh=invitation)


@login_required
@require_POST
def crew_change(request: MemberRequest, code: str, member_id: int) -> HttpResponse:
    """Exactly these permissions from now on."""
    session = session_run_by(request, code, Permission.HOST)
    member = _member(session, member_id)
    wanted = {permission for permission in member.grantable if permission in request.POST.getlist("may")}
    crew.change_permissions(member, permissions=wanted)
    return _done(request, session)


@login_required
@require_POST
def crew_revoke(request: MemberRequest, code: str, member_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.HOST)
    crew.revoke(_member(session, member_id))
    return _done(request, session)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def invitation(request: MemberRequest, token: str) -> HttpResponse:
    """What somebody is asked to help with; accepting is a press of their own."""
    member = crew.find_invitation(token)
    if member is not None and member.user == request.user and not member.revoked_at:
        return _enter(member)
    if member is None or not member.is_open:
        return render(request, "livestream/invitation_over.html", status=410)
    if request.method == "GET":
        return _invitation_page(request, member)
    try:
        crew.accept(member, user=request.user)
    except crew.NoLongerOpen:
        return render(request, "livestream/invitation_over.html", status=410)
    except crew.OwnShop:
        refusal = _("Ini undangan dari lapakmu sendiri. Kirim tautannya ke orang yang mau kamu ajak.")
        return _invitation_page(request, member, refusal=refusal, status=409)
    messages.success(request, _("Kamu sekarang ikut membantu live ini."))
    return _enter(member)


@login_required
@require_safe
def helping(request: MemberRequest) -> HttpResponse:
    """The shows of others that this person helps with."""
    context = {
        "sessions": crew_queries.sessions_helped_by(request.user),
        "parts": crew_queries.parts_of(request.user),
    }
    return render(request, "livestream/helping.html", context)


@login_required
@require_POST
def crew_leave(request: MemberRequest, member_id: int) -> HttpResponse:
    crew.revoke(get_object_or_404(crew_queries.parts_of(request.user), pk=member_id))
    messages.success(request, _("Kamu tidak lagi membantu di sana."))
    return redirect("livestream:helping")


def _invite(session: LiveSession, *, role: str, label: str, is_for_all: bool) -> crew.Invitation:
    if is_for_all:
        return crew.invite_to_shop(session.shop, role=Role(role), label=label)
    return crew.invite(session, role=Role(role), label=label)


def _member(session: LiveSession, member_id: int) -> CrewMember:
    return get_object_or_404(crew_queries.crew_of(session), pk=member_id)


def _desk(
    request: MemberRequest,
    session: LiveSession,
    *,
    form: InvitationForm,
    fresh: crew.Invitation | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "session": session,
        "form": form,
        "members": crew_queries.crew_of(session),
        **(sharing.invitation(fresh.member, fresh.token) if fresh else {}),
    }
    return render_page(request, "livestream/crew.html", "desk", context, status=status)


def _done(request: MemberRequest, session: LiveSession) -> HttpResponse:
    if is_htmx(request):
        return _desk(request, session, form=InvitationForm())
    return redirect("livestream:crew", session.code)


def _invitation_page(
    request: MemberRequest, member: CrewMember, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    permissions = [Permission(permission).label for permission in member.permissions]
    context = {"member": member, "permissions": permissions, "refusal": refusal}
    return render(request, "livestream/invitation.html", context, status=status)


def _enter(member: CrewMember) -> HttpResponse:
    if member.session is None or member.session.ended_at:
        return redirect("livestream:helping")
    return redirect(reverse("livestream:studio", args=[member.session.code]))
