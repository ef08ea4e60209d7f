"""The QRIS sticker on a shop's counter: read once, then drawn for each order with its own amount."""

from __future__ import annotations

import re
from dataclasses import dataclass

import qriskit

NMID = re.compile(r"ID\d{13}")


class StickerRefused(Exception):
    """The code cannot be used. `code` says why, for the sentence that is shown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sticker:
    payload: str
    name: str
    city: str
    nmid: str
    acquirer: str


def read(texts: list[str]) -> Sticker:
    """The one QRIS among the codes of a photo. Raises StickerRefused."""
    payloads = sorted({text for text in texts if text.startswith("000201")})
    if not payloads:
        raise StickerRefused("no_qris" if texts else "no_code")
    if len(payloads) > 1:
        raise StickerRefused("several")
    return _checked(payloads[0])


def for_payment(payload: str, *, amount: int, reference: str) -> str:
    """The sticker's code for one payment: same merchant, exact amount, our reference."""
    return qriskit.parse(payload, strict=True).to_dynamic(amount, reference=reference).dumps()


def _checked(payload: str) -> Sticker:
    try:
        code = qriskit.parse(payload, strict=True)
    except qriskit.QRISValidationError as problem:
        damaged = any(issue.code.startswith("crc.") for issue in problem.issues)
        raise StickerRefused("damaged" if damaged else "invalid") from problem
    except qriskit.QRISError as problem:
        raise StickerRefused("invalid") from problem
    if code.tip is not None:  # the buyer would pay another sum than the order's
        raise StickerRefused("has_tip")
    if code.is_dynamic or code.amount is not None:
        raise StickerRefused("dynamic")
    if not NMID.fullmatch(code.nmid or ""):
        raise StickerRefused("no_nmid")
    return Sticker(
        payload=code.dumps(),
        name=code.merchant_name or "",
        city=code.merchant_city or "",
        nmid=code.nmid or "",
        acquirer=_acquirer(code),
    )


def _acquirer(code: qriskit.QRIS) -> str:
    named = [account.acquirer.name for account in code.merchant_accounts if account.acquirer]
    return named[0] if named else ""
