"""What orders leave to be told is in the inbox and mailed, once, by whoever comes first."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings

from accounts.operations import remember_language
from checkout.operations import tell_people
from inbox.models import Notice
from inbox.operations import deliver_due
from orders.models import Order, OutboxEntry
from orders.operations import pack_order, ship_order
from tests.orders.helpers import order_in, place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def mails_in_memory(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_the_shop_hears_of_a_new_order(mailoutbox: list[EmailMessage]) -> None:
    order = order_in("confirmed")

    tell_people()
    deliver_due()

    [mail] = mailoutbox
    assert mail.to == [order.shop.owner.email]
    assert order.number in mail.subject


def test_the_buyer_hears_that_it_was_sent_with_its_waybill(mailoutbox: list[EmailMessage]) -> None:
    order = ship_order(pack_order(order_in("confirmed")), courier="JNE", waybill="JNE123")
    OutboxEntry.objects.exclude(topic="shipped").delete()

    tell_people()
    deliver_due()

    [mail] = mailoutbox
    assert mail.to == [order.buyer.email]
    assert "JNE123" in mail.body


def test_nobody_hears_it_twice(mailoutbox: list[EmailMessage]) -> None:
    order_in("confirmed")
    tell_people()

    tell_people()
    deliver_due()
    deliver_due()

    assert len(mailoutbox) == Notice.objects.count() == 1
    assert not OutboxEntry.objects.filter(done_at__isnull=True).exists()


def test_an_unpaid_order_is_told_to_nobody(mailoutbox: list[EmailMessage]) -> None:
    order = place(method="qris")

    tell_people()
    deliver_due()

    assert mailoutbox == []
    assert Order.objects.get().pk == order.pk


def test_who_reads_english_is_written_to_in_english(mailoutbox: list[EmailMessage]) -> None:
    order = ship_order(pack_order(order_in("confirmed")), courier="JNE", waybill="JNE123")
    remember_language(order.buyer, "en")
    OutboxEntry.objects.exclude(topic="shipped").delete()

    tell_people()
    deliver_due()

    [notice] = Notice.objects.all()
    assert (notice.language, notice.path) == ("en", f"/en/pesanan/{order.number}/")
    assert f"/en/pesanan/{order.number}/" in mailoutbox[0].body


def test_the_clock_knows_every_task_and_every_task_exists() -> None:
    from umkm_market.celery import app

    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks, entry["task"]


def test_who_pays_at_the_door_is_asked_to_stand_by_it() -> None:
    order = place(method="cod")

    tell_people()

    notice = Notice.objects.get(user=order.buyer)
    assert notice.path == f"/bayar/{order.number}/"
    assert not Notice.objects.filter(user=order.shop.owner).exists()
