from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from catalog.models import Shop
from shipping.operations import save_setup
from tests.couriers import Desk, answering
from tests.factories import make_shop


@pytest.fixture
def couriers(settings: Any) -> Iterator[Desk]:
    with answering(settings) as desk:
        yield desk


@pytest.fixture
def shop(db: None) -> Shop:
    """One that couriers fetch parcels from."""
    shop = make_shop()
    save_setup(
        shop,
        fields={
            "couriers": ["jne", "sicepat"],
            "contact": "Bu Sri",
            "phone": "+628123456789",
            "street": "Jl. Pasar 1",
            "postal_code": "55181",
        },
    )
    return shop
