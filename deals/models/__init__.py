"""What a room offers for a while, and what it gives single buyers a right to."""

from deals.models.auctions import Auction, AuctionBid
from deals.models.awards import Award
from deals.models.draws import Draw, DrawEntry
from deals.models.flash import LONGEST_MS, SHORTEST_MS, FlashDeal, FlashTake
from deals.models.keeps import Keep
from deals.models.promises import Promise
from deals.models.rules import Rule
from deals.models.turns import Turn
from deals.models.vouchers import Voucher, VoucherClaim, WatchTime

__all__ = [
    "LONGEST_MS",
    "SHORTEST_MS",
    "Auction",
    "AuctionBid",
    "Award",
    "Draw",
    "DrawEntry",
    "FlashDeal",
    "FlashTake",
    "Keep",
    "Promise",
    "Rule",
    "Turn",
    "Voucher",
    "VoucherClaim",
    "WatchTime",
]
