"""Opening a form of 300 items to its first paint, beside a bare scroll area with 300 plain labels."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.form import Form, ItemKind
from observe_app.services import answers, visits
from observe_app.services.core import close, subscribe
from tests.benches.common import Result, compared, percentile
from tests.benches.note_paint import offscreen_app

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

_ITEMS = 300
_ROUNDS = 20
_WARM = 2
_SIZE = (436, 640)
_PAGE = 600


@dataclass(slots=True)
class _Times:
    """Milliseconds: to the first paint, to the last widget, of the turns between them, of a page further."""

    painted: list[float] = field(default_factory=list)
    built: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)


def run() -> Result:
    """Measure the panel of a visit with answers to each rating, in interleaved pairs.

    `all_built_ms` is the median until every item has its widget, `turn_p95_ms` how long a turn of the event loop takes
    meanwhile, `page_p95_ms` scrolling on by a page, painted, after that.
    """
    app = offscreen_app()
    from observe_app.ui.bus import ChangeBus
    from tests.services.event_form import visit_with
    from tests.ui.sheet_forms import long_form

    form, times, theirs = long_form(_ITEMS), _Times(), []
    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder))
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        visit_id = visit_with(core, form)
        visits.begin(core, visit_id=visit_id)
        for item in form.items:
            if item.kind is ItemKind.RATING:
                answers.give(core, visit_id=visit_id, item=item.id, value=3, seen=NOTHING_SEEN)
        for round_ in range(_ROUNDS + _WARM):
            warm = round_ < _WARM  # the first ones load modules and fonts
            plain = _bare(app, form)
            _ours(app, core, bus, visit_id, _Times() if warm else times)
            if not warm:
                theirs.append(plain)
        stop()
        close(core)
    result = compared("form-open", times.painted, "a scroll area with 300 labels", theirs)
    result["items"] = _ITEMS
    result["all_built_ms"] = round(percentile(times.built, 0.5), 1)
    result["turn_p95_ms"] = round(percentile(times.turns, 0.95), 1)
    result["page_p95_ms"] = round(percentile(times.pages, 0.95), 1)
    return result


def _ours(app: QApplication, core: Core, bus: ChangeBus, visit_id: str, times: _Times) -> None:
    from observe_app.ui.form_panel import FormPanel
    from observe_app.ui.observe.live_visit import LiveVisit

    start = time.perf_counter()
    panel = FormPanel(core, bus)
    panel.resize(*_SIZE)
    lesson = LiveVisit(core, visit_id)
    panel.load(lesson, lesson.form)
    panel.show()
    panel.repaint()
    times.painted.append((time.perf_counter() - start) * 1e3)
    while panel.pane.is_building:
        turn = time.perf_counter()
        app.processEvents()
        times.turns.append((time.perf_counter() - turn) * 1e3)
    times.built.append((time.perf_counter() - start) * 1e3)
    bar = panel.pane.verticalScrollBar()
    while bar.value() < bar.maximum():
        turn = time.perf_counter()
        bar.setValue(bar.value() + _PAGE)
        panel.repaint()
        times.pages.append((time.perf_counter() - turn) * 1e3)
    _drop(app, panel)


def _bare(app: QApplication, form: Form) -> float:
    from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

    start = time.perf_counter()
    area, content = QScrollArea(), QWidget()
    column = QVBoxLayout(content)
    for item in form.items:
        column.addWidget(QLabel(item.label[0][1], content))
    area.setWidget(content)
    area.resize(*_SIZE)
    area.show()
    area.repaint()
    took = (time.perf_counter() - start) * 1e3
    _drop(app, area)
    return took


def _drop(app: QApplication, widget: QWidget) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no event loop runs that would do it
    app.processEvents()
