"""Every write to what a room offers for a while."""

from deals.operations.awards import grant_award

__all__ = ["grant_award"]
