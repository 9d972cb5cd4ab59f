"""The forms that a visit may take, in the order in which they are wanted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from observe_app.domain.errors import FormProblem
from observe_app.domain.form import FormUse
from observe_app.services.catalogue import CatalogueEntry
from observe_app.services.form_entry import Origin
from observe_app.ui.visit.form_list import FormList


def entry(
    form_id: str, title: str, use: FormUse = FormUse.LESSON, *, broken: bool = False, purpose: str = ""
) -> CatalogueEntry:
    problems = (FormProblem(1, "item x", "unknown"),) if broken else ()
    return CatalogueEntry(form_id, (("", title),), (("", purpose),), 1, None, problems, Origin.FILE, use)


@pytest.fixture
def forms(qtbot):
    made = FormList()
    qtbot.addWidget(made)
    return made


def test_forms_for_the_lesson_come_first_and_broken_ones_last(forms):
    entries = (
        entry("bad", "A broken one", broken=True),
        entry("ask", "B survey", FormUse.SURVEY),
        entry("meet", "C meeting", FormUse.BEFORE),
        entry("walk", "E walk"),
        entry("talk", "D talk"),
        entry("look", "A look back", FormUse.AFTER),
    )
    forms.show_forms(entries, "", "")

    assert [one.form_id for one in forms.choices] == ["", "talk", "walk", "meet", "look", "ask", "bad"]
    assert not forms.choices[-1].isEnabled()


def test_groups_are_named_where_there_are_several(forms):
    def heads():
        return [label.accessibleName() for label in forms.findChildren(QLabel) if not label.isHidden()]

    forms.show_forms((entry("walk", "Walk"),), "", "")
    assert heads() == []
    forms.show_forms((entry("walk", "Walk"), entry("ask", "Ask", FormUse.SURVEY)), "", "")
    assert heads() == ["For the lesson", "Surveys"]
    forms.show_forms((entry("ask", "Ask", FormUse.SURVEY),), "", "")
    assert heads() == []


def in_sight(forms):
    return [one.form_id for one in forms.rows]


def test_forms_used_lately_come_first_and_once(forms):
    entries = (entry("a", "A"), entry("b", "B"), entry("c", "C"))
    forms.show_forms(entries, "b", "B", {"c": "Mon 9 Nov", "gone": "Mon 2 Nov"}, "Lately with Amina")

    assert [one.form_id for one in forms.choices] == ["", "c", "a", "b"]
    assert forms.chosen_row.form_id == "b"


def test_words_find_forms_by_name_and_purpose_without_accents(forms):
    entries = (entry("a", "Élan", purpose="For sport"), entry("b", "Board"), entry("c", "Sport hall", FormUse.SURVEY))
    forms.show_forms(entries, "", "")

    assert forms.narrow("elan") == 1
    assert in_sight(forms) == ["a"]
    assert forms.narrow("SPORT") == 2
    assert in_sight(forms) == ["c", "a"]  # by name, then by purpose
    assert forms.narrow("sport nowhere") == 0
    assert any("sport nowhere" in label.text() for label in forms.findChildren(QLabel) if not label.isHidden())
    assert forms.narrow("") == 4
    assert in_sight(forms) == ["", "b", "a", "c"]


def test_arrows_look_and_enter_chooses(qtbot, forms):
    forms.show_forms((entry("a", "A"), entry("bad", "Bad", broken=True), entry("c", "C")), "", "")
    with qtbot.waitExposed(forms):
        forms.show()
    forms.activateWindow()
    chosen = []
    forms.chosen.connect(chosen.append)
    forms.choices[0].setFocus()
    for _step in range(3):  # past the last good one: the broken one takes no keyboard
        qtbot.keyClick(QApplication.focusWidget() or forms, Qt.Key.Key_Down)
    assert QApplication.focusWidget().form_id == "c"
    assert (chosen, forms.chosen_row.form_id) == ([], "")

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert (chosen, forms.chosen_row.form_id) == (["c"], "c")


def test_choosing_another_form_moves_no_row(forms):
    entries = (entry("a", "A"), entry("b", "B"))
    forms.show_forms(entries, "a", "A")
    rows = forms.choices

    forms.show_forms(entries, "b", "B")

    assert forms.choices == rows
    assert forms.chosen_row.form_id == "b"
