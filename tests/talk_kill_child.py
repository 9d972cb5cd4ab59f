"""A visit talked about, released and answered, for killing: it tells what was called saved before it goes on.

`python -m tests.talk_kill_child FOLDER VISIT OUT` loads the program once and then, for each line `SEED FILE` on its
standard input, forks a process that works until it is killed, and answers with the process id. An even seed types
turns in the real Talk page; an odd one changes a claim, releases, saves the PDF in OUT and takes a reply in, over and
over. Each writes to FILE:

- `typed SECONDS TEXT` after each key, with `time.monotonic()` and the words that stand in the line;
- `turn TEXT`, `released NUMBER`, `copied SHA`, `reply SHA` for what was stored when the program said so.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf  # loaded before the fork
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.domain.evidence import ClaimKind
from observe_app.services import releases, replies, talk
from observe_app.services.copies import save_copy
from observe_app.services.core import subscribe
from observe_app.services.pdf import export, render
from observe_app.ui.bus import ChangeBus
from observe_app.ui.jobs import JobRunner
from observe_app.ui.talk import TalkTab
from observe_app.ui.theme import ThemeController
from tests.services.reply_samples import filled

if TYPE_CHECKING:
    from observe_app.services.core import Core

_PAUSE_MS = 3
_LOADED = pypdf, export, render


class Talker(QObject):
    """Types turns without end, changing who speaks and which prompt is asked."""

    def __init__(self, tab: TalkTab, seed: int) -> None:
        super().__init__(tab)
        self._tab, self._seed = tab, seed
        self._random = random.Random(seed)
        self._number = 0
        self._pending: list[str] = []
        self._text = ""
        tab.saved.connect(self._on_saved)

    @Slot()
    def step(self) -> None:
        """Press the next key."""
        edit = self._tab.conversation.entry.text
        if not self._pending:
            self._number += 1
            words = " ".join(self._random.choices(("waits", "on", "fingers", "asks", "why", "pause"), k=4))
            self._text = f"turn {self._number} of {self._seed} {words}"
            self._pending = [*self._text, "\n"]
            edit.set_text("")
            if self._random.random() < 0.3:
                QTest.keyClick(edit, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
            if self._random.random() < 0.3:
                way = self._random.choice((Qt.Key.Key_Down, Qt.Key.Key_Up))
                QTest.keyClick(edit, way, Qt.KeyboardModifier.ControlModifier)
        key = self._pending.pop(0)
        if key == "\n":
            QTest.keyClick(edit, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(edit, key)
            print(f"typed {time.monotonic():.3f} {edit.text()}", flush=True)

    @Slot(object)
    def _on_saved(self, _at: object = None) -> None:
        # The line is empty only after its turn is stored.
        if not self._pending and self._text and not self._tab.conversation.entry.words:
            print(f"turn {self._text}", flush=True)
            self._text = ""


def type_turns(folder: Path, visit_id: str, seed: int) -> None:
    """Open the data folder and the visit and type."""
    app = QApplication([])
    ThemeController(app)
    core = wire_core(folder)
    bus = ChangeBus()
    subscribe(core, bus.publish)
    tab = TalkTab(core, visit_id, JobRunner(), bus)
    tab.resize(1290, 700)
    tab.show()
    tab.activate()
    tab.conversation.entry.text.write()
    talker = Talker(tab, seed)
    timer = QTimer()
    timer.timeout.connect(talker.step)
    timer.start(_PAUSE_MS)
    app.exec()


def let_out(folder: Path, visit_id: str, seed: int, out: Path) -> None:
    """Correct, release, save and take in, over and over."""
    core = wire_core(folder)
    print("begun", flush=True)
    number = 0
    while True:
        number += 1
        one_round(core, visit_id, f"{seed}-{number}", out)


def one_round(core: Core, visit_id: str, name: str, out: Path) -> None:
    """Make one revision, one file and one reply."""
    for claim in talk.claims(core, visit_id):
        if claim.kind is ClaimKind.QUESTION:
            talk.delete_claim(core, claim_id=claim.id, seen=talk.open_claim(core, claim.id).seen)
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.QUESTION, title=f"Question {name}")
    release = releases.release(core, visit_id=visit_id, why=name)
    print(f"released {release.number}", flush=True)
    pdf, _result = render.render_bytes(releases.document_of(release))
    save_copy(
        core, release=release, reader="Amina", scope="summary", target=out / f"given {name}.pdf", data=pdf
    )  # fmt: skip
    print(f"copied {hashlib.sha256(pdf).hexdigest()}", flush=True)
    back = out.parent / f"back {name}"
    back.write_bytes(filled(pdf, {"overall": f"Words of {name}", "readers": f"Reader {name}"}, {1: "agree"}))
    found = replies.import_reply(core, back)
    print(f"reply {found.reply.sha256}", flush=True)
    back.unlink()


def serve(folder: Path, visit_id: str, out: Path) -> None:
    """Fork for each line of the standard input; nothing of Qt runs in this process itself."""
    for line in sys.stdin:
        seed, _, name = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            said = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(said, 1)
            if int(seed) % 2:
                let_out(folder, visit_id, int(seed), out)
            else:
                type_turns(folder, visit_id, int(seed))
            os._exit(3)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print(-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
