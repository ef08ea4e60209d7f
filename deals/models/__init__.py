"""What a room offers for a while, and what it gives single buyers a right to."""

from deals.models.auctions import Auction, AuctionBid
from deals.models.awards import Award
from deals.models.draws import Draw, DrawEntry
from deals.models.keeps import Keep
from deals.models.promises import Promise
from deals.models.rules import Rule

__all__ = ["Auction", "AuctionBid", "Award", "Draw", "DrawEntry", "Keep", "Promise", "Rule"]
