"""The film of a lesson: consent first, then where it lies. The file itself is never opened, copied or sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable, Invalid
from observe_app.domain.event import MAX_OFFSET_MS
from observe_app.domain.note_line import clean_note
from observe_app.domain.video import Video

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

MAX_CONSENT = 1000
_MAX_PATH = 4000


def of_visit(core: Core, visit_id: str) -> Video | None:
    """Return the film of a visit as this computer knows it, None without one."""
    with core.store.read() as unit:
        return unit.lessons.video(visit_id)


def record_consent(core: Core, *, visit_id: str, consent: str) -> Visit:
    """Write down who agreed to the film and how; it belongs to the record of the visit and undo takes it back.

    Raises:
        NotFound: no such visit. Invalid: nothing is said, or more than `MAX_CONSENT` characters.
    """
    words = clean_note(consent)
    if not words:
        raise Invalid("consent to filming", "", "empty")
    if len(words) > MAX_CONSENT:
        raise Invalid("consent to filming", words[:40], "too_long", str(MAX_CONSENT))
    with core.store.read() as found:
        seen = found.seen(("visit", visit_id))
    with core.store.write("visit.consent", scope=visit_id, seen=seen) as unit:
        unit.visits.change(visit_id, {"video_consent": words})
        unit.commit()
        return unit.visits.get(visit_id)


def attach(core: Core, *, visit_id: str, path: Path) -> Video:
    """Remember where the film of a visit lies, on this computer alone.

    Raises:
        NotFound: no such visit. Invalid: nobody's consent is recorded, or the path is too long.
        FileUnreadable: there is no such file.
    """
    if len(str(path)) > _MAX_PATH:
        raise Invalid("path", str(path)[:40], "too_long", str(_MAX_PATH))
    if not path.is_file():
        raise FileUnreadable(path, "folder" if path.is_dir() else "missing")
    with core.store.write("film", scope=visit_id, undoable=False) as unit:
        if not unit.visits.get(visit_id).video_consent:
            raise Invalid("consent to filming", "", "empty")
        before = unit.lessons.video(visit_id)
        same = before is not None and before.path == str(path.absolute())
        video = Video(visit_id, str(path.absolute()), before.starts_ms if before is not None and same else 0)
        unit.lessons.keep_video(video)
        unit.commit()
    return video


def line_up(core: Core, *, visit_id: str, starts_ms: int) -> Video:
    """Say at which lesson time the film's first frame stands, negative when filming began before the lesson.

    Raises:
        Invalid: the visit has no film here, or no lesson is that long.
    """
    if not -MAX_OFFSET_MS <= starts_ms <= MAX_OFFSET_MS:
        raise Invalid("time", str(starts_ms), "out_of_range", "24 h")
    with core.store.write("film", scope=visit_id, undoable=False) as unit:
        before = unit.lessons.video(visit_id)
        if before is None:
            raise Invalid("film", "", "empty")
        video = Video(visit_id, before.path, starts_ms)
        unit.lessons.keep_video(video)
        unit.commit()
    return video


def detach(core: Core, *, visit_id: str) -> None:
    """Forget where the film lies; the film and every note stay."""
    with core.store.write("film", scope=visit_id, undoable=False) as unit:
        unit.lessons.drop_video(visit_id)
        unit.commit()
