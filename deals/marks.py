"""A person's mark in one room: their own page knows it, to everybody else it says nothing."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def mark_of(session_id: int, user_id: int) -> str:
    return salted_hmac("deals.marks", f"{session_id}:{user_id}").hexdigest()[:16]


def ticket_of(user_id: int) -> str:
    """The ticket a person enters every draw with: always the same, and known to nobody else."""
    return salted_hmac("deals.tickets", str(user_id)).hexdigest()[:20].upper()
