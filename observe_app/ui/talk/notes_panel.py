"""The left side of Talk: find a note, pick it, send it to a claim by key, button or drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.talk.marks import KINDS, kind_key
from observe_app.ui.talk.notes_list import NotesList
from observe_app.ui.talk.notes_model import NotesModel
from observe_app.ui.talk.undo_note import UndoNote
from observe_app.ui.theme import color, font, tokens
from observe_app.ui.widgets import Plane, Rule, SearchField, TextLabel
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.event import Event

_EDGE = 20
_KEYS = 4


class KeyButton(QPushButton):
    """A keycap and its word that can also be clicked; the key itself is the page's."""

    def __init__(self, keys: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._keys = keys
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Keycap, word and a little air; 28 high."""
        words = QFontMetrics(font("small")).horizontalAdvance(self.text())
        return QSize(4 + key_cap_width(self._keys) + 7 + words + 5, tokens().size.control_small)

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hover plane, keycap, word."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            rounded(painter, rect, 6, fill=color("tint2" if self.isDown() else "hover"))
        cap, high = key_cap_width(self._keys), tokens().size.key_cap
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - 4 - cap if mirrored else 4
        paint_key_cap(painter, QRectF(left, (rect.height() - high) / 2, cap, high), self._keys, active=self.isEnabled())
        words = rect.adjusted(2, 0, -(cap + 11), 0) if mirrored else rect.adjusted(cap + 11, 0, 2, 0)
        draw_text(painter, words, self.text(), font=font("small"), color=color("muted"))


class StarredChip(QPushButton):
    """Shows only starred notes while it is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Show starred notes only"))

    def set_count(self, count: int) -> None:
        """Say how many notes are starred; without any there is nothing to show."""
        self.setText(self.tr("Starred {n}").format(n=count))
        self.setEnabled(count > 0 or self.isChecked())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Word and count; 28 high."""
        return QSize(
            QFontMetrics(font("small", weight=600)).horizontalAdvance(self.text()) + 18, tokens().size.control_small
        )

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """On is a plane, off is an edge: told apart without colour."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            rounded(painter, rect, 6, fill=color("tint2"), edge=color("accent"))
        elif self.isEnabled():
            rounded(painter, rect, 6, fill=color("hover") if self.underMouse() else None, edge=color("ctl"))
        ink = color("accent" if self.isEnabled() else "muted")
        painter_font = font("small", weight=600, tabular=True)
        draw_text(painter, rect, self.text(), font=painter_font, color=ink, align=Qt.AlignmentFlag.AlignCenter)


class NotesPanel(Plane):
    """Search, starred filter, the notes and the keys that send them on.

    Signals:
        send_asked: ClaimKind of the new claim that the picked notes become evidence for.
        link_asked: the picked notes become evidence of the selected claim.
    """

    send_asked = Signal(object)
    link_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.model = NotesModel(self)
        self.list = NotesList(self.model, self)
        self.search = SearchField(self.tr("Find in notes"), self)
        self.starred = StarredChip(self)
        self.nothing = TextLabel("", self, step="text", tone="muted", wrap=True)
        self.undo_note = UndoNote(self)
        self.keys: dict[ClaimKind, KeyButton] = {}
        self._build()
        self.search.textEdited.connect(self._on_words)
        self.search.left_downwards.connect(self._on_down)
        self.starred.toggled.connect(self._on_starred)
        for button in self.keys.values():
            button.clicked.connect(self._on_key_clicked)
        self.link_button.clicked.connect(self.link_asked)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(_EDGE, 12, _EDGE, 8)
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.starred)
        words = {
            ClaimKind.STRENGTH: self.tr("strength"),
            ClaimKind.GROWTH: self.tr("to grow"),
            ClaimKind.QUESTION: self.tr("question"),
        }
        self._foot = foot = QGridLayout()
        foot.setContentsMargins(_EDGE - 4, 2, _EDGE, 4)
        foot.setSpacing(6)
        foot.setVerticalSpacing(0)
        for kind in KINDS:
            self.keys[kind] = KeyButton(kind_key(kind), words[kind], self)
            self.keys[kind].setObjectName(f"send_{kind.value}")
            self.keys[kind].setToolTip(
                self.tr("Make a claim with the picked notes as its evidence, or drag them there")
            )
        self.link_button = KeyButton("L", self.tr("link"), self)
        self.link_button.setToolTip(self.tr("Add the picked notes to the selected claim"))
        self.drag_hint = TextLabel(self.tr("or drag"), self, step="small", tone="muted")
        foot.addWidget(self.drag_hint, 0, _KEYS + 1)
        foot.setColumnStretch(_KEYS, 1)
        self._in_rows_of = 0
        self._lay_keys()
        edge = QHBoxLayout()
        edge.setContentsMargins(_EDGE, 0, _EDGE, 0)
        edge.addWidget(Rule(self, line="line"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        self.nothing.setContentsMargins(_EDGE, 8, _EDGE, 8)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.undo_note)
        column.addLayout(edge)
        column.addLayout(foot)

    def set_notes(self, events: Sequence[Event], kinds: Mapping[str, tuple[ClaimKind, ...]]) -> None:
        """Show the notes of these events with the kinds of claim that they stand under."""
        self.model.set_notes(events, kinds)
        count = len(self.model.notes)
        self.search.setPlaceholderText(
            self.tr("Find in {n} notes").format(n=count) if count else self.tr("Find in notes")
        )
        self.starred.setVisible(count > 0)
        self.starred.set_count(self.model.starred)
        self._say_nothing()

    def set_claim_selected(self, selected: bool) -> None:
        """Say whether there is a claim to link to."""
        self.link_button.setEnabled(selected)

    def set_narrow(self, *, narrow: bool) -> None:
        """Give up what is only a hint where there is little room."""
        self.drag_hint.setVisible(not narrow)
        self._foot.setHorizontalSpacing(0 if narrow else 6)
        self._foot.setContentsMargins(_EDGE - (10 if narrow else 4), 2, 4 if narrow else _EDGE, 4)
        self._lay_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The keys take a second line rather than losing their words."""
        super().resizeEvent(event)
        self._lay_keys()

    def _lay_keys(self) -> None:
        buttons = (*self.keys.values(), self.link_button)
        margins, gap = self._foot.contentsMargins(), self._foot.horizontalSpacing()
        wanted = sum(button.sizeHint().width() + gap for button in buttons) + margins.left() + margins.right() - gap
        each = _KEYS if wanted <= self.width() else _KEYS // 2
        if each == self._in_rows_of:
            return
        self._in_rows_of = each
        for place, button in enumerate(buttons):
            self._foot.removeWidget(button)
            self._foot.addWidget(button, place // each, place % each)

    @Slot(str)
    def show_note(self, event_id: str) -> None:
        """Select a note, dropping the filters that hide it."""
        if self.list.pick(event_id):
            return
        self.search.clear()
        self.starred.setChecked(False)
        self.model.narrow(words="", starred_only=False)
        self._say_nothing()
        self.list.pick(event_id)

    def changeEvent(self, event: QEvent) -> None:
        """A theme switch repaints the rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.list.viewport().update()

    @Slot(str)
    def _on_words(self, words: str) -> None:
        self.model.narrow(words=words)
        self._say_nothing()

    @Slot(bool)
    def _on_starred(self, on: bool) -> None:
        self.model.narrow(starred_only=on)
        self._say_nothing()

    @Slot()
    def _on_down(self) -> None:
        if self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.pick(self.model.event_at(0).id)

    @Slot()
    def _on_key_clicked(self) -> None:
        sender = self.sender()
        for kind, button in self.keys.items():
            if button is sender:
                self.send_asked.emit(kind)

    def _say_nothing(self) -> None:
        if not self.model.notes:
            words = self.tr("No notes yet. What you write down in Observe appears here.")
        elif not self.model.rowCount():
            words = self.tr("No note has these words. Escape shows them all.")
        else:
            words = ""
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))
