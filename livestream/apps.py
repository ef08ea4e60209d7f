from importlib import import_module

from django.apps import AppConfig


class LivestreamConfig(AppConfig):
    name = "livestream"

    def ready(self) -> None:
        import_module("livestream.sign_out")
