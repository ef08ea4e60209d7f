"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests with real commits are cleaned by emptying tables, which the ledger otherwise refuses."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_transfer_is_not_emptied")
        cursor.execute("ALTER TABLE ledger_transaction DISABLE TRIGGER ledger_transaction_is_not_emptied")


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Each test writes to a folder of its own, and hashes passwords cheaply."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LIVE_ROOT = tmp_path / "live"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    from django.core.cache import cache

    cache.clear()
