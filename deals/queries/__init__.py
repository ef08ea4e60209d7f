"""Reads of what a room offers for a while, and the price rule."""

from deals.queries.prices import Price, price_for, prices_for

__all__ = ["Price", "price_for", "prices_for"]
