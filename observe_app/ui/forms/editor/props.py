"""What the properties of form, section and item share: fields that keep themselves, in one language at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.form_texts import text_of
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.widgets import Field, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout as Column

    from observe_app.domain.changes import Seen
    from observe_app.domain.form import Form, Texts
    from observe_app.ui.autosave import Values
    from observe_app.ui.forms.editor.keeper import FormKeeper


class WordsField(Field):
    """A field of words; in another language the form's own words stand above it."""

    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(label, editor, parent, hint=hint)
        self.own = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.own.setVisible(False)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, self.own)

    def show_own(self, texts: Texts, language: str) -> None:
        """Show the form's own words while another language is written."""
        words = text_of(texts) if language else ""
        self.own.setText(words)
        self.own.setVisible(bool(words))


class Props(QWidget):
    """Base of the three.

    Signals:
        writing: something is not on the disk yet. saved: all of it is. failed: the ObserveError of a write.
    """

    writing = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(self, keeper: FormKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keeper = keeper
        self.target_id = ""
        self.language = ""
        self.saver = FieldSaver(self._write, self)
        self.saver.writing.connect(self.writing)
        self.saver.saved.connect(self.saved)
        self.saver.failed.connect(self.failed)
        self.body = self._column()

    # --- for subclasses ---------------------------------------------------------------------------

    def values(self) -> Values:
        """The fields of what is shown, by name."""
        raise NotImplementedError

    def changed(self, form: Form, name: str, value: Any) -> Form:
        """Return the form with one field changed."""
        raise NotImplementedError

    def dress(self) -> None:
        """Show what is no field: names, hints, which fields there are."""

    # --- public -----------------------------------------------------------------------------------

    def show_target(self, target_id: str, language: str) -> None:
        """Show another part, or the same one as it is now; words being typed stay."""
        same = (target_id, language) == (self.target_id, self.language)
        self.target_id, self.language = target_id, language
        self.dress()
        show = self.saver.load if same else self.saver.reset
        show(self.values(), self.keeper.seen)
        self.dressed()

    def dressed(self) -> None:
        """Show what depends on the fields."""

    def leave(self) -> bool:
        """Write what is only on the screen; False where it could not be written."""
        return self.saver.leave()

    def flush(self) -> bool:
        """Write what is only on the screen; a value that is no value stays there."""
        return self.saver.flush()

    # --- helpers ----------------------------------------------------------------------------------

    def _write(self, name: str, value: Any, _seen: Seen) -> tuple[Values, Seen]:
        # The keeper knows what of the form is on screen: the edit goes on top of exactly that.
        self.keeper.edit(lambda form: self.changed(form, name, value))
        return self.values(), self.keeper.seen

    def _column(self) -> Column:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        return column
