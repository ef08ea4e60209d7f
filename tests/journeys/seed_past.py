"""A stall that has been on air: a show with a report, a giveaway that was drawn, the next show planned."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from catalog.models import Variant
    from livestream.models import LiveSession


def plant_past(host: User, *, guests: list[User]) -> dict[str, str]:
    """The codes of the show that was, of its draw, and of the show to come."""
    from catalog.models import Category
    from deals.operations import draws
    from livestream.operations import air
    from tests.deals.makers import pass_time
    from tests.factories import make_product, make_session, make_shop, make_variant

    shop = make_shop(owner=host, name="Lapak Kawakan", slug="lapak-kawakan")
    category = Category.objects.get(slug="camilan")
    dodol = make_product(shop=shop, category=category, name="Dodol Durian", slug="dodol-durian")
    variant = make_variant(product=dodol, name="1 kotak", live_code="A1", price=27_000, stock=20)
    show = _show(variant, guests)
    draw = draws.start_giveaway(show, variant_id=variant.pk, winners=1, duration_ms=60_000)
    for guest in guests:
        draws.enter_draw(draw.pk, user=guest)
    pass_time(show, 63_000)
    draws.hold_draw(draw.pk)
    air.end_session(show.code)
    planned = make_session(shop=shop, products=[dodol], title="Dodol lagi besok")
    return {"past_session": show.code, "draw": draw.code, "next_session": planned.code}


def _show(variant: Variant, guests: list[User]) -> LiveSession:
    """Half an hour with people, chat, taps, a pin and sales."""
    from uuid import uuid4

    from livestream.models import AudienceSample, Visit
    from livestream.operations.chat import say
    from livestream.room import seats
    from tests.insights.shows import a_show, pin, sell, tap

    show = a_show(variant)
    assert show.went_live_at
    pin(show, variant, 60_000, 1_800_000)
    for minute, guest in enumerate(guests, 1):
        Visit.objects.create(
            session=show, seat=seats.mark(show.pk, seats.of_person(guest.pk)), source="whatsapp"
        )
        tap(show, variant, guest.pk, ms=minute * 120_000)
        sell(show, variant, ms=minute * 180_000, buyer=guest)
        say(show, sender=guest, text="Dodolnya legit sekali", client_id=uuid4())
    for minute in range(30):
        at, at_ms = show.went_live_at + timedelta(minutes=minute), minute * 60_000
        AudienceSample.objects.create(session=show, at=at, at_ms=at_ms, viewers=minute % 7, stayed=1)
    return show
