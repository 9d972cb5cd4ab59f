"""Short lists of a session: decisions, what is parked, follow-ups. Each row keeps itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.changes import NOTHING_SEEN, Seen
from observe_app.domain.sessions.states import FollowUpStatus, ItemKind
from observe_app.services.sessions import follow_ups, items
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.moments import today_of
from observe_app.ui.talk.due_field import DueField
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, Field, LineEdit, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.people import Person
    from observe_app.domain.sessions.session import SessionItem
    from observe_app.services.core import Core
    from observe_app.services.sessions.follow_ups import FollowUpRow


class KeptRow(QWidget):
    """Base of the rows: a line of words that keeps itself.

    Signals:
        writing: something is only on the screen. saved: it is on the disk. save_failed: an `ObserveError`.
    """

    writing = Signal()
    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, core: Core, record_id: str, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.core, self.record_id, self._name = core, record_id, name
        self.seen: Seen = NOTHING_SEEN
        self.words_line = LineEdit("", self)
        self.words_line.setAccessibleName(label)
        self.note = Field("", self.words_line, self)
        self.note.label.hide()
        self._saver = FieldSaver(self._write, self)
        self._saver.bind_line(name, self.words_line, self.note)
        self._saver.writing.connect(self.writing)
        self._saver.saved.connect(self.saved)
        self._saver.failed.connect(self.save_failed)
        self._is_new = True

    def leave(self) -> bool:
        """Keep what is only on the screen; False where it cannot be kept."""
        return self._saver.leave()

    def load(self, words: str, seen: Seen) -> None:
        """Show what is kept now; the person's own words stay."""
        show = self._saver.reset if self._is_new else self._saver.load
        self._is_new = False
        self.seen = seen
        show({self._name: words}, seen)

    def _write(self, name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        raise NotImplementedError


class ItemRow(KeptRow):
    """A decision, or what is parked."""

    def __init__(self, core: Core, item: SessionItem, parent: QWidget | None = None) -> None:
        label = self.tr("Decision") if item.kind == ItemKind.DECISION else self.tr("Parked")
        super().__init__(core, item.id, "title", label, parent)
        self.setObjectName(f"{item.kind}_row")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(4))
        row.addWidget(self.note, 1)
        self.settled_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="check", name=self.tr("Settled")
        )
        self.settled_button.setVisible(item.kind == ItemKind.PARKING)
        self.delete_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x", name=self.tr("Delete")
        )
        row.addWidget(self.settled_button)
        row.addWidget(self.delete_button)
        self.settled_button.clicked.connect(self._on_settled)
        self.delete_button.clicked.connect(self._on_delete)

    def show_item(self, item: SessionItem) -> None:
        """Show the line as it is kept."""
        self.load(item.title, items.open_item(self.core, item.id).seen)

    def _write(self, _name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        opened = items.edit(self.core, item_id=self.record_id, seen=seen, title=value)
        self.seen = opened.seen
        return {"title": opened.value.title}, opened.seen

    @Slot()
    def _on_settled(self) -> None:
        if self.leave():
            items.edit(self.core, item_id=self.record_id, seen=self.seen, done=True)
            self.saved.emit()

    @Slot()
    def _on_delete(self) -> None:
        items.delete(self.core, item_id=self.record_id, seen=self.seen)
        self.saved.emit()


class PromiseRow(KeptRow):
    """A follow-up: what, who, by when, done."""

    def __init__(self, core: Core, row: FollowUpRow, people: Sequence[Person], parent: QWidget | None = None) -> None:
        super().__init__(core, row.follow_up.id, "text", self.tr("Follow-up"), parent)
        self.setObjectName("follow_up_row")
        self._people: tuple[str, ...] = ()
        self.owner_box = ComboBox(self)
        self.owner_box.setObjectName("follow_up_owner")
        self.owner_box.setAccessibleName(self.tr("Who does it"))
        self.owner_box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.owner_box.setMinimumContentsLength(3)
        self.due_field = DueField(today_of(core.clock), self)
        self.due_field.setMinimumWidth(scaled(138))
        self.done_button = Button("", self, size=ButtonSize.SMALL, icon="check", name=self.tr("Done"))
        self.delete_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x", name=self.tr("Delete")
        )
        below = QHBoxLayout()
        below.setSpacing(scaled(6))
        below.addWidget(self.owner_box, 1)
        below.addWidget(self.due_field, 1)
        above = QHBoxLayout()
        above.setSpacing(scaled(4))
        above.addWidget(self.note, 1)
        above.addWidget(self.done_button)
        above.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, scaled(4))
        column.setSpacing(scaled(4))
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(Rule(self))
        self.show_people(people, row.follow_up.owner_id, row.owner)
        self.owner_box.activated.connect(self._on_owner)
        self.due_field.day_changed.connect(self._on_due)
        self.done_button.clicked.connect(self._on_done)
        self.delete_button.clicked.connect(self._on_delete)

    def show_people(self, people: Sequence[Person], owner_id: str, owner: str) -> None:
        """Offer these people; whoever has it already is among them."""
        ids = tuple(one.id for one in people)
        if ids != self._people or self.owner_box.findData(owner_id) < 0:
            self._people = ids
            self.owner_box.clear()
            self.owner_box.addItem(self.tr("nobody yet"), "")
            for one in people:
                self.owner_box.addItem(one.name, one.id)
            if owner_id and owner_id not in ids:
                self.owner_box.addItem(owner, owner_id)
        self.owner_box.setCurrentIndex(max(0, self.owner_box.findData(owner_id)))
        self.owner_box.setToolTip(owner)

    def show_row(self, row: FollowUpRow) -> None:
        """Show it as it is kept."""
        self.load(row.follow_up.text, follow_ups.open_follow_up(self.core, row.follow_up.id).seen)
        self.due_field.set_day(row.follow_up.due)
        done = row.follow_up.status != FollowUpStatus.OPEN
        self.done_button.setCheckable(True)
        self.done_button.setChecked(done)
        self.done_button.setToolTip(self.tr("Done. Press to open it again.") if done else self.tr("Done"))

    def _write(self, _name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        return self._set(seen, text=value)

    def _set(self, seen: Seen, **fields: Any) -> tuple[dict[str, Any], Seen]:
        opened = follow_ups.edit(self.core, follow_up_id=self.record_id, seen=seen, **fields)
        self.seen = opened.seen
        return {"text": opened.value.text}, opened.seen

    @Slot()
    def _on_owner(self) -> None:
        self._set(self.seen, owner_id=str(self.owner_box.currentData() or ""))
        self.saved.emit()

    @Slot()
    def _on_due(self) -> None:
        self._set(self.seen, due=self.due_field.day)
        self.saved.emit()

    @Slot()
    def _on_done(self) -> None:
        status = FollowUpStatus.DONE if self.done_button.isChecked() else FollowUpStatus.OPEN
        self._set(self.seen, status=status.value)
        self.saved.emit()

    @Slot()
    def _on_delete(self) -> None:
        follow_ups.delete(self.core, follow_up_id=self.record_id, seen=self.seen)
        self.saved.emit()
