"""What a room offers for a while, and what it gives single buyers a right to."""

from deals.models.awards import Award
from deals.models.rules import Rule

__all__ = ["Award", "Rule"]
