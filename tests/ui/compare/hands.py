"""What a person does in Compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.ui.compare import ComparePage

if TYPE_CHECKING:
    from tests.ui.window import Program


def at_compare(program: Program, tab: int = 0) -> ComparePage:
    """Go to Compare by its key and to a tab by the arrow keys; return the page once it has counted."""
    page = program.window.go("compare")
    assert isinstance(page, ComparePage)
    program.wait(lambda: page.found is not None and not program.desk.jobs.busy)
    page.header.tabs.setFocus()
    page.header.tabs.setCurrentIndex(tab)
    settled(program)
    return page


def settled(program: Program) -> None:
    """Wait until nothing is counted any more."""
    program.wait(lambda: not program.desk.jobs.busy)
