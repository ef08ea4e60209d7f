"""Every write to what a room offers for a while."""

from deals.operations.awards import grant_award
from deals.operations.counting import DealGone, Held, give_back, take_again
from deals.operations.flash import close_finished_deals, start_flash_deal, stop_flash_deal

__all__ = [
    "DealGone",
    "Held",
    "close_finished_deals",
    "give_back",
    "grant_award",
    "start_flash_deal",
    "stop_flash_deal",
    "take_again",
]
