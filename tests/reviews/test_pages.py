"""Writing and reading reviews."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from reviews import operations
from reviews.models import Report, Review
from tests.catalog.costs import queries_of
from tests.factories import make_user, make_variant
from tests.orders.helpers import order_in
from tests.reviews.test_reviews import PHOTO, write

pytestmark = pytest.mark.django_db


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(order) -> str:
    return reverse("reviews:write", args=[order.lines.get().pk])


def photo() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 400), "red").save(drawn, "JPEG")
    return SimpleUploadedFile("foto.jpg", drawn.getvalue(), "image/jpeg")


def test_is_written_with_a_photo_and_stands_at_the_product():
    order = order_in("received")
    said = {"stars": 4, "text": "Renyah sekali", "photos": [photo()]}

    answer = as_user(order.buyer).post(address(order), said)

    review = Review.objects.get()
    cache.clear()
    page = Client().get(reverse("reviews:of_product", args=[review.product_id])).content.decode()
    product = reverse("catalog:product", args=[review.product.slug, review.product_id])
    assert answer["Location"] == reverse("orders:order", args=[order.number])
    assert (review.stars, review.photos.count()) == (4, 1)
    assert "Renyah sekali" in page
    assert reverse("reviews:of_product", args=[review.product_id]) in Client().get(product).content.decode()


@pytest.mark.parametrize(
    "said",
    [{}, {"stars": 0}, {"stars": 6}, {"stars": "x"}, {"stars": 5, "text": "x" * 601}],
)
def test_what_cannot_be_is_asked_again(said):
    order = order_in("received")

    assert as_user(order.buyer).post(address(order), said).status_code == 422
    assert not Review.objects.exists()


def test_what_is_no_picture_is_refused():
    order = order_in("received")
    said = {"stars": 5, "photos": [SimpleUploadedFile("a.jpg", b"<svg/>", "image/jpeg")]}

    assert as_user(order.buyer).post(address(order), said).status_code == 422
    assert not Review.objects.exists()


def test_what_did_not_arrive_has_no_page():
    order = order_in("shipped")

    assert as_user(order.buyer).get(address(order)).status_code == 404


def test_is_changed_on_the_same_page():
    review = write(pictures=[PHOTO])
    order, kept = review.line.order, review.photos.get().pk

    as_user(order.buyer).post(address(order), {"stars": 1, "text": "Berubah", "kept": [kept, "x"]})

    review.refresh_from_db()
    assert (review.stars, review.text, review.photos.get().pk) == (1, "Berubah", kept)


def test_words_are_shown_as_text():
    review = write(text="<script>alert(1)</script>")

    page = Client().get(reverse("reviews:review", args=[review.pk])).content.decode()

    assert "<script>alert" not in page


def test_only_those_with_so_many_stars_when_asked():
    variant = make_variant(stock=10)
    for stars, text in ((5, "Enak"), (1, "Basi")):
        write(order_in("received", variant), stars=stars, text=text)

    page = Client().get(reverse("reviews:of_product", args=[variant.product_id]), {"stars": 1})

    assert "Basi" in page.content.decode()
    assert "Enak" not in page.content.decode()


def test_the_lists_cost_as_much_for_three_as_for_one():
    variant = make_variant(stock=10)
    lists = (
        reverse("reviews:of_product", args=[variant.product_id]),
        reverse("reviews:of_shop", args=[variant.shop.slug]),
    )
    write(order_in("received", variant), pictures=[PHOTO])
    cache.clear()
    one = [queries_of(Client(), each) for each in lists]
    for _ in range(2):
        write(order_in("received", variant), pictures=[PHOTO])
    cache.clear()

    assert [queries_of(Client(), each) for each in lists] == one


def test_the_shop_answers_below_it():
    review = write()
    shop, place = as_user(review.shop.owner), reverse("reviews:review", args=[review.pk])
    assert reverse("reviews:answer", args=[review.pk]) in shop.get(place).content.decode()

    shop.post(reverse("reviews:answer", args=[review.pk]), {"text": "Terima kasih kak"})

    assert "Terima kasih kak" in Client().get(place).content.decode()


def test_the_desk_is_for_staff_with_the_right():
    review = write()
    operations.report_review(review, reporter=make_user(), reason="rude")
    staff = make_user(is_staff=True)
    for name in ("hide", "keep"):
        assert as_user(staff).post(reverse(f"reviews:{name}", args=[review.pk])).status_code == 404
    assert as_user(staff).get(reverse("reviews:desk")).status_code == 404

    staff.user_permissions.add(Permission.objects.get(codename="change_review"))
    desk = as_user(User.objects.get(pk=staff.pk))
    assert "Kasar atau menghina" in desk.get(reverse("reviews:desk")).content.decode()
    desk.post(reverse("reviews:hide", args=[review.pk]), {"reason": ""})
    assert Review.objects.shown().exists()
    desk.post(reverse("reviews:hide", args=[review.pk]), {"reason": "Menghina"})

    assert not Review.objects.shown().exists()
    assert Report.objects.get().closed_at
    assert Client().get(reverse("reviews:review", args=[review.pk])).status_code == 404
