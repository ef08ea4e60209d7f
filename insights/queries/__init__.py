"""Reads of what a live sale achieved: while it runs, and afterwards."""
