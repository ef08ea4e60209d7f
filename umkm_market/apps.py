"""How the market gathers its static files, and when it learns of Celery."""

from importlib import import_module

from django.contrib.staticfiles.apps import StaticFilesConfig


class MarketStaticFiles(StaticFilesConfig):
    # django-htmx brings extensions for another htmx; their imports lead nowhere when names are hashed.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "hx-*.js"]

    def ready(self) -> None:
        """Tasks belong to our Celery application. Not in the package: the media process needs no Celery."""
        super().ready()
        import_module("umkm_market.celery")
