from importlib import import_module

from django.apps import AppConfig


class BasketConfig(AppConfig):
    name = "basket"

    def ready(self) -> None:
        import_module("basket.sign_in")
