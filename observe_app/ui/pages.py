"""The pages of the window by name, and how their wishes reach the desk. Loaded after the first paint."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from observe_app.ui.first_run import FirstRunPage
from observe_app.ui.people import PeoplePage
from observe_app.ui.settings import SettingsPage
from observe_app.ui.today import TodayPage
from observe_app.ui.visit import VisitPage
from observe_app.ui.visits import VisitsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core
    from observe_app.ui.data_page import DataPage
    from observe_app.ui.guide import Guide
    from observe_app.ui.page import Page

PAGES: dict[str, type[DataPage]] = {
    "first_run": FirstRunPage,
    "today": TodayPage,
    "visits": VisitsPage,
    "people": PeoplePage,
    "settings": SettingsPage,
    "visit": VisitPage,
}


def page_factories(core: Core, desk: Guide) -> dict[str, Callable[[], Page]]:
    """Return what makes each page, connected to the desk."""
    return {name: partial(_make, page_type, core, desk) for name, page_type in PAGES.items()}


def _make(page_type: type[DataPage], core: Core, desk: Guide) -> Page:
    page = page_type(core, desk.jobs, desk.bus, desk.window)
    page.visit_asked.connect(desk.go_to_visit)
    page.plan_asked.connect(desk.plan)
    page.start_asked.connect(desk.start_writing)
    page.message_posted.connect(desk.window.show_message)
    page.message_cleared.connect(desk.window.clear_message)
    page.header_changed.connect(desk.window.refresh_header)
    if isinstance(page, FirstRunPage):
        page.finished.connect(desk.leave_first_run)
    if isinstance(page, SettingsPage):
        page.theme_chosen.connect(desk.apply_theme)
        page.motion_chosen.connect(desk.apply_motion)
        page.restore_chosen.connect(desk.restore)
    return page
