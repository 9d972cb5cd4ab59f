"""The forms that a visit may take, in the order in which they are wanted."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from observe_app.domain.errors import FormProblem
from observe_app.domain.form import FormUse
from observe_app.services.catalogue import CatalogueEntry
from observe_app.services.form_entry import Origin
from observe_app.ui.visit.form_list import FormList


def entry(form_id: str, title: str, use: FormUse = FormUse.LESSON, *, broken: bool = False) -> CatalogueEntry:
    problems = (FormProblem(1, "item x", "unknown"),) if broken else ()
    return CatalogueEntry(form_id, (("", title),), (), 1, None, problems, Origin.FILE, use)


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
    forms.show_forms(entries, "", "", 0)

    assert [one.form_id for one in forms.choices] == ["", "talk", "walk", "meet", "look", "ask", "bad"]
    assert not forms.choices[-1].isEnabled()


def test_groups_are_named_where_there_are_several(forms):
    def heads():
        return [label.accessibleName() for label in forms.findChildren(QLabel) if not label.isHidden()]

    forms.show_forms((entry("walk", "Walk"),), "", "", 0)
    assert heads() == []
    forms.show_forms((entry("walk", "Walk"), entry("ask", "Ask", FormUse.SURVEY)), "", "", 0)
    assert heads() == ["For the lesson", "Surveys"]
    forms.show_forms((entry("ask", "Ask", FormUse.SURVEY),), "", "", 0)
    assert heads() == []
