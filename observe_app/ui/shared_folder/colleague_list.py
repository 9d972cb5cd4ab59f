"""Colleagues with their numbers: compared, not compared yet, or red because the key is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.sync.card import Trust
from observe_app.domain.sync.safety import same_name
from observe_app.ui.moments import day_words, local, today_of
from observe_app.ui.shared_folder.parts import IconMark
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent

    from observe_app.domain.clock import Clock
    from observe_app.domain.sync.card import Colleague

_MARKS = {
    Trust.NEW: ("user", "muted"),
    Trust.CHECKED: ("check", "accent"),
    Trust.CHANGED: ("triangle-alert", "err"),
}
_NARROW = 520


class ColleagueRow(QWidget):
    """A name, what is known of the number, the number itself, and what one can say about it.

    Signals:
        same_said, other_said: fingerprint of whom the two compared the number of.
    """

    same_said = Signal(str)
    other_said = Signal(str)

    def __init__(self, one: Colleague, state: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colleague = one
        self.setObjectName("colleague_row")
        icon, tone = _MARKS[one.trust]
        name = self.tr("{name} (you)").format(name=one.card.name) if one.me else one.card.name
        if one.me:
            icon, tone = "user", "accent"
        self.setAccessibleName(", ".join((name, state, self.tr("number {n}").format(n=one.number))))
        self.name_label = ElidedLabel(name, self, weight=600)
        changed = one.trust is Trust.CHANGED
        self.state_label = TextLabel(state, self, step="small", tone="err" if changed else "muted", wrap=True)
        self.number_label = TextLabel(one.number, self, tabular=True)
        self.number_label.setObjectName("colleague_number")
        self.number_label.setAccessibleName(self.tr("Number of {name}: {n}").format(name=one.card.name, n=one.number))
        self.number_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(4)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 9)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(1)
        self._mark = IconMark(icon, tone, self, size=18)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name_label)
        words.addWidget(self.state_label)
        self._grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(words, 0, 1)
        self._grid.setColumnStretch(1, 1)
        self._is_narrow: bool | None = None
        self._add_acts()
        self._place(narrow=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: object) -> None:
        """In a narrow page the number stands below the name."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._place(narrow=self.width() < scaled(_NARROW))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(scaled(320), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule below."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, color("line2"))

    def _place(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self._grid.removeWidget(self.number_label)
        self._grid.removeItem(self._acts)
        side = Qt.AlignmentFlag.AlignVCenter
        if narrow:
            self._grid.addWidget(self.number_label, 1, 1, side)
            self._grid.addLayout(self._acts, 2, 1)
        else:
            self._grid.addWidget(self.number_label, 0, 2, side)
            self._grid.addLayout(self._acts, 0, 3)

    def _add_acts(self) -> None:
        one = self.colleague
        if one.me:
            return
        if one.trust is not Trust.CHECKED:
            same = Button(self.tr("The same"), self, size=ButtonSize.SMALL)
            same.setObjectName("number_same")
            same.setAccessibleDescription(self.tr("The number of {name} is the same").format(name=one.card.name))
            same.clicked.connect(self._on_same)
            self._acts.addWidget(same)
        if one.trust is not Trust.CHANGED:
            other = Button(self.tr("Not the same"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
            other.setObjectName("number_other")
            other.setToolTip(
                self.tr("Nothing is shared with {name} until the number is the same").format(name=one.card.name)
            )
            other.clicked.connect(self._on_other)
            self._acts.addWidget(other)
        self._acts.addStretch(1)

    @Slot()
    def _on_same(self) -> None:
        self.same_said.emit(self.colleague.card.fingerprint)

    @Slot()
    def _on_other(self) -> None:
        self.other_said.emit(self.colleague.card.fingerprint)


class ColleagueList(QWidget):
    """Everybody who takes part, oneself last.

    Signals:
        same_said, other_said: fingerprint.
    """

    same_said = Signal(str)
    other_said = Signal(str)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._shown: tuple[Colleague, ...] | None = None
        self.rows: tuple[ColleagueRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(self.tr("Colleagues"))

    def show_people(self, people: Sequence[Colleague]) -> None:
        """Show these; the keyboard stays with whom it was."""
        if tuple(people) == self._shown:
            return
        self._shown = tuple(people)
        held = self._held()
        clear_layout(self._column)
        rows = []
        for one in people:
            row = ColleagueRow(one, self._state(one, people), self)
            row.same_said.connect(self.same_said)
            row.other_said.connect(self.other_said)
            self._column.addWidget(row)
            rows.append(row)
        self.rows = tuple(rows)
        if all(one.me for one in people):
            self._column.addSpacing(8)
            words = self.tr(
                "Nobody else is here yet. Tell your colleagues where the folder lies; they come by themselves."
            )
            self._column.addWidget(TextLabel(words, self, tone="muted", wrap=True))
        for row in rows:
            if row.colleague.card.fingerprint == held:
                buttons = row.findChildren(Button)
                if buttons:
                    buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _held(self) -> str:
        for row in self.rows:
            if row.isAncestorOf(self.focusWidget() or self):
                return row.colleague.card.fingerprint
        return ""

    def _state(self, one: Colleague, people: Sequence[Colleague]) -> str:
        if one.me:
            return self.tr("your own number, which colleagues see")
        if one.trust is Trust.CHANGED:
            if any(one is not other and same_name(one.card.name, other.card.name) for other in people):
                return self.tr("there is another number of this name; nothing is shared there until you compared it")
            return self.tr("another number than before; nothing is shared there until you have compared it")
        if one.trust is Trust.NEW:
            return self.tr("not compared yet; {seen}").format(seen=self._seen(one.seen))
        day = self._day(one.checked) if one.checked is not None else ""
        compared = self.tr("compared {day}").format(day=day) if day else self.tr("compared")
        return self.tr("{compared}; {seen}").format(compared=compared, seen=self._seen(one.seen))

    def _seen(self, moment: datetime | None) -> str:
        if moment is None:
            return self.tr("nothing came yet")
        return self.tr("last seen {day}").format(day=self._day(moment))

    def _day(self, moment: datetime) -> str:
        return day_words(local(moment, self._clock.zone_name()).date(), today_of(self._clock))
