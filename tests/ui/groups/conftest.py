"""A window on groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.window import Program, at_today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    """Return the whole program at Today, its clock led by hand."""
    with at_today(qtbot, qapp, data_folder, clock) as made:
        yield made
