"""Two numbers to compare while the two sit together: a line in the conversation, gone once they were the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import released_before
from observe_app.services.sync import colleagues, linking, setup
from observe_app.ui.jobs import Job
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, Sheet, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from observe_app.domain.progress import Progress
    from observe_app.domain.sync.card import Colleague
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

_LOW_WINDOW = 700


class CompareRow(QWidget):
    """Shown where teacher and observer both share and their numbers were not compared yet.

    Somebody who is known here by name only is from then on the colleague of that number.

    Signals:
        settled: it needs no room any longer.
    """

    settled = Signal()

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_row")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._core, self._jobs = core, jobs
        self._other: Colleague | None = None
        self._person = ""
        self._skipped: set[str] = set()
        self.head = TextLabel(self.tr("Compare your numbers"), self, weight=600)
        self.their_name, self.own_name = (
            ElidedLabel("", self, step="small", tone="muted"),
            TextLabel(self.tr("You"), self, step="small", tone="muted"),
        )
        self.their_number = TextLabel("", self, tabular=True)
        self.own_number = TextLabel("", self, tabular=True)
        self.same_button = Button(self.tr("The same"), self, size=ButtonSize.SMALL)
        self.later_button = Button(self.tr("Later"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.same_button.setObjectName("compare_same")
        self.later_button.setObjectName("compare_later")
        self.look_button = Button(self.tr("Compare…"), self, size=ButtonSize.SMALL)
        self.look_button.setObjectName("compare_look")
        self.look_button.hide()
        self.same_button.setToolTip(self.tr("Both screens show both numbers alike"))
        acts = QHBoxLayout()
        acts.setSpacing(6)
        acts.addStretch(1)
        acts.addWidget(self.later_button)
        acts.addWidget(self.same_button)
        acts.addWidget(self.look_button)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 9)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.head, 0, 0)
        grid.addLayout(acts, 0, 1)
        grid.addWidget(self.their_name, 1, 0)
        grid.addWidget(self.their_number, 1, 1)
        grid.addWidget(self.own_name, 2, 0)
        grid.addWidget(self.own_number, 2, 1)
        grid.setColumnStretch(0, 1)
        self.same_button.clicked.connect(self._on_same)
        self.look_button.clicked.connect(self._on_look)
        self.later_button.clicked.connect(self._on_later)
        self.hide()

    def look(self, person_ids: tuple[str, ...]) -> None:
        """Find out, in a worker, whether one of these people is to be compared with; nothing without a folder."""
        core = self._core
        if not core.vault.place():
            self.hide()
            return

        def work(_progress: Progress) -> tuple[tuple[tuple[str, Colleague], ...], str]:
            if not setup.folders(core) or not colleagues.own_fingerprint(core):
                return (), ""
            found = [("", one) for one in colleagues.to_compare(core, person_ids)]
            found += [(person, _numbered(one)) for person, one in linking.offered(core, person_ids)]
            return tuple(found), colleagues.own_number(core)

        self._jobs.run(work, Job(self, self._on_found, self._on_failed))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The plane of what is news."""
        QPainter(self).fillRect(self.rect(), color("tint"))

    def _on_found(self, found: tuple[tuple[tuple[str, Colleague], ...], str]) -> None:
        people, own = found
        left = (pair for pair in people if pair[1].card.fingerprint not in self._skipped)
        self._person, self._other = next(left, ("", None))
        if self._other is not None:
            self.their_name.setText(self._other.card.name)
            self.their_number.setText(self._other.number)
            self.own_number.setText(own)
            words = self.tr("Compare your numbers: {name} {their}, you {own}")
            self.setAccessibleName(words.format(name=self._other.card.name, their=self._other.number, own=own))
        self._show_low(low=self.window().height() < scaled(_LOW_WINDOW))
        self.setVisible(self._other is not None)
        self.settled.emit()

    def _show_low(self, *, low: bool) -> None:
        """Where the conversation needs the height, one line; the numbers lie over the page when they are asked for."""
        for part in (self.their_name, self.their_number, self.own_name, self.own_number, self.same_button):
            part.setVisible(not low)
        self.look_button.setVisible(low)

    def _on_failed(self, error: Exception) -> None:
        self.hide()
        if not isinstance(error, ObserveError):
            raise error

    @Slot()
    def _on_same(self) -> None:
        if self._other is not None:
            fingerprint = self._other.card.fingerprint
            colleagues.same(self._core, fingerprint)
            if self._person:
                person = linking.link(self._core, person_id=self._person, fingerprint=fingerprint)
                released_before.send(self._core, person.id)
        self._other = None
        self.hide()
        self.settled.emit()

    @Slot()
    def _on_look(self) -> None:
        if self._other is not None:
            sheet = CompareSheet(self._other, self.own_number.text(), self)
            sheet.accepted.connect(self._on_same)
            sheet.open_over()

    @Slot()
    def _on_later(self) -> None:
        if self._other is not None:
            self._skipped.add(self._other.card.fingerprint)
        self._other = None
        self.hide()
        self.settled.emit()


class CompareSheet(Sheet):
    """Both numbers, large enough to be read across a table; accepted when they were the same."""

    def __init__(self, other: Colleague, own: str, parent: QWidget) -> None:
        super().__init__("", parent, width=480)
        self.setObjectName("compare_sheet")
        self.title_label.setText(self.tr("Compare your numbers"))
        self.add_lead(self.tr("Both screens show both numbers. Are they alike?"))
        for name, number in ((other.card.name, other.number), (self.tr("You"), own)):
            self.body.addWidget(ElidedLabel(name, self, step="small", tone="muted"))
            self.body.addWidget(TextLabel(number, self, step="lead", weight=600, tabular=True, wrap=True))
        self.add_safe(self.tr("Later"))
        self.add_main(self.tr("The same"))


def _numbered(one: Colleague) -> Colleague:
    return replace(one, number=colleagues.number_of(one.card))
