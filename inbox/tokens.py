"""Links by which whoever got a notice stops such notices with one press, logged in or not."""

from __future__ import annotations

from typing import NamedTuple

from django.core import signing

from inbox.models import MARKETING, Kind, Notice

SALT = "inbox.off"


class Off(NamedTuple):
    """What is to be switched off: mails and pushes of a kind, or of a marketing kind all of one shop."""

    user_id: int
    kind: Kind
    shop_id: int | None


def off_token(notice: Notice) -> str:
    """Nobody else can make it, and it stops nothing else."""
    shop_id = notice.shop_id if notice.kind in MARKETING else None
    return signing.dumps([notice.user_id, notice.kind, shop_id], salt=SALT)


def read_off_token(token: str) -> Off | None:
    try:
        user_id, kind, shop_id = signing.loads(token, salt=SALT)
        return Off(user_id, Kind(kind), shop_id)
    except (signing.BadSignature, ValueError, TypeError):
        return None
