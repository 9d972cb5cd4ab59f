"""What stands on paper is typed in after the lesson: with its moment where that is known, else at the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from observe_app.domain.event import EventKind
from observe_app.services import notes, visits
from tests.services.event_form import visit_with
from tests.ui.observe.conftest import bus, open_tab
from tests.ui.observe.keys import press, type_text

__all__ = ["bus", "open_tab"]

Key = Qt.Key


@pytest.fixture
def visit(core, clock):
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    clock.advance(seconds=3000)
    visits.finish(core, visit_id=visit_id)
    return visit_id


@pytest.fixture
def panel(open_tab, visit):
    tab = open_tab(visit)
    yield tab.form_panel  # noqa: PT022  (the tab must live as long as its panel)


def stored(core, visit):
    return [(event.kind, event.offset_ms, event.wall) for event in notes.stream(core, visit)]


def opened(panel, name):
    panel.show_item(name)
    item = panel.item(name)
    item.focus_part().setFocus()
    return item


def test_there_is_no_field_for_the_moment_while_the_lesson_runs(open_tab, core):
    running = visit_with(core)
    visits.begin(core, visit_id=running)
    tab = open_tab(running)
    for name in ("praise", "task", "wait"):
        item = opened(tab.form_panel, name)
        assert item.moment_field is None or item.moment_field.isHidden()


def test_a_tally_without_a_moment_stands_at_the_end(panel, core, visit):
    opened(panel, "praise").press_key()

    assert stored(core, visit) == [(EventKind.TALLY, 3_000_000, None)]


def test_a_tally_with_its_moment_stands_there_and_the_field_waits_for_the_next(panel, core, visit):
    praise = opened(panel, "praise")
    for words in ("12:30", "40:05"):
        type_text(praise.moment_field, words)
        press(praise.moment_field, Key.Key_Return)
        assert praise.moment_field.text() == ""

    assert stored(core, visit) == [(EventKind.TALLY, 750_000, None), (EventKind.TALLY, 2_405_000, None)]


@pytest.mark.parametrize(("typed", "told"), [("soon", "as in 12:30"), ("12:75", "as in 12:30"), ("50:01", "was over")])
def test_a_moment_that_cannot_be_is_explained_and_stores_nothing(panel, core, visit, typed, told):
    for name in ("praise", "task", "wait"):
        item = opened(panel, name)
        type_text(item.moment_field, typed)
        if name == "task":
            type_text(item.field, "20")
        if name == "wait":
            type_text(item.length, "3")
        press(item.moment_field, Key.Key_Return)
        assert told in item.said
        assert item.moment_field.text() == typed

    assert stored(core, visit) == []


def test_a_sweep_takes_its_moment(panel, core, visit):
    task = opened(panel, "task")
    type_text(task.moment_field, "20")
    type_text(task.field, "24/26")
    press(task.field, Key.Key_Return)

    assert stored(core, visit) == [(EventKind.SWEEP, 1_200_000, None)]
    assert task.sheet.sweeps[0].seen.count == 24


def test_a_wait_is_typed_in_with_its_length_and_moment(panel, core, visit):
    wait = opened(panel, "wait")
    assert wait.focus_part() is wait.length
    type_text(wait.length, "3.5")
    type_text(wait.moment_field, "8:00")
    press(wait.moment_field, Key.Key_Return)

    event = notes.stream(core, visit)[0]
    assert (event.kind, event.value, event.offset_ms, event.wall) == (EventKind.WAIT, 3500.0, 480_000, None)
    assert wait.length.hasFocus()


@pytest.mark.parametrize("typed", ["", "long", "-3", "700", "1e9", "nan"])
def test_a_wait_without_a_length_stores_nothing(panel, core, visit, typed):
    wait = opened(panel, "wait")
    type_text(wait.length, typed)
    press(wait.length, Key.Key_Return)

    assert stored(core, visit) == []
    assert "as in 3.5" in wait.said


def test_a_comma_is_a_point(panel, core, visit):
    wait = opened(panel, "wait")
    type_text(wait.length, "2,5")
    press(wait.length, Key.Key_Return)

    assert [event.value for event in notes.stream(core, visit)] == [2500.0]


def test_the_key_of_a_wait_asks_for_its_length(panel, core, visit):
    panel.press("W")

    assert panel.item("wait").length.hasFocus()
    assert stored(core, visit) == []


def test_letters_stay_in_the_fields(panel, core, visit):
    praise = opened(panel, "praise")
    type_text(praise.moment_field, "x0l")

    assert praise.moment_field.text() == "x0l"
    assert praise.absence is None


def test_every_field_has_a_name(panel):
    names = [opened(panel, name).moment_field.accessibleName() for name in ("praise", "task", "wait")]
    assert names[0] == "Praise, specific: when it was, in minutes and seconds"
    assert len(set(names)) == 3
    assert panel.item("wait").length.accessibleName() == "Wait after a question: seconds waited"
