"""The school's classes offered in a line where a class is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView

from observe_app.services.school import classes
from observe_app.ui.people.person_field import OFFER_ID, OFFER_MORE, OfferDelegate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from observe_app.services.core import Core


class ClassOffer(QObject):
    """Offers classes while one types; any other name may still be written.

    Signals:
        chosen: id of the class that was picked.
    """

    chosen = Signal(str)

    def __init__(self, core: Core, line: QLineEdit) -> None:
        super().__init__(line)
        self._core = core
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(8)
        self.offer = QListView()
        self.offer.setObjectName("class_offer")
        self.offer.setFrameShape(QListView.Shape.Box)
        self.completer.setPopup(self.offer)
        self.offer.setItemDelegate(OfferDelegate(self.offer))
        line.setCompleter(self.completer)
        line.installEventFilter(self)
        self.completer.activated[QModelIndex].connect(self._on_picked)  # type: ignore[index]  # an overload, which the stubs do not know

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Read what there is when the person comes to the line."""
        if event.type() == QEvent.Type.FocusIn:
            self.reload()
        return False

    def reload(self) -> None:
        """Read the classes that are stored now."""
        self._model.clear()
        for row in classes.listing(self._core):
            one = row.school_class
            item = QStandardItem(one.name)
            item.setData(one.id, OFFER_ID)
            item.setData(" · ".join(part for part in (one.subject, ", ".join(row.teachers)) if part), OFFER_MORE)
            self._model.appendRow(item)

    @Slot(QModelIndex)
    def _on_picked(self, index: QModelIndex) -> None:
        self.chosen.emit(str(index.data(OFFER_ID)))
