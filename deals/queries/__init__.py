"""Reads of what a room offers for a while, and the price rule."""
