"""Midtrans on one machine: the same HTTP API, signed notices, and a bank app with one button.

It stands in for the gateway wherever no real money should move. It is a process of its own, and shares
nothing with the market but the wire and a Valkey server.
"""
