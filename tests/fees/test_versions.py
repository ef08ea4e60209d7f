"""A version of the fees ..."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fees import operations, queries
from fees.arithmetic import Rule
from fees.models import Declaration, FeeRule, FeeSchedule
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def current_rules() -> list[Rule]:
    return list(queries.rules_of(queries.schedule_at(timezone.now())))


def with_platform(percent_bp: int) -> list[Rule]:
    return [
        replace(rule, percent_bp=percent_bp) if rule.kind == "platform" else rule for rule in current_rules()
    ]


def test_holds_from_its_moment_and_not_before():
    now = timezone.now()
    second = operations.publish_schedule(with_platform(100), in_force_from=now + MONTH, note="Turun", now=now)

    assert queries.schedule_at(now + MONTH - timedelta(microseconds=1)).number == 1
    assert queries.schedule_at(now + MONTH) == second
    assert queries.coming_schedules(now) == [second]


def test_needs_notice_to_rise():
    now = timezone.now()
    early = now + MONTH - timedelta(seconds=1)

    with pytest.raises(operations.TooSoon) as refusal:
        operations.publish_schedule(with_platform(201), in_force_from=early, note="Naik", now=now)

    assert [rise.kind for rise in refusal.value.rises] == ["platform"]
    assert FeeSchedule.objects.count() == 1
    assert operations.publish_schedule(with_platform(201), in_force_from=now + MONTH, note="Naik", now=now)


def test_may_fall_at_once():
    now = timezone.now()

    operations.publish_schedule(with_platform(0), in_force_from=now, note="Gratis", now=now)

    assert current_rules()[0].percent_bp == 0


def test_lets_the_law_say_when_a_tax_begins():
    now = timezone.now()
    rules = [*current_rules(), Rule("tax", "PPh Pasal 22", percent_bp=50)]

    assert operations.publish_schedule(rules, in_force_from=now, note="PMK 37/2025", now=now).number == 2


def test_does_not_reach_back_or_overtake_an_announced_one():
    now = timezone.now()
    operations.publish_schedule(with_platform(100), in_force_from=now + MONTH, note="Turun", now=now)

    for moment in (now - timedelta(seconds=1), now + timedelta(days=1)):
        with pytest.raises(operations.OutOfOrder):
            operations.publish_schedule(with_platform(50), in_force_from=moment, note="", now=now)


def test_is_never_changed_by_anybody():
    schedule = FeeSchedule.objects.get()
    rule = schedule.rules.order_by("position")[0]

    for change in (
        lambda: FeeSchedule.objects.update(note="lain"),
        lambda: FeeRule.objects.update(percent_bp=900),
        lambda: FeeRule.objects.filter(pk=rule.pk).delete(),
        lambda: FeeRule.objects.create(schedule=schedule, position=99, kind="platform", label="Selundupan"),
    ):
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            change()


def test_can_be_checked_with_its_public_key_and_names_the_one_before():
    now = timezone.now()
    second = operations.publish_schedule(with_platform(100), in_force_from=now, note="Turun", now=now)

    assert queries.forged_schedules() == []
    assert json.loads(second.document)["previous"] == FeeSchedule.objects.get(number=1).digest


def test_shows_when_its_rows_are_not_what_was_signed():
    schedule = FeeSchedule.objects.get()
    schedule.note = "Biaya nol!"

    assert not queries.is_genuine(schedule)


def test_keeps_one_declaration_a_year_and_ends_it_when_withdrawn():
    kind, owner, now = Declaration.Kind.SMALL_TURNOVER, make_user(), timezone.now()

    first = operations.declare(7, kind, by=owner, now=now)
    again = operations.declare(7, kind, by=owner, now=now)

    assert first == again
    assert timezone.localtime(first.valid_to).month == 1
    assert queries.declared(7, now) == {"small"}
    operations.withdraw(7, kind, now=now + timedelta(seconds=1))
    assert queries.declared(7, now + timedelta(seconds=2)) == set()
    assert queries.declared(7, now) == {"small"}


def test_is_shown_with_its_differences_and_a_sample(client: Client):
    now = timezone.now()
    operations.publish_schedule(with_platform(300), in_force_from=now + MONTH, note="Naik", now=now)

    today = client.get(reverse("fees:schedule"), {"price": "100.000", "shipping": "", "method": "cod"})
    coming = client.get(reverse("fees:version", args=[2]))

    assert "Rp97.500" in today.content.decode()
    assert "<s>2%</s> 3%" in coming.content.decode()


def test_says_what_is_wrong_with_a_sample(client: Client):
    answer = client.get(reverse("fees:schedule"), {"price": "banyak"}, headers={"HX-Request": "true"})

    assert answer.status_code == 422


def test_gives_the_signed_bytes(client: Client):
    answer = client.get(reverse("fees:document", args=[1]))

    assert answer.content.decode() == FeeSchedule.objects.get().document
