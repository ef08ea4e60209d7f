"""The pages of affiliates ..."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import User
from affiliates.models import Affiliate, Commission, CommissionRate, MissedSale, ReferralLink
from affiliates.operations import reverse_commission, settle_all
from affiliates.queries import commissions_of, overdue_commissions, overview
from catalog.models import Shop
from livestream.models import Role
from orders.models import Order
from tests.affiliates.market import (
    earned,
    make_affiliate,
    make_commission,
    make_link,
    make_order,
    make_rate,
    ripen,
)
from tests.factories import (
    make_crew_member,
    make_product,
    make_session_on_air,
    make_shop,
    make_user,
    make_variant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def creator() -> Affiliate:
    return make_affiliate()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"affiliates:{name}", args=args), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


# ---- joining -------------------------------------------------------------------------------------------


def test_invite_a_stranger() -> None:
    assert reverse("affiliates:join") in page(Client(), "home")


def test_let_a_person_join_and_go_on_to_what_they_wanted() -> None:
    client = client_of(make_user())
    wanted = reverse("affiliates:link") + "?product=1"

    answer = client.post(
        reverse("affiliates:join") + f"?next={wanted}", {"handle": "@Dapur-Ayu", "agrees": "on"}
    )

    assert answer["Location"] == wanted
    assert Affiliate.objects.get().handle == "dapur-ayu"


@pytest.mark.parametrize("onward", ["https://jahat.test/", "//jahat.test", "javascript:alert(1)"])
def test_never_lead_outside_after_joining(onward: str) -> None:
    answer = client_of(make_user()).post(
        reverse("affiliates:join") + f"?next={onward}", {"handle": "ayu", "agrees": "on"}
    )

    assert answer["Location"] == reverse("affiliates:home")


@pytest.mark.parametrize(
    "fields", [{"handle": "ayu"}, {"handle": "a", "agrees": "on"}, {"handle": "dua kata", "agrees": "on"}]
)
def test_refuse_to_join_with_a_bad_form(fields: dict[str, str]) -> None:
    assert client_of(make_user()).post(reverse("affiliates:join"), fields).status_code == 422
    assert not Affiliate.objects.exists()


def test_refuse_a_name_that_is_taken(creator: Affiliate) -> None:
    answer = client_of(make_user()).post(
        reverse("affiliates:join"), {"handle": creator.handle, "agrees": "on"}
    )

    assert answer.status_code == 422
    assert Affiliate.objects.count() == 1


# ---- links ---------------------------------------------------------------------------------------------


def test_offer_what_pays_best_first(creator: Affiliate) -> None:
    shop = make_shop()
    cheap, dear = make_product(shop=shop, name="Murah"), make_product(shop=shop, name="Mahal")
    make_variant(product=cheap, price=10_000)
    make_variant(product=dear, price=99_999)
    make_product(shop=shop, name="Tanpa varian")
    make_variant(product=make_product(name="Tanpa komisi"))
    make_rate(shop, 1_250)

    text = page(client_of(creator.user), "products")

    assert text.index("Rp12.499") < text.index("Rp1.250<")
    assert "Tanpa varian" not in text
    assert "Tanpa komisi" not in text


def test_offer_dear_goods(creator: Affiliate) -> None:
    product = make_product()
    make_variant(product=product, price=2_000_000_000)
    make_rate(product.shop, 8_000)

    assert "Rp1.600.000.000" in page(client_of(creator.user), "products")


def test_find_offers_by_words_and_rate(creator: Affiliate) -> None:
    for name, rate in (("Keripik Pisang", 500), ("Keripik Balado", 1_500), ("Kopi", 2_000)):
        product = make_product(name=name)
        make_variant(product=product)
        make_rate(product.shop, rate)

    text = page(client_of(creator.user), "products", q="keripik", rate=10)

    assert "Keripik Balado" in text
    assert "Keripik Pisang" not in text
    assert "Kopi" not in text


def test_make_one_link_for_a_target(creator: Affiliate) -> None:
    product = make_product()
    make_variant(product=product)
    make_rate(product.shop)
    client = client_of(creator.user)

    for _ in range(2):
        answer = client.post(reverse("affiliates:link"), {"product": product.pk})

    link = ReferralLink.objects.get()
    assert (link.affiliate, link.product, link.shop) == (creator, product, product.shop)
    assert answer["Location"] == reverse("affiliates:share", args=[link.code])


@pytest.mark.parametrize("kind", ["shop", "session"])
def test_make_links_to_shops_and_sessions(creator: Affiliate, kind: str) -> None:
    session = make_session_on_air()
    make_rate(session.shop)
    value = session.code if kind == "session" else session.shop.slug

    client_of(creator.user).post(reverse("affiliates:link"), {kind: value})

    link = ReferralLink.objects.get()
    assert (link.shop, link.product) == (session.shop, None)
    assert link.session == (session if kind == "session" else None)


def test_make_no_link_to_a_rehearsal(creator: Affiliate) -> None:
    session = make_session_on_air(is_rehearsal=True)
    make_rate(session.shop)

    answer = client_of(creator.user).post(reverse("affiliates:link"), {"session": session.code})

    assert answer.status_code == 404
    assert not ReferralLink.objects.exists()


def test_make_no_link_by_looking(creator: Affiliate) -> None:
    product = make_product()
    make_variant(product=product)
    make_rate(product.shop)

    assert "Buat tautanku" in page(client_of(creator.user), "link", product=product.pk)
    assert not ReferralLink.objects.exists()


def test_refuse_a_link_to_what_pays_nothing(creator: Affiliate) -> None:
    product = make_product()

    answer = client_of(creator.user).post(reverse("affiliates:link"), {"product": product.pk})

    assert answer.status_code == 409
    assert not ReferralLink.objects.exists()


def test_send_whoever_has_not_joined_to_the_door_first() -> None:
    product = make_product()

    answer = client_of(make_user()).get(reverse("affiliates:link"), {"product": product.pk})

    assert answer["Location"].startswith(reverse("affiliates:join") + "?next=")
    assert f"product%3D{product.pk}" in answer["Location"]


@pytest.mark.parametrize(
    "query", [{"product": 999}, {"session": "tidak-ada"}, {"shop": "x"}, {"product": "a"}]
)
def test_know_no_link_to_nothing(creator: Affiliate, query: dict[str, str | int]) -> None:
    assert client_of(creator.user).get(reverse("affiliates:link"), query).status_code == 404


def test_show_a_link_to_its_owner_ready_to_be_passed_on(creator: Affiliate, settings: Any) -> None:
    link = make_link(creator, make_shop(name="Lapak Uji"))

    text = page(client_of(creator.user), "share", link.code)

    address = f"{settings.SITE_URL}/g/{link.code}"
    assert f'data-copy="{address}"' in text
    assert "https://wa.me/?text=" in text
    assert "mengandung+komisi" in text


def test_draw_a_code_that_leads_to_the_link(creator: Affiliate, settings: Any) -> None:
    link = make_link(creator, make_shop())
    answer = client_of(creator.user).get(reverse("affiliates:qr", args=[link.code]))

    assert answer["Content-Type"] == "image/svg+xml"
    assert (
        zxingcpp.read_barcode(_pixels(answer.content.decode())).text == f"{settings.SITE_URL}/g/{link.code}"
    )


def _pixels(svg: str) -> Any:
    """The drawing's one path of horizontal runs, painted on a grid."""
    size = int(svg.partition('viewBox="0 0 ')[2].split()[0])
    image = Image.new("L", (size, size), 255)
    pen = ImageDraw.Draw(image)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", svg[svg.rindex('d="') :]):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            pen.line((x, int(y), x + values[0] - 1, int(y)), fill=0)
            x += values[0]
    return image.resize((size * 8, size * 8), Image.Resampling.NEAREST)


@pytest.mark.parametrize("name", ["share", "qr"])
def test_hide_a_link_from_others(creator: Affiliate, name: str) -> None:
    link = make_link(make_affiliate(), make_shop())

    assert client_of(creator.user).get(reverse(f"affiliates:{name}", args=[link.code])).status_code == 404


# ---- commission ----------------------------------------------------------------------------------------


def test_show_figures_that_the_ledger_confirms(creator: Affiliate) -> None:
    shop = make_shop()
    settled = [make_commission(affiliate=creator, shop=shop, quantity=quantity) for quantity in (1, 2, 3)]
    make_commission(affiliate=creator, shop=shop, quantity=4)
    ripen(*settled)
    settle_all(timezone.now())
    reverse_commission(settled[2].line, units=1, source="return:1")
    settle_all(timezone.now())

    rows = list(commissions_of(creator, "payable"))
    figures = overview(creator, timezone.now())

    assert sum(row.amount for row in rows) == earned(creator) == figures.payable == 12_500
    assert figures.pending == 10_000
    assert "Rp12.500" in page(client_of(creator.user), "home")


def test_count_what_is_ordered_but_not_paid_as_an_estimate(creator: Affiliate) -> None:
    variant = make_variant(price=33_333)
    rate = make_rate(variant.shop, 1_250)
    soon = timezone.now() + timedelta(minutes=15)
    for state in (Order.State.PENDING, Order.State.EXPIRED):
        make_order(variant, quantity=2, affiliate=creator, rate=rate, state=state, pay_by=soon)

    assert overview(creator, timezone.now()).estimated == 66_666 * 1_250 // 10_000
    assert "Rp8.333" in page(client_of(creator.user), "commissions", state="estimated")


def settled(commission: Commission) -> None:
    ripen(commission)
    settle_all(timezone.now())


@pytest.mark.parametrize(
    ("prepare", "standing"),
    [
        (lambda commission: None, "pending"),
        (lambda commission: ripen(commission, ago=-timedelta(days=3)), "window"),
        (settled, "payable"),
        (lambda commission: reverse_commission(commission.line, 1, "return:1"), "reversed"),
    ],
)
def test_say_how_far_a_commission_has_come(creator: Affiliate, prepare: Any, standing: str) -> None:
    commission = make_commission(affiliate=creator)

    prepare(commission)

    assert [row.standing for row in commissions_of(creator)] == [standing]
    assert list(commissions_of(creator, standing)) == [commission]


def test_promise_the_latest_day_from_the_first_on(creator: Affiliate, settings: Any) -> Any:
    settings.RETURN_WINDOW_SECONDS = settings.AUTO_RECEIVE_SECONDS = 7 * 24 * 3600
    commission = make_commission(affiliate=creator)

    def latest() -> Any:
        return commissions_of(creator).get().latest

    assert latest() == commission.reserved_at + timedelta(days=21)
    shipped_at = commission.reserved_at + timedelta(days=2)
    Order.objects.update(shipped_at=shipped_at)
    assert latest() == shipped_at + timedelta(days=14)
    matures_at = shipped_at + timedelta(days=9)
    Commission.objects.update(matures_at=matures_at)
    assert latest() == matures_at
    assert list(overdue_commissions(matures_at + timedelta(minutes=14))) == []
    assert list(overdue_commissions(matures_at + timedelta(minutes=16))) == [commission]


def test_explain_a_commission_to_the_rupiah(creator: Affiliate) -> None:
    commission = make_commission(affiliate=creator, price=9_999, quantity=3, rate_bp=1_234)
    ripen(commission)
    settle_all(timezone.now())
    reverse_commission(commission.line, units=1, source="return:1")
    settle_all(timezone.now())

    text = page(client_of(creator.user), "commission", commission.pk)

    assert "Rp9.999 × 3" in text
    assert "−Rp9.999" in text
    assert "Rp19.998 × 12,34%" in text
    assert "Rp2.467,7532" in text
    assert "Rp2.467<" in text
    assert "−Rp1.234" in text  # the second posting takes back what the first gave for the returned one


def test_tell_who_won_and_why_without_naming_others(creator: Affiliate) -> None:
    commission = make_commission(affiliate=creator)
    rival = make_affiliate()
    now = timezone.now()
    entry = {"source": "shop", "id": 1, "at": now.isoformat(), "until": None}
    trace = [
        {**entry, "affiliate": creator.pk, "handle": creator.handle, "reason": "won"},
        {**entry, "affiliate": rival.pk, "handle": rival.handle, "reason": "older"},
    ]
    commission.line.attribution = {"affiliate": creator.pk, "trace": trace}
    commission.line.save()
    missed = MissedSale.objects.create(affiliate=rival, line=commission.line, reason="older")

    own = page(client_of(creator.user), "commission", commission.pk)
    lost = page(client_of(rival.user), "missed_sale", missed.pk)

    for text, other in ((own, rival), (lost, creator)):
        assert "Kamu · Tautan lapak" in text
        assert "Kreator lain · Tautan lapak" in text
        assert "Kalah: tautan sejenis diklik, atau tamu lain masuk, sesudahnya." in text
        assert other.handle not in text
    assert "Kalah: tautan sejenis" in page(client_of(rival.user), "commissions", state="missed")


def test_hide_a_commission_from_others(creator: Affiliate) -> None:
    commission = make_commission()

    assert (
        client_of(creator.user).get(reverse("affiliates:commission", args=[commission.pk])).status_code == 404
    )


@pytest.mark.parametrize("name", ["home", "commissions", "links", "products"])
def test_ask_as_much_for_three_rows_as_for_one(
    creator: Affiliate, name: str, django_assert_num_queries: Any
) -> None:
    def add() -> None:
        make_commission(affiliate=creator)
        product = make_product()
        make_variant(product=product)
        make_rate(product.shop)
        make_link(creator, product.shop, product=product)

    client = client_of(creator.user)
    add()
    page(client, name)  # the number on the bell is known for a minute
    with CaptureQueriesContext(connection) as one:
        page(client, name)
    add()
    add()
    with django_assert_num_queries(len(one)):
        page(client, name)


# ---- rates ---------------------------------------------------------------------------------------------


@pytest.fixture
def shop() -> Shop:
    shop = make_shop()
    make_variant(product=make_product(shop=shop, name="Keripik"), price=19_999)
    return shop


def test_show_the_rupiah_before_a_rate_is_saved(shop: Shop) -> None:
    text = page(client_of(shop.owner), "preview", rate="12,5")

    assert "Rp2.499" in text
    assert "Rp17.500" in text
    assert "Tawarkan 12,5%" in text
    assert not CommissionRate.objects.exists()


def test_answer_htmx_with_the_sum_alone(shop: Shop) -> None:
    answer = client_of(shop.owner).get(
        reverse("affiliates:preview"), {"rate": "10"}, headers={"HX-Request": "true"}
    )

    text = answer.content.decode()
    assert "<html" not in text
    assert "Rp1.999" in text


@pytest.mark.parametrize("rate", ["0", "0,99", "80,01", "90", "abc", "", "12,345", "NaN", "-5", "1e3"])
@pytest.mark.parametrize("name", ["preview", "set_rate"])
def test_refuse_a_rate_out_of_bounds(shop: Shop, name: str, rate: str) -> None:
    client = client_of(shop.owner)
    call = client.get if name == "preview" else client.post

    assert call(reverse(f"affiliates:{name}"), {"rate": rate}).status_code == 422
    assert not CommissionRate.objects.exists()


@pytest.mark.parametrize(("rate", "bp"), [("1", 100), ("80", 8_000), ("12,5", 1_250), ("12.25%", 1_225)])
def test_save_a_rate(shop: Shop, rate: str, bp: int) -> None:
    client_of(shop.owner).post(reverse("affiliates:set_rate"), {"rate": rate})

    saved = CommissionRate.objects.get()
    assert (saved.shop, saved.product, saved.rate_bp, saved.valid_to) == (shop, None, bp, None)


def test_refuse_a_rate_for_the_product_of_another_shop(shop: Shop) -> None:
    foreign = make_product()

    answer = client_of(shop.owner).post(reverse("affiliates:set_rate"), {"rate": "10", "product": foreign.pk})

    assert answer.status_code == 404
    assert not CommissionRate.objects.exists()


def test_show_a_seller_what_creators_sold(shop: Shop, creator: Affiliate) -> None:
    make_commission(affiliate=creator, shop=shop, price=50_000, quantity=2)

    text = page(client_of(shop.owner), "rates")

    assert f"@{creator.handle}" in text
    assert "Rp100.000" in text
    assert "Rp10.000" in text


# ---- the label -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["product", "shop"])
def test_label_the_pages_a_link_leads_to(shop: Shop, creator: Affiliate, name: str) -> None:
    product = shop.products.get()
    link = make_link(creator, shop, product=product if name == "product" else None)
    client = Client()
    browser = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/131.0 Mobile Safari/537.36"}

    landing = client.get(reverse("affiliates:follow", args=[link.code]), headers=browser)["Location"]

    assert "mengandung komisi" in client.get(landing).content.decode()
    assert "mengandung komisi" not in Client().get(landing).content.decode()


def test_label_every_session_of_a_creator(shop: Shop, creator: Affiliate) -> Any:
    own, guest = make_session_on_air(shop=shop), make_session_on_air(host=creator.user)

    def room(session: Any) -> str:
        return Client().get(reverse("livestream:room", args=[session.code])).content.decode()

    assert "mengandung komisi" in room(guest)
    assert "mengandung komisi" not in room(own)
    make_affiliate(make_crew_member(own, role=Role.GUEST))
    assert "mengandung komisi" in room(own)
