"""Converts a database and kills itself at a step: `sealing_child.py FILE SEAL STEP`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from observe_app.store import sealing

# In order: while it is written, compared, before the link, after it, before and after it is in place, while cleared.
_PLACES = ("step 1", "step 600", "fsync", "link", "replace", "replaced", "wipe", "unlink")


def main(path: Path, *, seal: bool, place: str) -> None:
    """Convert; die where the place is reached."""
    seen = False

    def die(name: str) -> None:
        nonlocal seen
        if name == place and not seen:
            seen = True
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        # The calls to the system that the conversion makes, as Python tells of them.
        if event == "os.link":
            die("link")
        elif event == "os.rename":
            die("replace")
        elif event == "os.remove" and str(arguments[0]).endswith(sealing.OLD):
            die("unlink")
        elif event == "open" and str(arguments[0]) == str(path.parent):
            die("replaced")
        elif event == "open" and str(arguments[0]).endswith(sealing.OLD) and "+" in str(arguments[1]):
            die("wipe")
        elif event == "open" and str(arguments[0]).endswith(sealing.FRESH) and "+" in str(arguments[1]):
            die("fsync")

    from observe_app.domain.progress import Progress

    sys.addaudithook(audit)
    sealing.rewrite(
        path,
        bytes(range(32)),
        seal=seal,
        progress=Progress(lambda done, _all, _text: die("step 600") if done >= 600 else die("step 1")),
    )
    sys.exit(3)  # the place was never reached


if __name__ == "__main__":
    main(Path(sys.argv[1]), seal=sys.argv[2] == "1", place=_PLACES[int(sys.argv[3])])
