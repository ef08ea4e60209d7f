"""Reads of people's addresses and of the places they lie in."""

from __future__ import annotations

import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from accounts.models import Address, Area, Regency, User

MOST_WORDS = 6
FEWEST_LETTERS = 3
# What stands before names on envelopes, not in the table.
TITLES = frozenset(
    ("kel", "kelurahan", "desa", "ds", "kec", "kecamatan", "kab", "kabupaten", "kota", "prov", "provinsi")
)


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


# ---- districts and villages --------------------------------------------------------------------------


def areas_matching(typed: str, *, most: int) -> list[Area]:
    """Districts and villages in which every typed word begins a name; the nearest first.

    The names of a province help only where the rest finds nothing with them: "Cilandak Jakarta Selatan".
    """
    words = [word for word in re.findall(r"[a-z0-9]+", typed.lower()) if word not in TITLES][:MOST_WORDS]
    if len("".join(words)) < FEWEST_LETTERS:
        return []
    return _areas_with(words, most) or _areas_with(_without_provinces(words), most)


def _areas_with(words: list[str], most: int) -> list[Area]:
    """Names that begin with the words fill the list first: words such as "barat" stand in thousands."""
    if not words:
        return []
    start = " " + " ".join(words)
    areas = Area.objects.select_related("regency")
    is_whole = Q(village__iexact=start[1:]) | Q(village="", district__iexact=start[1:])
    nearness = Case(When(is_whole, then=Value(0)), default=Value(1), output_field=IntegerField())
    near = list(
        areas.filter(words__startswith=start).order_by(nearness, Length("code"), Length("words"), "code")[
            :most
        ]
    )
    if len(near) == most:
        return near
    for word in words:
        areas = areas.filter(words__contains=f" {word}")
    rest = areas.exclude(words__startswith=start).order_by(Length("code"), Length("words"), "code")
    return near + list(rest[: most - len(near)])


def _without_provinces(words: list[str]) -> list[str]:
    names = Regency.objects.values_list("province", flat=True).distinct()
    of_provinces = set(" ".join(names).lower().split())
    return [word for word in words if word not in of_provinces and len(word) >= FEWEST_LETTERS]


def area_code_of(*, regency: Regency, district: str, village: str) -> str:
    """The code of the village of these names, else of the district; empty where the table knows neither."""
    inside = Area.objects.filter(regency=regency, district__iexact=district)
    codes = inside.filter(Q(village="") | Q(village__iexact=village))
    nearest_first = codes.order_by(Length("code").desc(), "code").values_list("code", flat=True)
    return nearest_first.first() or ""
