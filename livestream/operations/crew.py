"""Who helps to run a session: invited by a link, accepted once, taken back at any moment."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.models import Shop
from livestream import broadcasts
from livestream.models import AT_FIRST, CrewMember, LiveSession, Permission, Role
from livestream.operations import air, rules

LINK_HOLDS = timedelta(hours=48)
MOST_MEMBERS = 20  # of one session, and of one shop; invited or accepted


class NoLongerOpen(Exception):
    """The invitation was used, taken back or has run out."""


class OwnShop(Exception):
    """The host needs no part in the host's own show."""


class TooMany(Exception):
    """A show has only so many helpers."""


class NotForThisRole(Exception):
    """A permission that this role is never given."""


@dataclass(frozen=True)
class Invitation:
    """A fresh invitation with the secret of its link, which is kept nowhere."""

    member: CrewMember
    token: str


@transaction.atomic
def invite(session: LiveSession, *, role: Role, label: str = "") -> Invitation:
    """Somebody may help in this session: whoever accepts the link first."""
    return _invite(session.shop, session, role, label)


@transaction.atomic
def invite_to_shop(shop: Shop, *, role: Role, label: str = "") -> Invitation:
    """Somebody may help in every session of the shop."""
    return _invite(shop, None, role, label)


def find_invitation(token: str) -> CrewMember | None:
    """The invitation of this link, whatever became of it."""
    found = CrewMember.objects.filter(invitation_hash=_hash(token), shop__suspended_at__isnull=True)
    return found.select_related("shop__owner", "session").first()


@transaction.atomic
def accept(member: CrewMember, *, user: User) -> None:
    """Take the part. It takes the place of an older one in the same session or shop."""
    _lock_shop(member.shop_id)
    member = _locked(member)
    if member.user_id == user.pk and not member.revoked_at:
        return
    if not member.is_open:
        raise NoLongerOpen
    if member.shop.owner_id == user.pk:
        raise OwnShop
    older = CrewMember.objects.standing().filter(shop=member.shop, session=member.session_id, user=user)
    older.update(revoked_at=timezone.now())
    member.user, member.accepted_at = user, timezone.now()
    member.save(update_fields=["user", "accepted_at"])
    _tell(member)


@transaction.atomic
def change_permissions(member: CrewMember, *, permissions: Collection[Permission]) -> None:
    """Holds from the next thing that this person does."""
    member = _locked(member)
    if not set(permissions) <= set(member.grantable):
        raise NotForThisRole
    member.permissions = sorted(permissions)
    member.save(update_fields=["permissions"])
    _tell(member)


@transaction.atomic
def revoke(member: CrewMember) -> None:
    """Take the part or the invitation back, and whatever this person is sending."""
    member = _locked(member)
    if member.revoked_at:
        return
    member.revoked_at = timezone.now()
    member.save(update_fields=["revoked_at"])
    _tell(member)


def tell_of_part(shop_id: int, user_id: int) -> None:
    """Somebody of the shop's team may do other things in its shows from now on."""
    for session in LiveSession.objects.filter(shop=shop_id, ended_at__isnull=True).order_by("pk"):
        air.dismiss_unwelcome(session.code)
        rules.move_rules_on([session.pk])
        broadcasts.part_changed(session, user_id)


def _invite(shop: Shop, session: LiveSession | None, role: Role, label: str) -> Invitation:
    _lock_shop(shop.pk)
    if _members_of(shop, session).count() >= MOST_MEMBERS:
        raise TooMany
    token = secrets.token_urlsafe(24)
    member = CrewMember.objects.create(
        shop=shop,
        session=session,
        role=role,
        permissions=sorted(AT_FIRST[role]),
        label=label,
        invitation_hash=_hash(token),
        expires_at=timezone.now() + LINK_HOLDS,
    )
    return Invitation(member, token)


def _members_of(shop: Shop, session: LiveSession | None) -> QuerySet[CrewMember]:
    members = CrewMember.objects.filter(shop=shop, session=session)
    return members.standing() | members.open()


def _lock_shop(shop_id: int) -> None:
    """One at a time changes how many helpers a shop has, and who they are."""
    Shop.objects.select_for_update(no_key=True).get(pk=shop_id)


def _locked(member: CrewMember) -> CrewMember:
    return CrewMember.objects.select_for_update(no_key=True).get(pk=member.pk)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _tell(member: CrewMember) -> None:
    """The pages of whoever is concerned look again, and a picture that is no longer welcome stops."""
    if member.user_id is None:
        return
    sessions = LiveSession.objects.filter(shop=member.shop_id, ended_at__isnull=True)
    if member.session_id:
        sessions = sessions.filter(pk=member.session_id)
    for session in sessions.order_by("pk"):
        air.dismiss_unwelcome(session.code)
        rules.move_rules_on([session.pk])
        broadcasts.part_changed(session, member.user_id)
