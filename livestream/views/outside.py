"""A session outside the market: its link and QR, other platforms that show it too, and OBS."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from livestream import queries, sources
from livestream.engine import engine
from livestream.forms import EmergencyDoorForm, OutletForm
from livestream.models import MOST_OUTLETS, LiveSession, Permission, VisitSource
from livestream.operations import emergency_door as door_operations
from livestream.operations import outlets, streams
from livestream.picture_label import picture_label
from livestream.views import sharing
from livestream.views.access import session_run_by


@login_required
@require_safe
def outside(request: MemberRequest, code: str) -> HttpResponse:
    return _outside(request, _unended(request, code), OutletForm())


@login_required
@require_POST
def outlet_add(request: MemberRequest, code: str) -> HttpResponse:
    session = _unended(request, code)
    form = OutletForm(request.POST)
    if not form.is_valid():
        return _outside(request, session, form, status=422)
    try:
        outlets.add_outlet(session, **form.cleaned_data)
    except outlets.TooManyOutlets:
        words = _("Paling banyak %(most)s tempat. Hapus salah satu dulu.")
        form.add_error(None, words % {"most": MOST_OUTLETS})
        return _outside(request, session, form, status=409)
    except outlets.AlreadyEnded:
        form.add_error(None, _("Live ini sudah selesai, jadi tidak bisa disiarkan ke tempat lain lagi."))
        return _outside(request, session, form, status=409)
    messages.success(request, _("Tersimpan. Siaranmu ikut tayang di sana begitu kamu live."))
    return redirect("livestream:outside", session.code)


@login_required
@require_POST
def outlet_remove(request: MemberRequest, code: str, place: int) -> HttpResponse:
    session = _unended(request, code)
    outlets.remove_outlet(session, place=place)
    messages.success(request, _("Tempat itu dihapus, dan siaran ke sana berhenti."))
    return redirect("livestream:outside", session.code)


@login_required
@require_POST
def emergency_door(request: MemberRequest, code: str) -> HttpResponse:
    """Whether followers hear of it when a place outside dies."""
    session = _unended(request, code)
    form = EmergencyDoorForm(request.POST)
    if form.is_valid() and form.cleaned_data["is_wanted"]:
        door_operations.want_door(session)
        messages.success(request, _("Pengikutmu dikabari kalau salah satu tempat luar putus."))
    else:
        door_operations.forgo_door(session)
        messages.success(request, _("Pengikutmu tidak dikabari kalau tempat luar putus."))
    return redirect("livestream:outside", session.code)


@login_required
@require_safe
@never_cache
def outside_standing(request: MemberRequest, code: str) -> HttpResponse:
    """How each place outside is doing, asked every few seconds by the studio."""
    session = session_run_by(request, code, Permission.HOST)
    context = {
        "session": session,
        "outlets": queries.outlets_of(session),
        "door": queries.emergency_door_of(session),
        "takes_obs": engine.takes_obs,
    }
    return render(request, "livestream/_outside_standing.html", context)


@login_required
@require_safe
@never_cache
def label(request: MemberRequest, code: str) -> HttpResponse:
    """What whoever sends the picture may have drawn into it: our room's QR code and its link."""
    address = sharing.address(session_run_by(request, code, Permission.PUBLISH))
    drawn = picture_label(link=sources.marked(address, VisitSource.QR), address=address)
    return HttpResponse(drawn, content_type="image/png")


@login_required
@require_safe
def obs(request: MemberRequest, code: str) -> HttpResponse:
    return _obs(request, _for_obs(request, code))


@login_required
@require_POST
@never_cache
def obs_key(request: MemberRequest, code: str) -> HttpResponse:
    """A new key, shown this once: it stands in this answer and nowhere else."""
    session = _for_obs(request, code)
    return _obs(request, session, target=engine.publish_target(session, request.user, "obs"))


@login_required
@require_POST
def obs_revoke(request: MemberRequest, code: str) -> HttpResponse:
    session = _for_obs(request, code)
    streams.revoke_key(session, user=request.user)
    messages.success(request, _("Kunci dicabut. OBS tidak bisa siaran lagi dengan kunci itu."))
    return redirect("livestream:obs", session.code)


@login_required
@require_safe
@never_cache
def obs_standing(request: MemberRequest, code: str) -> HttpResponse:
    session = _for_obs(request, code)
    return render(request, "livestream/obs.html#standing", _obs_context(request, session))


def _unended(request: MemberRequest, code: str) -> LiveSession:
    session = session_run_by(request, code, Permission.HOST)
    if session.ended_at:
        raise Http404
    return session


def _for_obs(request: MemberRequest, code: str) -> LiveSession:
    if not engine.takes_obs:
        raise Http404
    return _unended(request, code)


def _outside(
    request: MemberRequest, session: LiveSession, form: OutletForm, status: int = 200
) -> HttpResponse:
    door = queries.emergency_door_of(session)
    context = {
        "session": session,
        "shop": session.shop,
        "form": form,
        "door": door,
        "door_form": EmergencyDoorForm(initial={"is_wanted": bool(door and door.is_wanted)}),
        "outlets": queries.outlets_of(session),
        "most": MOST_OUTLETS,
        "takes_obs": engine.takes_obs,
        **sharing.words(session),
    }
    return render(request, "livestream/outside.html", context, status=status)


def _obs(request: MemberRequest, session: LiveSession, **more: Any) -> HttpResponse:
    return render(request, "livestream/obs.html", {**_obs_context(request, session), **more})


def _obs_context(request: MemberRequest, session: LiveSession) -> dict[str, Any]:
    stream = queries.engine_stream_of(session)
    return {
        "session": session,
        "shop": session.shop,
        "key": queries.stream_key_of(session, request.user),
        "stream": stream,
        "trouble": _trouble(stream.trouble) if stream else "",
    }


def _trouble(reason: str) -> str:
    """What the host can do about it."""
    known = {
        "": "",
        "the pictures are not H.264": _("Di OBS pilih encoder H.264, bukan HEVC atau AV1."),
        "the sound is not AAC": _("Di OBS pilih audio AAC."),
        "a picture size out of range": _("Gambarnya terlalu besar. Pakai paling besar 1080 × 1920."),
        "colours that browsers do not play": _("Pakai format warna NV12 atau I420, 8 bit."),
        "no key picture": _("Atur Keyframe Interval ke 1 detik."),
        "too much": _("Bitrate terlalu tinggi. Pakai sekitar 2000 kbps."),
        "full": _("Semua jalur siaran sedang terpakai. Coba lagi beberapa menit lagi."),
        "taken over": _("Kamu siaran dari browser, jadi gambar dari OBS tidak dipakai."),
    }
    return known.get(reason, _("Gambar dari OBS tidak bisa dibaca. Periksa setelannya."))
