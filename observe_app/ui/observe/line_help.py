"""Gives the note line what the visit and the settings say: items to link, short words, words that judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, Signal, Slot

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.form_keys import keys_of
from observe_app.services import wording
from observe_app.ui.i18n import writing_language

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.ui.observe.live_visit import LiveVisit
    from observe_app.ui.observe.note_line import NoteLine


class LineHelp(QObject):
    """Serves a note line with the choices of one visit; they are read again whenever the line comes into sight.

    Signals:
        turned_off: the observer wants no more marks; the settings bring them back.
        refused: the `ObserveError` that kept a choice from the settings.
    """

    turned_off = Signal()
    refused = Signal(object)

    def __init__(self, line: NoteLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._live: LiveVisit | None = None
        line.help.word_fair.connect(self._on_word_fair)
        line.help.marks_off.connect(self._on_marks_off)
        line.installEventFilter(self)

    @property
    def language(self) -> str:
        """Of the words that are written, two letters: the window's."""
        return writing_language()

    def load(self, live: LiveVisit) -> None:
        """Serve a visit."""
        self._live = live
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read form and settings again."""
        live = self._live
        if live is None:
            return
        settings = live.core.settings.get()
        self._line.set_link_targets(_targets(live.form, settings.keys, QLocale().name()))
        self._line.edit.abbreviations = settings.abbreviations
        self._line.help.marks.set_words(wording.judging_words(live.core, self.language))

    @Slot(str)
    def _on_word_fair(self, word: str) -> None:
        if self._live is not None:
            try:
                wording.never_mark(self._live.core, self.language, word)
            except ObserveError as error:
                self.refused.emit(error)
            self.refresh()

    @Slot()
    def _on_marks_off(self) -> None:
        if self._live is not None:
            try:
                wording.turn_marks_off(self._live.core)
            except ObserveError as error:
                self.refused.emit(error)
            else:
                self.turned_off.emit()
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The settings may have changed while another page was shown."""
        if event.type() == QEvent.Type.Show:
            self.refresh()
        return False


def _targets(form: Form | None, own: tuple[tuple[str, ...], ...], language: str) -> tuple[tuple[str, str, str], ...]:
    """Return id, label and key of each item that a note can be evidence for."""
    if form is None:
        return ()
    items = [item for item in form.items if item.kind is not ItemKind.GUIDANCE]
    keys = keys_of(items, {row[1]: row[2] for row in own if len(row) == 3 and row[0] == form.id})
    return tuple((item.id, text_in(item.label, language), keys.get(item.id, "")) for item in items)
