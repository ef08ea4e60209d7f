"""Reads of who helps to run a session."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.models import MAY, Duty, Member, Shop
from livestream.models import CrewMember, Cue, LiveSession, Permission, Role

# What would reach buyers has no place in a rehearsal.
OF_REAL_SHOWS = {Permission.DEALS}
CUES_MATTER = timedelta(minutes=2)
LATEST_CUES = 5


@dataclass(frozen=True)
class Part:
    """What one person may do in one session."""

    role: Role | None  # the host has none
    permissions: frozenset[Permission]

    @property
    def may(self) -> dict[str, bool]:
        """For templates: `may.chat`."""
        return {str(permission): permission in self.permissions for permission in Permission}


HOST_PART = Part(None, frozenset(Permission))
NO_PART = Part(None, frozenset())


def sessions_run_by(user: User, permission: Permission) -> QuerySet[LiveSession]:
    """Sessions in which this person may do that: the host everything. Suspended shops have none."""
    mine = CrewMember.objects.standing().filter(user=user)
    sessions = _run_by(user, mine.filter(permissions__contains=[permission]))
    return sessions.filter(is_rehearsal=False) if permission in OF_REAL_SHOWS else sessions


def sessions_with_part(user: User) -> QuerySet[LiveSession]:
    """Sessions that this person hosts or helps with, in whatever way."""
    return _run_by(user, CrewMember.objects.standing().filter(user=user))


def part_in(session: LiveSession, user: User) -> Part:
    """A part in the session counts over one in all of the shop's sessions."""
    if session.host_id == user.pk or Shop.objects.run_by(user, Duty.LIVE).filter(pk=session.shop_id).exists():
        return _fit(session, HOST_PART)
    parts = CrewMember.objects.standing().for_session(session).filter(user=user)
    part = parts.order_by("session", "pk").first()  # nulls, that is shop-wide parts, come last
    if part is None:
        return NO_PART
    return _fit(session, Part(Role(part.role), frozenset(map(Permission, part.permissions))))


def crew_of(session: LiveSession) -> QuerySet[CrewMember]:
    """Who helps now and who is still invited, the newest first."""
    crew = CrewMember.objects.for_session(session).filter(revoked_at__isnull=True)
    awaited = Q(accepted_at__isnull=False) | Q(expires_at__gt=timezone.now())
    return crew.filter(awaited).select_related("user").order_by("-created_at", "-pk")


def crews(session_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Everyone who runs each of these sessions: the host, the shop's owner and who helps."""
    people: dict[int, set[int]] = {}
    shops: dict[int, list[int]] = {}
    sessions = LiveSession.objects.filter(pk__in=session_ids)
    for pk, shop_id, *owners in sessions.values_list("pk", "shop_id", "host_id", "shop__owner_id"):
        people[pk] = set(owners)
        shops.setdefault(shop_id, []).append(pk)
    for shop_id, user_id in team_on_air(shops):
        for pk in shops[shop_id]:
            people[pk].add(user_id)
    helpers = CrewMember.objects.standing().filter(shop__in=shops, user__isnull=False)
    for shop_id, session_id, user_id in helpers.values_list("shop_id", "session_id", "user_id"):
        for pk in [session_id] if session_id else shops[shop_id]:
            if pk in people and user_id:
                people[pk].add(user_id)
    return {pk: frozenset(ids) for pk, ids in people.items()}


def team_on_air(shop_ids: Collection[int]) -> list[tuple[int, int]]:
    """(shop, person): those of the shops' teams who run their shows."""
    roles = [role for role, duties in MAY.items() if Duty.LIVE in duties]
    members = Member.objects.standing().filter(shop__in=list(shop_ids), role__in=roles)
    return [(shop_id, user_id) for shop_id, user_id in members.values_list("shop", "user") if user_id]


def leaders_of(session: LiveSession) -> set[int]:
    """Who stands before the camera: the host and the co-hosts."""
    hosts = CrewMember.objects.standing().for_session(session).filter(role=Role.CO_HOST)
    return {session.host_id, *hosts.values_list("user_id", flat=True)}


def sessions_helped_by(user: User) -> QuerySet[LiveSession]:
    """Sessions of others that this person helps with and that are not over, the next first."""
    helped = sessions_with_part(user).exclude(host=user).filter(ended_at__isnull=True)
    return helped.annotate(products_shown=Count("showcase")).order_by("planned_at", "pk")


def parts_of(user: User) -> QuerySet[CrewMember]:
    """A person's own parts, so that they can give them back."""
    parts = CrewMember.objects.standing().filter(user=user, shop__suspended_at__isnull=True)
    over = Q(session__ended_at__isnull=False)
    return parts.exclude(over).select_related("shop", "session").order_by("-accepted_at", "-pk")


def latest_cues(session: LiveSession) -> QuerySet[Cue]:
    """What may still matter to whoever stands before the camera, the oldest first."""
    lately = Cue.objects.filter(session=session, created_at__gt=timezone.now() - CUES_MATTER)
    return lately.order_by("pk")


def cues_of(session: LiveSession, user: User) -> QuerySet[Cue]:
    """What this mentor said last, the newest first."""
    return Cue.objects.filter(session=session, mentor=user).order_by("-pk")[:LATEST_CUES]


def _fit(session: LiveSession, part: Part) -> Part:
    return Part(part.role, part.permissions - OF_REAL_SHOWS) if session.is_rehearsal else part


def _run_by(user: User, parts: QuerySet[CrewMember]) -> QuerySet[LiveSession]:
    in_session = CrewMember.objects.standing().filter(user=user, session__isnull=False)
    of_shop = Q(shop__in=parts.filter(session__isnull=True).values("shop"))
    runs = (
        Q(host=user)
        | Q(shop__in=Shop.objects.run_by(user, Duty.LIVE))
        | Q(pk__in=parts.filter(session__isnull=False).values("session"))
        | of_shop & ~Q(pk__in=in_session.values("session"))
    )
    return LiveSession.objects.filter(runs, shop__suspended_at__isnull=True).select_related("shop__regency")
