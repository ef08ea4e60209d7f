"""nginx with its RTMP module, for tests with a real engine: what is there, else Debian's when root."""

import os
import shutil
import subprocess
from pathlib import Path

PACKAGES = ("nginx", "libnginx-mod-rtmp")
MODULES = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"), Path("/etc/nginx/modules"))
NAME = "ngx_rtmp_module.so"


def find() -> tuple[str, Path] | None:
    """The program and its module."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    module = next((folder / NAME for folder in MODULES if (folder / NAME).exists()), None)
    return (program, module) if program and module else None


def install() -> None:
    """Only where that is possible without asking; a machine that cannot keeps what it has."""
    if find() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Debian would start its own nginx at once; nobody asked for a web server on port 80.
    policy = Path("/usr/sbin/policy-rc.d")
    is_ours = not policy.exists()
    if is_ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        subprocess.run(["apt-get", "-qq", "update"], env=quiet, check=False)
        command = ["apt-get", "-qq", "-y", "install", "--no-install-recommends", *PACKAGES]
        subprocess.run(command, env=quiet, check=False)
    finally:
        if is_ours:
            policy.unlink()


if __name__ == "__main__":
    install()
