"""Whose basket it is: a person's in the database, or a guest's in their session."""

from __future__ import annotations

from typing import Protocol

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.models import User
from basket import guests, operations, queries
from basket.operations import Kept


class Keeper(Protocol):
    buyer: User | None

    @property
    def name(self) -> str: ...  # of its owner, to count by
    def items(self) -> list[Kept]: ...
    def count(self) -> int: ...
    def put(self, item: Kept) -> None: ...
    def change(self, item: Kept) -> None: ...
    def remove(self, variant_id: int) -> Kept | None: ...


class MemberKeeper:
    def __init__(self, buyer: User) -> None:
        self.buyer: User | None = buyer
        self._buyer = buyer

    @property
    def name(self) -> str:
        return str(self._buyer.pk)

    def items(self) -> list[Kept]:
        return queries.items_of(self._buyer)

    def count(self) -> int:
        return queries.kinds_in(self._buyer)

    def put(self, item: Kept) -> None:
        operations.put(self._buyer, item)

    def change(self, item: Kept) -> None:
        operations.change(self._buyer, item)

    def remove(self, variant_id: int) -> Kept | None:
        return operations.remove(self._buyer, variant_id)


class GuestKeeper:
    buyer: User | None = None

    def __init__(self, session: SessionBase) -> None:
        self._session = session

    @property
    def name(self) -> str:
        return self._session.session_key or "new"

    def items(self) -> list[Kept]:
        return guests.items(self._session)

    def count(self) -> int:
        return len(self.items())

    def put(self, item: Kept) -> None:
        guests.put(self._session, item)

    def change(self, item: Kept) -> None:
        guests.change(self._session, item)

    def remove(self, variant_id: int) -> Kept | None:
        return guests.remove(self._session, variant_id)


def keeper_of(request: HttpRequest) -> Keeper:
    return MemberKeeper(request.user) if request.user.is_authenticated else GuestKeeper(request.session)
