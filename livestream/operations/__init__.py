"""Every write of livestream."""
