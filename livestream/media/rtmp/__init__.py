"""RTMP as a client: sends a show outward, and fetches one that OBS sends to an engine.

Written by hand because libav holds the interpreter while it connects, does not check certificates,
resolves names by itself, and puts the key into an address that ends in error messages.
"""
