"""Both versions side by side, with who and when, and a third one written from both; or deleted against edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.merge import changed_words
from observe_app.domain.sync.written import FieldKind, kind_of
from observe_app.services import also_written
from observe_app.ui.also import words
from observe_app.ui.also.version import VersionCard
from observe_app.ui.errors import describe
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, LineEdit, ScrollPane, Sheet, TextArea, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.changes import Changes
    from observe_app.domain.sync.conflict import Conflict, Version
    from observe_app.domain.sync.letter import Value
    from observe_app.services.also_written import Cell
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

_WIDTH = 760
_MOST_TEXT = 168
_LONG = 600
_SIDE_BY_SIDE = 560


def open_dialog(core: Core, bus: ChangeBus, cell: Cell, parent: QWidget) -> Sheet | None:
    """Ask about a cell over the page; None when nothing is open in it any more."""
    table, row, column = cell
    conflict = also_written.of_cell(core, table=table, row=row, column=column)
    if conflict is None:
        return None
    sheet: Sheet
    if conflict.kind == "delete":
        sheet = DeletedSheet(core, conflict, parent)
    else:
        sheet = AlsoDialog(core, bus, conflict, parent)
    sheet.open_over()
    return sheet


class ChoiceSheet(Sheet):
    """A sheet whose main button writes; it closes only when that worked."""

    settled = Signal(str)

    def __init__(self, core: Core, conflict: Conflict, title: str, parent: QWidget) -> None:
        super().__init__(title, parent, width=_WIDTH)
        self.core, self.conflict = core, conflict
        self.trouble = TextLabel("", self, tone="err", wrap=True)
        self.trouble.hide()

    def write(self) -> str:
        """Write what was chosen; return the words for it.

        Raises:
            ObserveError: it could not be written.
        """
        raise NotImplementedError

    @Slot()
    def accept(self) -> None:
        """Write, and close."""
        try:
            said = self.write()
        except ObserveError as error:
            told = describe(error)
            self.trouble.setText(f"{told.text} {told.hint}".strip())
            self.trouble.show()
            return
        super().accept()
        self.settled.emit(said)


class AlsoDialog(ChoiceSheet):
    """The versions of a field.

    Signals:
        settled: what was chosen, in words; undo takes it back.
    """

    def __init__(self, core: Core, bus: ChangeBus, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(core, conflict, QCoreApplication.translate("AlsoDialog", "Also written"), parent)
        self.setObjectName("also_dialog")
        self._along = also_written.along_with(core, conflict)
        self._kind = kind_of(conflict.table, conflict.column)
        self._joined = also_written.joined(conflict)
        self._where = also_written.place_of(core, conflict)
        self.add_lead(words.lead(core, conflict, self._where))
        self.cards: tuple[VersionCard, ...] = ()
        self.together: TextArea | LineEdit | None = None
        self._own = False
        self._fill = QWidget(self)
        self._versions = QGridLayout()
        self._group = QButtonGroup(self)
        self._build()
        self._add_buttons()
        next(iter(self.cards)).radio.setChecked(True)
        bus.changed.connect(self._on_changed)

    # --- public -------------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Version | None:
        """The version to be shown; None where a third one was written."""
        if self._own:
            return None
        return next((one for one, card in zip(self.conflict.versions, self.cards, strict=True) if card.is_chosen), None)

    def write(self) -> str:
        """Write the choice."""
        version = self.chosen
        if version is not None:
            also_written.use(self.core, self.conflict, version.op, along=self._along)
            return words.who(self.core, version, self.conflict).words
        also_written.write_together(self.core, self.conflict, self._written())
        return self.tr("What you wrote together")

    def open_over(self) -> None:
        """Show it in its right height at once."""
        super().open_over()
        self._fit()
        if self.main_button is not None:
            self.main_button.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._pane = ScrollPane(self, margin=0)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(16)
        self._versions.setContentsMargins(0, 0, 0, 0)
        self._versions.setHorizontalSpacing(28)
        self._versions.setVerticalSpacing(18)
        column.addLayout(self._versions)
        texts = [words.value_words(self.core, self.conflict, one) for one in self.conflict.versions]
        cards = []
        for number, (version, text) in enumerate(zip(self.conflict.versions, texts, strict=True)):
            whose = words.who(self.core, version, self.conflict)
            runs = changed_words(text, texts[1] if number == 0 else texts[0])
            long = len(text) > _LONG or text.count("\n") > 8
            card = VersionCard(
                whose.words,
                words.when(self.core, version),
                text,
                runs,
                self._further(version),
                self,
                most=scaled(_MOST_TEXT) if long else 0,
            )
            card.chosen.connect(self._on_version)
            self._group.addButton(card.radio)
            cards.append(card)
        self.cards = tuple(cards)
        self._place_cards(side_by_side=len(cards) == 2)
        if self._kind in (FieldKind.TEXT, FieldKind.LINE) or self._joined is not None:
            column.addLayout(self._build_together())
        self._pane.body.addLayout(column)
        self._pane.body.addStretch(1)
        self.body.addWidget(self._pane)
        self.body.addWidget(self.trouble)

    def _place_cards(self, *, side_by_side: bool) -> None:
        for number, card in enumerate(self.cards):
            self._versions.addWidget(card, 0 if side_by_side else number, number if side_by_side else 0)
        self._versions.setColumnStretch(0, 1)
        self._versions.setColumnStretch(1, 1 if side_by_side else 0)

    def _further(self, version: Version) -> list[str]:
        """Return the other fields of the record that go with a version, such as "by when: 3 April"."""
        lines = []
        for other in self._along:
            same = next((one for one in other.versions if one.laptop == version.laptop), None)
            if same is not None:
                name = words.field_words(other, self._where).rpartition(": ")[2]
                lines.append(self.tr("{field}: {value}").format(
                    field=name, value=words.value_words(self.core, other, same)
                ))  # fmt: skip
        return lines

    def _build_together(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        label = TextLabel(self.tr("Or write it together"), self, weight=600)
        head.addWidget(label)
        head.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(head)
        if self._joined is not None:
            self.both = Button(
                self.tr("Take all") if len(self.cards) > 2 else self.tr("Take both"),
                self,
                kind=ButtonKind.LINK,
                size=ButtonSize.SMALL,
                icon="check",
            )
            self.both.setObjectName("take_both")
            self.both.clicked.connect(self._on_both)
            head.addWidget(self.both)
        if self._kind is FieldKind.WORDS:
            joined = words.plain_words(self.core, self.conflict.table, self.conflict.column, self._joined)
            column.addWidget(TextLabel(joined, self, wrap=True))
            return column
        hint = self.tr("A third version, from both") if len(self.cards) == 2 else self.tr("Another one, from all")
        start = str(self._joined or "")
        if self._kind is FieldKind.LINE:
            line = LineEdit(start, self)
            line.setPlaceholderText(hint)
            line.textEdited.connect(self._on_together)
            self.together = line
        else:
            area = TextArea(start, self, lines=1, most=6, placeholder=hint)
            area.edited.connect(self._on_together)
            self.together = area
        self.together.setObjectName("together")
        self.together.setAccessibleName(self.tr("Or write it together"))
        column.addWidget(self.together)
        return column

    def _add_buttons(self) -> None:
        note = TextLabel(self.tr("The other version stays in the history. Undo any time."), self, step="small",
                         tone="muted", wrap=True)  # fmt: skip
        if len(self.cards) > 2:
            note.setText(self.tr("The other versions stay in the history. Undo any time."))
        self.buttons.insertWidget(0, note, 100)
        self.add_safe(self.tr("Decide later"))
        self.add_main(self.tr("Show your words"))

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_version(self) -> None:
        self._own = False
        self._name_act()

    @Slot()
    def _on_together(self) -> None:
        self._own = bool(str(self._written() or "").strip())
        self._group.setExclusive(False)
        for number, card in enumerate(self.cards):
            card.radio.setChecked(not self._own and number == 0)
        self._group.setExclusive(True)
        self._name_act()

    @Slot()
    def _on_both(self) -> None:
        self._own = True
        if self.together is not None and self._joined is not None:
            _put(self.together, str(self._joined))
        self.accept()

    def _written(self) -> Value:
        if self.together is None:
            return self._joined
        return self.together.text()

    def _name_act(self) -> None:
        button = self.main_button
        if button is None:
            return
        version = self.chosen
        button.setText(
            self.tr("Show what is written together")
            if version is None
            else _short(words.who(self.core, version, self.conflict).show)
        )
        button.updateGeometry()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Something else came in for this field: what was on screen is not all of it any more."""
        if not self.isVisible() or (self.conflict.table, self.conflict.row) not in changes.rows:
            return
        now = also_written.of_cell(
            self.core, table=self.conflict.table, row=self.conflict.row, column=self.conflict.column
        )
        if now is None:
            self.reject()
        elif [one.op for one in now.versions] != [one.op for one in self.conflict.versions]:
            self.trouble.set_tone("warm")
            self.trouble.setText(self.tr("Something else was written here just now. It stays open after this choice."))
            self.trouble.show()

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The versions take what the window has."""
        super().resizeEvent(event)
        if self.isVisible():
            QTimer.singleShot(0, self, self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the main button from anywhere, also out of the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.accept()
            self.accept()
            return
        super().keyPressEvent(event)

    @Slot()
    def _fit(self) -> None:
        self.fit(self._pane, scaled(520))


_LONGEST_BUTTON = 34


def _short(text: str) -> str:
    """Return words for a button: a very long name gives up its middle."""
    if len(text) <= _LONGEST_BUTTON:
        return text
    half = (_LONGEST_BUTTON - 1) // 2
    return f"{text[:half].rstrip()}…{text[-half:].lstrip()}"


def _put(editor: TextArea | LineEdit, text: str) -> None:
    if isinstance(editor, TextArea):
        editor.set_text(text)
    else:
        editor.setText(text)


class DeletedSheet(ChoiceSheet):
    """One deleted what another one edited: keep or delete.

    Signals:
        settled: what was chosen, in words; undo takes it back.
    """

    def __init__(self, core: Core, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(core, conflict, QCoreApplication.translate("DeletedSheet", "Deleted and edited"), parent)
        self.setObjectName("also_deleted")
        self._deletes = False
        place = also_written.place_of(core, conflict)
        self.add_lead(words.deleted_lead(core, conflict))
        self._pane = ScrollPane(self, margin=0)
        self.body.addWidget(TextLabel(words.field_words(conflict, place), self, weight=600))
        self.body.addWidget(self._pane)
        for text in _texts(conflict):
            self._pane.body.addWidget(TextLabel(text, self, step="lead", wrap=True))
        self._pane.body.addStretch(1)
        self.body.addWidget(self.trouble)
        note = TextLabel(self.tr("Its words stay in the history. Undo any time."), self, step="small", tone="muted",
                         wrap=True)  # fmt: skip
        self.buttons.insertWidget(0, note, 100)
        self.add_safe(self.tr("Decide later"))
        self.delete_button = Button(self.tr("Delete it"), self)
        self.delete_button.setObjectName("delete_it")
        self.delete_button.clicked.connect(self._on_delete)
        self.buttons.addWidget(self.delete_button)
        self.add_main(self.tr("Keep it"))

    def write(self) -> str:
        """Keep or delete."""
        if self._deletes:
            also_written.delete_row(self.core, self.conflict)
            return self.tr("Deleted")
        also_written.keep_row(self.core, self.conflict)
        return self.tr("Kept")

    def open_over(self) -> None:
        """Show it in its right height at once."""
        super().open_over()
        self.fit(self._pane, scaled(240))

    @Slot()
    def _on_delete(self) -> None:
        self._deletes = True
        self.accept()
        self._deletes = False


def _texts(conflict: Conflict) -> Sequence[str]:
    """Return the words that were edited; none where it was something else."""
    return [str(one.value) for one in conflict.versions[:-1] if isinstance(one.value, str) and one.value.strip()]
