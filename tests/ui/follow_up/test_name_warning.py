"""Before a PDF goes out: full names that seem to be in it are said quietly, with the way to them."""

from __future__ import annotations

import pytest

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.visit import Stage
from observe_app.services import notes, people, talk


@pytest.fixture
def visit_id(lesson):
    return lesson.visit.id


def add(core, visit_id, line):
    return notes.add(core, visit_id=visit_id, line=line, offset_ms=1000)


def test_without_names_nothing_is_said(tab, visit_id, core, qtbot):
    add(core, visit_id, "T tells Year Eight about the Great Fire in New York")
    with qtbot.waitSignal(tab.names.looked, timeout=20_000):
        tab.activate()
    assert tab.names.isHidden()


def test_one_name_is_said_and_leads_to_its_note(tab, visit_id, core, qtbot):
    note = add(core, visit_id, "T asks Priya Sharma for the rule")
    tab.activate()
    qtbot.waitUntil(tab.names.isVisible, timeout=20_000)
    assert tab.names.words.text() == "A full name seems to be in one note"

    with qtbot.waitSignal(tab.place_asked) as asked:
        tab.names.show_button.click()
    assert asked.args == [Stage.OBSERVE, note.id]


def test_names_in_several_places_are_listed(tab, visit_id, core, qtbot):
    first = add(core, visit_id, "T asks Priya Sharma for the rule")
    add(core, visit_id, "then Leon & Mia Kowalski draw")
    tab.activate()
    qtbot.waitUntil(lambda: len(tab.names.found) == 2, timeout=20_000)
    assert tab.names.words.text() == "A full name seems to be in 2 notes"

    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.GROWTH, title="Wait for Ada Nowak")
    qtbot.waitUntil(lambda: len(tab.names.found) == 3, timeout=20_000)
    assert tab.names.words.text() == "A full name seems to be in 3 places"
    menu = tab.names.place_menu()
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Priya Sharma, in a note", "Mia Kowalski, in a note", "Ada Nowak, in a claim"]
    with qtbot.waitSignal(tab.place_asked) as asked:
        menu.actions()[2].trigger()
    assert asked.args == [Stage.TALK, ""]
    with qtbot.waitSignal(tab.place_asked) as asked:
        menu.actions()[0].trigger()
    assert asked.args == [Stage.OBSERVE, first.id]
    menu.deleteLater()


def test_the_line_goes_when_the_name_does(tab, visit_id, core, qtbot):
    note = add(core, visit_id, "T asks Priya Sharma for the rule")
    tab.activate()
    qtbot.waitUntil(tab.names.isVisible, timeout=20_000)
    notes.edit(core, event_id=note.id, line="T asks S4 for the rule", seen=notes.open_note(core, note.id).seen)

    qtbot.waitUntil(tab.names.isHidden, timeout=20_000)


def test_a_colleague_is_no_student(tab, visit_id, core, qtbot):
    add(core, visit_id, "T asks Priya Sharma for the rule")
    tab.activate()
    qtbot.waitUntil(tab.names.isVisible, timeout=20_000)
    people.add(core, name="Priya Sharma")

    qtbot.waitUntil(tab.names.isHidden, timeout=20_000)


def test_the_page_goes_to_the_note(core, qtbot, runner, lesson):
    from observe_app.services.core import subscribe
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.data_page import VisitTarget
    from observe_app.ui.visit.page import VisitPage

    note = add(core, lesson.visit.id, "T asks Priya Sharma for the rule")
    bus = ChangeBus()
    stop = subscribe(core, bus.publish)
    page = VisitPage(core, runner, bus)
    qtbot.addWidget(page)
    page.resize(1290, 700)
    page.show()
    page.show_target(VisitTarget(lesson.visit.id, stage=Stage.FOLLOW_UP.value))
    page.activate()
    page.tab.place_asked.emit(Stage.OBSERVE, note.id)

    assert page.stage is Stage.OBSERVE
    assert page.tab.pane.view.selected_event.id == note.id
    page.leave()
    stop()
