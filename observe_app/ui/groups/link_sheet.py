"""Choosing what a goal is pursued by: own visits, action steps out of them, sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Slot

from observe_app.domain.groups.goal import LinkKind
from observe_app.services.groups import groups, links
from observe_app.ui.moments import list_date
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import RowDelegate, RowList, SearchField, Sheet, TextLabel
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import QKeyEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.groups.goal import Goal
    from observe_app.services.core import Core
    from observe_app.services.groups.links import LinkChoice

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW = 46
_HIGH = 380
_AROUND = 260
_ON = Qt.ItemDataRole.CheckStateRole
_SECOND = Qt.ItemDataRole.UserRole


class LinkModel(QAbstractListModel):
    """What can be linked, found by words; checked ones are."""

    def __init__(self, found: tuple[LinkChoice, ...], today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all, self._rows, self._today = found, found, today
        self.wanted = {(one.kind, one.id) for one in found if one.linked}

    @property
    def rows(self) -> tuple[LinkChoice, ...]:
        """The rows shown."""
        return self._rows

    def find(self, text: str) -> None:
        """Show only what these words find."""
        words = text.casefold().split()
        self.beginResetModel()
        self._rows = tuple(
            one
            for one in self._all
            if all(word in f"{self._first(one)} {self._second(one)}".casefold() for word in words)
        )
        self.endResetModel()

    def turn(self, row: int) -> None:
        """Choose a row, or choose it no more."""
        if 0 <= row < len(self._rows):
            one = self._rows[row]
            self.wanted ^= {(one.kind, one.id)}
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a row, and whether it is chosen."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        one = self._rows[index.row()]
        on = (one.kind, one.id) in self.wanted
        if role == Qt.ItemDataRole.DisplayRole:
            return self._first(one)
        if role == _SECOND:
            return self._second(one)
        if role == _ON:
            return on
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.tr("{what}, linked") if on else self.tr("{what}, not linked")
            return words.format(what=f"{self._first(one)}, {self._second(one)}")
        return None

    def _first(self, one: LinkChoice) -> str:
        day = list_date(one.day, self._today) if one.day is not None else self.tr("no date")
        return " · ".join(part for part in (day, " ".join(one.title.split())) if part)

    def _second(self, one: LinkChoice) -> str:
        names = {
            LinkKind.VISIT.value: self.tr("Visit"),
            LinkKind.STEP.value: self.tr("Action step"),
            LinkKind.SESSION.value: self.tr("Session"),
        }
        return " · ".join(part for part in (names[one.kind], one.more) if part)


class _Delegate(RowDelegate):
    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        del is_selected
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = scaled(18)
        left = rect.right() - 12 - side if mirrored else rect.left() + 12
        on = bool(index.data(_ON))
        top = rect.top() + (rect.height() - side) // 2
        if on:
            place = rect.adjusted(0, 0, 0, 0)
            place.setRect(left, top, side, side)
            paint_icon(painter, place.toRectF(), "check", color("accent"))
        inner = rect.adjusted(12, 0, -24 - side, 0) if mirrored else rect.adjusted(24 + side, 0, -12, 0)
        half = inner.height() // 2
        first = inner.adjusted(0, 3, 0, -half)
        second = inner.adjusted(0, half, 0, -3)
        weight = 600 if on else 400
        draw_text(painter, first, str(index.data() or ""), font=font("text", weight=weight), color=color("ink"))
        draw_text(painter, second, str(index.data(_SECOND) or ""), font=font("small"), color=color("muted"))


class _LinkList(RowList):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses."""
        model = self.model()
        if event.key() == Qt.Key.Key_Space and isinstance(model, LinkModel):
            model.turn(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class LinkSheet(Sheet):
    """Search, and a list to choose from with Space, Enter or a click."""

    def __init__(self, core: Core, goal: Goal, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("LinkSheet", "What the goal is pursued by"), parent)
        self.setObjectName("link_sheet")
        self._core, self._goal = core, goal
        self._shown = links.choices(core, goal.id)
        self.add_lead(goal.title)
        self.search = SearchField(self.tr("Find visits, steps and sessions"), self)
        self.model = LinkModel(self._shown, groups.today(core), self)
        self.list = _LinkList(self.tr("What can be linked"), self, row_height=scaled(_ROW))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.nothing = TextLabel(
            self.tr("Nothing to link yet: no visit of yours, no session of the group."), self, tone="muted", wrap=True
        )
        self.nothing.setVisible(not self._shown)
        self.list.setVisible(bool(self._shown))
        self.search.setVisible(bool(self._shown))
        words = self.tr("The group’s page shows the days of visits and nothing else of them.")
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing)
        self.body.addWidget(TextLabel(words, self, step="small", tone="muted", wrap=True))
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Keep"))
        self.search.textEdited.connect(self._on_search)
        self.search.left_downwards.connect(self._on_down)
        self.list.clicked.connect(self._on_turned)
        self.list.opened.connect(self._on_turned)

    def begin(self) -> None:
        """Open with the keyboard in the search line."""
        room = max(scaled(120), min(scaled(_HIGH), self._host.height() - scaled(_AROUND)))
        self.list.setFixedHeight(min(room, max(3, len(self._shown)) * scaled(_ROW) + 2))
        self.open_over()
        if self._shown:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def accept(self) -> None:
        """Link what is chosen."""
        links.set_links(self._core, goal_id=self._goal.id, shown=self._shown, wanted=self.model.wanted)
        super().accept()

    @Slot(str)
    def _on_search(self, words: str) -> None:
        self.model.find(words)

    @Slot()
    def _on_down(self) -> None:
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(QModelIndex)
    def _on_turned(self, index: QModelIndex) -> None:
        self.model.turn(index.row())
