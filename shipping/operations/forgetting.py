"""Parcels whose receiver has left."""

from __future__ import annotations

from accounts.models import User
from accounts.operations import without_person
from shipping.models import Parcel, Quote


def forget_buyer(user: User) -> None:
    """Where a parcel went, down to the district; quotes that no order uses go."""
    for parcel in Parcel.objects.filter(buyer=user).only("address").order_by("pk"):
        Parcel.objects.filter(pk=parcel.pk).update(address=without_person(parcel.address))
    Quote.objects.filter(buyer=user, orders__isnull=True).delete()
