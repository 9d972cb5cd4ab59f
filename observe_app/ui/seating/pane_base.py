"""The parts of the seat pane and what they show; `SeatPane` makes them act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from observe_app.domain.participation import Basis
from observe_app.ui.seating.pane_parts import EntryLine, NoPlan
from observe_app.ui.seating.speak_room import SpeakRoom
from observe_app.ui.seating.tables import ParticipationTables
from observe_app.ui.seating.words import basis_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, CheckChoice, KeyHint, Plane, TextLabel
from observe_app.ui.widgets.labels import caption

if TYPE_CHECKING:
    from observe_app.domain.participation import Participation
    from observe_app.domain.seating import SeatingPlan

_MARGIN = 20
_NAMED = 14


class SeatPaneBase(Plane):
    """Head, entry line, plan, figures; after the lesson the tables below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("seat_pane")
        self.setAccessibleName(self.tr("Seats"))
        self.head = QWidget(self)
        self.entry = EntryLine(self)
        self.said_row = QWidget(self)
        self.no_plan = NoPlan(self)
        self.area = QScrollArea(self)
        self._build_head()
        self._build_said()
        self._build_body()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.entry, self.said_row, self.area, self.no_plan):
            column.addWidget(widget, 1 if widget in (self.area, self.no_plan) else 0)

    def show_parts(self, *, has_plan: bool, over: bool, view: Participation, plan: SeatingPlan) -> None:
        """Show what fits a lesson that runs or is over, with or without a plan."""
        with_plan: tuple[QWidget, ...] = (self.area, self.lines_button, self.change_button)
        for part in with_plan:
            part.setVisible(has_plan)
        self.no_plan.setVisible(not has_plan)
        for part in (self.entry, self.said_row):
            part.setVisible(has_plan and not over)
        self.legend.setVisible(self.lines_button.isChecked())
        self.tables.setVisible(over)
        self.basis_choice.setVisible(over and bool(view.presses) and bool(view.notes))
        if self.basis_choice.value is None:
            self.basis_choice.set_value(view.basis.value)
        self.figures.setText("\n".join(_figures(view, over=over)))
        self.silent.setText(_silent(view, over=over))
        self.silent.setVisible(bool(self.silent.text()))
        if over:
            from observe_app.ui.seating.frame import wanted_height  # noqa: PLC0415  (only after the lesson)

            self.room.setMinimumHeight(wanted_height(plan, max(320, self.width() - 2 * _MARGIN)))
        else:
            self.room.setMinimumHeight(0)
        least = self.room.minimumSizeHint()
        wide = least.width() + 2 * _MARGIN
        self.plane.setMinimumWidth(wide if wide > self.width() else 0)

    def _build_head(self) -> None:
        small = ButtonSize.SMALL
        self.lines_button = Button(self.tr("Lines"), self.head, size=small, name=self.tr("Show who spoke to whom"))
        self.lines_button.setCheckable(True)
        self.change_button = Button(self.tr("Change"), self.head, size=small, name=self.tr("Change the seating plan"))
        self.close_button = Button(
            "", self.head, kind=ButtonKind.GHOST, size=small, icon="x", name=self.tr("Back to the form")
        )
        row = QHBoxLayout(self.head)
        row.setContentsMargins(_MARGIN, 12, _MARGIN - 6, 10)
        row.setSpacing(8)
        row.addWidget(caption(self.tr("Seats"), self.head))
        row.addStretch(1)
        for button in (self.lines_button, self.change_button, self.close_button):
            row.addWidget(button)

    def _build_said(self) -> None:
        self.said = TextLabel("", self.said_row, step="small", tone="ink", wrap=True, tabular=True)
        self.undo_hint = KeyHint(
            QCoreApplication.translate("Seats", "Ctrl Z"), self.tr("takes it back"), self.said_row, active=True
        )
        self.said_row.setMinimumHeight(scaled(34))
        row = QHBoxLayout(self.said_row)
        row.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        row.setSpacing(12)
        row.addWidget(self.said, 1)
        row.addWidget(self.undo_hint, 0, Qt.AlignmentFlag.AlignRight)

    def _build_body(self) -> None:
        body = self.plane = Plane("side")
        self.room = SpeakRoom(body)
        self.figures = TextLabel("", body, step="text", weight=600, wrap=True, tabular=True)
        self.silent = TextLabel("", body, step="small", tone="muted", wrap=True)
        self.legend = TextLabel(
            self.tr("Lines go from who spoke to whom, thicker for more; a short stroke is to the class."),
            body, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        options = ((Basis.PRESSES.value, self.tr("Presses")), (Basis.NOTES.value, self.tr("Notes")))
        self.basis_choice = CheckChoice(options, self.tr("Figures and lines by"), body)
        self.tables = ParticipationTables(body)
        words = QVBoxLayout()
        words.setContentsMargins(_MARGIN, 10, _MARGIN, 14)
        words.setSpacing(4)
        for widget in (self.figures, self.silent, self.legend, self.basis_choice):
            words.addWidget(widget)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        room = QHBoxLayout()
        room.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        room.addWidget(self.room)
        column.addLayout(room, 1)
        column.addLayout(words)
        column.addWidget(self.tables)
        self.area.setWidget(body)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _figures(view: Participation, *, over: bool) -> list[str]:
    """Return how many students were heard, by each source that says anything."""
    tr, number = QCoreApplication.translate, QLocale().toString
    found = []
    for basis in (Basis.PRESSES, Basis.NOTES):
        share, count = view.heard(basis), view.contributions(basis)
        if count and share.of:
            text = tr("Seats", "{n} of {of} students heard, by {basis}")
            found.append(text.format(n=number(share.count), of=number(share.of), basis=basis_words(basis, count)))
    if found:
        return found
    return [tr("Seats", "Nobody was recorded as speaking") if over else tr("Seats", "Nobody was heard yet")]


def _silent(view: Participation, *, over: bool) -> str:
    """Return who was not heard, by number where they are few; and how many are missing."""
    tr, number = QCoreApplication.translate, QLocale().toString
    parts = []
    if view.contributions(view.basis):
        silent = view.not_heard(view.basis)
        names = ", ".join(f"{voice.who} {voice.label}".strip() for voice in silent)
        if silent and (over or len(silent) <= _NAMED):
            parts.append(tr("Seats", "Not heard: {names}").format(names=names))
        elif silent:
            parts.append(tr("Seats", "{n} not heard yet").format(n=number(len(silent))))
    if view.absent:
        parts.append(tr("Seats", "{n} absent, not counted").format(n=number(view.absent)))
    return " · ".join(parts)
