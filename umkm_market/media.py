"""`python -m umkm_market.media HOST PORT`: one media process.

While another one owns the data folder it waits, with everything loaded, and begins the moment the
other is gone.
"""

from __future__ import annotations

import os
import sys

import django
import uvicorn


def main() -> None:
    host, port = sys.argv[1], int(sys.argv[2])
    os.environ.setdefault("DATABASE_POOL", "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "umkm_market.media_settings"
    django.setup()

    from livestream.media.assembly import media_app

    app = media_app()
    app.ownership.wait()
    uvicorn.run(
        app,
        host=host,
        port=port,
        ws_max_size=2_097_152,
        ws_per_message_deflate=False,
        ws_ping_interval=5,
        ws_ping_timeout=10,
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
