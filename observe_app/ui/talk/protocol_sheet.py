"""Making a protocol of the school's own: its name, who speaks first, and the prompts in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import FormInvalid, ObserveError
from observe_app.domain.form import text_in
from observe_app.domain.form_texts import with_text
from observe_app.domain.protocol import Asked, Prompt, Protocol
from observe_app.domain.turn import Voice
from observe_app.services import form_words, protocols
from observe_app.ui.errors import describe
from observe_app.ui.i18n import writing_language
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    Field,
    LineEdit,
    NumberEdit,
    Sheet,
    SteadyScrollArea,
    TextLabel,
)
from observe_app.ui.widgets.layout import SCROLL_BAR

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.services.core import Core

MOST = 40
_HEIGHT = 320
_AROUND = 330
_LEAST = 100


class PromptRow(QWidget):
    """One prompt: stage and words, who is asked, minutes.

    Signals:
        moved: -1 or 1: it is to stand one place higher or lower. remove_asked: it is to go.
    """

    moved = Signal(int)
    remove_asked = Signal()

    def __init__(self, prompt: Prompt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = prompt
        self.number = TextLabel("", self, weight=600, tabular=True)
        self.number.setFixedWidth(scaled(20))
        self.stage = LineEdit(text_in(prompt.stage, ""), self, placeholder=self.tr("Stage, if any"))
        self.stage.setFixedWidth(scaled(180))
        self.stage.setAccessibleName(self.tr("Stage"))
        self.text = LineEdit(text_in(prompt.text, ""), self, placeholder=self.tr("What is asked"))
        self.text.setObjectName("prompt_line")
        self.text.setAccessibleName(self.tr("Prompt"))
        self.text.setCursorPosition(0)
        self.asks = ComboBox(self)
        self.asks.setAccessibleName(self.tr("Who is asked"))
        for asked, words in (
            (Asked.TEACHER, self.tr("Teacher")),
            (Asked.OBSERVER, self.tr("Observer")),
            (Asked.BOTH, self.tr("Both")),
        ):
            self.asks.addItem(words, asked.value)
        self.asks.setCurrentIndex(self.asks.findData(prompt.asks.value))
        self.minutes = NumberEdit(self)
        self.minutes.setRange(1, 120)
        self.minutes.setValue(prompt.minutes)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Minutes"))
        self.up_button = self._button("arrow-up", self.tr("Move up (Alt Up)"))
        self.down_button = self._button("arrow-down", self.tr("Move down (Alt Down)"))
        self.remove_button = self._button("trash-2", self.tr("Remove this prompt"))
        top, low = QHBoxLayout(), QHBoxLayout()
        for row in (top, low):
            row.setSpacing(8)
        top.addWidget(self.number)
        top.addWidget(self.text, 1)
        low.addSpacing(scaled(20) + 8)
        for widget in (self.asks, self.minutes, self.stage):
            low.addWidget(widget)
        low.addStretch(1)
        for button in (self.up_button, self.down_button, self.remove_button):
            low.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, SCROLL_BAR + 6, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(low)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.remove_button.clicked.connect(self.remove_asked)

    def _button(self, icon: str, name: str) -> Button:
        button = Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon=icon, name=name)
        button.setFixedWidth(scaled(24))
        return button

    def place(self, number: int, count: int) -> None:
        """Say where the prompt stands, counted from 1."""
        self.number.setText(str(number))
        self.up_button.setEnabled(number > 1)
        self.down_button.setEnabled(number < count)
        self.remove_button.set_disabled_because(self.tr("A protocol needs one prompt.") if count == 1 else "")
        if count > 1:
            self.remove_button.setToolTip(self.tr("Remove this prompt"))
        self.setAccessibleName(self.tr("Prompt {number}").format(number=number))

    def prompt(self) -> Prompt:
        """Return the prompt as it stands here."""
        return replace(
            self._prompt,
            stage=with_text(self._prompt.stage, "", self.stage.text().strip()),
            text=with_text(self._prompt.text, "", self.text.text().strip()),
            asks=Asked(self.asks.currentData()),
            minutes=self.minutes.value(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the prompt."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_up(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _on_down(self) -> None:
        self.moved.emit(1)


class ProtocolSheet(Sheet):
    """Edits a protocol; what cannot be kept is said and the sheet stays.

    Signals:
        kept: the Protocol as it was kept.
    """

    kept = Signal(object)

    def __init__(self, core: Core, protocol: Protocol | None, parent: QWidget) -> None:
        """Open on a protocol: an own one is changed, of one that ships a copy is made; None begins a new one."""
        super().__init__("", parent, width=760)
        self._core = core
        self._base, self._is_new = self._beginning(protocol)
        title = self.tr("A protocol of our own") if self._is_new else self.tr("Change our protocol")
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self._rows: list[PromptRow] = []
        self.name = LineEdit(text_in(self._base.title, ""), self, placeholder=self.tr("e.g. Two stars and a wish"))
        self.name.setObjectName("protocol_title")
        self.first = ComboBox(self)
        for voice, words in (
            (Voice.TEACHER, self.tr("The teacher")),
            (Voice.OBSERVER, self.tr("The observer")),
            (Voice.BOTH, self.tr("Either")),
        ):
            self.first.addItem(words, voice.value)
        self.first.setCurrentIndex(self.first.findData(self._base.first.value))
        self.problem = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.problem.hide()
        self.total = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.add_button = Button(
            self.tr("Add a prompt"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="plus"
        )
        self._lay_out()
        for prompt in self._base.prompts:
            self._insert(len(self._rows), prompt)
        self._number()
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Keep protocol"), enter_accepts=True)
        self.add_button.clicked.connect(self._on_add)

    @property
    def rows(self) -> tuple[PromptRow, ...]:
        """Prompts from top to bottom."""
        return tuple(self._rows)

    def open_over(self) -> None:
        """Show the sheet; the keyboard starts in the name."""
        super().open_over()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    @Slot()
    def accept(self) -> None:
        """Keep the protocol, or say why it cannot be kept."""
        protocol = replace(
            self._base,
            title=with_text(self._base.title, "", self.name.text().strip()),
            first=Voice(self.first.currentData()),
            prompts=tuple(row.prompt() for row in self._rows),
        )
        try:
            if self._is_new:
                protocol = replace(protocol, id=protocols.new_id(self._core, self.name.text()))
            kept = protocols.keep(self._core, protocol)
        except FormInvalid as error:
            self._say(self._in_words(error))
            return
        except ObserveError as error:
            told = describe(error)
            self._say(f"{told.text} {told.hint}".strip())
            return
        super().accept()
        self.kept.emit(kept)

    def _beginning(self, protocol: Protocol | None) -> tuple[Protocol, bool]:
        language = writing_language()
        if protocol is None:
            first = Prompt("prompt-1", (), (), Asked.TEACHER, 5)
            return Protocol("new", (), (first,), language=language), True
        own = {one.protocol.id for one in protocols.listing(self._core) if one.own}
        if protocol.id in own:
            return protocol, False
        prompts = tuple(
            replace(one, stage=_only(text_in(one.stage, language)), text=_only(text_in(one.text, language)))
            for one in protocol.prompts
        )
        title = self.tr("{title}, our way").format(title=text_in(protocol.title, language))
        about = _only(text_in(protocol.about, language))
        return replace(protocol, title=_only(title), about=about, prompts=prompts, language=language), True

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(Field(self.tr("Name"), self.name, self), 3)
        top.addWidget(Field(self.tr("Who speaks first"), self.first, self), 1)
        self._inner = QWidget()
        self._inner.setProperty("plane", "none")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.scroll_area = SteadyScrollArea(self)
        self.scroll_area.setWidget(self._inner)
        host = self.parentWidget()
        room = host.height() if host is not None else 0
        self.scroll_area.setMinimumHeight(max(_LEAST, min(scaled(_HEIGHT), room - scaled(_AROUND))))
        low = QHBoxLayout()
        low.addWidget(self.add_button)
        low.addStretch(1)
        low.addWidget(self.total)
        self.body.addLayout(top)
        self.body.addWidget(self.scroll_area, 1)
        self.body.addLayout(low)
        self.body.addWidget(self.problem)

    def _insert(self, place: int, prompt: Prompt) -> PromptRow:
        row = PromptRow(prompt, self._inner)
        self._rows.insert(place, row)
        self._column.insertWidget(place, row)
        row.moved.connect(self._on_moved)
        row.remove_asked.connect(self._on_remove)
        row.minutes.valueChanged.connect(self._on_minutes)
        return row

    def _number(self) -> None:
        before: QWidget = self.first
        for number, row in enumerate(self._rows, 1):
            row.place(number, len(self._rows))
            for widget in (
                row.stage,
                row.text,
                row.asks,
                row.minutes,
                row.up_button,
                row.down_button,
                row.remove_button,
            ):
                QWidget.setTabOrder(before, widget)
                before = widget
        QWidget.setTabOrder(before, self.add_button)
        self.add_button.set_disabled_because(
            self.tr("{count} prompts are the most.").format(count=MOST) if len(self._rows) >= MOST else ""
        )
        self._on_minutes()

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()

    def _in_words(self, error: FormInvalid) -> str:
        if not self.name.text().strip():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return self.tr("The protocol needs a name.")
        empty = next((number for number, row in enumerate(self._rows, 1) if not row.text.text().strip()), None)
        if empty is not None:
            self._rows[empty - 1].text.setFocus(Qt.FocusReason.OtherFocusReason)
            return self.tr("Prompt {number} has no words yet.").format(number=empty)
        return " ".join(form_words.problem_text(problem) for problem in error.problems[:2])

    @Slot()
    def _on_add(self) -> None:
        taken = {row.prompt().id for row in self._rows}
        number = next(number for number in range(1, 2 * MOST) if f"prompt-{number}" not in taken)
        row = self._insert(len(self._rows), Prompt(f"prompt-{number}", (), (), Asked.TEACHER, 5))
        row.show()
        self._number()
        row.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.activate()
        self.scroll_area.ensureWidgetVisible(row, 0, 4)

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        row = self.sender()
        if not isinstance(row, PromptRow):
            return
        place = self._rows.index(row)
        target = place + step
        if 0 <= target < len(self._rows):
            self._rows.insert(target, self._rows.pop(place))
            self._column.removeWidget(row)
            self._column.insertWidget(target, row)
            self._number()
            self._column.activate()
            self.scroll_area.ensureWidgetVisible(row, 0, 4)

    @Slot()
    def _on_remove(self) -> None:
        row = self.sender()
        if isinstance(row, PromptRow) and len(self._rows) > 1:
            place = self._rows.index(row)
            self._rows.remove(row)
            row.hide()
            row.deleteLater()
            self._number()
            self._rows[min(place, len(self._rows) - 1)].text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_minutes(self) -> None:
        minutes = sum(row.minutes.value() for row in self._rows)
        self.total.setText(self.tr("{minutes} min in all").format(minutes=minutes))


def _only(text: str) -> tuple[tuple[str, str], ...]:
    """Return a text in the protocol's own language alone."""
    return (("", text),) if text else ()
