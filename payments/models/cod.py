"""How parcels ended that were to be paid at the door: what a buyer is trusted with grows out of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import User
from orders.models import Order


class DoorStory(models.Model):
    """One parcel at one door, told once."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="door_story")
    buyer = models.ForeignKey(User, models.PROTECT, related_name="+")
    was_accepted = models.BooleanField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(name="payments_doors_of_buyer", fields=["buyer", "told_at"])]

    def __str__(self) -> str:
        return f"{self.order_id} {'accepted' if self.was_accepted else 'refused'}"
