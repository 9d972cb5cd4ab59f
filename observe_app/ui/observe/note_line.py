"""The note line: always ready, at the bottom, stamped at the first key. Enter keeps what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from observe_app.domain.form import ItemKind
from observe_app.domain.lesson_clock import Stamp, parse_clock
from observe_app.domain.note_line import MAX_NOTE, clock_text
from observe_app.ui.observe.commands import Given, read_command
from observe_app.ui.observe.line_entry import Entry, LineMode
from observe_app.ui.observe.line_hints import (
    RIGHT,
    Hints,
    hints_width,
    link_rects,
    links_width,
    paint_hints,
    paint_links,
)
from observe_app.ui.observe.line_offers import LineOffers
from observe_app.ui.observe.line_question import LineQuestion
from observe_app.ui.observe.note_edit import LINE, NoteEdit
from observe_app.ui.observe.note_links import Target
from observe_app.ui.observe.stream_row import MARGIN, SPEAKER, TIME, text_left
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.ui.observe.commands import Command

__all__ = ["HEIGHT", "Entry", "LineMode", "NoteLine"]

HEIGHT = 50
_RULE = 2


@dataclass(frozen=True, slots=True)
class _Put:
    """A new note laid aside while an older one is edited."""

    line: str
    stamp: Stamp | None


class NoteLine(QWidget):
    """Stamp, speaker, words, and what Enter will do.

    Signals:
        touched: the first sign of a new note; the receiver gives the stamp with `set_stamp`.
        changed: what the line says changed.
        entered: an `Entry`.
        left_edit: editing was left without keeping.
        laying_aside: a new note is about to give way to an older one; it still stands in the line.
        height_changed: the line grew or shrank.
        command_given: id of a command, and the words after it; the line is empty then.
        codes_asked: Esc in an empty line.
    """

    touched = Signal()
    changed = Signal()
    entered = Signal(object)
    left_edit = Signal()
    laying_aside = Signal()
    height_changed = Signal()
    command_given = Signal(str, str)
    codes_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_line")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._mode = LineMode.NOTE
        self._event_id = ""
        self._stamp: Stamp | None = None
        self._now_ms: int | None = None
        self._edited_ms = 0
        self._aside: _Put | None = None
        self._waiting: ItemKind | None = None
        self._problem = ""
        self.edit = NoteEdit(self)
        self.edit.setPlaceholderText(self.tr("What do you see and hear?"))
        self.edit.touched.connect(self.touched)
        self.edit.changed.connect(self._on_changed)
        self.edit.entered.connect(self._on_entered)
        self.edit.split_pressed.connect(self.split_here)
        self.edit.escaped.connect(self._on_escaped)
        self.edit.menu_opening.connect(self._on_menu_opening)
        self.offers = LineOffers(self.edit, self)
        self.help = LineQuestion(self.edit, self)
        self.edit.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.edit.installEventFilter(self)

    # -- public

    @property
    def mode(self) -> LineMode:
        """New note, editing, or changing a time."""
        return self._mode

    @property
    def event_id(self) -> str:
        """The note being edited, "" for a new one."""
        return self._event_id

    @property
    def stamp(self) -> Stamp | None:
        """Of the first key of the new note, None while the line is empty."""
        return self._stamp

    @property
    def line(self) -> str:
        """Speaker and words as they would be kept."""
        return self.edit.head.line(self.edit.words)

    @property
    def links(self) -> tuple[str, ...]:
        """Ids of the form items picked for the note."""
        return self.edit.links.ids

    @property
    def link_labels(self) -> tuple[str, ...]:
        """What those items are called."""
        labels = {target.id: target.label for target in self.edit.targets}
        return tuple(labels.get(item_id, item_id) for item_id in self.links)

    @property
    def typed(self) -> str:
        """The line with everything that was typed, as a draft keeps it."""
        if self._mode is LineMode.RETIME:
            return self.edit.words
        return self.edit.links.kept(self.edit.head.typed(self.edit.words))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return self.edit.is_empty

    @property
    def stamp_text(self) -> str:
        """The time shown at the left."""
        if self._mode is not LineMode.NOTE:
            return clock_text(self._edited_ms)
        late = self.edit.head.offset_ms
        if late is not None:
            return clock_text(late)
        if self._stamp is not None:
            return clock_text(self._stamp.offset_ms)
        return "" if self._now_ms is None else clock_text(self._now_ms)

    @property
    def hint(self) -> str:
        """The words at the right, without the keys."""
        return " ".join(word for _key, word in self._hints())

    @property
    def problem(self) -> str:
        """Why Enter would not keep this, "" when it would."""
        return self._problem

    def set_link_targets(self, targets: Sequence[tuple[str, ...]]) -> None:
        """Offer form items after a ">", each as (id, label) or (id, label, key)."""
        self.edit.targets = tuple(Target(*target) for target in targets)

    def set_commands(self, commands: Sequence[Command]) -> None:
        """Offer commands after a "/" at the beginning."""
        self.offers.commands = tuple(commands)

    def give_back(self, line: str) -> None:
        """Put a line back that could not be done, where nothing new was begun."""
        if self.is_empty and self._mode is LineMode.NOTE:
            self.edit.load(line)

    def set_now(self, offset_ms: int | None) -> None:
        """Show lesson time while the line is empty; None shows nothing."""
        if offset_ms is not None:
            offset_ms -= offset_ms % 1000
        if offset_ms != self._now_ms:
            self._now_ms = offset_ms
            if self._stamp is None:
                self.update(0, 0, text_left(), self.height())

    def set_stamp(self, stamp: Stamp) -> None:
        """Stamp the new note."""
        if self._mode is LineMode.NOTE and self._stamp is None:
            self._stamp = stamp
            self.update()

    def set_waiting(self, kind: ItemKind | None) -> None:
        """An item of this kind waits for its key: the line turns grey and keeps what it has; None goes on."""
        if kind is not self._waiting:
            self._waiting = kind
            self._recolor()
            self._place()
            self.update()

    def set_problem(self, text: str) -> None:
        """Say why the line cannot be kept; "" takes it away."""
        if text != self._problem:
            self._problem = text
            self._place()
            self.update()

    def load_draft(self, line: str, stamp: Stamp) -> None:
        """Take up an unfinished note."""
        self._stamp = stamp
        self.edit.load(line)
        self.update()

    def begin_edit(self, event_id: str, line: str, offset_ms: int) -> None:
        """Edit a stored note; a new note begun before waits until this is left."""
        self._lay_aside(LineMode.EDIT, event_id, offset_ms)
        self.edit.load(line)
        self.edit.setFocus()

    def begin_retime(self, event_id: str, offset_ms: int) -> None:
        """Change the time of an event."""
        self._lay_aside(LineMode.RETIME, event_id, offset_ms)
        self.edit.load(clock_text(offset_ms), reads_head=False)
        self.edit.selectAll()
        self.edit.setFocus()

    def clear_line(self) -> None:
        """Empty the line after its words are kept elsewhere; a note laid aside comes back."""
        put, self._aside = self._aside, None
        self._mode, self._event_id, self._stamp, self._problem = LineMode.NOTE, "", None, ""
        self.offers.takes_commands = True
        if put:
            self._stamp = put.stamp
        self.edit.load(put.line if put else "")
        self._place()
        self.update()

    def leave_edit(self) -> None:
        """Leave editing without keeping anything."""
        if self._mode is not LineMode.NOTE:
            self.clear_line()
            self.left_edit.emit()

    # -- slots

    @Slot()
    def _on_changed(self) -> None:
        if self._mode is LineMode.NOTE and self.edit.is_empty:
            self._stamp = None
        self._check()
        self._place()
        self.update()
        self.changed.emit()

    @Slot()
    def _on_entered(self) -> None:
        if self._waiting or self._problem or not self.edit.words.strip():
            return
        given = self._given()
        if given is not None:
            if given.is_whole:
                self.clear_line()
                self.command_given.emit(given.command.id, given.words)
            return
        self.entered.emit(self._entry())

    @Slot()
    def split_here(self) -> None:
        """Keep the note being edited as two, parted at the cursor; a new one is kept as it is."""
        if self._mode is not LineMode.EDIT:
            self._on_entered()
            return
        if self._waiting or len(self.edit.words) > MAX_NOTE:
            return
        first, second = self.edit.parts
        if first.strip() and second.strip():
            self.entered.emit(self._entry((self.edit.head.line(first), second)))
        else:
            self.set_problem(self.tr("put the cursor where the second note begins"))

    @Slot()
    def _on_escaped(self) -> None:
        if self._mode is LineMode.NOTE and self.is_empty:
            self.codes_asked.emit()

    @Slot(object)
    def _on_menu_opening(self, menu: QMenu) -> None:
        if self._mode is LineMode.EDIT:
            split = QAction(self.tr("Split into two notes here") + "\tCtrl+Enter", menu)
            split.setObjectName("split")
            split.triggered.connect(self.split_here)
            menu.addSeparator()
            menu.addAction(split)

    @Slot()
    def _on_size_changed(self) -> None:
        self.updateGeometry()
        self.height_changed.emit()

    # -- Qt overrides

    def sizeHint(self) -> QSize:
        """50 high with one line, up to four lines."""
        return QSize(400, scaled(HEIGHT) + (self.edit.wanted_lines() - 1) * scaled(LINE))

    def minimumSizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(280, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words take the middle."""
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a link takes it away; anywhere else on the line it is a click into it."""
        item_id = self._link_at(event.position().toPoint())
        if item_id:
            self.edit.drop_link(item_id)
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The rule above the line is the focus ring of its words."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: other colours for the words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolor()

    def event(self, event: QEvent) -> bool:
        """A link says what it is and what a click does."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._link_at(event.pos()):
            words = self.tr("Evidence for {items}. A click on one takes it away.")
            QToolTip.showText(event.globalPos(), words.format(items=", ".join(self.link_labels)), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rule, stamp, speaker, hints."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("bg"))
        active = self.edit.hasFocus() and not self._waiting
        painter.fillRect(0, 0, self.width(), _RULE, color("accent" if active else "line"))
        row = QRectF(MARGIN, _RULE, scaled(TIME), scaled(HEIGHT) - _RULE)
        late = self._mode is LineMode.NOTE and self.edit.head.offset_ms is not None
        ink = color("accent" if late else "muted")
        draw_text(painter, row, self.stamp_text, font=font("text", tabular=True), color=ink)
        who = self.edit.head.speaker_text
        if who:
            ink = color("muted" if self._waiting else "ink" if self.edit.head.speaker == "T" else "accent")
            box = QRectF(row.right(), row.top(), scaled(SPEAKER) - 4, row.height())
            draw_text(painter, box, who, font=font("note", weight=600), color=ink)
        row = self._row()
        paint_links(painter, row, self.link_labels, self._hints())
        paint_hints(painter, row, self._hints(), warns=bool(self._problem))

    # -- helpers

    def _lay_aside(self, mode: LineMode, event_id: str, offset_ms: int) -> None:
        if self._mode is LineMode.NOTE:
            self.laying_aside.emit()
            self._aside = _Put(self.typed, self._stamp) if not self.is_empty else None
        self._mode, self._event_id, self._edited_ms, self._stamp = mode, event_id, offset_ms, None
        self.offers.takes_commands = False

    def _check(self) -> None:
        count = len(self.edit.words)
        problem = ""
        if self._mode is LineMode.RETIME and parse_clock(self.edit.words.strip()) is None:
            problem = self.tr("a time looks like 20:07")
        elif count > MAX_NOTE:
            problem = self.tr("too long for one note: {count} of {most} characters").format(count=count, most=MAX_NOTE)
        self._problem = problem

    def _entry(self, parts: tuple[str, ...] = ()) -> Entry:
        retimes = self._mode is LineMode.RETIME
        line = self.edit.words.strip() if retimes else self.line
        links = () if retimes else self.links
        return Entry(self._mode, line, self._stamp, self.edit.head.offset_ms, self._event_id, links, parts)

    def _given(self) -> Given | None:
        """Return the command that the line gives, None where it is a note."""
        if self._mode is not LineMode.NOTE or self.edit.head.pieces or self.edit.links.picked:
            return None
        return read_command(self.edit.words, self.offers.commands)

    def _row(self) -> QRectF:
        return QRectF(0, _RULE, self.width(), scaled(HEIGHT) - _RULE)

    def _link_at(self, place: QPoint) -> str:
        """Return the id of the link at a place, "" where there is none."""
        rects = link_rects(self._row(), self.link_labels, self._hints())
        at = next((index for index, rect in enumerate(rects) if rect.contains(place)), -1)
        return self.links[at] if at >= 0 else ""

    def _command_hints(self, given: Given) -> Hints:
        if given.is_whole:
            return ((self.tr("Enter"), given.command.title),)
        if given.command.takes == "time":
            return (("", self.tr("a time looks like 23:10")),)
        return (("", self.tr("then its name")),)

    def _hints(self) -> Hints:
        """Keys and words at the right, in order."""
        if self._problem:
            return (("", self._problem),)
        if self._waiting:
            return (("", self._waiting_words()), (self.tr("Esc"), self.tr("goes on")))
        shown = clock_text(self._edited_ms)
        if self._mode is LineMode.EDIT:
            return (("", self.tr("editing {time}").format(time=shown)), (self.tr("Esc"), self.tr("leave")))
        given = self._given()
        if given is not None:
            return self._command_hints(given)
        if self._mode is LineMode.RETIME:
            return (("", self.tr("new time for {time}").format(time=shown)), (self.tr("Esc"), self.tr("leave")))
        if self.links and not self.edit.words.strip():
            return (("", self.tr("then the words")),)
        return () if self.is_empty else ((self.tr("Enter"), self.tr("keep")),)

    def _waiting_words(self) -> str:
        """What the line waits for, or what happens to the words in it meanwhile."""
        if self._waiting is ItemKind.RATING:
            return self.tr("waits while you rate,") if self.is_empty else self.tr("kept while you rate,")
        if self._waiting is ItemKind.INTERVAL:
            return self.tr("waits while you tick,") if self.is_empty else self.tr("kept while you tick,")
        if self._waiting is ItemKind.WAIT:
            return self.tr("waits for how it ended,") if self.is_empty else self.tr("kept until you say how it ended,")
        return self.tr("waits for the answer,") if self.is_empty else self.tr("kept until you answer,")

    def _place(self) -> None:
        hints, links = hints_width(self._hints()), links_width(self.link_labels, self.width())
        width = self.width() - text_left() - RIGHT - (hints + 12 if hints else 0) - (links + 4 if links else 0)
        lines = self.edit.wanted_lines()
        top = _RULE + (scaled(HEIGHT) - _RULE - scaled(LINE)) // 2
        self.edit.setGeometry(text_left(), top, max(60, width), lines * scaled(LINE) + 2)

    def _recolor(self) -> None:
        # The application's style sheet colours every text field; only a sheet of the field's own comes before it.
        sheet = f"color: {color('muted').name()};" if self._waiting else ""
        if sheet != self.edit.styleSheet():
            self.edit.setStyleSheet(sheet)
