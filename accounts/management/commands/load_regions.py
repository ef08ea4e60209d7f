"""Loads the districts and villages of Indonesia. May run again: it writes only what differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import regions
from accounts.models import Area


class Command(BaseCommand):
    help = "Load districts and villages from accounts/data/areas.csv.xz"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="leave a table alone that has rows")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Area.objects.exists():
            return
        changed = regions.load(regions.rows())
        self.stdout.write(f"{Area.objects.count()} districts and villages, {changed} of them changed")
