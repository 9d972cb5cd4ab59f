"""Whether the teacher of a visit is the colleague of that name in the shared folder: asked before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.sync.card import Trust
from observe_app.services import released_before, visits
from observe_app.services.sync import linking, setup, sharing
from observe_app.ui.errors import describe
from observe_app.ui.theme import color
from observe_app.ui.widgets import Button, ButtonSize, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from observe_app.domain.sync.card import Colleague
    from observe_app.services.core import Core

_BELOW = 16


class TeacherPart(QWidget):
    """Hidden where nobody of the teacher's name shares, or it was said already.

    Signals:
        linked: the person said that it is the same; from now on the teacher gets it through the folder.
    """

    linked = Signal()

    def __init__(self, core: Core, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("release_teacher")
        self._core, self._visit_id = core, visit_id
        self._person, self._colleague = "", ""
        self.title = TextLabel("", self, weight=600, wrap=True)
        self.words = TextLabel("", self, tone="quote", wrap=True)
        self.trouble = TextLabel("", self, tone="err", wrap=True)
        self.trouble.hide()
        self.button = Button(self.tr("Yes, the same person"), self, size=ButtonSize.SMALL)
        self.button.setObjectName("same_person")
        self.button.clicked.connect(self._on_same)
        acts = QHBoxLayout()
        acts.addWidget(self.button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12 + _BELOW)  # hidden it leaves no gap
        column.setSpacing(6)
        for part in (self.title, self.words, self.trouble):
            column.addWidget(part)
        column.addSpacing(2)
        column.addLayout(acts)
        self.hide()

    @property
    def through(self) -> str:
        """How the teacher gets it, "" where only by a PDF that is handed over."""
        try:
            found = sharing.could_share(self._core, self._visit_id)
        except ObserveError:
            return ""
        if found is None:
            return ""
        if sharing.school_opens(self._core, self._visit_id):
            return self.tr(
                "the teacher, on their own computer. They decide who else may. The school’s key opens it too."
            )
        if found.trust is Trust.CHECKED:
            return self.tr("the teacher, on their own computer. They decide who else may.")
        return self.tr("the teacher, on their own computer (number not compared yet)")

    def look(self) -> None:
        """Ask where there is somebody to ask about."""
        offered = self._offered()
        self.setVisible(offered is not None)
        if offered is None:
            return
        self._person, found = offered
        self._colleague = found.card.fingerprint
        folder = next((one.name for one in setup.folders(self._core)), "")
        self.title.setText(self.tr("Is this the same {name}?").format(name=found.card.name))
        words = self.tr(
            "{name} takes part in the shared folder “{folder}”. If this is the teacher you visited, the visit appears "
            "on their computer once you release it. Otherwise only the PDF that you hand over reaches them."
        )
        self.words.setText(words.format(name=found.card.name, folder=folder))
        self.button.setAccessibleDescription(self.words.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The plane of what is news."""
        QPainter(self).fillRect(self.rect().adjusted(0, 0, 0, -_BELOW), color("tint"))

    def _offered(self) -> tuple[str, Colleague] | None:
        try:
            teacher = visits.get(self._core, self._visit_id).teacher_id
            if not teacher or not sharing.own_fingerprint(self._core):
                return None
            found = linking.offered(self._core, (teacher,))
        except ObserveError:
            return None
        return found[0] if len(found) == 1 else None

    @Slot()
    def _on_same(self) -> None:
        try:
            person = linking.link(self._core, person_id=self._person, fingerprint=self._colleague)
            released_before.send(self._core, person.id)
        except ObserveError as error:
            told = describe(error)
            self.trouble.setText(f"{told.text} {told.hint}".strip())
            self.trouble.show()
            return
        self.hide()
        self.linked.emit()
