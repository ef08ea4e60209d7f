"""Old shows are kept in sums; their report says the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from insights.operations import thin_old_shows
from insights.queries.past import shows_before
from insights.queries.report import report_of
from livestream.models import AudienceSample, ProductTap, Visit
from livestream.room import seats
from tests.factories import make_user, make_variant
from tests.insights.shows import a_show, pin, sell, tap

pytestmark = pytest.mark.django_db


@pytest.fixture
def variant():
    return make_variant(stock=20)


def an_old_show(variant, *, days: int):
    """With two buyers, one who only looked, and half an hour of samples."""
    began = (timezone.now() - timedelta(days=days)).replace(second=0, microsecond=0)
    show = a_show(variant, went_live_at=began, ended_at=began + timedelta(hours=1))
    pin(show, variant, 0, 600_000)
    for ms in (1_000, 2_000):
        buyer = make_user()
        Visit.objects.create(session=show, seat=seats.mark(show.pk, seats.of_person(buyer.pk)), source="qr")
        tap(show, variant, buyer.pk, ms=ms)
        sell(show, variant, ms=ms, buyer=buyer)
    tap(show, variant, 999, ms=3_000)
    seconds = range(0, 1800, 5)
    AudienceSample.objects.bulk_create(
        AudienceSample(
            session=show,
            at=began + timedelta(seconds=second),
            at_ms=1000 * second,
            viewers=second // 5 % 40,
            stayed=1,
        )
        for second in seconds
    )
    return show


def test_the_report_stays_what_it_was(variant):
    show = an_old_show(variant, days=91)
    before = report_of(show)

    assert thin_old_shows() == 1

    after = report_of(show)
    assert after.people == before.people
    assert after.totals == before.totals
    assert [row.outcome for row in after.pins] == [row.outcome for row in before.pins]
    assert [row.viewers for row in after.pins] == [row.viewers for row in before.pins]


def test_single_people_are_forgotten(variant):
    show = an_old_show(variant, days=91)
    marks = set(ProductTap.objects.values_list("seat", flat=True))

    thin_old_shows()

    assert not Visit.objects.exists()
    assert not marks & set(ProductTap.objects.values_list("seat", flat=True))
    assert AudienceSample.objects.filter(session=show).count() == 30


def test_what_is_young_is_kept_and_nothing_is_thinned_twice(variant):
    an_old_show(variant, days=91)
    an_old_show(variant, days=89)

    assert [thin_old_shows() for _ in range(2)] == [1, 0]
    assert Visit.objects.count() == 2


def test_a_thinned_show_is_still_compared_with(variant):
    an_old_show(variant, days=91)
    thin_old_shows()

    (before,) = shows_before(a_show(variant))

    assert (before.entered, before.orders, before.peak_viewers) == (3, 2, 39)
