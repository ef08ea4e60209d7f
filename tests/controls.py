"""Runs without the protection that would cost the suite too much: `CONTROLS=1 pytest tests/…` makes them."""

from __future__ import annotations

import os

import pytest

by_hand = pytest.mark.skipif("CONTROLS" not in os.environ, reason="a control by hand: CONTROLS=1")
