"""Asking for a return, and each side's page of it."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from returns import operations
from returns.models import Evidence, Return
from tests.catalog.costs import queries_of
from tests.factories import make_user
from tests.orders.helpers import order_in
from tests.returns.helpers import arrived, asked, in_state, make_judge

pytestmark = pytest.mark.django_db


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def photo(color="red") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 400), color).save(drawn, "JPEG")
    return SimpleUploadedFile("foto.jpg", drawn.getvalue(), "image/jpeg")


def ask(order, **said):
    line = order.lines.get().pk
    said = {f"units_{line}": 1, "reason": "damaged", "text": "Pecah", "photos": [photo()], **said}
    return as_user(order.buyer).post(reverse("returns:ask", args=[order.number]), said)


def test_is_asked_with_a_photo():
    order = arrived()

    answer = ask(order)

    request = Return.objects.get()
    assert answer["Location"] == reverse("returns:return", args=[request.code])
    assert Evidence.objects.get().party == "buyer"
    assert (request.lines.get().units, request.text) == (1, "Pecah")


@pytest.mark.parametrize(
    "said",
    [
        {"photos": []},
        {"reason": "bohong"},
        {"text": ""},
        {"text": "x" * 501},
        {"keeps_goods": "1", "reason": "wrong"},
        {"photos": [SimpleUploadedFile("a.jpg", b"<svg/>", "image/jpeg")]},
        {"photos": [SimpleUploadedFile(f"{each}.jpg", b"x") for each in range(5)]},
    ],
)
def test_what_is_not_said_properly_is_asked_again(said):
    assert ask(arrived(), **said).status_code == 422
    assert not Return.objects.exists()


@pytest.mark.parametrize("units", [0, -1, 4, "banyak"])
def test_a_number_that_cannot_be_is_refused(units):
    order = arrived()

    assert ask(order, **{f"units_{order.lines.get().pk}": units}).status_code == 422
    assert not Return.objects.exists()


def test_a_change_of_mind_needs_no_photo():
    assert ask(arrived(), reason="changed_mind", photos=[]).status_code == 302


def test_before_it_arrives_there_is_nothing_to_ask():
    order = order_in("shipped")

    answer = as_user(order.buyer).get(reverse("returns:ask", args=[order.number]))

    assert answer.status_code == 409
    assert "belum kamu terima" in answer.content.decode()


def test_the_order_offers_it_and_shows_how_it_stands():
    order = arrived()
    buyer, address = as_user(order.buyer), reverse("orders:order", args=[order.number])
    assert reverse("returns:ask", args=[order.number]) in buyer.get(address).content.decode()

    request = asked(order)

    assert request.code in buyer.get(address).content.decode()
    desk = as_user(order.shop.owner).get(reverse("orders:desk_order", args=[order.number]))
    assert request.code in desk.content.decode()


def test_each_side_is_offered_its_own_steps():
    request = in_state("asked")
    page = reverse("returns:return", args=[request.code])

    buyer = as_user(request.order.buyer).get(page).content.decode()
    shop = as_user(request.order.shop.owner).get(page).content.decode()

    assert reverse("returns:withdraw", args=[request.code]) in buyer
    assert reverse("returns:approve", args=[request.code]) not in buyer
    assert reverse("returns:approve", args=[request.code]) in shop
    assert reverse("returns:withdraw", args=[request.code]) not in shop


def test_the_whole_way_through_the_pages():
    request = in_state("asked")
    buyer, shop = as_user(request.order.buyer), as_user(request.order.shop.owner)

    def press(client, name, **said):
        answer = client.post(reverse(f"returns:{name}", args=[request.code]), said)
        assert answer.status_code == 302, answer.content.decode()[:2000]

    press(shop, "approve")
    press(buyer, "send", courier="JNE", waybill="jne 888")
    press(shop, "object", text="Isinya batu", photos=[photo("blue")])

    request.refresh_from_db()
    assert (request.state, request.waybill) == ("disputed", "JNE888")
    page = buyer.get(reverse("returns:return", args=[request.code])).content.decode()
    assert "Isinya batu" in page
    assert "Sedang diperiksa" in page


def test_a_step_that_somebody_else_was_quicker_with_is_refused_with_the_new_standing():
    request = in_state("withdrawn")

    answer = as_user(request.order.shop.owner).post(reverse("returns:approve", args=[request.code]))

    assert answer.status_code == 409
    assert "Dibatalkan pembeli" in answer.content.decode()


def test_a_waybill_is_written_as_couriers_print_it():
    request = in_state("send_back")
    said = {"courier": "JNE", "waybill": "??"}

    assert (
        as_user(request.order.buyer).post(reverse("returns:send", args=[request.code]), said).status_code
        == 422
    )


def test_photos_are_for_both_sides_and_a_judge_of_the_dispute():
    order = arrived()
    ask(order)
    request, shown = Return.objects.get(), Evidence.objects.get()
    address = reverse("returns:photo", args=[request.code, shown.pk])
    people = [order.buyer, order.shop.owner, make_user(), make_judge()]

    answers = [as_user(person).get(address).status_code for person in people]
    _refused_and_disputed(request)

    assert answers == [200, 200, 404, 404]
    assert [as_user(person).get(f"{address}?kecil").status_code for person in people] == [200, 200, 404, 200]
    assert Client().get(address).status_code == 302
    assert (
        address in as_user(order.buyer).get(reverse("returns:return", args=[request.code])).content.decode()
    )


def _refused_and_disputed(request: Return) -> None:
    operations.refuse(request, by=request.order.shop.owner, note="Dikirim utuh")
    operations.dispute(request, by=request.order.buyer, text="Lihat fotonya")


def test_one_side_shows_twelve_photos_at_most():
    request = in_state("asked")
    Evidence.objects.bulk_create(
        Evidence(
            request=request,
            party="buyer",
            key="0" * 32,
            width=9,
            height=9,
            color="#000000",
            lqip="",
            widths=[9],
        )
        for _ in range(12)
    )
    address = reverse("returns:evidence", args=[request.code])

    assert as_user(request.order.buyer).post(address, {"text": "-", "photos": [photo()]}).status_code == 409
    assert as_user(request.order.shop.owner).post(address, {"text": "-"}).status_code == 302


def test_the_shops_list_costs_as_much_for_three_as_for_one():
    order = arrived(quantity=3)
    asked(order, units=1)
    shop = as_user(order.shop.owner)
    shop.get(reverse("returns:seller_list"))
    one = queries_of(shop, reverse("returns:seller_list"))
    asked(order, units=1)
    asked(order, units=1)

    assert queries_of(shop, reverse("returns:seller_list")) == one
