"""`manage.py demo`: the demo market, loaded once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import operations


class Command(BaseCommand):
    help = "Loads 24 demo shops with drawn pictures, people to log in as, and tonight's programme."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo's people all have the same printed password: not in production.")
        if operations.is_loaded():
            return
        self.stdout.write("Pasar contoh sedang disiapkan; hanya kali ini.")
        operations.load(self._show_progress)
        self.stdout.write("")

    def _show_progress(self, done: int, total: int) -> None:
        self.stdout.write(f"\r  menggambar {done} dari {total} barang", ending="")
        self.stdout.flush()
