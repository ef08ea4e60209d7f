"""What a browser's journey leaves behind when it fails, and an end to what would never end."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

from umkm_market.engines import BASE_DIR

CLOSES_WITHIN_S = 15
LEFT_BEHIND = BASE_DIR / "var" / "journeys"
# The console names the page that broke the content policy; this names the element as well.
BREAKS_THE_POLICY = """document.addEventListener("securitypolicyviolation", (event) => {
    const element = event.target instanceof Element ? event.target.outerHTML.slice(0, 200) : "";
    const place = `${event.sourceFile}:${event.lineNumber}:${event.columnNumber}`;
    console.error(`content policy: ${event.effectiveDirective} ${event.blockedURI} at ${place} ${element}`);
});"""


class Ear:
    """Hears what the console of a page complains about, and where."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[str] = []
        page.add_init_script(BREAKS_THE_POLICY)
        page.on("console", self._hear)
        page.on("pageerror", lambda problem: self.heard.append(f"script: {problem} (on {page.url})"))

    def broken_policy(self) -> list[str]:
        return [line for line in self.heard if re.search("content (security )?policy", line, re.IGNORECASE)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = f"{message.location['url']}:{message.location['lineNumber']}"
            self.heard.append(f"console: {message.text} (at {place}, on {self.page.url})")


def leave_behind(name: str, contexts: list[BrowserContext], ears: list[Ear]) -> None:
    """Where every page was, what it said and how it looked, under `var/journeys/`."""
    folder = LEFT_BEHIND / re.sub(r"\W+", "-", name)
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    said = {ear.page: ear.heard for ear in ears}
    lines = [f"{number} {page.url}\n{_indented(said.get(page, []))}" for number, page in enumerate(pages)]
    (folder / "pages.txt").write_text("\n".join(lines))
    for number, page in enumerate(pages):
        with contextlib.suppress(Error):
            page.screenshot(path=folder / f"{number}.png", timeout=5_000)
    print(f"What the pages looked like lies in {folder}.")


def _indented(lines: list[str]) -> str:
    return "".join(f"    {line}\n" for line in lines[-20:])


@contextlib.contextmanager
def killed_after(seconds: float, browser: Browser) -> Iterator[None]:
    """A browser that lets us wait longer is killed, and whoever waits for it hears an error.

    Chromium was once seen to close a page in the middle of a navigation for as long as anyone waited.
    """
    killer = threading.Timer(seconds, _kill_chromium)
    killer.start()
    try:
        yield
    except Error as problem:
        if browser.is_connected():
            raise
        print(f"The browser did not answer for {seconds:.0f} s and was killed: {problem.message[:200]}")
    finally:
        killer.cancel()


def _kill_chromium() -> None:
    """All browsers below this process, however deep."""
    listed = subprocess.run(["ps", "-axwwo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    ours = {os.getpid()}
    while more := {int(pid) for pid, parent, *_ in rows if int(parent) in ours} - ours:
        ours |= more
    for pid, _, *words in rows:
        if int(pid) in ours and "--remote-debugging-pipe" in " ".join(words):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


def closed_in_time(browser: Browser, close: Callable[[], None]) -> None:
    with killed_after(CLOSES_WITHIN_S, browser):
        close()
