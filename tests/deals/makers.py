"""Games in their moments, for tests."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Sum
from django.utils import timezone

from catalog.models import Stock
from deals.models import Auction, Award, Draw
from livestream.models import LiveSession
from tests.factories import make_product, make_session_on_air, make_shop, make_variant


def make_stage(stock: int = 10, price: int = 50_000, **fields):
    """A session on air that shows one variant."""
    variant = make_variant(product=make_product(shop=make_shop()), stock=stock, price=price)
    return make_session_on_air(shop=variant.shop, products=[variant.product], **fields), variant


def pass_time(session: LiveSession, ms: int) -> None:
    """Let the show have run for so much longer, by moving its beginning back."""
    earlier = F("went_live_at") - timedelta(milliseconds=ms)
    LiveSession.objects.filter(pk=session.pk).update(went_live_at=earlier)


def run_out(*awards: Award) -> None:
    """The time to buy is over for these, and it is time to look again."""
    past = timezone.now() - timedelta(seconds=1)
    for award in awards:
        Award.objects.filter(pk=award.pk).update(expires_at=past)
        for model in (Draw, Auction):
            model.objects.filter(pk=award.source_id, look_at__isnull=False).update(look_at=past)


def counters(variant) -> tuple[int, int]:
    """What everybody can buy, and what is set aside."""
    stock = Stock.objects.get(variant=variant)
    return stock.available, stock.set_aside


def units_accounted_for(variant) -> bool:
    """What is set aside is what promises hold: all that was neither released nor bought."""
    held = 0
    for model, sources in ((Draw, ["giveaway", "draw"]), (Auction, ["auction"])):
        for promise in model.objects.filter(variant=variant):
            used = Award.objects.filter(
                source_kind__in=sources, source_id=promise.pk, order_id__isnull=False
            ).aggregate(units=Sum("quantity"))["units"]
            held += promise.units - promise.released - (used or 0)
    return held == counters(variant)[1]
