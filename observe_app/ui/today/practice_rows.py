"""What asks for attention around the visits, as rows of Today: surveys to answer, sessions, visits of rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from observe_app.services.surveys import surveys
from observe_app.ui.groups.tab_base import SURVEYS, GroupsTarget
from observe_app.ui.i18n import short_date
from observe_app.ui.today.round_rows import RoundRows
from observe_app.ui.today.session_rows import SessionRows
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Button, ButtonSize, SectionHead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.services.surveys.surveys import SurveyView

_MOST = 5


class PracticeRows(QObject):
    """Rows that lead to a record in Groups.

    Signals:
        asked: the `GroupsTarget` of the row that was opened. message_posted: `Message` with a way back.
    """

    asked = Signal(object)
    message_posted = Signal(object)

    def __init__(self, core: Core, page: QWidget) -> None:
        super().__init__(page)
        self._core, self._page = core, page
        self._surveys: tuple[SurveyView, ...] = ()
        self._rounds = RoundRows(core, page)
        self._rounds.asked.connect(self.asked)
        self._sessions = SessionRows(core, page)
        self._sessions.asked.connect(self.asked)
        self._sessions.message_posted.connect(self.message_posted)

    def load(self) -> bool:
        """Ask what waits; tell whether anything does."""
        self._surveys = surveys.waiting_for_me(self._core)
        sessions = self._sessions.load()
        rounds = self._rounds.load()
        return bool(self._surveys) or sessions or rounds

    def fill(self, add: Callable[[QWidget, int], None]) -> list[TwoLineRow]:
        """Add what waits, each kind under its head; return the rows."""
        rows = self._sessions.fill(add)
        return [*rows, *self._rounds.fill(add), *self._fill_surveys(add)]

    def _fill_surveys(self, add: Callable[[QWidget, int], None]) -> list[TwoLineRow]:
        if not self._surveys:
            return []
        count = str(len(self._surveys))
        add(SectionHead(QCoreApplication.translate("TodayPractice", "Surveys"), count, self._page), 26)
        rows = [self._survey_row(one) for one in self._surveys[:_MOST]]
        for row in rows:
            add(row, 0)
        return rows

    def _survey_row(self, view: SurveyView) -> TwoLineRow:
        tr = QCoreApplication.translate
        survey = view.survey
        lead = short_date(survey.closes) if survey.closes is not None else tr("TodayPractice", "Open")
        who = tr("TodayPractice", "from {name}").format(name=view.maker) if view.maker else ""
        way = tr("TodayPractice", "anonymous") if survey.anonymous else tr("TodayPractice", "with your name")
        until = tr("TodayPractice", "until this day") if survey.closes is not None else ""
        button = Button(tr("TodayPractice", "Answer"), self._page, size=ButtonSize.SMALL)
        second = " · ".join(part for part in (way, until) if part)
        row = TwoLineRow(survey.title, who, second, self._page, lead=lead, button=button)
        row.setObjectName("survey_row")
        for part in (row, button):
            part.setProperty("target", GroupsTarget(SURVEYS, survey.id))
        row.opened.connect(self._on_opened)
        button.clicked.connect(self._on_opened)
        return row

    @Slot()
    def _on_opened(self) -> None:
        sender = self.sender()
        target = sender.property("target")
        if isinstance(target, GroupsTarget):
            self.asked.emit(target)
