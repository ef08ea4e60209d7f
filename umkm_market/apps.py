"""How the market gathers its static files."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class MarketStaticFiles(StaticFilesConfig):
    # django-htmx brings extensions for another htmx; their imports lead nowhere when names are hashed.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "hx-*.js"]
