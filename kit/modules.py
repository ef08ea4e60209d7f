"""Puts a JavaScript module and everything it imports into one file, so that a page fetches one.

Understands what our modules use: `import { a, b as c } from "./x.js";`, `import "./x.js";` and exported
classes, functions and constants. Each module keeps a scope of its own. `import("…")` stays what it is;
comments that stand on lines of their own and indentation stay behind.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

Read = Callable[[str], str]  # the text of a module, by its path

_IMPORT = re.compile(r'^import\s+(?:\{(?P<names>[^}]*)\}\s*from\s*)?"(?P<path>\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(
    r"^export (?P<kind>class|function\*?|async function\*?|const|let) (?P<name>[\w$]+)", re.MULTILINE
)
_LATER = re.compile(r'import\("(\.[^"]+)"\)')
_COMMENT = re.compile(r"^[ \t]*(//[^\n]*|/\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_OTHER = re.compile(r"^(import\s[^(]|export\s)", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class NotUnderstood(Exception):
    """A form of import or export that is not among ours."""


def gather(entry: str, read: Read) -> str:
    """The module at `entry` with all its imports before it, in the order in which they would run."""
    scopes: dict[str, str] = {}
    _add(entry, read, scopes, home=posixpath.dirname(entry), above=())
    return "".join(scopes.values())


def _add(path: str, read: Read, scopes: dict[str, str], *, home: str, above: tuple[str, ...]) -> None:
    if path in above:
        raise NotUnderstood(f"{path} imports itself through {above[-1]}")
    if path in scopes:
        return
    source = read(path)
    for found in _IMPORT.finditer(source):
        _add(_beside(path, found["path"]), read, scopes, home=home, above=(*above, path))
    scopes[path] = _scope(path, source, home)


def _scope(path: str, source: str, home: str) -> str:
    """The module as a function that runs once and hands out its exports."""
    exported = [found["name"] for found in _EXPORT.finditer(source)]
    body = _IMPORT.sub(lambda found: _taken(path, found), source)
    body = _EXPORT.sub(r"\g<kind> \g<name>", body)
    body = _LATER.sub(lambda found: f'import("{_from_home(path, found[1], home)}")', body)
    if other := _OTHER.search(body):
        raise NotUnderstood(f"{path}: {body[other.start() :].splitlines()[0]}")
    body = _COMMENT.sub("", body)
    if any(line.count("`") % 2 for line in body.splitlines()):
        raise NotUnderstood(f"{path}: a template that goes over lines")
    body = _INDENT.sub("", body)
    return f"const {_name(path)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"


def _taken(path: str, found: re.Match[str]) -> str:
    if found["names"] is None:
        return ""
    names = [name.strip().replace(" as ", ": ") for name in found["names"].split(",") if name.strip()]
    return f"const {{ {', '.join(names)} }} = {_name(_beside(path, found['path']))};\n"


def _beside(path: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


def _from_home(path: str, relative: str, home: str) -> str:
    """The same address, seen from the gathered file."""
    moved = posixpath.relpath(_beside(path, relative), home)
    return moved if moved.startswith(".") else f"./{moved}"


def _name(path: str) -> str:
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))
