"""Who may call the live pages, the studio and the room's addresses."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from livestream.models import CrewMember, Role
from livestream.operations import moderation
from livestream.operations.chat import say
from livestream.operations.claims import note_claim
from livestream.operations.crew import invite
from tests.access.rules import CREW, EVERYONE, LIVE, MEMBERS, MODERATOR, RIVAL, Access
from tests.factories import make_replay, make_session, make_user
from tests.media.material import config, records
from tests.media.recordings import record_show

HOST = LIVE
NOBODY: frozenset[str] = frozenset()
OUTLET = {"url": "rtmps://live.contoh.test/app", "key": "abc-123"}
READ = frozenset({"GET"})
ACT = frozenset({"POST"})
BOTH = READ | ACT


def _code(world: Any) -> dict[str, Any]:
    return {"code": world.session.code}


def _product(world: Any) -> dict[str, Any]:
    return {"code": world.session.code, "product_id": world.product.pk}


def _upcoming(world: Any) -> dict[str, Any]:
    return {"code": make_session(shop=world.shop, products=[world.product]).code}


def _recorded(world: Any) -> dict[str, Any]:
    return {"code": make_replay(shop=world.shop, products=[world.product]).code}


def _chapter(world: Any) -> dict[str, Any]:
    session = make_replay(shop=world.shop, products=[world.product])
    record_show(settings.LIVE_ROOT / session.code, (config(), records(1)))
    pin = session.pins.create(product=world.product, from_ms=0, to_ms=900)
    return {"code": session.code, "pin_id": pin.pk}


def _plan(world: Any) -> dict[str, Any]:
    tomorrow = timezone.localtime() + timedelta(days=1)
    return {
        "title": "Keripik panas",
        "planned_at": f"{tomorrow:%Y-%m-%dT%H:%M}",
        "products": [world.product.pk],
    }


def _message(world: Any) -> dict[str, Any]:
    said = say(world.session, sender=make_user(), text="Halo", client_id=uuid.uuid4())
    return {"seq": said.seq}


def _said(world: Any) -> dict[str, Any]:
    return _code(world) | _message(world)


def _asked(world: Any) -> dict[str, Any]:
    return {"seqs": _message(world)["seq"]}


def _answer(world: Any) -> dict[str, Any]:
    return _asked(world) | {"text": "Masih ada"}


def _held(world: Any) -> dict[str, Any]:
    text = "Pindah WA aja ya"
    held = say(world.session, sender=make_user(), text=text, client_id=uuid.uuid4())
    return _code(world) | {"held_id": held.pk}


def _muted(world: Any) -> dict[str, Any]:
    mute = moderation.mute_person(world.session, seq=_message(world)["seq"], by=world.session.host)
    return _code(world) | {"mute_id": mute.pk}


def _banned(world: Any) -> dict[str, Any]:
    ban = moderation.ban_person(world.session, seq=_message(world)["seq"], by=world.session.host)
    return {"ban_id": ban.pk}


def _claim(world: Any) -> dict[str, Any]:
    claim = note_claim(world.session, product_id=world.product.pk, text="Asli", by=world.seller)
    return {**_code(world), "claim_id": claim.pk}


def _invited(world: Any) -> dict[str, Any]:
    return {**_code(world), "member_id": invite(world.session, role=Role.GUEST).member.pk}


def _member(world: Any) -> dict[str, Any]:
    return {**_code(world), **_part(world)}


def _part(world: Any) -> dict[str, Any]:
    return {"member_id": CrewMember.objects.get(user=world.moderator).pk}


def _invitation(world: Any) -> dict[str, Any]:
    return {"token": invite(world.session, role=Role.GUEST).token}


ACCESS: dict[str, Access] = {
    "livestream:list": Access(EVERYONE),
    "livestream:room": Access(EVERYONE, kwargs=_code),
    "livestream:showcase": Access(EVERYONE, kwargs=_code),
    "livestream:pinned": Access(EVERYONE, kwargs=_code),
    "livestream:product": Access(EVERYONE, kwargs=_product),
    "livestream:calendar": Access(EVERYONE, kwargs=_upcoming),
    "livestream:follow": Access(MEMBERS, ACT, kwargs=lambda world: {"slug": world.shop.slug}),
    "livestream:follow_in_room": Access(MEMBERS, ACT, kwargs=_code),
    "livestream:unfollow": Access(MEMBERS, ACT, kwargs=lambda world: {"slug": world.shop.slug}),
    "livestream:remind": Access(MEMBERS, ACT, kwargs=_upcoming),
    "livestream:forget": Access(MEMBERS, ACT, kwargs=_upcoming),
    "livestream:share_picture": Access(EVERYONE, kwargs=_upcoming),
    "livestream:story_picture": Access(HOST, kwargs=_upcoming),
    "livestream:qr": Access(EVERYONE, kwargs=_code),
    "livestream:say": Access(MEMBERS, ACT, kwargs=_code, fields=lambda world: {"text": "Halo"}),
    "livestream:events": Access(EVERYONE, kwargs=_code),
    "livestream:ban": Access(CREW, ACT, kwargs=_code, fields=_message),
    "livestream:pin_comment": Access(CREW, ACT, kwargs=_code, fields=_message),
    "livestream:unpin_comment": Access(CREW, ACT, kwargs=_code),
    "livestream:original": Access(CREW, kwargs=_said),
    "livestream:held": Access(CREW, kwargs=_code),
    "livestream:publish_held": Access(CREW, ACT, kwargs=_held),
    "livestream:reject_held": Access(CREW, ACT, kwargs=_held),
    "livestream:chat_rules": Access(CREW, BOTH, kwargs=_code, fields=lambda world: {"slow_s": "5"}),
    "livestream:questions": Access(CREW, kwargs=_code),
    "livestream:answer": Access(
        CREW, ACT, kwargs=_code, fields=lambda world: _asked(world) | {"text": "Ada"}
    ),
    "livestream:answered": Access(CREW, ACT, kwargs=_code, fields=_asked),
    "livestream:chat_log": Access(CREW, kwargs=_code),
    "livestream:unmute": Access(CREW, ACT, kwargs=_muted),
    "livestream:shop_chat": Access(LIVE | {RIVAL}, BOTH, fields=lambda world: {"words": "kata kasar"}),
    "livestream:lift_ban": Access(HOST, ACT, kwargs=_banned),
    "livestream:remove": Access(CREW, ACT, kwargs=_code, fields=_message),
    "livestream:mute": Access(CREW, ACT, kwargs=_code, fields=_message),
    "livestream:plan": Access(MEMBERS),
    "livestream:plan_new": Access(LIVE | {RIVAL}, BOTH, fields=_plan),
    "livestream:plan_edit": Access(HOST, BOTH, kwargs=_code, fields=_plan),
    "livestream:plan_delete": Access(HOST, BOTH, kwargs=_upcoming),
    "livestream:preflight": Access(HOST, kwargs=_upcoming),
    "livestream:studio": Access(CREW, kwargs=_code),
    "livestream:studio_showcase": Access(CREW, kwargs=_code),
    "livestream:publish_token": Access(HOST, kwargs=_code),
    "livestream:pin": Access(CREW, ACT, kwargs=_product),
    "livestream:goods_move": Access(CREW, ACT, kwargs=_product, fields=lambda world: {"arah": "naik"}),
    "livestream:goods_hide": Access(CREW, ACT, kwargs=_product),
    "livestream:goods_reveal": Access(CREW, ACT, kwargs=_product),
    "livestream:unpin": Access(CREW, ACT, kwargs=_code),
    "livestream:end": Access(HOST, BOTH, kwargs=_code),
    "livestream:outside": Access(HOST, kwargs=_code),
    "livestream:outside_standing": Access(HOST, kwargs=_code),
    "livestream:picture_label": Access(HOST, kwargs=_code),
    "livestream:emergency_door": Access(HOST, ACT, kwargs=_code, fields=lambda world: {"is_wanted": "on"}),
    "livestream:outlet_add": Access(HOST, ACT, kwargs=_code, fields=lambda world: OUTLET),
    "livestream:outlet_remove": Access(HOST, ACT, kwargs=lambda world: {**_code(world), "place": 1}),
    # Only where an engine stands beside the media process; there the host alone (test_outside_pages.py).
    "livestream:obs": Access(NOBODY, kwargs=_code),
    "livestream:obs_key": Access(NOBODY, ACT, kwargs=_code),
    "livestream:obs_revoke": Access(NOBODY, ACT, kwargs=_code),
    "livestream:obs_standing": Access(NOBODY, kwargs=_code),
    "livestream:replay_hide": Access(HOST, ACT, kwargs=_recorded),
    "livestream:replay_show": Access(HOST, ACT, kwargs=_recorded),
    "livestream:replay_delete": Access(HOST, BOTH, kwargs=_recorded),
    "livestream:clip": Access(HOST, kwargs=_chapter),
    "livestream:result": Access(HOST, kwargs=_code),
    "livestream:crew": Access(HOST, BOTH, kwargs=_code, fields=lambda world: {"role": "guest"}),
    "livestream:crew_change": Access(HOST, ACT, kwargs=_member, fields=lambda world: {"may": "chat"}),
    "livestream:crew_revoke": Access(HOST, ACT, kwargs=_invited),
    "livestream:claims": Access(CREW, BOTH, kwargs=_product, fields=lambda world: {"text": "Katun"}),
    "livestream:claim_withdraw": Access(CREW, ACT, kwargs=_claim),
    "livestream:cue": Access(HOST, ACT, kwargs=_code, fields=lambda world: {"text": "Sapa penonton"}),
    "livestream:cues": Access(HOST, kwargs=_code),
    "livestream:helping": Access(MEMBERS),
    "livestream:invitation": Access(MEMBERS, BOTH, kwargs=_invitation),
    "livestream:crew_leave": Access(frozenset({MODERATOR}), ACT, kwargs=_part),
}
