"""Pictures of every page, drawn without a screen: what `demo --headless` leaves, and what we look at."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor

from observe_app.domain.visit import Stage, VisitFilter
from observe_app.services import visits
from observe_app.services.form_entry import Origin
from observe_app.ui.application import make_application, make_theme
from observe_app.ui.compare.state import TABS, CompareTarget
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.groups.tab_base import TABS as PARTS
from observe_app.ui.groups.tab_base import GroupsTarget
from observe_app.ui.starter import Starter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from observe_app.services.core import Core
    from observe_app.ui.desk import Desk

SIZE = (1366, 768)
_SETTLE_S = 0.15
_PATIENCE_S = 20.0


def draw_pages(core: Core, folder: Path, *, themes: tuple[str, ...] = ("light", "dark")) -> list[Path]:
    """Draw every page over the data of an open core, which stays open.

    Args:
        core: the open data folder.
        folder: where the pictures go; made if it is not there.
        themes: "light", "dark" or "contrast".

    Returns:
        The pictures, as PNG files of 1366 x 768 logical pixels.
    """
    app = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    size = core.settings.get().text_size
    theme = make_theme(app, themes[0], reduce_motion=True, text_size=size)
    starter = Starter(lambda: core, folder=core.folder, theme=theme, owns_core=False)
    QCursor.setPos(SIZE[0] // 2, SIZE[1] - 4)  # over nothing that would light up under it
    starter.window.resize(*SIZE)
    starter.show()
    _until(app, lambda: starter.desk is not None)
    desk = starter.desk
    if desk is None:
        starter.end()
        return []
    drawn = []
    scenes = _scenes(core, desk)
    for word in themes:  # every page in one, then in the next: putting a theme on takes longer than all pages do
        make_theme(app, word, reduce_motion=True, text_size=size)
        for name, go in scenes:
            go()
            _settle(app, desk)
            path = folder / f"{name}-{word}.png"
            if desk.window.grab().save(str(path)):
                drawn.append(path)
    starter.window.close()
    starter.window.deleteLater()
    starter.deleteLater()
    _settle(app, None)
    return drawn


def _scenes(core: Core, desk: Desk) -> list[tuple[str, Callable[[], object]]]:
    scenes: list[tuple[str, Callable[[], object]]] = [
        (name, lambda name=name: desk.window.go(name))  # type: ignore[misc]  # mypy cannot infer a default's type
        for name in ("today", "visits", "people", "settings")
    ]
    fullest = max(visits.listing(core, VisitFilter()), key=lambda row: row.notes, default=None)
    if fullest is not None:
        for stage in Stage:
            target = VisitTarget(fullest.id, stage.value)
            scenes.append((f"visit-{stage.value}", lambda target=target: desk.go_to_visit(target)))  # type: ignore[misc]
    scenes += [
        (f"compare-{tab}", lambda tab=tab: _compare(desk, tab))  # type: ignore[misc]
        for tab in TABS
    ]
    scenes += [
        (f"groups-{tab}", lambda tab=tab: desk.go_to_groups(GroupsTarget(tab)))  # type: ignore[misc]
        for tab in PARTS
    ]
    scenes.append(("journal", lambda: desk.window.go("journal")))
    scenes += _form_scenes(core, desk)
    return scenes


def _compare(desk: Desk, tab: str) -> None:
    page = desk.window.go("compare")
    if page is not None:
        page.go_to(CompareTarget(tab))  # type: ignore[attr-defined]  # `pages` makes a ComparePage under this name


def _form_scenes(core: Core, desk: Desk) -> list[tuple[str, Callable[[], object]]]:
    """The library at an own form and at one with codes, then the own form in the editor."""
    entries = [entry for entry in core.catalogue.entries() if not entry.problems]
    coded = next((entry.form_id for entry in entries if entry.interval_s), "")
    own = next((entry.form_id for entry in entries if entry.origin is Origin.OWN), "")
    scenes: list[tuple[str, Callable[[], object]]] = []
    if coded:
        scenes.append(("forms-codes", lambda: desk.go_to_form(coded)))
    if own:
        scenes.append(("forms-own", lambda: desk.go_to_form(own)))
        scenes.append(("forms-editor", lambda: _edit(desk, own)))
    return scenes


def _edit(desk: Desk, form_id: str) -> None:
    page = desk.window.go("forms")
    if page is not None:
        page.edit(form_id)  # type: ignore[attr-defined]  # `pages` makes a FormsPage under this name


def _settle(app: QApplication, desk: Desk | None) -> None:
    """Let layouts, timers and jobs come to rest."""
    end = time.monotonic() + _SETTLE_S
    while time.monotonic() < end:
        app.processEvents()
    if desk is not None:
        _until(app, lambda: not desk.jobs.busy)


def _until(app: QApplication, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not condition() and time.monotonic() < end:
        app.processEvents()
