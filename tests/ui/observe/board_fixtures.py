"""The board of a COPUS lesson, shown as a user has it; import the fixtures by name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from observe_app.domain.form import Form, Section
from observe_app.domain.timeline import interval_sheet
from observe_app.services import notes, visits
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from tests.services.event_form import said
from tests.ui.observe.board_page import BoardPage
from tests.ui.observe.lesson import plan_visit

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def open_page(core, shown):
    """Return a function that shows the page of a visit."""
    bus = ChangeBus()
    stop = subscribe(core, bus.publish)

    def open_one(visit_id, size=(1290, 700)):
        page = BoardPage(core, bus, visit_id)
        page.resize(*size)
        return shown(page)

    yield open_one
    stop()


@pytest.fixture
def visit(core):
    visit_id = plan_visit(core, "copus")
    visits.begin(core, visit_id=visit_id)
    return visit_id


@pytest.fixture
def page(open_page, visit):
    """Show the page of a COPUS lesson that began just now, in codes mode."""
    page = open_page(visit)
    page.set_codes(True)
    return page


@pytest.fixture
def board(page):
    return page.board


def stored(core, page):
    """Return what the database has, not what the screen shows."""
    return interval_sheet(page.item, notes.stream(core, page.keeper.events_of(page.item.id)[0].visit_id))


def alt(key, modifiers=ALT, *, repeated=False):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", repeated)


def wait(page, clock, seconds):
    clock.advance(seconds=seconds)
    page.second()


def form_of(item):
    return Form("hostile", 1, said("Hostile"), said("For trying out."), (Section("one", said("One"), (item,)),))
