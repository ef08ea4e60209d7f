"""Who helps to run a session, and what they may do in it."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Shop
from livestream.models.sessions import LiveSession, Permission


class Role(models.TextChoices):
    CO_HOST = "co_host", _("Co-host")
    MODERATOR = "moderator", _("Moderator")
    MENTOR = "mentor", _("Mentor")
    GUEST = "guest", _("Tamu")


# The most that each role may be given; money and buyers are the host's alone.
MOST: dict[Role, tuple[Permission, ...]] = {
    Role.CO_HOST: (
        Permission.CHAT,
        Permission.PRODUCTS,
        Permission.DEALS,
        Permission.BOARD,
        Permission.PUBLISH,
    ),
    Role.MODERATOR: (Permission.CHAT, Permission.PRODUCTS, Permission.DEALS, Permission.BOARD),
    Role.MENTOR: (Permission.BOARD, Permission.WHISPER),
    Role.GUEST: (Permission.PUBLISH,),
}

# Sales of the one show that they were invited into may be credited to them.
CREDITED = (Role.CO_HOST, Role.GUEST)

# What an invitation gives at first; the host ticks more, or less, in the list.
AT_FIRST: dict[Role, tuple[Permission, ...]] = {
    Role.CO_HOST: (Permission.CHAT, Permission.PRODUCTS, Permission.DEALS, Permission.BOARD),
    Role.MODERATOR: (Permission.CHAT, Permission.PRODUCTS),
    Role.MENTOR: MOST[Role.MENTOR],
    Role.GUEST: MOST[Role.GUEST],
}


class CrewMemberQuerySet(models.QuerySet["CrewMember"]):
    def standing(self) -> Self:
        """Accepted, and not taken back."""
        return self.filter(accepted_at__isnull=False, revoked_at__isnull=True)

    def open(self) -> Self:
        """Invitations that somebody can still accept."""
        now = timezone.now()
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)

    def for_session(self, session: LiveSession) -> Self:
        return self.filter(Q(session=session) | Q(session__isnull=True, shop=session.shop_id))


class CrewMember(models.Model):
    """Somebody's part in one session, or in every session of a shop; an invitation until it is accepted."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="crew")
    # Empty: every session of the shop.
    session = models.ForeignKey(LiveSession, models.CASCADE, null=True, blank=True, related_name="crew")
    role = models.CharField(max_length=10, choices=Role.choices)
    permissions = ArrayField(models.CharField(max_length=10, choices=Permission.choices), default=list)
    label = models.CharField(max_length=60, blank=True)  # whom the host meant to invite
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="crew_roles")
    # The link's secret is known to its holder only.
    invitation_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CrewMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="livestream_a_crew_member_is_somebody_who_accepted",
                condition=Q(user__isnull=True, accepted_at__isnull=True)
                | Q(user__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="livestream_an_invitation_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("created_at")),
            ),
            models.UniqueConstraint(
                name="livestream_one_part_for_a_person_in_a_session",
                fields=["session", "user"],
                condition=Q(revoked_at__isnull=True, session__isnull=False, user__isnull=False),
            ),
            models.UniqueConstraint(
                name="livestream_one_part_for_a_person_in_a_shop",
                fields=["shop", "user"],
                condition=Q(revoked_at__isnull=True, session__isnull=True, user__isnull=False),
            ),
            models.CheckConstraint(
                name="livestream_a_role_may_only_what_suits_it",
                condition=Q(
                    *(
                        Q(role=role, permissions__contained_by=[str(permission) for permission in most])
                        for role, most in MOST.items()
                    ),
                    _connector=Q.OR,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id}/{self.session_id}: {self.user_id} {self.role}"

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and not self.revoked_at and self.expires_at > timezone.now()

    @property
    def may_earn(self) -> bool:
        """If this person is an affiliate; who helps in all sessions is the shop's own."""
        return self.session_id is not None and self.role in CREDITED

    @property
    def choices(self) -> list[tuple[Permission, bool]]:
        """What the role may be given, and whether it is."""
        return [(permission, permission in self.permissions) for permission in self.grantable]

    @property
    def grantable(self) -> tuple[Permission, ...]:
        return MOST[Role(self.role)]
