"""After a test with real commits the database is as the migrations made it."""

from __future__ import annotations

import uuid

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from accounts.models import Regency
from catalog.models import Category
from ledger.models import AccountKind, TransactionKind, Transfer
from ledger.operations import Leg, account, post
from livestream.models import BlockedWord
from livestream.operations import chat
from tests import leftovers
from tests.factories import make_session_on_air, make_user

pytestmark = pytest.mark.django_db(transaction=True)
LOADED = [Regency, Category, BlockedWord, ContentType]


def rows(*models):
    return {model.__name__: sorted(model.objects.values_list()) for model in models}


def test_what_was_written_is_gone_even_where_nothing_may_be_deleted():
    post(
        TransactionKind.SELLER_SETTLED,
        1,
        [Leg(account(AccountKind.ESCROW), account(AccountKind.SELLER_PAYABLE, 3), 700)],
    )
    chat.say(make_session_on_air(), sender=make_user(), text="halo", client_id=uuid.uuid4())
    assert Transfer.objects.exists()

    leftovers.take_away()

    has_rows = {model.__name__ for model in apps.get_models() if model._default_manager.exists()}
    assert has_rows & {"Transfer", "Transaction", "User", "LiveSession", "RoomEvent"} == set()


def test_what_the_migrations_loaded_is_back_as_it_was():
    before = rows(*LOADED)
    Regency.objects.filter(code="34.02").update(name="Kota Lain")
    Category.objects.all().delete()
    BlockedWord.objects.create(written="bawang", key="bawang")
    assert all(before.values())
    assert before != rows(*LOADED)

    leftovers.take_away()

    assert rows(*LOADED) == before
