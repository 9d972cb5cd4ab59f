"""Picking a person by typing: names are offered, and one that is new is added on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from observe_app.domain.people import Role, clean_line
from observe_app.services import people
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, LineEdit
from observe_app.ui.widgets.paint import RIGHT, draw_text, paint_selection

if TYPE_CHECKING:
    from observe_app.services.core import Core

OFFER_ID = Qt.ItemDataRole.UserRole
OFFER_MORE = Qt.ItemDataRole.UserRole + 1
_ROW = 34


class OfferDelegate(QStyledItemDelegate):
    """Name, and at the end what tells two people of one name apart."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Name, and what tells it apart at the end."""
        rect: QRect = option.rect
        painter.fillRect(rect, color("bg"))
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            paint_selection(painter, rect)
        inner = rect.adjusted(12, 0, -12, 0)
        name = str(index.data() or "")
        width = draw_text(painter, inner, name, font=font("text"), color=color("ink"))
        more = str(index.data(OFFER_MORE) or "")
        rest = inner.adjusted(width + 16, 0, 0, 0)
        if rest.width() > 40:
            draw_text(painter, rest, more, font=font("small"), color=color("muted"), align=RIGHT)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """34 px high."""
        return QSize(200, scaled(_ROW))


class PersonField(QWidget):
    """One person, or nobody.

    Args:
        role: whose names come first: those who have this role by habit or by visits.

    Signals:
        chosen: id of the person, "" for nobody.
        add_asked: a name that nobody has yet, to be added and chosen.
        unclear: a name that several people have; "" once it is clear again.
    """

    chosen = Signal(str)
    add_asked = Signal(str)
    unclear = Signal(str)

    def __init__(self, core: Core, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._role = role
        self._person_id = ""
        self._name = ""
        self._build()

    @property
    def person_id(self) -> str:
        """Who is chosen, "" for nobody."""
        return self._person_id

    @property
    def pending(self) -> str:
        """A name that stands in the field and is nobody's yet, "" for none."""
        text = clean_line(self.line.text())
        return text if text and text != self._name and not self._ids_of(text) else ""

    def show_person(self, person_id: str | None, name: str) -> None:
        """Show who is chosen; not while the person is typing another name."""
        self._person_id, self._name = person_id or "", name
        if not (self.line.isModified() and (self.line.hasFocus() or self.pending)):
            self.line.setText(name)
            self.line.setCursorPosition(0)
        self._show_add()

    def settle(self) -> bool:
        """Take what stands in the field: nobody, the one who has the name, or somebody new.

        Returns:
            False when several people have the name, so that one must be picked.
        """
        text = clean_line(self.line.text())
        if text == self._name:
            return True
        ids = self._ids_of(text) if text else [""]
        if len(ids) > 1:
            self.unclear.emit(text)
            return False
        self.unclear.emit("")
        if ids:
            self._choose(ids[0])
        else:
            self.line.setModified(False)
            self.add_asked.emit(text)
        return True

    def restore(self) -> None:
        """Show again who is chosen, whatever stands in the field."""
        self.line.setModified(False)
        self.line.setText(self._name)
        self.unclear.emit("")
        self._show_add()

    # --- slots ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if self._model.rowCount() == 0 or len(text) <= 1:
            self._fill()

    @Slot(QModelIndex)
    def _on_picked(self, index: QModelIndex) -> None:
        self._choose(str(index.data(OFFER_ID)))

    @Slot()
    def _on_return(self) -> None:
        if not (self.offer.isVisible() and self.offer.currentIndex().isValid()):
            self.settle()

    @Slot()
    def _on_left(self) -> None:
        self.settle()
        self._show_add()

    @Slot()
    def _on_add(self) -> None:
        self.settle()

    # --- helpers ----------------------------------------------------------------------------------

    def _choose(self, person_id: str) -> None:
        self.line.setModified(False)
        self.unclear.emit("")
        if person_id != self._person_id:
            self.chosen.emit(person_id)
        else:
            self.line.setText(self._name)
        self._show_add()

    def _ids_of(self, name: str) -> list[str]:
        if self._model.rowCount() == 0:
            self._fill()
        wanted = name.casefold()
        found = (self._model.item(row) for row in range(self._model.rowCount()))
        return [str(item.data(OFFER_ID)) for item in found if item.text().casefold() == wanted]

    def _fill(self) -> None:
        rows = sorted(people.listing(self._core), key=self._place)
        self._model.clear()
        for row in rows:
            item = QStandardItem(row.person.name)
            item.setData(row.person.id, OFFER_ID)
            item.setData(row.person.subjects or row.person.email, OFFER_MORE)
            self._model.appendRow(item)

    def _place(self, row: people.PersonRow) -> tuple[bool, str]:
        visits = row.visits_as_teacher if self._role is Role.TEACHER else row.visits_as_observer
        return not (visits or self._role in row.person.roles), row.person.name.casefold()

    @Slot()
    def _show_add(self) -> None:
        is_new = bool(self.pending)
        if is_new == self.add_button.isHidden():
            self.add_button.setVisible(is_new)
            self.line.setTextMargins(0, 0, self.add_button.sizeHint().width() if is_new else 0, 0)

    def _build(self) -> None:
        self.line = LineEdit("", self, placeholder=self.tr("Type a name"))
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(8)
        self.offer = QListView()
        self.offer.setObjectName("person_offer")
        self.offer.setFrameShape(QListView.Shape.Box)
        self.completer.setPopup(self.offer)
        self.offer.setItemDelegate(OfferDelegate(self.offer))
        self.line.setCompleter(self.completer)
        self.add_button = Button(
            self.tr("Add as new"), self.line, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="user-plus"
        )
        self.add_button.setObjectName("add_person")
        self.add_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # for the pointer: Enter and Tab do the same
        self.add_button.hide()
        inside = QHBoxLayout(self.line)
        inside.setContentsMargins(0, 0, 3, 0)
        inside.addStretch(1)
        inside.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.completer.activated[QModelIndex].connect(self._on_picked)  # type: ignore[index]  # an overload, which the stubs do not know
        self.line.textEdited.connect(self._on_edited)
        self.line.textChanged.connect(self._show_add)
        self.line.returnPressed.connect(self._on_return)
        self.line.left.connect(self._on_left)
        self.add_button.clicked.connect(self._on_add)
