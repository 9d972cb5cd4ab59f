"""Moving a visit by hand: the times that fit are offered; another one is looked at first, and its clashes are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.rounds import moves, periods
from observe_app.ui.errors import describe
from observe_app.ui.i18n import short_date
from observe_app.ui.moments import today_of
from observe_app.ui.rounds.words import clash_sentence, span_words, when_words
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    CheckChoice,
    DateEdit,
    Field,
    LineEdit,
    RowDelegate,
    RowView,
    SectionHead,
    Sheet,
    TextLabel,
)
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from PySide6.QtGui import QPainter

    from observe_app.domain.rounds.check import Clash
    from observe_app.domain.rounds.round import Pairing
    from observe_app.domain.rounds.slots import Lesson
    from observe_app.services.core import Core
    from observe_app.services.rounds.moves import Moved, MoveFields

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW = 34
_SHOWN = 7
_REST = 400
_SAME, _ANY = "same", "any"
_ELIDE = Qt.TextElideMode.ElideMiddle


class OpeningModel(QAbstractListModel):
    """Lessons that somebody could come to."""

    def __init__(self, names: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._lessons: tuple[Lesson, ...] = ()

    def show(self, lessons: Sequence[Lesson]) -> None:
        """Show these."""
        self.beginResetModel()
        self._lessons = tuple(lessons)
        self.endResetModel()

    def lesson(self, row: int) -> Lesson | None:
        """Return the lesson of a row, None outside."""
        return self._lessons[row] if 0 <= row < len(self._lessons) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._lessons)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """When; readers of screens hear all of it."""
        one = self.lesson(index.row()) if index.isValid() else None
        if one is None:
            return None
        when = self.tr("{day}, {times}").format(day=short_date(one.on), times=span_words(one.start_min, one.end_min))
        if role == Qt.ItemDataRole.DisplayRole:
            return when
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{when}, {self.what(one)}"
        return None

    def what(self, one: Lesson) -> str:
        """Return whose lesson it is and where."""
        parts = (self._names.get(one.teacher_id, ""), one.class_name, one.subject, one.room)
        return " · ".join(part for part in parts if part)


class _Openings(RowDelegate):
    """When, then what."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Two columns on one line."""
        model = index.model()
        one = model.lesson(index.row()) if isinstance(model, OpeningModel) else None
        if one is None or not isinstance(model, OpeningModel):
            return
        weight = 600 if is_selected else 400
        lead = scaled(180)
        inner = rect.adjusted(10, 0, -8, 0)
        when = QRect(inner.left(), inner.top(), lead, inner.height())
        rest = inner.adjusted(lead, 0, 0, 0)
        if self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            when.moveRight(inner.right())
            rest = inner.adjusted(0, 0, -lead, 0)
        text = str(index.data() or "")
        draw_text(painter, when, text, font=font("text", weight=weight, tabular=True), color=color("ink"))
        draw_text(painter, rest, model.what(one), font=font("small"), color=color("muted"), elide=_ELIDE)


class MoveSheet(Sheet):
    """Another time, or another lesson, for one visit.

    Signals:
        moved: `Moved`, once it is kept.
    """

    moved = Signal(object)

    def __init__(self, core: Core, pairing: Pairing, names: Mapping[str, str], host: QWidget) -> None:
        super().__init__(host.tr("Move the visit"), host, width=720)
        self.setObjectName("move_sheet")
        self._core, self._pairing, self._names = core, pairing, names
        self._fields: MoveFields = {}
        today = today_of(core.clock)
        self._lessons = tuple(one for one in moves.openings(core, pairing.id) if one.on >= today)
        words = self.tr("{observer} visits {teacher}, {when}").format(
            observer=names.get(pairing.observer_id, "–"), teacher=names.get(pairing.teacher_id, "–"),
            when=when_words(pairing),
        )  # fmt: skip
        self.add_lead(words)
        self._build()
        mine = any(one.teacher_id == pairing.teacher_id for one in self._lessons)
        self.whose.set_value(_SAME if mine else _ANY)
        self._show_openings()
        self._show_clashes(None)

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_whose(self, key: object) -> None:
        if key is None:
            self.whose.set_value(_SAME)
        self._show_openings()

    @Slot(QModelIndex)
    def _on_opening(self, index: QModelIndex) -> None:
        one = self.openings.lesson(index.row()) if index.isValid() else None
        if one is None:
            return
        self._fields = {
            "teacher_id": one.teacher_id,
            "on": one.on,
            "start_min": one.start_min,
            "end_min": one.end_min,
            "slot_id": one.slot_id,
        }
        self._look()

    @Slot()
    def _on_look(self) -> None:
        try:
            found = periods.read_bell_times(self.times_line.text())
        except ObserveError as error:
            self._say(describe(error).text)
            return
        if not found:
            self.times_line.setFocus()
            return
        day: date = self.day_edit.date().toPython()  # type: ignore[assignment]  # a QDate gives a date
        self.list.clearSelection()
        self._fields = {"on": day, "start_min": found[0].start_min, "end_min": found[0].end_min}
        self._look()

    @Slot()
    def _on_accepted(self) -> None:
        try:
            moved: Moved = moves.move(self._core, pairing_id=self._pairing.id, **self._fields)
        except ObserveError as error:
            self._say(describe(error).text)
            return
        self.moved.emit(moved)
        self.accept()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show_openings(self) -> None:
        same = self.whose.value == _SAME
        shown = [one for one in self._lessons if not same or one.teacher_id == self._pairing.teacher_id]
        self.openings.show(shown)
        self.head.set_right(str(len(shown)))
        room = (self.window().height() - scaled(_REST)) // scaled(_ROW)
        self.list.setFixedHeight(scaled(_ROW) * max(1, min(len(shown), _SHOWN, room)) + 2)
        self.list.setVisible(bool(shown))
        self.none_label.setVisible(not shown)

    def _look(self) -> None:
        try:
            clashes = moves.try_move(self._core, pairing_id=self._pairing.id, **self._fields)
        except ObserveError as error:
            self._say(describe(error).text)
            return
        self._show_clashes(clashes)

    def _show_clashes(self, clashes: tuple[Clash, ...] | None) -> None:
        if clashes is None:
            self.note.setText("")
            self.go_button.set_disabled_because(self.tr("Choose a time first."))
            return
        said = list(dict.fromkeys(clash_sentence(one, self._names) for one in clashes))
        self.note.setText("\n".join(said[:6]) if said else self.tr("Nothing stands against this time."))
        self.note.set_tone("warm" if said else "muted")
        self.go_button.set_disabled_because("")
        self.go_button.setText(self.tr("Move it all the same") if said else self.tr("Move it"))
        self.go_button.updateGeometry()

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.set_tone("warm")

    # --- build --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.head = SectionHead(self.tr("Times that fit"), "", self, step="body")
        self.body.addWidget(self.head)
        options = ((_SAME, self.tr("same teacher")), (_ANY, self.tr("any colleague")))
        self.whose = CheckChoice(options, self.tr("Whose lessons"), self)
        self.whose.chosen.connect(self._on_whose)
        self.body.addWidget(self.whose)
        self.openings = OpeningModel(self._names, self)
        self.list = RowView(self.tr("Times that fit"), self, row_height=scaled(_ROW))
        self.list.setObjectName("openings")
        self.list.setModel(self.openings)
        self.list.setItemDelegate(_Openings(self.list))
        self.list.horizontalHeader().hide()
        self.list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.list.selected.connect(self._on_opening)
        self.body.addWidget(self.list)
        words = self.tr("No other time fits all rules. You can still choose one below.")
        self.none_label = TextLabel(words, self, step="small", tone="muted", wrap=True)
        self.body.addWidget(self.none_label)
        self.body.addWidget(SectionHead(self.tr("Another time"), "", self, step="body"))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.day_edit = DateEdit(self)
        self.day_edit.setObjectName("move_day")
        day = self._pairing.on
        if day is not None:
            self.day_edit.setDate(QDate(day.year, day.month, day.day))
        self.times_line = LineEdit(parent=self, placeholder=self.tr("10:40-11:30"))
        self.times_line.setObjectName("move_times")
        self.times_line.setText(span_words(self._pairing.start_min, self._pairing.end_min))
        self.times_line.returnPressed.connect(self._on_look)
        self.look_button = Button(self.tr("Look at it"), self)
        self.look_button.setObjectName("move_look")
        self.look_button.clicked.connect(self._on_look)
        row.addWidget(Field(self.tr("Day"), self.day_edit, self))
        row.addWidget(Field(self.tr("Times"), self.times_line, self), 1)
        row.addWidget(self.look_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.note = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.note.setObjectName("move_note")
        self.body.addWidget(self.note)
        self.add_safe(self.tr("Leave it"))
        self.go_button = Button(self.tr("Move it"), self, kind=ButtonKind.PRIMARY)
        self.go_button.setObjectName("move_go")
        self.go_button.clicked.connect(self._on_accepted)
        self.buttons.addWidget(self.go_button)
