"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


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
