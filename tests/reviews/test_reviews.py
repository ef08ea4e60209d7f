"""Who has it in their hands says how it is, once, and within the rules of the rooms."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError
from django.utils import timezone

from inbox.models import Notice
from kit.pictures import Picture
from livestream.models import BlockedWord
from livestream.moderation.refusals import BlockedWordSaid
from livestream.moderation.words import key_of
from reviews import operations
from reviews.models import Report, Review
from reviews.operations import Opinion
from reviews.queries import rating_of_product, rating_of_shop
from tests.concurrency import run_at_once
from tests.factories import make_replay, make_user, make_variant
from tests.orders.helpers import order_in

pytestmark = pytest.mark.django_db
PHOTO = Picture(key="a" * 32, width=640, height=640, color="#c85a28", lqip="data:,", widths=(160, 640))


def write(order=None, stars=5, text="Renyah sekali", pictures=()) -> Review:
    order = order or order_in("received")
    opinion = Opinion(stars, text, pictures)
    return operations.write_review(order.lines.get(), author=order.buyer, opinion=opinion)


def edit(review, stars=2, text="Ternyata alot", pictures=(), kept=()) -> Review:
    return operations.edit_review(review, opinion=Opinion(stars, text, pictures), kept_photos=kept)


@pytest.mark.parametrize("state", ["pending", "confirmed", "shipped", "cancelled", "refunded"])
def test_only_what_was_received_is_reviewed(state):
    with pytest.raises(operations.NotReceived):
        write(order_in(state))


def test_only_the_buyer_writes():
    order = order_in("received")

    with pytest.raises(operations.NotReceived):
        operations.write_review(order.lines.get(), author=make_user(), opinion=Opinion(5, "-"))


def test_a_line_has_one_review():
    order = order_in("received")
    write(order)

    with pytest.raises(operations.ReviewedAlready):
        write(order)


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_one():
    order = order_in("received")

    outcomes = run_at_once(*[partial(write, order) for _ in range(2)])

    assert {type(outcome) for outcome in outcomes} == {Review, operations.ReviewedAlready}


@pytest.mark.parametrize("stars", [0, 6])
def test_stars_are_one_to_five(stars):
    with pytest.raises(IntegrityError):
        write(stars=stars)


def test_says_when_it_was_bought_live():
    variant = make_variant()
    session = make_replay(shop=variant.shop, products=[variant.product])
    order = order_in("received", variant, session_id=session.pk, session_ms=1)

    assert write(order).bought_live_at == order.placed_at
    assert write().bought_live_at is None


def test_private_numbers_are_masked_and_kept_for_staff():
    review = write(text="Bagus, WA saya 0812-3456-7890 ya")

    assert "0812" not in review.text
    assert "0812-3456-7890" in review.original


def test_words_that_no_room_lets_through_are_refused():
    BlockedWord.objects.create(written="abrakadabra", key=key_of("abrakadabra"))

    with pytest.raises(BlockedWordSaid):
        write(text="dasar 4br4k4d4br4")
    assert not Review.objects.exists()


def test_is_changed_for_thirty_days_and_no_longer():
    review = write(pictures=[PHOTO, PHOTO])
    first, _ = review.photos.order_by("pk")

    edit(review, kept=[first.pk], pictures=[PHOTO])

    review.refresh_from_db()
    assert (review.stars, review.text, review.photos.count()) == (2, "Ternyata alot", 2)
    late = time_machine.travel(timezone.now() + timedelta(days=30, seconds=1))
    with late, pytest.raises(operations.TooLate):
        edit(review)


def test_shows_four_photos_at_most():
    with pytest.raises(operations.TooManyPhotos):
        write(pictures=[PHOTO] * 5)


def test_photos_of_others_are_not_kept_by_naming_them():
    mine, other = write(pictures=[PHOTO]), write(pictures=[PHOTO])

    edit(mine, kept=[other.photos.get().pk])

    assert (mine.photos.count(), other.photos.count()) == (0, 1)


def test_the_rating_is_of_what_is_shown(django_capture_on_commit_callbacks):
    variant = make_variant(stock=10)
    with django_capture_on_commit_callbacks(execute=True):
        reviews = [write(order_in("received", variant), stars=stars) for stars in (5, 5, 2)]
    assert rating_of_product(variant.product).counts == (2, 0, 0, 1, 0)

    with django_capture_on_commit_callbacks(execute=True):
        operations.hide_review(reviews[2], by=make_user(is_staff=True), reason="Menghina")

    rating = rating_of_shop(variant.shop)
    assert (rating.counts, rating.average) == ((2, 0, 0, 0, 0), 5.0)
    assert rating_of_product(variant.product).total == 2


def test_without_a_review_there_is_no_rating():
    cache.clear()

    rating = rating_of_product(make_variant().product)

    assert (rating.total, rating.average) == (0, 0.0)


def test_the_shop_is_told_and_its_answer_tells_the_author():
    review = write()

    operations.answer_review(review, text="Terima kasih kak!")
    operations.answer_review(review, text="Terima kasih banyak kak!")

    told = Notice.objects.filter(kind="review").order_by("pk").values_list("user", flat=True)
    assert list(told) == [review.shop.owner_id, review.author_id]


def test_reports_hide_nothing_by_themselves():
    review = write()
    for _ in range(20):
        operations.report_review(review, reporter=make_user(), reason="rude")

    assert Review.objects.shown().filter(pk=review.pk).exists()


def test_reported_twice_by_one_it_is_one_report():
    review, reporter = write(), make_user()
    for reason in ("rude", "advert"):
        operations.report_review(review, reporter=reporter, reason=reason)

    assert Report.objects.get().reason == "rude"


def test_hidden_with_a_reason_that_its_author_reads_and_cannot_be_edited():
    review = write()
    operations.report_review(review, reporter=make_user(), reason="rude")
    operations.hide_review(review, by=make_user(is_staff=True), reason="Menghina penjual")

    notice = Notice.objects.get(user=review.author)
    assert "Menghina penjual" in notice.text
    assert not Report.objects.filter(closed_at__isnull=True).exists()
    with pytest.raises(operations.TooLate):
        edit(review)


def test_who_hides_says_why():
    with pytest.raises(IntegrityError):
        Review.objects.filter(pk=write().pk).update(hidden_at=timezone.now())
