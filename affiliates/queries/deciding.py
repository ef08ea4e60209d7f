"""What attribution looks at: five reads at most, and one when nobody came into question."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Address, User
from affiliates.models import CommissionRate, Touch
from catalog.models import Shop, Variant
from livestream.models import CREDITED, CrewMember, LiveSession, ShowcaseItem

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from livestream.models.crew import CrewMemberQuerySet

    class _Session(TypedDict):
        is_hosted_by_creator: bool
        has_guests: bool

    class _Part(TypedDict):
        is_own_crew: bool

    CreatorsSession = WithAnnotations[LiveSession, _Session]
    CreatorsPart = WithAnnotations[CrewMember, _Part]

# Written in many ways, or left out.
STREET_WORDS = {"jalan", "jl", "jln", "gang", "gg", "nomor", "nomer", "no", "rt", "rw"}


class RateThen(TypedDict):
    id: int
    bp: int


@dataclass(frozen=True)
class Goods:
    """A variant with what decides on it."""

    variant_id: int
    product_id: int
    owner_id: int
    owner_phone: str
    is_shown: bool  # in the session in which it is bought
    rate: RateThen | None


def touches_of(*, visitor: uuid.UUID | None, user: User, shop_id: int) -> QuerySet[Touch]:
    """The person's own, on any device, and this visitor's that belong to nobody yet."""
    own = Q(user=user)
    if visitor:
        own |= Q(visitor=visitor, user__isnull=True)
    touches = Touch.objects.filter(own, shop_id=shop_id, link__disabled_at__isnull=True)
    return touches.select_related("link__affiliate__user").order_by("pk")


def session_with_creators(session_id: int, *, shop_id: int, at: datetime) -> CreatorsSession | None:
    """A session that had begun and in which its host, who does not own the shop, or a guest may earn."""
    owner = Shop.objects.filter(pk=shop_id, owner=OuterRef("host"))
    begun = LiveSession.objects.filter(pk=session_id, went_live_at__lte=at).annotate(
        is_hosted_by_creator=Q(host__affiliate__isnull=False) & ~Exists(owner),
        has_guests=Exists(_parts().filter(session=OuterRef("pk"))),
    )
    found = begun.filter(Q(is_hosted_by_creator=True) | Q(has_guests=True))
    return cast("CreatorsSession | None", found.select_related("host__affiliate").first())


def parts_of_creators(session: LiveSession, *, shop_id: int) -> QuerySet[CreatorsPart]:
    """Everyone with a link of their own who was ever in this session, also those who left."""
    everywhere = CrewMember.objects.standing().filter(
        shop=shop_id, session__isnull=True, user=OuterRef("user")
    )
    parts = _parts().filter(session=session).annotate(is_own_crew=Exists(everywhere))
    return cast("QuerySet[CreatorsPart]", parts.select_related("user__affiliate").order_by("pk"))


def earns_a_guest(session: LiveSession) -> bool:
    """Whether somebody who is in the show now may earn on it besides its host."""
    return _parts().standing().filter(session=session).exclude(user__shops=session.shop_id).exists()


def _parts() -> CrewMemberQuerySet:
    return CrewMember.objects.filter(
        role__in=CREDITED, accepted_at__isnull=False, user__affiliate__isnull=False
    )


def goods_to_decide(
    *, shop_id: int, variant_ids: Sequence[int], session_id: int | None, at: datetime
) -> list[Goods]:
    """The rate of each variant's product at a moment: its own, else the shop's."""
    rates = CommissionRate.objects.valid(at).filter(shop=OuterRef("shop"))
    shown = ShowcaseItem.objects.filter(session_id=session_id, product=OuterRef("product"))
    variants = (
        Variant.objects.filter(pk__in=variant_ids, shop_id=shop_id)
        .annotate(
            owner_id=F("shop__owner_id"),
            owner_phone=F("shop__owner__phone"),
            is_shown=Exists(shown),
            rate=Coalesce(
                Subquery(_told(rates.filter(product=OuterRef("product")))),
                Subquery(_told(rates.filter(product__isnull=True))),
            ),
        )
        .values_list("pk", "product_id", "owner_id", "owner_phone", "is_shown", "rate")
    )
    return [Goods(*row) for row in variants.order_by("pk")]


def _told(rates: QuerySet[CommissionRate]) -> QuerySet[CommissionRate, RateThen]:
    """As one value, so that a subquery can carry both."""
    return rates.values_list(JSONObject(id="pk", bp="rate_bp"), flat=True)[:1]


def people_at(delivery: Mapping[str, str], *, among: Collection[int]) -> frozenset[int]:
    """Those of these people who keep the parcel's address, or its phone, as their own.

    `delivery` is an `Address.as_snapshot()`.
    """
    kept = Address.objects.filter(user__in=among).values_list("user_id", "phone", "street", "postal_code")
    place = _place(delivery["street"], delivery["postal_code"])
    return frozenset(
        user_id
        for user_id, phone, street, postal_code in kept
        if phone == delivery["phone"] or _place(street, postal_code) == place
    )


def _place(street: str, postal_code: str) -> tuple[str, ...]:
    """`Jl. Mawar No. 2` and `jalan mawar 2` are the same door."""
    words = re.findall(r"[^\W\d_]+|\d+", street.casefold())
    return postal_code, *(word for word in words if word not in STREET_WORDS)
