"""The courier aggregator on one machine: the same HTTP API, its webhook, and a counter with buttons.

A process of its own that shares nothing with the market but the wire and a Valkey server.
"""
