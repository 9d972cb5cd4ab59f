"""`demo`: a sample term, recorded through the same services as a real one, in a folder of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.session import data_of
from observe_app.domain.clock import SystemClock
from observe_app.domain.ids import Ids
from observe_app.services import demo as sample
from observe_app.services.core import close
from observe_app.services.demo_school import record_school
from observe_app.services.folders import demo_folder
from observe_app.services.pdf import export_feedback

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path


def demo(arguments: Namespace) -> int:
    """Record the sample term and open it, or write what it looks like when `--headless`."""
    folder = sample.fresh_folder(demo_folder(data_of(arguments)))
    visit_id = _record(folder, arguments.text_size)
    if not arguments.headless:
        from observe_app.app import open_window  # noqa: PLC0415  (Qt only where a window opens)

        output.say(f"The sample term is in {folder}; your own data is left alone.")
        return open_window(folder, quit_after_paint=arguments.quit_after_paint)
    feedback, pictures = folder / "feedback.pdf", folder / "pictures"
    _write(folder, visit_id, feedback)
    if not arguments.json:
        output.say("The sample term was recorded; your own data was left alone.")
        output.say(f"  data      {folder}")
        output.say(f"  feedback  {feedback}")
    shown = [str(path) for path in _pictures(folder, pictures)]
    if arguments.json:
        output.say_json({"visit": visit_id, "data": str(folder), "pdf": str(feedback), "pictures": shown})
    else:
        for path in shown:
            output.say(f"  picture   {path}")
    return 0


def _record(folder: Path, text_size: int) -> str:
    from observe_app.app import wire_core  # noqa: PLC0415  (help and usage need no store)

    clock = sample.demo_clock()
    core = wire_core(folder, clock=clock, ids=Ids(clock))
    try:
        sample.introduce(core)
        core.settings.change(text_size=text_size)
        found = sample.record_sample(core, term=True, now=SystemClock().now())
        record_school(core)
        return found
    finally:
        close(core)


def _write(folder: Path, visit_id: str, target: Path) -> None:
    from observe_app.app import wire_core  # noqa: PLC0415

    core = wire_core(folder)
    try:
        export_feedback(core, visit_id=visit_id, target=target)
    finally:
        close(core)


def _pictures(folder: Path, target: Path) -> list[Path]:
    """Return pictures of the window; none, and a line that says why, where Qt's libraries are missing."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from observe_app.app import take_pictures, wire_core  # noqa: PLC0415  (Qt only where it is asked for)

    core = wire_core(folder)
    try:
        return take_pictures(core, target)
    except ImportError as error:
        output.warn(f"No pictures of the window: {error}")
        return []
    finally:
        close(core)
