"""The pages of the window by name, and how their wishes reach the desk. Each is loaded when it is first wanted."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core
    from observe_app.ui.data_page import DataPage
    from observe_app.ui.guide import Guide
    from observe_app.ui.page import Page

_ROOMS = (
    "first_run", "today", "visits", "people", "forms", "settings", "visit", "shared", "compare", "groups", "journal",
)  # fmt: skip


def page_factories(core: Core, guide: Guide) -> dict[str, Callable[[], Page]]:
    """Return what makes each page, connected to the desk."""
    makers = (_first_run, _today, _visits, _people, _forms, _settings, _visit, _shared, _compare, _groups, _journal)
    return {name: partial(_connected, maker, core, guide) for name, maker in zip(_ROOMS, makers, strict=True)}


CODE = (
    "visits", "form_panel", "observe.stream_pane", "observe.note_line", "observe.code_board", "observe.tab_base",
    "observe.tab", "talk", "follow_up", "visit", "people", "forms", "settings",
    "shared_folder", "charts", "compare", "groups.groups_tab", "journal.page",
)  # fmt: skip
"""Packages and modules that the pages are made of, in an order in which none brings many others along."""


def load_code(name: str) -> None:
    """Load a part of `CODE` ahead of time; in the window's thread only.

    PySide builds the meta-objects of classes while Qt reads them without the GIL: a class that is made in a worker
    while the window works ends the process in `MetaObjectBuilder::update`.
    """
    import_module(f"observe_app.ui.{name}")


def _connected(make: Callable[[Core, Guide], DataPage], core: Core, guide: Guide) -> Page:
    page = make(core, guide)
    page.visit_asked.connect(guide.go_to_visit)
    page.plan_asked.connect(guide.plan)
    page.start_asked.connect(guide.start_writing)
    page.message_posted.connect(guide.window.show_message)
    page.message_cleared.connect(guide.window.clear_message)
    page.header_changed.connect(guide.window.refresh_header)
    return page


def _first_run(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.first_run import FirstRunPage  # noqa: PLC0415  (loaded when wanted, here and below)

    page = FirstRunPage(core, guide.jobs, guide.bus, guide.window)
    page.finished.connect(guide.leave_first_run)
    return page


def _today(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.today import TodayPage  # noqa: PLC0415

    page = TodayPage(core, guide.jobs, guide.bus, guide.window)
    page.visits_asked.connect(guide.go_to_visits)
    page.groups_asked.connect(guide.go_to_groups)
    return page


def _visits(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.visits import VisitsPage  # noqa: PLC0415

    return VisitsPage(core, guide.jobs, guide.bus, guide.window)


def _people(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.people import PeoplePage  # noqa: PLC0415

    return PeoplePage(core, guide.jobs, guide.bus, guide.window)


def _forms(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.forms import FormsPage  # noqa: PLC0415

    page = FormsPage(core, guide.jobs, guide.bus, guide.window)
    page.visit_wanted.connect(guide.plan_with_form)
    return page


def _settings(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.settings import SettingsPage  # noqa: PLC0415

    page = SettingsPage(core, guide.jobs, guide.bus, guide.window)
    page.theme_chosen.connect(guide.apply_theme)
    page.text_size_chosen.connect(guide.apply_text_size)
    page.motion_chosen.connect(guide.apply_motion)
    page.keys_changed.connect(guide.apply_keys)
    page.restore_chosen.connect(guide.restore)
    page.protection_chosen.connect(guide.protect)
    return page


def _visit(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.visit import VisitPage  # noqa: PLC0415

    page = VisitPage(core, guide.jobs, guide.bus, guide.window)
    page.compare_asked.connect(guide.compare_visit)
    page.term_asked.connect(guide.compare_term)
    return page


def _shared(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.shared_folder import SharedFolderPage  # noqa: PLC0415

    page = SharedFolderPage(core, guide.jobs, guide.bus, guide.window)
    page.follow(guide.sync)
    page.also_asked.connect(guide.open_also)
    return page


def _compare(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.compare import ComparePage  # noqa: PLC0415

    return ComparePage(core, guide.jobs, guide.bus, guide.window)


def _groups(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.groups import GroupsPage  # noqa: PLC0415

    return GroupsPage(core, guide.jobs, guide.bus, guide.window)


def _journal(core: Core, guide: Guide) -> DataPage:
    from observe_app.ui.journal.page import JournalPage  # noqa: PLC0415

    return JournalPage(core, guide.jobs, guide.bus, guide.window)
