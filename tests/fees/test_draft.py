"""Writing the next version at the desk ..."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fees import queries
from fees.drafts import rows_of
from fees.models import FeeSchedule
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="publish_schedule"))
    client = Client()
    client.force_login(user)
    return client


def typed(days: int, **changed: Any) -> dict[str, Any]:
    """The form as it stands, with some of its fields changed."""
    rows = rows_of(queries.rules_of(queries.last_schedule()))
    fields: dict[str, Any] = {
        "aturan-TOTAL_FORMS": len(rows),
        "aturan-INITIAL_FORMS": len(rows),
        "in_force_from": (timezone.localdate() + timedelta(days=days)).isoformat(),
        "note": "Ongkos server naik",
    }
    for place, row in enumerate(rows):
        fields |= {f"aturan-{place}-{name}": "" if value is None else value for name, value in row.items()}
    return fields | changed


URL = "fees:draft"


def test_shows_what_would_change_before_it_is_announced(desk: Client):
    answer = desk.post(reverse(URL), typed(40, **{"aturan-0-percent": "2,5"}))

    assert "<s>2%</s> 2,5%" in answer.content.decode()
    assert FeeSchedule.objects.count() == 1


def test_announces_it(desk: Client):
    changed = {"aturan-0-percent": "2,5", "aturan-1-DELETE": "on", "umumkan": "1"}

    answer = desk.post(reverse(URL), typed(40, **changed))

    made = FeeSchedule.objects.get(number=2)
    assert answer["Location"] == reverse("fees:version", args=[2])
    assert made.rules.count() == 11
    assert made.rules.get(position=0).percent_bp == 250
    assert queries.is_genuine(made)


def test_refuses_a_rise_without_notice_and_says_from_when(desk: Client):
    answer = desk.post(reverse(URL), typed(5, **{"aturan-0-percent": "2,5", "umumkan": "1"}))

    assert answer.status_code == 409
    assert "paling cepat berlaku" in answer.content.decode()
    assert FeeSchedule.objects.count() == 1


def test_refuses_the_past(desk: Client):
    assert desk.post(reverse(URL), typed(-1, umumkan="1")).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"aturan-0-percent": "banyak"},
        {"aturan-0-percent": "NaN"},
        {"aturan-0-percent": "91"},
        {"aturan-0-percent": "1,234"},
        {"aturan-0-scope": "shop"},
        {"aturan-1-scope": "category", "aturan-1-scope_id": "3"},
        {"aturan-0-least": "5", "aturan-0-most": "4"},
        {"note": ""},
        {"in_force_from": "besok"},
        {"aturan-TOTAL_FORMS": "x"},
    ],
)
def test_refuses_what_makes_no_sense(desk: Client, wrong: dict[str, str]):
    assert desk.post(reverse(URL), typed(40, umumkan="1", **wrong)).status_code == 422
    assert FeeSchedule.objects.count() == 1


def test_is_hidden_from_staff_without_the_permission(client: Client):
    client.force_login(make_user(is_staff=True))

    assert client.get(reverse(URL)).status_code == 404
