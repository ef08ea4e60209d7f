"""Reads of payments."""

from payments.queries.charges import deposit_part, part_of, parts_of, waiting_notice_ids
from payments.queries.doors import deposit_of, level_of
from payments.queries.limits import Standing, standing
from payments.queries.offers import Offer, offers_for, offers_for_all, till_of

__all__ = [
    "Offer",
    "Standing",
    "deposit_of",
    "deposit_part",
    "level_of",
    "offers_for",
    "offers_for_all",
    "part_of",
    "parts_of",
    "standing",
    "till_of",
    "waiting_notice_ids",
]
