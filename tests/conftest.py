"""What every test may use."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests with real commits are cleaned by emptying tables, which the ledger otherwise refuses."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_transfer_is_not_emptied")
        cursor.execute("ALTER TABLE ledger_transaction DISABLE TRIGGER ledger_transaction_is_not_emptied")


@pytest.fixture(scope="session", autouse=True)
def rows_that_migrations_load() -> None:
    """Emptied tables get the rows back that every market has: regencies, categories, the first fees."""
    from django.apps import apps
    from django.db.models.signals import post_migrate

    regencies = importlib.import_module("accounts.migrations.0002_load_regencies")
    categories = importlib.import_module("catalog.migrations.0003_load_categories")
    fees = importlib.import_module("fees.migrations.0002_refuse_changes_and_begin")

    def refill(**_: object) -> None:
        if not apps.get_model("accounts", "Regency").objects.exists():
            regencies.load(apps, None)
            categories.load(apps, None)
            fees.begin(apps, None)

    post_migrate.connect(refill, sender=apps.get_app_config("catalog"), weak=False)


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
