"""What else can be done with a session: calendar files, held without the clock, cancelled, deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.sessions.states import SessionState
from observe_app.services import history
from observe_app.services.sessions import running, sessions
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.hand_over import start_folder

if TYPE_CHECKING:
    from observe_app.domain.sessions.session import Session
    from observe_app.services.core import Core

HOLD, CANCEL, AGAIN, DELETE, DELETE_FOLLOWING = "hold", "cancel", "again", "delete", "delete_following"


class SessionMenu(QMenu):
    """Acts on one session.

    Signals:
        asked: one of the acts above, for the page to `do`. written: Path of a calendar file. failed: an `ObserveError`.
    """

    asked = Signal(str)
    written = Signal(object)
    failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget) -> None:
        super().__init__(parent)
        self._core = core
        self._session_id = ""
        self.calendar_act = self.addAction(self.tr("Calendar file"))
        self.series_act = self.addAction(self.tr("Calendar file of the series, one event each"))
        self.rule_act = self.addAction(self.tr("Calendar file of the series, as one rule"))
        self.addSeparator()
        self.held_act = self.addAction(self.tr("Mark as held"))
        self.cancel_act = self.addAction(self.tr("Cancel the session"))
        self.again_act = self.addAction(self.tr("Plan it again"))
        self.delete_act = self.addAction(self.tr("Delete"))
        self.delete_following_act = self.addAction(self.tr("Delete this one and those that follow"))
        for act, name in (
            (self.held_act, HOLD), (self.cancel_act, CANCEL), (self.again_act, AGAIN), (self.delete_act, DELETE),
            (self.delete_following_act, DELETE_FOLLOWING),
        ):  # fmt: skip
            act.setProperty("act", name)
            act.triggered.connect(self._on_act)
        self.calendar_act.triggered.connect(self._on_calendar)
        self.series_act.triggered.connect(self._on_series)
        self.rule_act.triggered.connect(self._on_rule)

    def show_session(self, session: Session) -> None:
        """Offer what can be done with this session."""
        self._session_id = session.id
        planned = session.state == SessionState.PLANNED
        dated = session.start is not None
        self.held_act.setVisible(planned and dated)
        self.cancel_act.setVisible(planned)
        self.again_act.setVisible(session.state == SessionState.CANCELLED)
        self.calendar_act.setEnabled(dated)
        for act in (self.series_act, self.rule_act, self.delete_following_act):
            act.setVisible(bool(session.series_id))

    def do(self, act: str, session_id: str) -> str:
        """Do it, and return what to say.

        Raises:
            ObserveError: it cannot be done.
        """
        seen = history.seen(self._core, ("session", session_id))
        if act == HOLD:
            running.hold(self._core, session_id=session_id)
            return ""
        if act == CANCEL:
            sessions.cancel(self._core, session_id=session_id, seen=seen)
            return self.tr("Cancelled. It stays in the list, and in the calendar file as cancelled.")
        if act == AGAIN:
            sessions.plan_again(self._core, session_id=session_id, seen=seen)
            return self.tr("Planned again.")
        gone = sessions.delete(self._core, session_id=session_id, seen=seen, following=act == DELETE_FOLLOWING)
        if gone == 1:
            return self.tr("Moved to the bin.")
        return self.tr("{n} sessions were moved to the bin.").format(n=gone)

    def save_calendar(self, target: Path, *, series: bool = False, as_rule: bool = False) -> None:
        """Write the calendar file of the session, or of its series."""
        from observe_app.services.sessions.calendar_file import export_calendar  # noqa: PLC0415  (rarely wanted)

        try:
            export_calendar(self._core, session_id=self._session_id, target=target, series=series, as_rule=as_rule)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.written.emit(target)

    @Slot()
    def _on_act(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(str(sender.property("act")))

    @Slot()
    def _on_calendar(self) -> None:
        self._ask_where(series=False, as_rule=False)

    @Slot()
    def _on_series(self) -> None:
        self._ask_where(series=True, as_rule=False)

    @Slot()
    def _on_rule(self) -> None:
        self._ask_where(series=True, as_rule=True)

    def _ask_where(self, *, series: bool, as_rule: bool) -> None:
        session = sessions.get(self._core, self._session_id)
        day = sessions.day_of(session)
        dialog = QFileDialog(self.parentWidget(), self.tr("Save the calendar file"))
        dialog.setObjectName("session_calendar_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Calendar files (*.ics)"))
        dialog.setDefaultSuffix("ics")
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.selectFile(safe_name(f"{day.isoformat() if day else ''} {session.title}"[:80], "ics"))
        dialog.setProperty("series", series)
        dialog.setProperty("as_rule", as_rule)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        sender = self.sender()
        if name and sender is not None:
            series, as_rule = bool(sender.property("series")), bool(sender.property("as_rule"))
            self.save_calendar(Path(name), series=series, as_rule=as_rule)
