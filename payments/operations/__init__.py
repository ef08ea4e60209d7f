"""Every write about money from buyers."""

from payments.operations.charges import NotPayable, open_charge, record_cod_payment
from payments.operations.notices import apply_notice, record_notice
from payments.operations.refunds import give_back, record_manual_refund, retry_refunds
from payments.operations.settling import apply_answer, check_old_charges

__all__ = [
    "NotPayable",
    "apply_answer",
    "apply_notice",
    "check_old_charges",
    "give_back",
    "open_charge",
    "record_cod_payment",
    "record_manual_refund",
    "record_notice",
    "retry_refunds",
]
