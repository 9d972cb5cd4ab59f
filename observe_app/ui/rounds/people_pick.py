"""Who takes part: a list to tick, filtered by typing, filled by a group; it says whose timetable is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    KeyHint,
    RowDelegate,
    RowView,
    SearchField,
    TextLabel,
)
from observe_app.ui.widgets.flow import FlowRow
from observe_app.ui.widgets.paint import RIGHT, draw_text, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW = 34
_ELIDE = Qt.TextElideMode.ElideMiddle


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may take part. `lessons`: how many are known of them."""

    id: str
    name: str
    subjects: str = ""
    lessons: int = 0


class PickModel(QAbstractTableModel):
    """People to tick."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Candidate, ...] = ()
        self._shown: tuple[Candidate, ...] = ()
        self._words = ""
        self._ticked: set[str] = set()

    @property
    def ticked(self) -> tuple[str, ...]:
        """Ids of those ticked, in the order of the list."""
        return tuple(one.id for one in self._all if one.id in self._ticked)

    @property
    def everybody(self) -> tuple[Candidate, ...]:
        """All, whether they are shown or not."""
        return self._all

    def show(self, people: Sequence[Candidate]) -> None:
        """Show these people; ticks stay with those who stay."""
        self.beginResetModel()
        self._all = tuple(people)
        self._ticked &= {one.id for one in people}
        self._filter()
        self.endResetModel()

    def set_words(self, words: str) -> None:
        """Show only those whose name or subjects have a word that begins so."""
        self.beginResetModel()
        self._words = words.strip().casefold()
        self._filter()
        self.endResetModel()

    def set_ticked(self, ids: Iterable[str]) -> None:
        """Tick these people and no others."""
        self._ticked = set(ids) & {one.id for one in self._all}
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def toggle(self, row: int) -> None:
        """Tick somebody, or take the tick away."""
        if 0 <= row < len(self._shown):
            self._ticked ^= {self._shown[row].id}
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def candidate(self, row: int) -> Candidate:
        """Return the person of a row."""
        return self._shown[row]

    def _filter(self) -> None:
        def fits(one: Candidate) -> bool:
            return any(part.startswith(self._words) for part in f"{one.name} {one.subjects}".casefold().split())

        self._shown = tuple(one for one in self._all if fits(one)) if self._words else self._all

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Those who are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, tick, and in full for readers of screens."""
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if one.id in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (
                self.tr("{name}, takes part, {more}") if one.id in self._ticked else self.tr("{name}, not in, {more}")
            )
            return words.format(name=one.name, more=self.timetable(one))
        return one.name if role == Qt.ItemDataRole.DisplayRole else None

    def timetable(self, one: Candidate) -> str:
        """Return what is known of somebody's lessons, in words."""
        return self.tr("lessons: {n}").format(n=one.lessons) if one.lessons else self.tr("no timetable")


class PeoplePick(QWidget):
    """The list with its filter and its groups.

    Signals:
        changed: other people take part. timetable_asked: id of the person whose week is to be typed in.
    """

    changed = Signal()
    timetable_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: dict[str, tuple[str, ...]] = {}
        self.model = PickModel(self)
        self.model.dataChanged.connect(self.changed)
        self.search = SearchField(self.tr("Find people"), self)
        self.search.setObjectName("round_people_search")
        self.search.textEdited.connect(self._on_search)
        self.group_box = ComboBox(self)
        self.group_box.setObjectName("round_group")
        self.group_box.setAccessibleName(self.tr("Choose by group"))
        self.group_box.activated.connect(self._on_group)
        self.all_button = Button(self.tr("All"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.none_button = Button(self.tr("Nobody"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.all_button.clicked.connect(self._on_all)
        self.none_button.clicked.connect(self._on_none)
        self.count_label = TextLabel("", self, step="small", weight=600, tabular=True)
        self.list = _PickList(self.model, self)
        self.list.opened.connect(self._on_opened)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.count_label, 1)
        head.addWidget(self.all_button)
        head.addWidget(self.none_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.group_box)
        column.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        keys = FlowRow(self, gap=14)
        keys.add(KeyHint(self.tr("Space"), self.tr("takes part"), self))
        keys.add(KeyHint(self.tr("Enter"), self.tr("their week"), self))
        column.addWidget(keys)
        self.model.modelReset.connect(self._count)
        self.model.dataChanged.connect(self._count)

    @property
    def group_id(self) -> str:
        """The group chosen, "" for none."""
        return str(self.group_box.currentData() or "")

    def fill(
        self, people: Sequence[Candidate], groups: Sequence[tuple[str, str, tuple[str, ...]]], *, group_id: str = ""
    ) -> None:
        """Offer people, and groups as (id, name, ids of its members)."""
        self.model.show(people)
        self._groups = {one[0]: one[2] for one in groups}
        self.group_box.clear()
        self.group_box.addItem(self.tr("Pick people, or choose a group"), "")
        for key, name, _members in groups:
            self.group_box.addItem(name, key)
        self.group_box.setCurrentIndex(max(self.group_box.findData(group_id), 0))
        self.group_box.setVisible(bool(groups))

    @Slot()
    def _on_search(self) -> None:
        self.model.set_words(self.search.text())

    @Slot()
    def _on_group(self) -> None:
        members = self._groups.get(self.group_id)
        if members is not None:
            self.model.set_ticked(members)

    @Slot()
    def _on_all(self) -> None:
        self.model.set_ticked(one.id for one in self.model.everybody)

    @Slot()
    def _on_none(self) -> None:
        self.model.set_ticked(())

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.timetable_asked.emit(self.model.candidate(index.row()).id)

    @Slot()
    def _count(self) -> None:
        count = len(self.model.ticked)
        self.count_label.setText(self.tr("1 person") if count == 1 else self.tr("{n} people").format(n=count))


class _PickList(RowView):
    """Rows with a box; Space or a click ticks, Enter opens the week of the person."""

    def __init__(self, model: PickModel, parent: QWidget) -> None:
        super().__init__(parent.tr("Who takes part"), parent, row_height=scaled(_ROW))
        self._model = model
        self.setObjectName("round_people")
        self.setModel(model)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_PickDelegate(self))
        self.setSelectionMode(RowView.SelectionMode.NoSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._model.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the row ticks."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._model.toggle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are two clicks."""
        self.mousePressEvent(event)


class _PickDelegate(RowDelegate):
    """Box, name, what is known of the timetable."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Box and words."""
        model = index.model()
        if not isinstance(model, PickModel):
            return
        one = model.candidate(index.row())
        side = scaled(18)
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = rect.right() - 4 - side if mirrored else rect.left() + 4
        box = QRectF(left, rect.center().y() - side / 2 + 0.5, side, side)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        rounded(
            painter, box, 4, fill=color("fill") if ticked else color("field"), edge=None if ticked else color("ctl")
        )
        if ticked:
            paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", color("onfill"))
        inner = rect.adjusted(0, 0, -side - 14, 0) if mirrored else rect.adjusted(side + 14, 0, -4, 0)
        more = model.timetable(one)
        tone = color("muted" if one.lessons else "warm")
        used = draw_text(painter, inner, more, font=font("small", tabular=True), color=tone, align=RIGHT)
        words = inner.adjusted(used + 10, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -used - 10, 0)
        draw_text(painter, words, one.name, font=font("text"), color=color("ink"), elide=_ELIDE)
