#!/usr/bin/env python
"""Django's command line, with the market's engines running."""

import os
import sys

from umkm_market import engines


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_market.settings")
    try:
        engines.check_urls()
        with engines.running():
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except engines.EngineProblem as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
