"""Charges, what gateways and people told us about them, and money on its way back."""

from payments.models.charges import Charge, ChargePart, Purpose
from payments.models.cod import DoorStory
from payments.models.notices import GatewayNotice
from payments.models.proofs import Proof
from payments.models.refunds import BankRefund, Refund, RefundLine
from payments.models.shops import MethodPause, ShopTill
from payments.models.tickets import Ticket, TicketNote

__all__ = [
    "BankRefund",
    "Charge",
    "ChargePart",
    "DoorStory",
    "GatewayNotice",
    "MethodPause",
    "Proof",
    "Purpose",
    "Refund",
    "RefundLine",
    "ShopTill",
    "Ticket",
    "TicketNote",
]
