"""The history of a visit names what was counted and answered by the words of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from observe_app.domain.form import ItemKind
from observe_app.services import answers, happenings, notes, visits
from observe_app.ui.visit.history_sheet import HistorySheet
from observe_app.ui.widgets import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core


def test_tallies_ticks_and_answers_are_named(qtbot: QtBot, core: Core, host: QWidget) -> None:
    visit = visits.plan(core, form_id="copus")
    form = visits.form_of(visit)
    assert form is not None
    grid = next(item for item in form.items if item.kind is ItemKind.INTERVAL)
    number = next(item for item in form.items if item.kind is ItemKind.NUMBER)
    visits.begin(core, visit_id=visit.id)
    happenings.tick(core, visit_id=visit.id, item=grid.id, index=0, code="I.Lec", ticked=True)
    seen = answers.open_answer(core, visit_id=visit.id, item=number.id).seen
    answers.give(core, visit_id=visit.id, item=number.id, value=52, seen=seen)

    sheet = HistorySheet(core, visit.id, host)
    said = {label.text() for label in sheet.findChildren(QLabel)}
    said |= {label.accessibleName() for label in sheet.findChildren(ElidedLabel)}

    assert {"lecturing", "Students present"} <= said


def test_alike_rows_within_a_minute_are_one_with_a_count(qtbot: QtBot, core: Core, host: QWidget) -> None:
    visit = visits.plan(core, form_id="copus")
    form = visits.form_of(visit)
    assert form is not None
    grid = next(item for item in form.items if item.kind is ItemKind.INTERVAL)
    visits.begin(core, visit_id=visit.id)
    for code in ("I.Lec", "I.RtW", "I.CQ"):
        happenings.tick(core, visit_id=visit.id, item=grid.id, index=0, code=code, ticked=True)
    notes.add(core, visit_id=visit.id, line="T one", offset_ms=0)
    notes.add(core, visit_id=visit.id, line="T two", offset_ms=0)

    sheet = HistorySheet(core, visit.id, host)
    said = [label.text() for label in sheet.findChildren(QLabel)]
    named = [label.accessibleName() for label in sheet.findChildren(ElidedLabel)]

    assert said.count("Ticked code, 3 times") == 1
    assert said.count("New note") == 2
    assert {"“one”", "“two”"} <= set(named) | set(said)
