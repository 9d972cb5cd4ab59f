"""The quiet line before something goes out: a student's full name seems to be in it, and the way there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from observe_app.services import wording
from observe_app.ui.i18n import writing_language
from observe_app.ui.jobs import Job
from observe_app.ui.theme import color, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel
from observe_app.ui.widgets.paint import rounded

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.wording import NameInText
    from observe_app.ui.jobs import JobRunner

_MOST = 20
_BELOW = 16
"""Between the warning and what it stands over."""


class NameWarning(QWidget):
    """Says that names seem to go out; hidden where none do. It holds nothing up.

    Signals:
        asked: the `NameInText` that the person wants to see.
        looked: the look is over, whatever was found.
    """

    asked = Signal(object)
    looked = Signal()

    def __init__(self, core: Core, visit_id: str, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("name_warning")
        self._core, self._visit_id, self._jobs = core, visit_id, jobs
        self._job: Job[tuple[NameInText, ...]] | None = None
        self._found: tuple[NameInText, ...] = ()
        self.words = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.show_button = Button(
            self.tr("Show"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, name=self.tr("Show where names are")
        )
        self.show_button.clicked.connect(self._on_show)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6 + _BELOW)
        row.setSpacing(10)
        row.addWidget(self.words, 1)
        row.addWidget(self.show_button)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The plane of what is worth a look."""
        plane = self.rect().adjusted(0, 0, 0, -_BELOW).toRectF()
        rounded(QPainter(self), plane, tokens().size.radius_button, fill=color("warmtint"))

    @property
    def found(self) -> tuple[NameInText, ...]:
        """What was found last."""
        return self._found

    @Slot()
    def look(self) -> None:
        """Look again, in the background; what was found before stays until then."""
        self.stop()
        language = writing_language()
        self._job = Job(self, self._on_found, self._on_failed)
        self._jobs.run(partial(_look, self._core, self._visit_id, language), self._job)

    def stop(self) -> None:
        """Look no further."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def place_menu(self) -> QMenu:
        """Make the list of the names found; choosing one leads to it."""
        menu = QMenu(self)
        kinds = {
            "note": self.tr("{name}, in a note"),
            "claim": self.tr("{name}, in a claim"),
            "answer": self.tr("{name}, in the form"),
            "step": self.tr("{name}, in an action step"),
        }
        for place, one in enumerate(self._found[:_MOST]):
            words = kinds.get(one.kind, self.tr("{name}, in the record")).format(name=one.name)
            action = QAction(words.replace("&", "&&"), menu)
            action.setData(place)
            action.triggered.connect(self._on_chosen)
            menu.addAction(action)
        return menu

    def _on_found(self, found: tuple[NameInText, ...]) -> None:
        self._job, self._found = None, found
        places = len({(one.kind, one.id) for one in found})
        if any(one.kind != "note" for one in found):
            one, many = (
                self.tr("A full name seems to be in one place"),
                self.tr("A full name seems to be in {n} places"),
            )
        else:
            one, many = self.tr("A full name seems to be in one note"), self.tr("A full name seems to be in {n} notes")
        self.words.setText((one if places == 1 else many).format(n=places))
        self.setVisible(bool(found))
        self.looked.emit()

    def _on_failed(self, error: Exception) -> None:
        # A hint that cannot be given now is given the next time; the tab says itself what cannot be read.
        self._job = None
        self.looked.emit()

    @Slot()
    def _on_show(self) -> None:
        if len(self._found) == 1:
            self.asked.emit(self._found[0])
            return
        menu = self.place_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.show_button.mapToGlobal(QPoint(0, self.show_button.height())))

    @Slot()
    def _on_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.asked.emit(self._found[int(action.data())])


def _look(core: Core, visit_id: str, language: str, _progress: Progress) -> tuple[NameInText, ...]:
    return wording.names_in(core, visit_id, language)
