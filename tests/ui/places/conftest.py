"""A page with its header in a window, on a real store."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.data_page import DataPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

PageType = TypeVar("PageType", bound=DataPage)


@pytest.fixture
def bus(core: Core) -> Iterator[ChangeBus]:
    made = ChangeBus()
    stop = subscribe(core, made.publish)
    yield made
    stop()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """Return the window that a page and its header stand in."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1290, 768)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return made


@pytest.fixture
def open_page(
    qtbot: QtBot, core: Core, bus: ChangeBus, runner: JobRunner, host: QWidget
) -> Callable[[type[PageType]], PageType]:
    """Return a function that shows a page of a type, loaded and focused as the window does it."""

    def open_one(page_type: type[PageType]) -> PageType:
        page = page_type(core, runner, bus, host)
        header = page.header_widget()
        layout = host.layout()
        assert layout is not None
        if header is not None:
            layout.addWidget(header)
        layout.addWidget(page)
        with qtbot.waitExposed(host):
            host.show()
        host.activateWindow()
        page.activate()
        start = page.start_widget()
        if start is not None:
            start.setFocus()
        return page

    return open_one
