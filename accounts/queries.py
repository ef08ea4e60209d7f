"""Reads of people's addresses and of the regencies they lie in."""

from __future__ import annotations

import re

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from accounts.models import Address, Regency, User

MOST_WORDS = 6


def addresses_of(user: User) -> QuerySet[Address]:
    """The newest used one first."""
    return Address.objects.filter(user=user).select_related("regency").order_by("-used_at", "-pk")


def regencies_matching(words: str) -> QuerySet[Regency]:
    """Every word somewhere in the name or the province; names that begin with the words first."""
    found = Regency.objects.all()
    for word in re.findall(r"\w+", words)[:MOST_WORDS]:
        found = found.filter(name__icontains=word) | found.filter(province__icontains=word)
    begins = re.escape(words.strip().removeprefix("kab. "))
    nearness = Case(
        When(name__iregex=rf"^(kabupaten |kota )?{begins}", then=Value(0)),
        When(name__icontains=words.strip(), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(nearness, Length("name"), "name", "pk")


def regency_named(text: str) -> Regency | None:
    """The regency a person typed: its whole label, its whole name, or the only one that fits."""
    wanted = " ".join(text.split())
    name, _, province = (part.strip() for part in wanted.partition(","))
    exact = Regency.objects.filter(name__iexact=name)
    if province:
        exact = exact.filter(province__iexact=province)
    candidates = list(exact[:2]) or list(regencies_matching(wanted)[:2])
    return candidates[0] if len(candidates) == 1 else None
