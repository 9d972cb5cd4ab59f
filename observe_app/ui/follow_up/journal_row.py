"""One entry of somebody's own journal, edited where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.errors import NotFound
from observe_app.services import journals
from observe_app.ui.moments import list_date, local, time_words
from observe_app.ui.talk.in_place import InPlaceText
from observe_app.ui.theme import color, set_focus_ring
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel
from observe_app.ui.widgets.paint import hairline

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.changes import Seen
    from observe_app.domain.journal_entry import EntryKind, JournalEntry
    from observe_app.services.core import Core

_PAD = 9
_EDGE = 8


class JournalRow(QWidget):
    """An entry, or one that is only begun: without an id until its first words are written.

    Signals:
        edited: words changed; they are stored by `store`.
        left: the caret went elsewhere.
        ended: Escape was pressed. went_on: Ctrl Enter was.
        delete_asked: the person wants the entry gone.
        visit_asked: id of the visit that the entry was written on.
    """

    edited = Signal()
    left = Signal()
    ended = Signal()
    went_on = Signal()
    delete_asked = Signal()
    visit_asked = Signal(str)

    def __init__(
        self,
        core: Core,
        kind: EntryKind,
        visit_id: str,
        entry: JournalEntry | None,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        about: str = "",
    ) -> None:
        """Make a row.

        Args:
            core: the open data folder.
            kind: of an entry that is only begun.
            visit_id: the visit that such an entry is about.
            entry: the stored one, None for one that is only begun.
            parent: Qt parent.
            hint: shown while there are no words.
            about: words for the visit it was written on, which lead there; "" shows none.
        """
        super().__init__(parent)
        self._core, self._kind, self._visit_id = core, kind, visit_id
        self._entry = entry
        self._seen: Seen | None = None
        self._dirty = False
        self.text = InPlaceText(self)
        self.text.setObjectName("journal_text")
        self.text.set_hint(hint)
        self.title = TextLabel("", self, weight=600, wrap=True)
        self.when = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.about = Button(about, self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.about.setVisible(bool(about))
        self.delete_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="trash-2", name=self.tr("Delete this entry")
        )
        self.delete_button.setObjectName("journal_delete")
        set_focus_ring(self, shown=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.text.edited.connect(self._on_edited)
        self.text.focus_changed.connect(self._on_focus)
        self.text.escaped.connect(self.ended)
        self.text.went_on.connect(self.went_on)
        self.delete_button.clicked.connect(self.delete_asked)
        self.about.clicked.connect(self._on_about)
        self._show()

    @property
    def entry(self) -> JournalEntry | None:
        """The stored entry, None while it is only begun."""
        return self._entry

    @property
    def is_empty(self) -> bool:
        """Whether there are no words in it, and no title either."""
        return not self.text.text().strip() and not (self._entry is not None and self._entry.title)

    @property
    def is_dirty(self) -> bool:
        """Whether words are only on the screen."""
        return self._dirty

    def show_entry(self, entry: JournalEntry) -> None:
        """Show the entry as it is stored now; words that are not stored yet stay as they are."""
        self._entry = entry
        if not self._dirty:
            self._seen = None
        self._show()

    def begin_again(self) -> None:
        """Keep the words of an entry that was deleted elsewhere while they were being written."""
        self._entry, self._seen = None, None

    def store(self) -> None:
        """Write the words that are only on the screen.

        Raises:
            ObserveError: they could not be written; they stay on the screen.
        """
        if not self._dirty:
            return
        words = self.text.text()
        if self._entry is None and self.is_empty:
            self._dirty = False
            return
        if self._entry is None:
            opened = journals.add(self._core, text=words, visit_id=self._visit_id, kind=self._kind)
        else:
            try:
                seen = self._seen or journals.open_entry(self._core, self._entry.id).seen
                opened = journals.edit(self._core, entry_id=self._entry.id, seen=seen, text=words)
            except NotFound:
                opened = journals.add(self._core, text=words, visit_id=self._visit_id, kind=self._kind)
        self._entry, self._seen, self._dirty = opened.value, opened.seen, False
        self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A plane while it is written in; a rule below."""
        painter = QPainter(self)
        if self.text.hasFocus():
            painter.fillRect(self.rect(), color("tint"))
        hairline(painter, self.rect())
        painter.end()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.text)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.when)
        below.addWidget(self.about)
        below.addStretch(1)
        words.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, _PAD, 0, _PAD)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignTop)

    def _show(self) -> None:
        entry = self._entry
        if entry is not None and not self._dirty:
            self.text.set_text(entry.text)
        self.title.setText(entry.title if entry is not None else "")
        self.title.setVisible(bool(self.title.text()))
        when = self._moment_words()
        self.when.setText(when)
        self.when.setVisible(bool(when))
        self.delete_button.setVisible(entry is not None)
        name = self.tr("Entry of {when}").format(when=when) if when else self.tr("New entry")
        self.text.setAccessibleName(name)

    def _moment_words(self) -> str:
        if self._entry is None or self._entry.at is None:
            return ""
        zone = self._core.clock.zone_name()
        day = local(self._entry.at, zone).date()
        today: date = local(self._core.clock.now(), zone).date()
        return self.tr("{day}, {time}").format(day=list_date(day, today), time=time_words(self._entry.at, zone))

    @Slot()
    def _on_edited(self) -> None:
        self._dirty = True
        self.edited.emit()

    @Slot(bool)
    def _on_focus(self, here: bool) -> None:
        if here and self._entry is not None and self._seen is None and not self._dirty:
            try:
                opened = journals.open_entry(self._core, self._entry.id)
            except NotFound:
                return
            self._entry, self._seen = opened.value, opened.seen
            self.text.set_text(opened.value.text)
        self.update()
        if not here:
            self.left.emit()

    @Slot()
    def _on_about(self) -> None:
        if self._entry is not None:
            self.visit_asked.emit(self._entry.visit_id)
