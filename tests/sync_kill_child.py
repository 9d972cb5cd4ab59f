"""An installation that writes and shares through a folder until it is killed; it tells what it calls saved.

`python -m tests.sync_kill_child FOLDER VISIT` loads the program once and then, for each line `SEED FILE` on its
standard input, forks one that types notes while its rounds run beside, and answers with the process id, then with how
it ended. Each writes `saved ID WORDS` for a note, `edited ID WORDS` for one written anew, `gone ID` for one deleted,
and `round SENT` for each round.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.clock import SystemClock
from observe_app.services import notes
from observe_app.services.sync import rounds

if TYPE_CHECKING:
    from observe_app.services.core import Core


_PAUSE_S = 0.005


def work(folder: Path, visit_id: str, seed: int) -> None:
    """Type without end while another thread brings it into the shared folder."""
    core = wire_core(folder, clock=SystemClock())
    threading.Thread(target=share, args=(core,), daemon=True).start()
    dice, count, mine, pause = random.Random(seed), 0, [], threading.Event()
    while True:
        count += 1
        pause.wait(_PAUSE_S)
        words = f"note {count} of {seed} {dice.getrandbits(32):08x}"
        chance = dice.random()
        if chance < 0.75 or not mine:
            mine.append(notes.add(core, visit_id=visit_id, line=words, offset_ms=count * 1000).id)
            say(f"saved {mine[-1]} {words}")
        else:
            event = dice.choice(mine)
            seen = notes.open_note(core, event).seen
            if chance < 0.95:
                notes.edit(core, event_id=event, line=words, seen=seen)
                say(f"edited {event} {words}")
            else:
                mine.remove(event)
                notes.delete(core, event_id=event, seen=seen)
                say(f"gone {event}")


def share(core: Core) -> None:
    """Do one round after the other."""
    while True:
        reports = rounds.run_round(core)
        say(f"round {sum(report.sent for report in reports)}")


def say(line: str) -> None:
    """Tell the parent at once, in one piece."""
    os.write(1, f"{line}\n".encode())


def serve(folder: Path, visit_id: str) -> None:
    """Fork one for each line of the standard input."""
    for line in sys.stdin:
        seed, _, name = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            out = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(out, 1)
            work(folder, visit_id, int(seed))
            os._exit(3)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print(-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2])
