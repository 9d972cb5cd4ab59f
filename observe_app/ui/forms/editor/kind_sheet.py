"""Adding an item: the kinds, each with a line that says when it is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QRect, QRectF, Qt, Signal, Slot

from observe_app.ui.forms.editor.kinds import ORDER, kind_purpose, kind_title
from observe_app.ui.forms.words import kind_icon
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import RowDelegate, RowList, Sheet, TextLabel
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import ItemKind
    from observe_app.ui.widgets.rows import Index

_ROW = 38
_AROUND, _WORDS_AROUND = 165, 95
_ROOT = QModelIndex()


class KindsModel(QAbstractListModel):
    """The kinds, the likeliest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One a kind."""
        return 0 if parent.isValid() else len(ORDER)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, and all of it for screen readers."""
        kind = ORDER[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return kind_title(kind)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{kind_title(kind)}. {kind_purpose(kind)}"
        return None


class _Delegate(RowDelegate):
    """Icon, name, when to use it."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """One line, mirrored where reading is."""
        kind = ORDER[index.row()]
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft

        def at(left: int, width: int) -> QRectF:
            x = rect.right() - left - width if mirrored else rect.left() + left
            return QRectF(x, rect.top(), width, rect.height())

        side = scaled(18)
        mark = QRectF(at(14, side).left(), rect.center().y() + 0.5 - side / 2, side, side)
        paint_icon(painter, mark, kind_icon(kind), color("accent"))
        name = font("text", weight=600)
        draw_text(painter, at(scaled(44), scaled(140)), kind_title(kind), font=name, color=color("ink"))
        words = at(scaled(188), rect.width() - scaled(188) - 12)
        draw_text(painter, words, kind_purpose(kind), font=font("small"), color=color("muted"))


class KindSheet(Sheet):
    """Choose a kind with the arrows, Enter adds.

    Signals:
        kind_chosen: the `ItemKind`.
    """

    kind_chosen = Signal(object)

    def __init__(self, parent: QWidget, *, where: str) -> None:
        super().__init__(QCoreApplication.translate("KindSheet", "Add an item"), parent, width=760)
        self.setObjectName("kind_sheet")
        self.list = RowList(self.tr("Kinds of items"), self, row_height=scaled(_ROW))
        self.list.setModel(KindsModel(self.list))
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setMinimumWidth(scaled(300))
        self.list.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        self.body.addWidget(TextLabel(where, self, step="small", tone="muted", wrap=True))
        self.body.addWidget(self.list, 1)
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Add"))
        self.list.opened.connect(self._on_opened)
        self.accepted.connect(self._on_accepted)

    def open_at(self, kind: ItemKind) -> None:
        """Open with the keyboard in the list, at a kind."""
        self.list.setCurrentIndex(self.list.model().index(ORDER.index(kind), 0))
        self._fit()
        self.open_over()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many kinds as there is room for."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        around = _AROUND + scaled(_WORDS_AROUND)
        self.list.setFixedHeight(max(180, min(scaled(_ROW) * len(ORDER) + 2, self._host.height() - around)))

    @Slot(QModelIndex)
    def _on_opened(self, _index: QModelIndex) -> None:
        self.accept()

    @Slot()
    def _on_accepted(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.kind_chosen.emit(ORDER[index.row()])
