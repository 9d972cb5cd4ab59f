"""A note typed through the real Observe tab while the system itself refuses: what the screen says, as JSON.

Faults: `fsync` makes fsync and fdatasync fail with EIO for this process (Linux, by a filter of system calls);
`growth` forbids files to grow beyond what the log has now. Only the second can be lifted again.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import resource
import struct
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.services.core import close
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe.tab import ObserveTab
from observe_app.ui.theme import ThemeController

_CALLS = {"x86_64": (0xC000003E, 74, 75), "aarch64": (0xC00000B7, 82, 83)}  # audit arch, fsync, fdatasync
_EIO = 5
UNAVAILABLE = 77


def fail_fsync() -> bool:
    """Let fsync and fdatasync fail from now on; False where this machine does not allow it."""
    if platform.machine() not in _CALLS or sys.platform != "linux":
        return False
    arch, fsync, fdatasync = _CALLS[platform.machine()]
    load, equal, ret, allow, errno = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000
    rules = [(load, 0, 0, 4), (equal, 0, 4, arch), (load, 0, 0, 0), (equal, 1, 0, fsync), (equal, 0, 1, fdatasync)]
    rules += [(ret, 0, 0, errno | _EIO), (ret, 0, 0, allow)]
    program = b"".join(struct.pack("HBBI", *rule) for rule in rules)
    buffer = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(rules), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    return not libc.prctl(38, 1, 0, 0, 0) and not libc.prctl(22, 2, ctypes.create_string_buffer(head, len(head)))


def main() -> int:
    """Open folder and visit, store a note, break the system, write another, say what came of it."""
    folder, visit_id, fault = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    app = QApplication([])
    ThemeController(app)
    core = wire_core(folder, busy_ms=50)
    tab = ObserveTab(core, ChangeBus())
    tab.resize(1200, 640)
    tab.show()
    tab.open_visit(visit_id)
    tab.focus_line()
    edit = tab.line.edit
    saved: list[str] = []
    tab.keeper.stored.connect(lambda event: saved.append(event.text))
    QTest.keyClicks(edit, "T before the fault")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    if fault == "growth":
        resource.setrlimit(
            resource.RLIMIT_FSIZE, (core.files.database.with_name("observe.sqlite-wal").stat().st_size, limits[1])
        )
    elif not fail_fsync():
        return UNAVAILABLE
    QTest.keyClicks(edit, "T while it is broken")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    message = tab.message_bar.message
    told = {
        "saved": list(saved),
        "line": tab.line.line,
        "message": message.text if message else "",
        "copy": str(tab.keeper.copy_path or ""),
    }
    if fault == "growth":
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        patience = time.monotonic() + 20
        while len(saved) < 2 and time.monotonic() < patience:
            app.processEvents()
            time.sleep(0.01)
        told["later"] = list(saved)
    print(json.dumps(told), flush=True)
    if fault == "growth":
        tab.leave()
        tab.close()
        close(core)
    os._exit(0)  # nothing that could still be written is waited for


if __name__ == "__main__":
    sys.exit(main())
