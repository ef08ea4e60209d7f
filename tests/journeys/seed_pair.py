"""A session that two people may send the picture of: its host and a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User


def plant_pair(host: User) -> str:
    """The session's code; the guest logs in as guest@contoh.test."""
    from allauth.account.models import EmailAddress

    from catalog.models import Category
    from livestream.models import Role
    from tests.factories import make_crew_member, make_product, make_session, make_shop, make_variant

    shop = make_shop(owner=host, name="Lapak Berdua", slug="lapak-berdua")
    category = Category.objects.get(slug="camilan")
    rempeyek = make_product(shop=shop, category=category, name="Rempeyek", slug="rempeyek")
    make_variant(product=rempeyek, name="1 bungkus", live_code="A1", price=15_000, stock=10)
    session = make_session(shop=shop, products=[rempeyek], title="Berdua di depan kamera")
    guest = make_crew_member(session, role=Role.GUEST)
    guest.email = "guest@contoh.test"
    guest.save(update_fields=["email"])
    EmailAddress.objects.create(user=guest, email=guest.email, verified=True, primary=True)
    return session.code
