"""Every address, every method, every actor: the door opens only where the rules say so."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.access.rules import ANONYMOUS, EVERYONE, STAFF, Access
from tests.access.world import World, make_world

METHODS = ("GET", "POST")
ODD_METHODS = ("PUT", "PATCH", "DELETE")  # nothing here is made for them
# Django's own pages and allauth's guard themselves, and are tested where they are made.
FOREIGN = ("admin:", "account_", "socialaccount_", "set_language")
REFUSED = {403, 404, 405}


def named_addresses() -> Iterator[str]:
    """Every URL name of the project, with its namespaces."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if not inner.startswith(FOREIGN):
                yield from _walk(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"{pattern} has no name, so nothing can say who may call it"
            yield f"{prefix}{pattern.name}"


def rules() -> dict[str, Access]:
    gathered: dict[str, Access] = {}
    for config in apps.get_app_configs():
        try:
            module = importlib.import_module(f"tests.{config.label}.access")
        except ModuleNotFoundError:
            continue
        assert not gathered.keys() & module.ACCESS.keys()
        gathered |= module.ACCESS
    from tests.setup.access import ACCESS

    return gathered | ACCESS


OURS = sorted({name for name in named_addresses() if not name.startswith(FOREIGN)})


@pytest.mark.django_db
def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert set(rules()) == set(OURS)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; the tests below change nothing that is refused, and roll back what is not."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def client_of(world: World, django_db_blocker: Any) -> Iterator[Any]:
    def make(actor: str) -> Client:
        client = Client()
        if actor != ANONYMOUS:
            client.force_login(getattr(world, actor))
        return client

    with django_db_blocker.unblock(), transaction.atomic():
        yield make
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", OURS)
def test_the_door_opens_only_for_those_the_rule_names(name: str, world: World, client_of: Any) -> None:
    rule = rules()[name]
    try:
        path = reverse(name, kwargs=rule.kwargs(world))
    except NoReverseMatch as problem:
        pytest.fail(f"{name}: the rule's kwargs do not fit: {problem}")

    for actor in sorted(EVERYONE):
        for method in METHODS:
            with transaction.atomic():  # what one may do is still there for the next
                check(rule, path, client_of(actor), actor, method, world)
                transaction.set_rollback(True)
    for method in ODD_METHODS:
        actor = min(rule.allowed, default=STAFF)
        check(rule, path, client_of(actor), actor, method, world)


def check(rule: Access, path: str, client: Client, actor: str, method: str, world: World) -> None:
    answer = client.generic(
        method,
        path,
        data=_encoded(rule.fields(world)) if method == "POST" else b"",
        content_type="application/x-www-form-urlencoded",
    )

    opened = not _is_refusal(answer)
    expected = actor in rule.allowed and method in rule.methods
    assert opened == expected, f"{actor} {method} {path}: {answer.status_code}"
    assert answer.status_code < 500, f"{actor} {method} {path}: {answer.status_code}"


def _encoded(fields: dict[str, Any]) -> bytes:
    from urllib.parse import urlencode

    return urlencode(fields, doseq=True).encode()


def _is_refusal(answer: Any) -> bool:
    """Not found, forbidden, wrong method, or sent to the log-in page."""
    if answer.status_code in REFUSED | {401}:
        return True
    return bool(answer.status_code == 302 and answer["Location"].startswith(reverse("account_login")))
