"""Classes: a list that is found by typing, one class at its side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.services.school import classes
from observe_app.ui.errors import describe
from observe_app.ui.people.class_editor import ClassEditor
from observe_app.ui.people.classes_model import ClassesModel, ClassesTable
from observe_app.ui.people.filter_bar import FilterBar
from observe_app.ui.people.room_base import Room, side_for
from observe_app.ui.widgets import Button, ButtonKind, EmptyState, Message, MessageKind, Plane

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.errors import ObserveError
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

_RISK = "classes-risk"


class ClassesRoom(Room):
    """Every class of the school that matters to visits."""

    tables: ClassVar[frozenset[str]] = frozenset({"school_class", "school_term", "person", "visit"})

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, parent)
        self.setObjectName("classes_room")
        self._selected = ""
        self._build()
        self.bar.typed.connect(self._on_typed)
        self.bar.archived_toggled.connect(self._on_archived)
        self.bar.left_downwards.connect(self._on_left_search)
        self.table.selected.connect(self._on_selected)
        self.table.opened.connect(self._on_opened)
        self.table.sort_changed.connect(self._on_sort)
        self.editor.archive_asked.connect(self._on_archive)
        self.editor.delete_asked.connect(self._on_delete)
        self.editor.saved.connect(self._on_saved)
        self.editor.save_failed.connect(self._on_save_failed)
        for button in (self.add_button, self.empty_add):
            button.clicked.connect(self._on_add)

    # --- room -------------------------------------------------------------------------------------

    def buttons(self) -> tuple[QWidget, ...]:
        """Add a class."""
        return (self.add_button,)

    def regions(self) -> tuple[QWidget, ...]:
        """Search, list, the class."""
        return (self.bar, self.stack, self.side)

    def start_widget(self) -> QWidget | None:
        """The search line; without classes the button that adds one."""
        return self.empty_add if self.bar.isHidden() else self.bar.search

    def leave(self) -> bool:
        """Keep the class being written."""
        return self.editor.leave()

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        self.model.reload()
        rows = self.model.rowCount()
        self.bar.show_count(self.tr("1 class") if rows == 1 else self.tr("{n} classes").format(n=rows), rows)
        self._restore_selection()
        searching = bool(self.model.words.strip())
        self.add_button.set_kind(ButtonKind.PRIMARY if rows or searching else ButtonKind.PLAIN)
        self.stack.setCurrentWidget(self.table if rows else self.nothing if searching else self.empty)
        self.bar.setVisible(bool(rows) or searching or self.model.with_archived)
        self.side.setVisible(bool(rows))

    def show_class(self, class_id: str) -> None:
        """Show a class."""
        self.bar.clear()
        self.model.words = ""
        self._selected = class_id
        self.reload()

    # --- slots ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_typed(self, words: str) -> None:
        self.model.words = words
        self.reload()

    @Slot(bool)
    def _on_archived(self, on: bool) -> None:
        self.model.with_archived = on
        self.reload()

    @Slot()
    def _on_left_search(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int, object)
    def _on_sort(self, column: int, order: Qt.SortOrder) -> None:
        self.model.sort_by(column, descending=order is Qt.SortOrder.DescendingOrder)
        self._restore_selection()

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        row = self.model.row(index.row()) if index.isValid() else None
        if row is None or row.school_class.id == self._selected:
            return
        if not self.editor.leave():
            QTimer.singleShot(0, self, self._restore_selection)
            return
        self._selected = row.school_class.id
        self.editor.show_class(row.school_class.id)

    @Slot()
    def _on_opened(self) -> None:
        self.editor.begin()

    @Slot()
    def _on_add(self) -> None:
        if not self.editor.leave():
            return
        made = classes.add(self.core, name=self.bar.search.text().strip() or self.tr("New class"))
        self.show_class(made.id)
        self.editor.begin()

    @Slot()
    def _on_archive(self) -> None:
        one = self.editor.school_class
        if one is None or not self.editor.leave():
            return
        classes.edit(self.core, class_id=one.id, seen=self.editor.seen, archived=not one.archived)
        if not one.archived:
            words = self.tr("{name} is among the classes of earlier years; its visits stay.").format(name=one.name)
            self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "archive", key="undo/"))
        self.reload()

    @Slot()
    def _on_delete(self) -> None:
        one = self.editor.school_class
        if one is None:
            return
        number = self.model.number_of(one.id)
        neighbour = self.model.row(number + 1) or self.model.row(number - 1)
        classes.delete(self.core, one.id, seen=self.editor.seen)
        self._selected = neighbour.school_class.id if neighbour is not None else ""
        words = self.tr("{name} is in the bin; visits keep what they took from it.").format(name=one.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key="undo/"))
        self.editor.show_class(None)
        self.reload()

    @Slot(object)
    def _on_save_failed(self, error: ObserveError) -> None:
        told = describe(error)
        words = f"{told.text} {told.hint}".strip()
        self.message_posted.emit(Message(MessageKind.RISK, words, key=_RISK, closable=False))

    @Slot()
    def _on_saved(self) -> None:
        self.message_cleared.emit(_RISK)

    @Slot()
    def _restore_selection(self) -> None:
        number = max(self.model.number_of(self._selected), 0)
        row = self.model.row(number)
        if row is None:
            self.editor.show_class(None)
            return
        self._selected = row.school_class.id
        self.table.setCurrentIndex(self.model.index(number, 0))
        self.editor.show_class(row.school_class.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete on the list moves the class to the bin."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self._on_delete()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way in a small window."""
        super().resizeEvent(event)
        self.side.setFixedWidth(side_for(event.size().width()))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.add_button = Button(self.tr("Add a class"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.add_button.setObjectName("class_add")
        self.model = ClassesModel(self.core, self)
        self.table = ClassesTable(self.model, self)
        self.editor = ClassEditor(self.core, self)
        self.side = Plane("side", self)
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.editor)
        self.bar = FilterBar(self.tr("Find classes"), self.tr("With earlier years"), "classes", self)
        self.empty_add = Button(self.tr("Add a class"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.empty = EmptyState(
            self.tr("No classes yet"),
            self.tr(
                "Add the classes that are visited, with how many students they have, where they sit and who teaches "
                "them. A visit takes all that from the class it is to."
            ),
            self,
            buttons=(self.empty_add,),
        )
        self.nothing = EmptyState(
            self.tr("No class found"), self.tr("No class, subject, room or teacher has these words."), self
        )
        self.stack = QStackedWidget(self)
        for widget in (self.table, self.empty, self.nothing):
            self.stack.addWidget(widget)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.bar)
        left.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.side)
