"""A real headless Chromium with a PDF open in its viewer: clicks, types and saves as a person does.

It is spoken to through the pipe of its debugging protocol, which needs no socket and no library. Saving asks the viewer
for the same bytes that its button "Save with your changes" writes; only the dialog that asks for a place is left out,
as a browser without a screen has none.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PATIENCE = 60.0  # seconds; the first start on a busy machine takes its time

_PLACE = """(() => {
  const viewer = document.querySelector('pdf-viewer');
  const plugin = viewer && viewer.shadowRoot.querySelector('#plugin');
  if (!plugin || !viewer.viewport || !viewer.documentDimensions) return null;
  const box = plugin.getBoundingClientRect(), page = viewer.viewport.getPageScreenRect(PAGE);
  return page.width > 10 ? [box.x + page.x, box.y + page.y, page.width, page.height] : null;
})()"""
_SHOW = "document.querySelector('pdf-viewer').viewport.goToPage(PAGE)"
_SAVE = """(async () => {
  const saved = await document.querySelector('pdf-viewer').currentController.save('EDITED');
  const bytes = new Uint8Array(saved.dataToSave);
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
})()"""


class Viewer:
    """One PDF in one window; a context manager that ends the browser."""

    def __init__(self, path: Path, home: Path) -> None:
        to_read, self._writes = os.pipe()
        self._reads, to_write = os.pipe()
        words = [
            str(PROGRAM), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--remote-debugging-pipe", "--window-size=1100,1500", f"--user-data-dir={home}",
        ]  # fmt: skip
        # It reads from 3 and writes to 4, whatever numbers the pipes have here.
        line = f'exec "$@" 3<&{to_read} 4>&{to_write}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", line, "bash", *words],
            pass_fds=(to_read, to_write), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_read)
        os.close(to_write)
        self._rest, self._number = b"", 0
        self._url = path.as_uri()

    def __enter__(self) -> Self:
        target = self._ask("Target.createTarget", {"url": self._url})["targetId"]
        self._window = self._attached(target)
        self._viewer = self._attached(self._until(self._viewer_target))
        return self

    def __exit__(self, *_error: object) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        os.close(self._writes)
        os.close(self._reads)

    def click(self, page: int, x: float, y: float, *, height: float, width: float) -> None:
        """Click on a place of a page, given in points from the page's lower left corner."""
        self._evaluate(_SHOW.replace("PAGE", str(page)))
        left, top, across, down = self._until(lambda: self._evaluate(_PLACE.replace("PAGE", str(page))))
        place = {"x": left + x * across / width, "y": top + (height - y) * down / height}
        self._mouse("mouseMoved", place)
        self._mouse("mousePressed", place, button="left", buttons=1, clickCount=1)
        self._mouse("mouseReleased", place, button="left", buttons=0, clickCount=1)

    def type(self, text: str) -> None:
        """Type into the field that has the focus; a line feed is the Return key."""
        for number, line in enumerate(text.split("\n")):
            if number:
                key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
                self._ask("Input.dispatchKeyEvent", {"type": "keyDown", "text": "\r", **key}, self._window)
                self._ask("Input.dispatchKeyEvent", {"type": "keyUp", **key}, self._window)
            self._ask("Input.insertText", {"text": line}, self._window)

    def saved(self) -> bytes:
        """Return the file as "Save with your changes" writes it."""
        return base64.b64decode(self._evaluate(_SAVE))

    def _mouse(self, kind: str, place: dict[str, float], **more: Any) -> None:
        self._ask("Input.dispatchMouseEvent", {"type": kind, **place, **more}, self._window)

    def _viewer_target(self) -> str | None:
        targets = self._ask("Target.getTargets", {"filter": [{}]})["targetInfos"]
        found = [one["targetId"] for one in targets if one["url"].startswith("chrome-extension://")]
        return found[0] if found else None

    def _attached(self, target: str) -> str:
        return str(self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"])

    def _evaluate(self, expression: str) -> Any:
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        return self._ask("Runtime.evaluate", asked, self._viewer)["result"].get("value")

    def _until(self, condition: Any) -> Any:
        """Return what a question says once it says anything."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            select.select([self._reads], [], [], 0.05)
        raise TimeoutError

    def _ask(self, method: str, parameters: dict[str, Any], session: str = "") -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        os.write(self._writes, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            told = self._next(end - time.monotonic())
            if told.get("id") == self._number:
                assert "error" not in told, told["error"]
                return dict(told["result"])
        raise TimeoutError(method)

    def _next(self, seconds: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select.select([self._reads], [], [], max(seconds, 0))[0]:
                raise TimeoutError
            block = os.read(self._reads, 1 << 20)
            if not block:
                raise EOFError
            self._rest += block
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))
