"""The basket of somebody who has not logged in: a few numbers in their session."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from basket.operations.items import Full, Kept, most_is_reached

KEY = "basket"
Row = list[int | None]  # quantity, price seen, session, how far the show was


def items(session: SessionBase) -> list[Kept]:
    """In the order in which they were put in."""
    return [Kept(int(pk), *row) for pk, row in _rows(session).items()]


def put(session: SessionBase, item: Kept) -> None:
    """Beside what is in it already. Raises Full."""
    known = {kept.variant_id: kept for kept in items(session)}
    if item.variant_id not in known and most_is_reached(len(known)):
        raise Full
    _keep(session, item.beside(known.get(item.variant_id)))


def change(session: SessionBase, item: Kept) -> None:
    """So many, and no longer what was said before; nothing when it is not in there."""
    if str(item.variant_id) in _rows(session):
        _keep(session, item)


def remove(session: SessionBase, variant_id: int) -> Kept | None:
    rows = _rows(session)
    row = rows.pop(str(variant_id), None)
    session[KEY] = rows
    return Kept(variant_id, *row) if row else None


def take_out_all(session: SessionBase) -> list[Kept]:
    kept = items(session)
    session.pop(KEY, None)
    return kept


def _keep(session: SessionBase, item: Kept) -> None:
    row = [item.quantity, item.price_seen, item.session_id, item.session_ms]
    session[KEY] = {**_rows(session), str(item.variant_id): row}


def _rows(session: SessionBase) -> dict[str, Any]:
    return dict(session.get(KEY, {}))
