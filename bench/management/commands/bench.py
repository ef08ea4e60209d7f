"""`manage.py bench NAME [--json]`: ours against a baseline measured in the same run."""

from __future__ import annotations

import importlib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bench.report import as_json, as_table

NAMES = ("chat", "checkout", "killed", "pages", "video", "settle", "soak")


class Command(BaseCommand):
    help = "Measures one part of the market; starts what it needs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=NAMES)
        parser.add_argument("--json", action="store_true", help="one JSON object on one line")
        parser.add_argument("--quick", action="store_true", help="a short run, to see that it works")

    def handle(self, *args: Any, **options: Any) -> None:
        bench = importlib.import_module(f"bench.{options['name']}")
        figures = bench.run(options)
        write = as_json if options["json"] else as_table
        self.stdout.write(write(options["name"], figures))
