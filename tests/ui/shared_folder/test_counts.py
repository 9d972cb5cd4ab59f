"""Visits so far: off until somebody turns it on, told in numbers, read by name and not by rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from observe_app.services import people, visits
from observe_app.services.sync import counts, rounds, setup
from tests.ui.window import CTRL, Key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.services.core import Core
    from observe_app.ui.shared_folder import SharedFolderPage
    from observe_app.ui.shared_folder.counts_part import CountsPart
    from tests.ui.window import Program


@pytest.fixture
def amina(colleague: Callable[[str], Core]) -> Core:
    return colleague("Amina")


@pytest.fixture
def shared(program: Program, amina: Core, team: Path) -> SharedFolderPage:
    assert setup.folders(amina)
    setup.make_identity(program.core)
    setup.join(program.core, team)
    program.press(Key.Key_9, CTRL)
    page = program.window.current_page
    assert page is not None
    assert page.place == "shared"
    program.wait(lambda: bool(page.running.counts.boxes))  # type: ignore[attr-defined]  # as below
    return page  # type: ignore[return-value]  # the window makes a SharedFolderPage under this name


def rows(part: CountsPart) -> list[list[str]]:
    found = []
    for table in part.tables:
        model = table.table.model()
        found += [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]
    return found


def test_it_is_off_at_first_and_says_who_could_read_it(shared: SharedFolderPage) -> None:
    part = shared.running.counts
    (box,) = part.boxes.values()
    assert not box.isChecked()
    assert part.empty.isVisibleTo(part)
    assert part.tables == ()
    assert "Everybody who can open the folder can read them" in part.note.text()
    assert "never what was written" in box.accessibleDescription()


def test_the_keyboard_turns_it_on_and_off(program: Program, shared: SharedFolderPage) -> None:
    part = shared.running.counts
    folder_id = setup.folders(program.core)[0].id
    planned = len(visits.listing(program.core))
    visits.plan(program.core)
    program.tab_to("tell_counts")
    program.press(Key.Key_Space)
    program.wait(lambda: bool(part.tables))
    assert counts.is_on(program.core, folder_id)
    assert rows(part)[0][1] == str(planned + 1)
    assert rows(part)[0][0].endswith("(you)")
    assert not part.empty.isVisibleTo(part)
    program.press(Key.Key_Space)
    program.wait(lambda: not part.tables)
    assert not counts.is_on(program.core, folder_id)
    assert not next(iter(part.boxes.values())).isChecked()


def test_colleagues_stand_by_name_and_each_number_says_whose_and_of_what(
    program: Program, shared: SharedFolderPage, amina: Core, colleague: Callable[[str], Core]
) -> None:
    part = shared.running.counts
    for core, number in ((colleague("Zoe"), 3), (amina, 1)):
        for _ in range(number):
            visits.plan(core, teacher_id=people.ensure(core, "Somebody").id)
        counts.turn(core, setup.folders(core)[0].id, on=True)
        rounds.run_round(core)
    rounds.run_round(program.core)
    shared.reload()
    program.wait(lambda: len(rows(part)) == 2)
    assert [row[:2] for row in rows(part)] == [["Amina", "1"], ["Zoe", "3"]]
    model = part.tables[0].table.model()
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Zoe, Planned: 3"
    assert "Feb" in part.tables[0].caption.text()
