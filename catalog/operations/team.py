"""Who helps to run a shop: invited by a letter, accepted once, sent away at any moment."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Act
from audit.operations import record
from catalog.models import Desk, Member, Role, Shop

LINK_HOLDS = timedelta(hours=72)
MOST_MEMBERS = 20  # invited or accepted


class NoLongerOpen(Exception):
    """The invitation was used, taken back or has run out."""


class ForSomebodyElse(Exception):
    """The letter went to another address than that of whoever opens it."""


class OwnShop(Exception):
    """The owner needs no part in their own shop."""


class TooManyMembers(Exception):
    """A shop has only so many."""


@dataclass(frozen=True)
class TeamInvitation:
    """A fresh invitation with the secret of its link, which is kept nowhere."""

    member: Member
    token: str


@transaction.atomic
def invite_member(shop: Shop, *, email: str, role: Role) -> TeamInvitation:
    """A new letter to the same address takes the place of the one before."""
    _lock(shop.pk)
    email = email.lower()
    if email == shop.owner.email.lower():
        raise OwnShop
    members = Member.objects.filter(shop=shop)
    members.invited().filter(email=email).update(revoked_at=timezone.now())
    if (members.standing() | members.invited()).count() >= MOST_MEMBERS:
        raise TooManyMembers
    token = secrets.token_urlsafe(24)
    member = Member.objects.create(
        shop=shop,
        role=role,
        email=email,
        invitation_hash=_hash(token),
        expires_at=timezone.now() + LINK_HOLDS,
    )
    record(Act.INVITED, about=email, shop_id=shop.pk, after={"peran": role})
    return TeamInvitation(member, token)


def find_team_invitation(token: str) -> Member | None:
    """The invitation of this link, whatever became of it."""
    found = Member.objects.filter(invitation_hash=_hash(token), shop__suspended_at__isnull=True)
    return found.select_related("shop__owner").first()


@transaction.atomic
def accept_invitation(member: Member, *, user: User) -> Member:
    """Take the part, once. It takes the place of an older one in the same shop."""
    _lock(member.shop_id)
    member = Member.objects.select_related("shop").get(pk=member.pk)
    if member.user_id == user.pk and not member.revoked_at:
        return member
    if not member.is_open:
        raise NoLongerOpen
    if member.shop.owner_id == user.pk:
        raise OwnShop
    if member.email != user.email.lower():
        raise ForSomebodyElse
    now = timezone.now()
    Member.objects.standing().filter(shop=member.shop_id, user=user).update(revoked_at=now)
    member.user, member.accepted_at = user, now
    member.save(update_fields=["user", "accepted_at"])
    Desk.objects.update_or_create(user=user, defaults={"shop": member.shop})
    record(Act.JOINED, about=member.email, shop_id=member.shop_id, after={"peran": member.role}, by=user)
    return member


@transaction.atomic
def change_role(member: Member, *, role: Role) -> Member:
    """Holds from the next thing that this person does."""
    _lock(member.shop_id)
    member.refresh_from_db()
    if member.revoked_at:
        raise NoLongerOpen
    before, after = {"peran": member.role}, {"peran": role}
    record(Act.ROLE, about=member.email, shop_id=member.shop_id, before=before, after=after)
    member.role = role
    member.save(update_fields=["role"])
    return member


@transaction.atomic
def remove_member(member: Member) -> Member:
    """Take the part or the invitation back; at once, because nothing but this row says who may do what."""
    _lock(member.shop_id)
    member.refresh_from_db()
    if not member.revoked_at:
        member.revoked_at = timezone.now()
        record(Act.REMOVED, about=member.email, shop_id=member.shop_id, before={"peran": member.role})
        member.save(update_fields=["revoked_at"])
        Desk.objects.filter(user=member.user_id, shop=member.shop_id).delete()
    return member


def work_at(shop: Shop, *, user: User) -> None:
    """The pages of sellers show this shop from now on."""
    Desk.objects.update_or_create(user=user, defaults={"shop": shop})


def _lock(shop_id: int) -> None:
    """One at a time changes who works in a shop."""
    Shop.objects.select_for_update(no_key=True).get(pk=shop_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
