"""What came of several visits: the steps agreed in them, and who spoke how much in their conversations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.action_step import StepStatus
from observe_app.domain.talk_share import count_words
from observe_app.domain.turn import Voice
from observe_app.services.charts.shares import BalanceRow
from observe_app.services.charts.steps import StepLine, StepLines, StepState
from observe_app.ui.compare.lesson_data import day_of
from observe_app.ui.moments import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from observe_app.domain.record import VisitRecord

_STATES = {StepStatus.OPEN: StepState.OPEN, StepStatus.DONE: StepState.DONE, StepStatus.DROPPED: StepState.DROPPED}


def steps_of(records: Sequence[VisitRecord], title: str, until: date) -> StepLines:
    """Return the steps of these visits in the order they were agreed; `until` is where the axis ends."""
    found = []
    for record in records:
        opened = _day(record)
        for step in record.steps:
            if step.deleted or opened is None:
                continue
            closed = local(step.closed, record.visit.zone).date() if step.closed is not None else None
            found.append(StepLine(step.id, step.text, opened, closed, _STATES[step.status], visit_id=record.visit.id))
    return StepLines(title, tuple(sorted(found, key=lambda one: (one.opened, one.key))), until)


def balance_of(records: Iterable[VisitRecord]) -> tuple[BalanceRow, ...]:
    """Return who said how many words in each conversation that was written down in turns."""
    tr = QCoreApplication.translate
    names = {
        Voice.TEACHER: tr("TalkCharts", "teacher"),
        Voice.OBSERVER: tr("TalkCharts", "observer"),
        Voice.BOTH: tr("TalkCharts", "both together"),
    }
    rows = []
    for record in records:
        said: Counter[Voice] = Counter()
        for turn in record.turns:
            if not turn.deleted:
                said[turn.voice] += count_words(turn.text)
        if said.total():
            parts = tuple((names[voice], said[voice]) for voice in Voice)
            rows.append(BalanceRow(record.visit.id, day_of(record.visit), parts))
    return tuple(rows)


def _day(record: VisitRecord) -> date | None:
    moment = record.visit.started or record.visit.start
    return local(moment, record.visit.zone).date() if moment is not None else None
