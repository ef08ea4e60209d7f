"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from tests import leftovers

hypothesis.register_profile("crowded machine", deadline=None)
hypothesis.load_profile("crowded machine")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Tests with real commits are cleaned up after in our own way."""
    with django_db_blocker.unblock():
        leftovers.remember_what_is_loaded()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: leftovers.take_away())
        yield


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Each test writes to a folder of its own, and hashes passwords cheaply."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LIVE_ROOT = tmp_path / "live"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    """A request to an English page leaves its language to the thread; the next test starts anew."""
    with translation.override("id"):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Rooms of an earlier test have no rules here."""
    from livestream.room import memory

    memory.forget()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    from django.core.cache import cache

    cache.clear()
