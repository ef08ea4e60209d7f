"""Reads of settlements and payouts."""
