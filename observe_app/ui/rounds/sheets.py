"""Small questions about a round: why a visit is cancelled, with whom it is swapped, where invitations go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.rounds import moves
from observe_app.ui.errors import describe
from observe_app.ui.rounds.words import clash_sentence, when_words
from observe_app.ui.widgets import Button, ButtonKind, ComboBox, Field, LineEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.rounds.round import Pairing
    from observe_app.services.core import Core


def pair_words(pairing: Pairing, names: Mapping[str, str]) -> str:
    """Return who visits whom and when, in one line."""
    return " · ".join(
        (f"{names.get(pairing.observer_id, '–')} → {names.get(pairing.teacher_id, '–')}", when_words(pairing))
    )


class CancelSheet(Sheet):
    """Calls a visit off.

    Signals:
        cancelled: the `Pairing`, once it is kept.
    """

    cancelled = Signal(object)

    def __init__(self, core: Core, pairing: Pairing, names: Mapping[str, str], host: QWidget) -> None:
        super().__init__(host.tr("Cancel the visit"), host)
        self.setObjectName("cancel_sheet")
        self._core, self._pairing = core, pairing
        self.add_lead(pair_words(pairing, names))
        self.why_line = LineEdit(parent=self)
        self.why_line.setObjectName("cancel_why")
        hint = self.tr("The two who meet read it in the list of this round. The visit stays there.")
        self.field = Field(self.tr("Why"), self.why_line, self, hint=hint)
        self.body.addWidget(self.field)
        self.add_safe(self.tr("Leave it"))
        self.go_button = Button(self.tr("Cancel the visit"), self, kind=ButtonKind.PRIMARY)
        self.go_button.setObjectName("cancel_go")
        self.go_button.clicked.connect(self._on_go)
        self.why_line.returnPressed.connect(self._on_go)
        self.buttons.addWidget(self.go_button)

    @Slot()
    def _on_go(self) -> None:
        try:
            gone = moves.cancel(self._core, pairing_id=self._pairing.id, why=self.why_line.text())
        except ObserveError as error:
            self.field.set_warning(describe(error).text)
            self.why_line.setFocus()
            return
        self.cancelled.emit(gone)
        self.accept()


class SwapSheet(Sheet):
    """Lets the observers of two visits change places; what that would clash with is said first.

    Signals:
        swapped: `Moved`, once it is kept.
    """

    swapped = Signal(object)

    def __init__(
        self, core: Core, pairing: Pairing, others: Sequence[Pairing], names: Mapping[str, str], host: QWidget
    ) -> None:
        super().__init__(host.tr("Swap observers"), host)
        self.setObjectName("swap_sheet")
        self._core, self._pairing, self._names = core, pairing, names
        self.add_lead(pair_words(pairing, names))
        self.box = ComboBox(self)
        self.box.setObjectName("swap_with")
        for other in others:
            self.box.addItem(pair_words(other, names), other.id)
        self.box.setCurrentIndex(-1)
        self.box.activated.connect(self._on_chosen)
        hint = self.tr("The two observers change places; lessons and times stay.")
        self.body.addWidget(Field(self.tr("With the observer of"), self.box, self, hint=hint))
        self.note = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.note.setObjectName("swap_note")
        self.body.addWidget(self.note)
        self.add_safe(self.tr("Leave it"))
        self.go_button = Button(self.tr("Swap"), self, kind=ButtonKind.PRIMARY)
        self.go_button.setObjectName("swap_go")
        self.go_button.set_disabled_because(self.tr("Choose the other visit first."))
        self.go_button.clicked.connect(self._on_go)
        self.buttons.addWidget(self.go_button)

    @Slot()
    def _on_chosen(self) -> None:
        try:
            clashes = moves.try_swap(self._core, one_id=self._pairing.id, other_id=str(self.box.currentData()))
        except ObserveError as error:
            self._say([describe(error).text])
            self.go_button.set_disabled_because(describe(error).text)
            return
        said = list(dict.fromkeys(clash_sentence(one, self._names) for one in clashes))
        self._say(said)
        self.go_button.set_disabled_because("")
        self.go_button.setText(self.tr("Swap all the same") if said else self.tr("Swap"))
        self.go_button.updateGeometry()

    @Slot()
    def _on_go(self) -> None:
        try:
            moved = moves.swap(self._core, one_id=self._pairing.id, other_id=str(self.box.currentData()))
        except ObserveError as error:
            self._say([describe(error).text])
            return
        self.swapped.emit(moved)
        self.accept()

    def _say(self, said: list[str]) -> None:
        self.note.setText("\n".join(said[:6]) if said else self.tr("Nothing stands against it."))
        self.note.set_tone("warm" if said else "muted")


class AddSheet(Sheet):
    """Asks who visits whom, for a visit planned by hand; its time is chosen next.

    Signals:
        added: the `Moved` of the new visit.
    """

    added = Signal(object)

    def __init__(self, core: Core, round_id: str, people: Sequence[tuple[str, str]], host: QWidget) -> None:
        super().__init__(host.tr("Plan a visit by hand"), host)
        self.setObjectName("add_sheet")
        self._core, self._round_id = core, round_id
        self.observer_box, self.teacher_box = ComboBox(self), ComboBox(self)
        for box, label in ((self.observer_box, self.tr("Observer")), (self.teacher_box, self.tr("Teacher"))):
            for person_id, name in people:
                box.addItem(name, person_id)
            box.setCurrentIndex(-1)
            self.body.addWidget(Field(label, box, self))
        self.note = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.body.addWidget(self.note)
        self.add_safe(self.tr("Leave it"))
        self.go_button = Button(self.tr("Choose a time"), self, kind=ButtonKind.PRIMARY)
        self.go_button.setObjectName("add_go")
        self.go_button.clicked.connect(self._on_go)
        self.buttons.addWidget(self.go_button)

    @Slot()
    def _on_go(self) -> None:
        observer, teacher = (str(box.currentData() or "") for box in (self.observer_box, self.teacher_box))
        if not observer or not teacher or observer == teacher:
            self.note.setText(self.tr("Choose two different people."))
            return
        try:
            made = moves.add(self._core, round_id=self._round_id, observer_id=observer, teacher_id=teacher)
        except ObserveError as error:
            self.note.setText(describe(error).text)
            return
        self.accept()
        self.added.emit(made)


class InviteSheet(Sheet):
    """Where the invitations go, and what is done along with them.

    Signals:
        asked: folder (Path), whether the visits are made in the record as well.
    """

    asked = Signal(object, bool)

    def __init__(self, host: QWidget, *, people: int, visits: int, folder: str) -> None:
        super().__init__(host.tr("Invitations"), host)
        self.setObjectName("invite_sheet")
        words = self.tr(
            "A calendar file for each of {people} people, {visits} visits in all: who visits whom, when and where. "
            "Nothing of what is seen or said stands in it. A file written later moves what an earlier one put in."
        )
        self.add_lead(words.format(people=people, visits=visits))
        self.folder_line = LineEdit(parent=self)
        self.folder_line.setObjectName("invite_folder")
        self.folder_line.setText(folder)
        self.field = Field(self.tr("Folder"), self.folder_line, self)
        self.body.addWidget(self.field)
        choose = Button(self.tr("Choose a folder"), self, icon="folder-open")
        choose.clicked.connect(self._on_choose)
        self.body.addWidget(choose)
        self.visits_box = QCheckBox(self.tr("Make the visits, too, so that they stand on Today and in Visits"), self)
        self.visits_box.setObjectName("invite_visits")
        self.visits_box.setChecked(True)
        self.body.addWidget(self.visits_box)
        self.add_safe(self.tr("Not yet"))
        self.go_button = Button(self.tr("Write the invitations"), self, kind=ButtonKind.PRIMARY, icon="send")
        self.go_button.setObjectName("invite_go")
        self.go_button.clicked.connect(self._on_go)
        self.buttons.addWidget(self.go_button)

    @Slot()
    def _on_choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for the invitations"), self.folder_line.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    @Slot(str)
    def _on_folder(self, name: str) -> None:
        self.folder_line.setText(name)

    @Slot()
    def _on_go(self) -> None:
        folder = Path(self.folder_line.text().strip()).expanduser()
        if not self.folder_line.text().strip() or not folder.is_dir():
            self.field.set_warning(self.tr("There is no such folder."))
            return
        self.asked.emit(folder, self.visits_box.isChecked())
        self.accept()
