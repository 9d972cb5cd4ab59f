"""The list of views: sentences that the lesson's events add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)

from observe_app.ui.i18n import claim_name
from observe_app.ui.talk.evidence_model import EvidenceModel
from observe_app.ui.talk.marks import paint_kind
from observe_app.ui.talk.notes_model import KINDS_ROLE
from observe_app.ui.talk.source import Picked, mime_of
from observe_app.ui.talk.source_list import LINE, PAD, SourceList, WrappedDelegate
from observe_app.ui.talk.wrapped import Wrapped
from observe_app.ui.theme import color, font, paint_icon, scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from observe_app.domain.evidence import ClaimKind
    from observe_app.services.lesson_views import LessonView
    from observe_app.ui.widgets.rows import Index

VIEW_ROLE = int(Qt.ItemDataRole.UserRole) + 20
_LEFT = 20
_ICON = 16
_TEXT = _LEFT + 26
_RIGHT = 14
_MARK = 16
_ICONS = {"form": "hash", "talk": "users", "notes": "tag", "phases": "clock"}
_Index = QModelIndex | QPersistentModelIndex


class ViewsModel(EvidenceModel):
    """Views in the order of the form, then talk, tags and phases."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[LessonView, ...] = ()
        self._kinds: dict[str, tuple[ClaimKind, ...]] = {}

    def set_views(self, views: Sequence[LessonView], kinds: Mapping[str, tuple[ClaimKind, ...]]) -> None:
        """Show these views, with the kinds of claim that each stands under; where only words change rows stay."""
        same = [view.key for view in views] == [view.key for view in self._views]
        if not same:
            self.beginResetModel()
        self._views, self._kinds = tuple(views), dict(kinds)
        if not same:
            self.endResetModel()
        elif self._views:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._views) - 1, 0))

    def id_at(self, row: int) -> str:
        """Return the key of a row's view."""
        return self._views[row].key

    def row_of(self, key: str) -> int | None:
        """Return where a view stands, None where it is not there."""
        return next((row for row, view in enumerate(self._views) if view.key == key), None)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a view, its sentence, its kinds of claim, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._views):
            return None
        view = self._views[index.row()]
        kinds = self._kinds.get(view.key, ())
        if role == VIEW_ROLE:
            return view
        if role == KINDS_ROLE:
            return kinds
        if role == Qt.ItemDataRole.DisplayRole:
            return view.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            names = ", ".join(claim_name(kind) for kind in kinds)
            words = QCoreApplication.translate("ViewsModel", "{view}, evidence for: {kinds}")
            return words.format(view=view.text, kinds=names) if names else view.text
        return None

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the keys of the dragged views."""
        rows = sorted({index.row() for index in indexes})
        return mime_of(Picked(views=tuple(self._views[row].key for row in rows)))

    def _count(self) -> int:
        return len(self._views)


class ViewDelegate(WrappedDelegate):
    """Paints an icon of what was counted, the sentence, and the marks of what the view is evidence for."""

    def __init__(self, view: ViewsList) -> None:
        super().__init__(view, rule=False)

    def row_height(self, index: Index, width: int) -> int:
        """Height that the sentence needs in a row of this width."""
        return max(scaled(30), int(self._text(index, width).height) + 2 * PAD)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole sentence."""
        return QSize(100, self.row_height(index, option.rect.width()))

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Icon, sentence, marks; the first line of all of them stands on one height."""
        view: LessonView = index.data(VIEW_ROLE)
        top = rect.top() + PAD
        side = scaled(_ICON)
        middle = top + (scaled(LINE) - side) / 2
        icon = _ICONS.get(view.group, "hash")
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = rect.right() + 1 - _LEFT - side if mirrored else rect.left() + _LEFT
        paint_icon(painter, QRectF(left, middle, side, side), icon, color("muted"))
        text = self._text(index, rect.width())
        start = rect.right() + 1 - scaled(_TEXT) - text.room if mirrored else rect.left() + scaled(_TEXT)
        text.draw(painter, start, top, color("ink"))
        taken, mark = _RIGHT - 1, scaled(_MARK)
        for kind in reversed(index.data(KINDS_ROLE) or ()):
            left = rect.left() + taken + 1 if mirrored else rect.right() - taken - mark
            paint_kind(painter, QRectF(left, middle, mark, mark), kind)
            taken += mark + 3

    def _text(self, index: Index, width: int) -> Wrapped:
        view: LessonView = index.data(VIEW_ROLE)
        kinds = max(1, len(index.data(KINDS_ROLE) or ()))
        room = width - scaled(_TEXT) - _RIGHT - kinds * (scaled(_MARK) + 3) - 4
        return Wrapped(view.text, font("text"), scaled(LINE), room)


class ViewsList(SourceList):
    """What the lesson adds up to."""

    def __init__(self, model: ViewsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, model, parent)
        self.setAccessibleName(self.tr("Views"))
        self.paint_with(ViewDelegate(self))

    def drag_words(self) -> str:
        """How many views."""
        count = len(self.selectionModel().selectedRows())
        return self.tr("1 view") if count == 1 else self.tr("{n} views").format(n=count)
