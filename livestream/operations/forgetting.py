"""What rooms know of a person who has left."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from accounts.operations import FORGOTTEN
from livestream.models import CrewMember, Follow, HeldMessage, Reminder, RoomEvent, Unfollow


@transaction.atomic
def forget_person(user: User) -> None:
    """What they said stays, for others answered it, but no longer under their name.

    Bans stay: else whoever is banned would leave and come again.
    """
    for rows in (Follow, Unfollow, Reminder, CrewMember):
        rows.objects.filter(user=user).delete()
    HeldMessage.objects.filter(sender=user).delete()
    said = RoomEvent.objects.filter(sender=user)
    said.update(sender_name=FORGOTTEN, original="", device="")
