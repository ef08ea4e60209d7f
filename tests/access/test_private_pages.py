"""What someone who is logged in sees is kept by no cache."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.rules import ANONYMOUS
from tests.access.test_matrix import rules
from tests.access.world import make_world

pytestmark = pytest.mark.django_db
FOR_EVERYONE = ("accounts:regencies", "accounts:areas")  # the same list whoever asks


def test_no_page_of_a_member_may_be_kept() -> None:
    world = make_world()
    kept = []
    for name, rule in rules().items():
        members = sorted(rule.allowed - {ANONYMOUS})
        if "GET" not in rule.methods or name in FOR_EVERYONE or not members:
            continue
        client = Client()
        client.force_login(getattr(world, members[0]))
        answer = client.get(reverse(name, kwargs=rule.kwargs(world)))
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            kept.append(name)

    assert not kept


def test_a_guests_page_is_kept_by_no_shared_cache(client: Client) -> None:
    assert "private" in client.get("/").headers["Cache-Control"]


@pytest.mark.parametrize("name", FOR_EVERYONE)
def test_a_page_that_says_itself_how_long_it_may_be_kept_is_left_alone(client: Client, name: str) -> None:
    assert client.get(reverse(name)).headers["Cache-Control"] == "max-age=3600, public"
