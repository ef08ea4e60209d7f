"""The pages of a seller's and a creator's money ..."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Shop
from inbox.models import Notice
from payouts import operations
from payouts.models import BankAccount, Finding, PayoutBatch
from payouts.queries.money import coming, money_of_order, orders_with_money
from payouts.queries.statements import statement_of
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import place
from tests.payments.conftest import post_back
from tests.payouts.orders import DAY, make_affiliate, owed_to, paid_order, receive, settled_order
from tests.payouts.test_payouts import give_account, payable_order

pytestmark = pytest.mark.django_db


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sure_of(user) -> Client:
    """Somebody who has just said their password once more."""
    client = of(user)
    client.post(reverse("account_reauthenticate"), {"password": "rahasia-sekali"})
    return client


def page(user, name: str, *args, **query) -> str:
    answer = of(user).get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def payer():
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="run_payouts"))
    return user


# ---- one order ---------------------------------------------------------------------------------------


def test_say_on_day_nought_what_an_order_brings_and_when():
    order = place(make_variant(price=50_000))

    text = page(order.shop.owner, "payouts:order", order.number)

    assert "Rp58.080" in text
    assert "Cair 7 hari setelah diterima" in text
    assert "58.080" in page(order.shop.owner, "orders:desk_order", order.number)


def test_expect_the_creators_commission_before_anything_is_paid():
    creator = make_affiliate()
    order = paid_order(credited_to=creator)
    waiting = place(
        order.lines.get().variant, attribution={order.lines.get().variant_id: order.lines.get().attribution}
    )

    found = orders_with_money(order.shop.owner).in_bulk()

    assert money_of_order(found[order.pk]).money.commission == 5_000
    assert money_of_order(found[waiting.pk]).money.commission == 5_000


def test_keep_the_date_once_it_has_arrived_and_say_what_was_posted():
    order = paid_order()
    received_at = receive(order)
    statement = money_of_order(orders_with_money(order.shop.owner).get())
    assert (statement.is_promised, statement.first_at) == (True, received_at + 7 * DAY)

    operations.settle_due(received_at + 7 * DAY)

    assert "Sudah masuk saldomu" in page(order.shop.owner, "payouts:order", order.number)


def test_promise_nothing_for_an_order_that_came_to_nothing():
    order = place(make_variant())
    from orders.operations import cancel_order

    cancel_order(order, "Habis")

    assert "tidak jadi" in page(order.shop.owner, "payouts:order", order.number)


# ---- the shop ----------------------------------------------------------------------------------------


def test_show_the_balance_and_what_comes_on_which_day():
    shop = make_shop()
    settled_order(variant=make_variant(shop=shop, price=50_000))
    paid_order(make_variant(shop=shop, price=30_000))
    receive(paid_order(make_variant(shop=shop, price=10_000)))

    text = page(shop.owner, "payouts:shop")

    assert "Rp58.080" in text
    assert [len(day.orders) for day in coming(shop)] == [1, 1]


def test_ask_the_same_for_one_coming_order_and_for_three(django_assert_num_queries):
    shop = make_shop()
    for _ in range(3):
        paid_order(make_variant(shop=shop))
    operations.plan_settlements()

    with django_assert_num_queries(10):
        assert sum(len(day.orders) for day in coming(shop)) == 3


def a_busy_month(shop: Shop) -> None:
    order = settled_order(variant=make_variant(shop=shop, price=50_000))
    settled_order(variant=make_variant(shop=shop, price=80_000), credited_to=make_affiliate())
    give_account(shop.owner)
    staff = make_user(is_staff=True)
    operations.fail_payout(operations.make_batch(by=staff).payouts.get(), by=staff, reason="Nama")
    operations.pay_payout(operations.make_batch(by=staff).payouts.get(), by=staff)
    post_back(order)
    operations.settle_order(order.pk, now=timezone.now())


def test_add_up_from_the_opening_to_the_closing_balance():
    shop = make_shop()
    a_busy_month(shop)
    today = timezone.localdate()

    told = statement_of(shop, today - 2 * DAY, today + 20 * DAY)

    assert told.opening == 0
    assert told.closing == sum(row.change for row in told.rows) == owed_to(shop) == -58_080
    for row in told.rows:
        if row.number:
            taken = row.returned + row.fees + row.held_back + row.in_hand
            assert row.bought - taken == row.change
    later = statement_of(shop, today + 21 * DAY, today + 30 * DAY)
    assert (later.opening, later.closing) == (-58_080, -58_080)


def test_say_the_same_in_a_spreadsheet():
    shop = make_shop()
    a_busy_month(shop)
    today = timezone.localdate()
    period = {"dari": today.isoformat(), "sampai": (today + 20 * DAY).isoformat()}

    answer = of(shop.owner).get(reverse("payouts:statement_sheet"), period)

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert int(rows[-1][-1]) == owed_to(shop)
    assert sum(int(row[-2]) for row in rows[2:-1]) == owed_to(shop)


def test_refuse_a_period_that_ends_before_it_begins():
    owner = make_shop().owner

    answer = of(owner).get(reverse("payouts:statement"), {"dari": "2026-02-01", "sampai": "2026-01-01"})

    assert answer.status_code == 422


def test_record_what_the_shop_declares_and_withdraws():
    shop = make_shop()
    url = reverse("payouts:declare", args=["micro"])

    of(shop.owner).post(url)
    assert "Sudah dinyatakan" in page(shop.owner, "payouts:shop")
    of(shop.owner).post(url, {"withdraw": "1"})

    assert "Sudah dinyatakan" not in page(shop.owner, "payouts:shop")


# ---- before listing ----------------------------------------------------------------------------------


def test_say_what_one_piece_brings_with_the_creators_rate():
    shop = make_shop()
    variant = make_variant(shop=shop, price=50_000)
    from affiliates.models import CommissionRate

    CommissionRate.objects.create(shop=shop, product=variant.product, rate_bp=2_000)

    answer = of(shop.owner).get(
        reverse("payouts:net"),
        {"price": "50.000", "product": str(variant.product_id), "usual": "60.000"},
        headers={"HX-Request": "true"},
    )

    text = answer.content.decode()
    # 50.000 less 2 %, 500, 0,7 % of 60.000, and 20 % for the creator
    assert "Rp38.080" in text
    assert "Rp7.730 lebih sedikit" in text
    assert "<html" not in text


@pytest.mark.parametrize("price", ["", "abc", "0", "-5", "9" * 20, "²"])
def test_say_nothing_about_a_price_that_is_none(price):
    answer = of(make_shop().owner).get(reverse("payouts:net"), {"price": price})

    assert answer.status_code == 200
    assert "Kamu terima <b>" not in answer.content.decode()


def test_stand_beside_every_price_that_a_seller_types():
    variant = make_variant(price=50_000)
    owner = variant.shop.owner

    assert "Kamu terima <b>Rp48.080</b>" in page(owner, "catalog:variant_edit", variant.pk)
    assert reverse("payouts:net") in page(owner, "catalog:product_new")


# ---- bank accounts -----------------------------------------------------------------------------------

TYPED = {"bank": "014", "number": "1234 5678 90", "again": "1234567890", "holder": "Ani Contoh"}


def test_ask_by_mail_before_an_account_is_used_and_tell_of_the_change():
    user = make_user()

    assert of(user).post(reverse("payouts:account"), TYPED).status_code == 302
    assert not mail.outbox  # not without the password once more
    client = sure_of(user)
    client.post(reverse("payouts:account"), TYPED)
    link = re.search(r"/akun/rekening/sah/\S+/", str(mail.outbox[0].body))[0]
    assert client.get(link).status_code == 200
    assert not BankAccount.objects.filter(confirmed_at__isnull=False).exists()
    client.post(link)

    confirmed = BankAccount.objects.get()
    assert confirmed.usable_from == confirmed.confirmed_at + timedelta(days=1)
    assert "berubah" in mail.outbox[1].subject
    assert client.post(link).status_code == 404
    assert sure_of(make_user()).get(link).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"again": "1234567891"}, {"number": "12"}, {"number": "١٢٣٤٥٦٧٨"}, {"bank": "999"}, {"holder": ""}],
)
def test_refuse_an_account_that_cannot_be_right(wrong):
    answer = sure_of(make_user()).post(reverse("payouts:account"), TYPED | wrong)

    assert answer.status_code == 422
    assert not BankAccount.objects.exists()


def test_show_a_creator_what_was_paid_out():
    affiliate = make_affiliate()

    assert "Belum ada pencairan" in page(affiliate.user, "payouts:affiliate")


# ---- the desk ----------------------------------------------------------------------------------------


def test_let_staff_with_the_permission_make_a_batch_and_end_its_rows():
    order = payable_order()
    desk = of(payer())
    assert "Rp58.080" in desk.get(reverse("payouts:desk")).content.decode()

    assert desk.post(reverse("payouts:make"), {"payee": "shop:0"})["Location"] == reverse("payouts:desk")
    made = desk.post(reverse("payouts:make"), {"payee": f"shop:{order.shop_id}"})
    batch = PayoutBatch.objects.get()
    assert made["Location"] == reverse("payouts:batch", args=[batch.pk])
    file = desk.get(reverse("payouts:batch_file", args=[batch.pk])).content
    assert file == desk.get(reverse("payouts:batch_file", args=[batch.pk])).content

    payout = batch.payouts.get()
    row = reverse("payouts:end", args=[batch.pk, payout.pk])
    assert desk.post(row, {"outcome": "paid", "words": "BCA-7"}).status_code == 302
    assert desk.post(row, {"outcome": "failed", "words": "?"}).status_code == 409
    assert desk.post(row, {"outcome": "apa"}).status_code == 422
    assert Notice.objects.get(key=f"payout:{payout.pk}:paid").user == order.shop.owner
    assert "BCA-7" in desk.get(reverse("payouts:batch", args=[batch.pk])).content.decode()


def test_take_in_the_banks_file_at_the_desk():
    order = payable_order()
    desk = of(payer())
    desk.post(reverse("payouts:make"), {"payee": f"shop:{order.shop_id}"})
    batch = PayoutBatch.objects.get()
    url = reverse("payouts:results", args=[batch.pk])

    table = f"reference,status,reason\n{batch.payouts.get().reference},gagal,Nama beda\n".encode()
    answer = desk.post(url, {"results": SimpleUploadedFile("hasil.csv", table)})

    assert "0 masuk, 1 gagal" in answer.content.decode()
    assert batch.payouts.get().state == "failed"
    assert desk.post(url, {"results": SimpleUploadedFile("x.csv", b"apa")}).status_code == 422
    assert desk.post(url).status_code == 422


def test_show_the_desk_what_the_proof_found():
    Finding.objects.create(key="order:PMX", facts={"left_in_escrow": 5})

    assert "order:PMX" in of(payer()).get(reverse("payouts:desk")).content.decode()


def test_hide_the_desk_from_everybody_else():
    payable_order()
    staff = make_user(is_staff=True)
    batch = operations.make_batch(by=staff)
    permitted = make_user()
    permitted.user_permissions.add(Permission.objects.get(codename="run_payouts"))

    for user in (staff, permitted):
        for name, args in (("desk", []), ("batch", [batch.pk]), ("batch_file", [batch.pk])):
            assert of(user).get(reverse(f"payouts:{name}", args=args)).status_code == 404
        for name, args in (
            ("make", []),
            ("results", [batch.pk]),
            ("end", [batch.pk, batch.payouts.get().pk]),
        ):
            assert of(user).post(reverse(f"payouts:{name}", args=args)).status_code == 404


def test_turn_the_pages_of_a_long_statement(client, monkeypatch):
    order = settled_order()
    for _ in range(2):
        settled_order(variant=make_variant(shop=order.shop))
    monkeypatch.setattr("payouts.views.seller.ROWS_ON_A_PAGE", 2)
    client.force_login(order.shop.owner)
    today = timezone.localdate()
    period = {"dari": today.replace(day=1), "sampai": today + 9 * DAY}

    first, second = (client.get(reverse("payouts:statement"), {**period, "page": page}) for page in (1, 2))

    assert [len(answer.context["page"].object_list) for answer in (first, second)] == [2, 1]
    assert f"dari={period['dari']}" in first.content.decode()
    closing = second.context["statement"].closing
    assert second.context["page"].object_list[-1].balance == closing
