"""Chromium for the browser journeys: the one on PATH, else Debian's when root, else Playwright's."""

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-noto-color-emoji")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in NAMES):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "-qq", "update"], check=True)
        subprocess.run(
            ["apt-get", "-qq", "-y", "install", "--no-install-recommends", *PACKAGES],
            check=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    main()
