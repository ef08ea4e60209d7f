"""Views of livestream, by who they are for."""

from livestream.views import pages, plan, studio

__all__ = ["pages", "plan", "studio"]
