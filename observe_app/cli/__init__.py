"""The command line: a stable surface for administrators, scripts and checks. Without a command it opens the window.

Exit status 0 is done, 1 a problem the user can mend (one line on stderr), 2 wrong usage.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say and return the exit status; `None` takes those of the process."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    window = _window_only(arguments)
    if window is not None:
        return _open(*window)
    try:
        from observe_app.cli.run import run_command  # noqa: PLC0415  (only commands pay for reading arguments)

        return run_command(arguments)
    except KeyboardInterrupt:  # while the program was still loading
        return _INTERRUPTED


def _open(data: Path | None, quit_after_paint: bool) -> int:  # noqa: FBT001  (what `_window_only` found, unpacked)
    from observe_app.app import open_window  # noqa: PLC0415  (the way to the first paint stays short)
    from observe_app.domain.errors import ObserveError  # noqa: PLC0415

    try:
        return open_window(data, quit_after_paint=quit_after_paint)
    except ObserveError as error:
        from observe_app.cli import output  # noqa: PLC0415  (only when there is something to say)

        output.prepare_streams()
        output.warn(output.error_line(error))
        return 1


def _window_only(arguments: list[str]) -> tuple[Path | None, bool] | None:
    """Return data folder and whether to quit after the first paint; None when a command or help is asked for."""
    data: Path | None = None
    quit_after_paint = False
    rest = iter(arguments)
    for argument in rest:
        if argument == "--quit-after-paint":
            quit_after_paint = True
        elif argument == "--data":
            given = next(rest, "")
            if not given or given.startswith("-"):
                return None
            data = Path(given).expanduser()
        elif argument.startswith("--data=") and len(argument) > len("--data="):
            data = Path(argument.partition("=")[2]).expanduser()
        else:
            return None
    return data, quit_after_paint
