"""The sample: a visit, or a term of visits, recorded through the same services as a real one."""

from __future__ import annotations

import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.answer import Absence
from observe_app.domain.clock import FakeClock, SystemClock, require_utc
from observe_app.domain.errors import DataFolderInUse, DataFolderUnusable
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.progress import Progress
from observe_app.domain.seating_layouts import for_students
from observe_app.domain.visit import Stage
from observe_app.services import (
    answers,
    demo_fill,
    demo_talk,
    demo_term,
    next_visit,
    notes,
    people,
    seating,
    steps,
    talk,
    visits,
)
from observe_app.services import demo_lesson as words
from observe_app.services.demo_fill import offset_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.services.core import Core

_MARK = "This folder holds the sample term. It is made anew by every demonstration.\n"
_MARK_NAME = "sample.txt"
_TERM_DAYS = 70


def record_sample(
    core: Core, progress: Progress | None = None, *, term: bool = False, now: datetime | None = None
) -> str:
    """Record the sample visit and return its id.

    Args:
        core: the open data folder; with a `FakeClock` its clock goes along, so that the journal has the right times.
        progress: told after each part. What was recorded before a cancel stays; it is a visit like any other.
        term: with the other visits of the term, as `observe-app demo` shows them.
        now: the present of the sample, aware; the clock's now when None.

    Raises:
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    present = require_utc(now) if now is not None else core.clock.now()
    observer_id = core.settings.get().me_id or people.ensure(core, words.OBSERVER).id
    others = sorted((*words.OTHERS, *demo_term.VISITS), key=_days) if term else []
    if term:
        demo_fill.bring_own_form(core)
    total = len(others) + 1
    lesson = _school_day(core, present, -1, 9)
    # By their own time, not by days: after a weekend, one of three days ago may be later than the sample's.
    before = [one for one in others if _start(core, one, present) < lesson]
    for done, other in enumerate(before):
        progress.step(done, total, str(other["teacher"]))
        _small_visit(core, other, observer_id, present)
        if other.get("filled") == demo_fill.FIRST_USE:
            demo_fill.second_version(core)
    if term:
        _imported_sheet(core, present)
        demo_fill.draft_of_third_version(core)
    progress.step(len(before), total, words.TEACHER)
    sample = _sample_visit(core, observer_id, present)
    if term:
        start = _school_day(core, present, words.NEXT_DAYS, 9)
        next_visit.agree(core, visit_id=sample, start=start, minutes=20, focus=words.NEXT_FOCUS)
    for done, other in enumerate((one for one in others if one not in before), start=len(before) + 1):
        progress.step(done, total, str(other["teacher"]))
        _small_visit(core, other, observer_id, present)
    _go_to(core, present)
    progress.step(total, total)
    return sample


def demo_clock() -> FakeClock:
    """Return a clock for recording a term that ends now."""
    real = SystemClock()
    return FakeClock(at=real.now() - timedelta(days=_TERM_DAYS), zone=real.zone_name())


def introduce(core: Core) -> None:
    """Say who observes in the sample; for a folder of its own only."""
    people.introduce(core, name=words.OBSERVER, school=words.SCHOOL, role="coach")
    core.settings.change(purpose_line=words.PURPOSE_LINE)


def fresh_folder(wanted: Path) -> Path:
    """Return an empty folder for a demonstration: the wanted one, cleared when it is an old demonstration.

    A folder without our mark, or with a window open on it, is never touched; then one beside it is taken.

    Raises:
        DataFolderUnusable: no folder can be made.
    """
    for number in range(1, 100):
        folder = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        try:
            if folder.exists() and not _cleared(folder):
                continue
            folder.mkdir(parents=True, mode=0o700)
            (folder / _MARK_NAME).write_text(_MARK, encoding="utf-8")
        except OSError as error:
            raise DataFolderUnusable(folder, str(error)) from error
        return folder
    raise DataFolderUnusable(wanted)


def _cleared(folder: Path) -> bool:
    from observe_app.store.folder import DataFolder, WindowLock  # noqa: PLC0415  (services load before the store does)

    if not (folder / _MARK_NAME).is_file():
        return False
    lock = WindowLock(DataFolder(folder).window_lock)
    try:
        lock.acquire()
    except (DataFolderInUse, DataFolderUnusable):
        return False
    lock.release()
    shutil.rmtree(folder)
    return True


def _days(other: dict[str, object]) -> int:
    return int(str(other["days"]))


def _go_to(core: Core, moment: datetime) -> None:
    """Bring a clock that is led by hand to a moment; it never goes back."""
    if isinstance(core.clock, FakeClock) and moment > core.clock.at:
        core.clock.advance(ms=int((moment - core.clock.at).total_seconds() * 1000))


def _school_day(core: Core, present: datetime, days: int, hour: int) -> datetime:
    """Return a time of day so many days from the present, moved off the weekend, as aware UTC."""
    try:
        zone = ZoneInfo(core.clock.zone_name())
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    day = (present.astimezone(zone) + timedelta(days=days)).date()
    while day.weekday() >= 5:
        day += timedelta(days=1 if days > 0 else -1)
    return require_utc(datetime.combine(day, time(hour, 5), zone))


def _start(core: Core, other: dict[str, Any], present: datetime) -> datetime:
    return _school_day(core, present, other["days"], other["hour"])


def _weekday(moment: datetime) -> date:
    """Return the day, or the Monday after a weekend."""
    return (moment + timedelta(days=max(0, 7 - moment.weekday()) if moment.weekday() >= 5 else 0)).date()


def _write_notes(core: Core, visit_id: str, begin: datetime, lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Record the lines and return the note ids by lesson time."""
    ids: dict[str, str] = {}
    for clock, line in lines:
        wall = begin + timedelta(milliseconds=offset_of(clock))
        _go_to(core, wall)
        event = notes.add(
            core,
            visit_id=visit_id,
            line=line.removeprefix("*"),
            offset_ms=offset_of(clock),
            wall=wall,
            source="demo",
            starred=line.startswith("*"),
        )
        ids[clock] = event.id
    return ids


def _sample_visit(core: Core, observer_id: str, present: datetime) -> str:
    begin = _school_day(core, present, -1, 9)
    planned: visits.VisitFields = {**words.PLAN, "start": begin}
    _go_to(core, begin - timedelta(days=3))
    visit = visits.plan(
        core,
        teacher_id=people.ensure(core, words.TEACHER).id,
        observer_id=observer_id,
        form_id=words.FORM,
        source="demo",
        **planned,
    )
    _go_to(core, begin)
    visits.begin(core, visit_id=visit.id, at=begin)
    seating.set_plan(core, visit_id=visit.id, plan=for_students(words.PLAN["class_size"] or 0))
    ids = _write_notes(core, visit.id, begin, words.NOTES)
    clock, line = words.OWN_LEARNING
    offset = offset_of(clock)
    wall = begin + timedelta(milliseconds=offset)
    notes.add(core, visit_id=visit.id, line=line, offset_ms=offset, wall=wall, source="demo", private=True)
    _go_to(core, begin + timedelta(minutes=50))
    visits.finish(core, visit_id=visit.id, at=begin + timedelta(minutes=50))
    _answer(core, visit.id, ids)
    _claims(core, visit.id, words.CLAIMS, ids)
    demo_talk.look_at_earlier_steps(core, visit.id, ids)
    demo_talk.talk(core, visit.id, begin + timedelta(hours=5), _weekday)
    demo_talk.write_journal(core, visit.id)
    released = demo_talk.release(core, visit.id, begin + timedelta(hours=7))
    demo_talk.reply(core, released, min(begin + timedelta(hours=22, minutes=40), present))
    return visit.id


def _answer(core: Core, visit_id: str, ids: dict[str, str]) -> None:
    for item, value, comment, clocks in words.ANSWERS:
        seen = answers.open_answer(core, visit_id=visit_id, item=item).seen
        answers.give(core, visit_id=visit_id, item=item, value=value, comment=comment, seen=seen)
        for clock in clocks:
            talk.link(core, visit_id=visit_id, target_kind="answer", target_id=item, event_id=ids[clock])
    for item, absence in words.ABSENT:
        seen = answers.open_answer(core, visit_id=visit_id, item=item).seen
        answers.give(core, visit_id=visit_id, item=item, absence=Absence(absence), seen=seen)


def _claims(core: Core, visit_id: str, claims: Iterable[Any], ids: dict[str, str]) -> None:
    for kind, title, text, clocks in claims:
        evidence = tuple(ids[clock] for clock in clocks)
        talk.add_claim(core, visit_id=visit_id, kind=ClaimKind(kind), title=title, text=text, evidence=evidence)


def _imported_sheet(core: Core, present: datetime) -> None:
    """Bring in a lesson that was written down in a table, as a person does with one of theirs."""
    from observe_app.services.exchange.interval_in import import_intervals  # noqa: PLC0415  (reads tables)

    begin = _school_day(core, present, demo_term.SOUND_DAYS, demo_term.SOUND_HOUR)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "Speed of sound.csv"
        file.write_text(demo_term.sheet_text(demo_term.SOUND), encoding="utf-8")
        made = import_intervals(core, path=file, teacher=demo_term.COPUS_TEACHER, start=begin)
    opened = visits.open_visit(core, made.visit_id)
    opened = visits.update(core, visit_id=made.visit_id, seen=opened.seen, **demo_term.SOUND_FIELDS)
    visits.set_stage(core, visit_id=made.visit_id, stage=Stage.FOLLOW_UP, seen=opened.seen)


def _small_visit(core: Core, other: dict[str, Any], observer_id: str, present: datetime) -> None:
    begin = _start(core, other, present)
    if "observer" in other:
        observer_id = people.ensure(core, other["observer"]).id
    _go_to(core, min(begin - timedelta(days=4), present))
    visit = visits.plan(
        core,
        teacher_id=people.ensure(core, other["teacher"]).id,
        observer_id=observer_id,
        form_id=other["form"],
        source="demo",
        start=begin,
        focus=other["focus"],
        **other["fields"],
    )
    stage = Stage(other["stage"])
    if stage is Stage.PREPARE:
        return
    end = begin + timedelta(minutes=visit.minutes)
    _go_to(core, begin)
    visits.begin(core, visit_id=visit.id, at=begin)
    ids = _write_notes(core, visit.id, begin, other["notes"])
    if "filled" in other:
        demo_fill.fill(core, visit.id, begin, other["filled"])
    for item, clocks in other.get("evidence", ()):
        for clock in clocks:
            talk.link(core, visit_id=visit.id, target_kind="answer", target_id=item, event_id=ids[clock])
    _go_to(core, end)
    visits.finish(core, visit_id=visit.id, at=end)
    if stage is Stage.TALK:
        return
    _claims(core, visit.id, other["claims"], ids)
    demo_talk.look_at_earlier_steps(core, visit.id, ids)
    if other["step"] is not None:
        steps.add(core, visit_id=visit.id, text=other["step"], due=_weekday(begin + timedelta(days=14)))
    opened = visits.open_visit(core, visit.id)
    visits.set_stage(core, visit_id=visit.id, stage=stage, seen=opened.seen)
    if other["teacher"] == words.TEACHER:
        # What a teacher was never given is in no report of their term.
        demo_talk.release_feedback(core, visit.id, min(end + timedelta(hours=5), present))
