import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_ready_says_that_database_and_cache_answer(client: Client) -> None:
    assert client.get("/readyz").json() == {"database": True, "cache": True}
