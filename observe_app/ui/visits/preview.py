"""The side of the list: the visit that is selected, and its notes that hold the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.event import NoteHit
from observe_app.domain.note_line import clock_text
from observe_app.services import notes, search
from observe_app.services.sync import authorship
from observe_app.ui.i18n import short_date
from observe_app.ui.moments import local, time_words
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.visit.audience_words import badge_of, wrote_words
from observe_app.ui.widgets import (
    Badge,
    Button,
    ButtonKind,
    ElidedLabel,
    FocusPanel,
    Plane,
    RowDelegate,
    RowList,
    SectionHead,
    TextLabel,
)
from observe_app.ui.widgets.paint import draw_text
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from observe_app.domain.visit import VisitRow
    from observe_app.services.core import Core
    from observe_app.ui.widgets.rows import Index

WIDTH = 356
NARROW = 296
_ROW = 35
_TIME, _SPEAKER = 48, 30
_REST = 340  # everything but the notes, at least
_MOST = 60
_HIT = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_FOCUS_SHOWN = 220


class HitModel(QAbstractListModel):
    """Notes as found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[NoteHit, ...] = ()

    def show(self, hits: tuple[NoteHit, ...]) -> None:
        """Show other notes."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The note itself, and its words for tooltip and screen reader."""
        hit = self._hits[index.row()]
        if role == _HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (clock_text(hit.offset_ms), hit.speaker, hit.text) if part)
        return plain_tip(hit.text) if role == Qt.ItemDataRole.ToolTipRole else None


class HitDelegate(RowDelegate):
    """Time, speaker, the words around the first one found, the found ones marked."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """One line."""
        hit: NoteHit = index.data(_HIT)
        small, text = font("small", tabular=True), font("small")
        time = QRect(rect.left(), rect.top(), scaled(_TIME), rect.height())
        draw_text(painter, time, clock_text(hit.offset_ms), font=small, color=color("muted"))
        who = time.translated(scaled(_TIME), 0)
        who.setWidth(scaled(_SPEAKER))
        tone = color("ink" if hit.speaker == "T" else "accent")
        draw_text(painter, who, hit.speaker, font=font("small", weight=600), color=tone)
        words = rect.adjusted(scaled(_TIME) + scaled(_SPEAKER), 0, -2, 0)
        metrics, bold = QFontMetrics(text), QFontMetrics(font("small", weight=600))
        pieces = _around(hit, metrics, words.width())
        x = words.left()
        for piece, marked in pieces:
            room = words.right() - x
            if room <= 4:
                break
            width = (bold if marked else metrics).horizontalAdvance(piece)
            place = QRect(x, words.top(), min(width, room), words.height())
            if marked:
                plane = QRect(x - 1, words.center().y() - scaled(9), min(width, room) + 2, scaled(19))
                painter.fillRect(plane, color("warmtint"))
            draw_text(
                painter,
                place,
                piece,
                font=font("small", weight=600 if marked else 400),
                color=color("warm" if marked else "ink"),
            )
            x += width


def _around(hit: NoteHit, metrics: QFontMetrics, width: int) -> list[tuple[str, bool]]:
    """Cut the note into plain and marked pieces; one that would be out of sight moves to the front."""
    text = hit.text.replace("\n", " ")
    start = 0
    if hit.marks and metrics.horizontalAdvance(text[: hit.marks[0][1]]) > width - 30:
        start = max(0, hit.marks[0][0] - 24)
        start = text.find(" ", start, hit.marks[0][0]) + 1 or hit.marks[0][0]
    pieces = [("… ", False)] if start else []
    place = start
    for begin, end in hit.marks:
        if begin >= place:
            pieces += [(text[place:begin], False), (text[begin:end], True)]
            place = end
    pieces.append((text[place:], False))
    return [(piece, marked) for piece, marked in pieces if piece]


class VisitPreview(Plane):
    """One visit in short.

    Signals:
        open_asked: open the visit. delete_asked: move it to the bin. restore_asked: take it out of the bin.
        erase_asked: erase it for good. note_asked: id of a note to go to.
    """

    open_asked = Signal()
    delete_asked = Signal()
    restore_asked = Signal()
    erase_asked = Signal()
    note_asked = Signal(str)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._core = core
        self.row: VisitRow | None = None
        self.hits: tuple[NoteHit, ...] = ()
        self.setFixedWidth(WIDTH)
        self._build()
        self.show_visit(None, "")

    def show_visit(self, row: VisitRow | None, words: str) -> None:
        """Show a visit and its notes that hold the words; without words its starred ones."""
        self.row = row
        self._content.setVisible(row is not None)
        if row is None:
            return
        self.name_label.setText(row.teacher or self.tr("Teacher not named yet"))
        moment = row.started or row.start
        parts = [row.class_line]
        if moment is not None:
            day = short_date(local(moment, row.zone).date())
            when = self.tr("{day}, {time}").format(day=day, time=time_words(moment, row.zone))
            parts.append(when.replace(" ", "\N{NO-BREAK SPACE}"))
        self.class_label.setText(" · ".join(part for part in parts if part))
        self.badge.set_badge(*badge_of(self._core, row.id))
        self._show_writer(row.id)
        focus = " ".join(row.focus.split())
        self.focus_panel.setVisible(bool(focus))
        self.focus_panel.set_text(focus if len(focus) <= _FOCUS_SHOWN else f"{focus[: _FOCUS_SHOWN - 1]}…")
        self._show_notes(row, words)

    def _show_writer(self, visit_id: str) -> None:
        """Say who wrote it where it was not oneself, and plainly where it names somebody else."""
        found = authorship.wrote(self._core, visit_id)
        self.writer_label.setVisible(found is not None)
        if found is not None:
            self.writer_label.set_tone("warm" if found.named else "muted")
            self.writer_label.setText(wrote_words(found))

    def show_bin(self, *, shown: bool) -> None:
        """Offer what can be done with a visit in the bin, or with one outside it."""
        self.restore_button.setVisible(shown)
        self.erase_button.setVisible(shown)
        self.open_button.setVisible(not shown)
        self.delete_button.setVisible(not shown)

    def _show_notes(self, row: VisitRow, words: str) -> None:
        if words.strip():
            self.hits = search.notes(self._core, words, visit_id=row.id, limit=_MOST)
            count = len(self.hits)
            head = self.tr("1 note with “{words}”") if count == 1 else self.tr("{n} notes with “{words}”")
            head = head.format(n=count, words=" ".join(words.split()))
        else:
            self.hits = _starred(self._core, row) if row.starred else ()
            count = row.starred
            head = self.tr("1 starred note") if count == 1 else self.tr("{n} starred notes").format(n=count)
        self.hit_head.title.setText(head if self.hits else self.tr("Notes"))
        total = self.tr("1 note in all") if row.notes == 1 else self.tr("{n} notes in all").format(n=row.notes)
        self.hit_head.set_right(total if row.notes else "")
        self.none_label.setVisible(not self.hits)
        if not row.notes:
            self.none_label.setText(self.tr("No notes yet."))
        elif words.strip():
            self.none_label.setText(self.tr("The words are in the names, the class or the focus."))
        else:
            self.none_label.setText(self.tr("None is starred."))
        self.hit_list.setVisible(bool(self.hits))
        self._hit_model.show(self.hits)
        self.hit_list.setFixedHeight(min(len(self.hits), self._fitting()) * scaled(_ROW))

    def _fitting(self) -> int:
        self.hit_list.setFixedHeight(0)
        layout = self._content.layout()
        rest = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        return max(2, (self.height() - max(scaled(_REST), rest)) // scaled(_ROW))

    def _build(self) -> None:
        self._content = QWidget(self)
        self._build_words()
        self._build_notes()
        acts = self._build_acts()
        badge_row = QHBoxLayout()
        badge_row.addWidget(self.badge)
        badge_row.addStretch(1)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(0)
        column.addWidget(self.name_label)
        column.addWidget(self.class_label)
        column.addWidget(self.writer_label)
        column.addSpacing(10)
        column.addLayout(badge_row)
        column.addSpacing(12)
        column.addWidget(self.focus_panel)
        column.addSpacing(18)
        column.addWidget(self.hit_head)
        column.addWidget(self.none_label)
        column.addWidget(self.hit_list)
        column.addSpacing(16)
        column.addLayout(acts)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._content)

    def _build_words(self) -> None:
        self.name_label = ElidedLabel("", self._content, step="heading", weight=600)
        self.class_label = TextLabel("", self._content, step="small", tone="muted", wrap=True, tabular=True)
        self.writer_label = TextLabel("", self._content, step="small", tone="muted", wrap=True)
        self.writer_label.setObjectName("preview_writer")
        self.badge = Badge(self.tr("Only you"), "lock", self._content, active=False)
        self.focus_panel = FocusPanel("", self._content, label="", plain=True)
        self.focus_panel.text_label.setFont(font("body"))

    def _build_notes(self) -> None:
        self.hit_head = SectionHead("", "", self._content, step="text", rule="line")
        self.none_label = TextLabel("", self._content, step="small", tone="muted", wrap=True)
        self.none_label.setContentsMargins(0, 8, 0, 0)
        self._hit_model = HitModel(self)
        self.hit_list = RowList(self.tr("Notes found"), self._content, row_height=scaled(_ROW))
        self.hit_list.setItemDelegate(HitDelegate(self.hit_list))
        self.hit_list.setModel(self._hit_model)
        self.hit_list.clicked.connect(self._on_hit)
        self.hit_list.opened.connect(self._on_hit)

    def _build_acts(self) -> QHBoxLayout:
        self.open_button = Button(self.tr("Open"), self._content, keys=self.tr("Enter"))
        self.open_button.setObjectName("preview_open")
        self.restore_button = Button(self.tr("Bring it back"), self._content, icon="undo-2")
        self.restore_button.setObjectName("preview_restore")
        self.restore_button.clicked.connect(self.restore_asked)
        self.delete_button = Button(
            "", self._content, kind=ButtonKind.GHOST, icon="trash-2", name=self.tr("Delete this visit")
        )
        self.delete_button.setObjectName("preview_delete")
        self.open_button.clicked.connect(self.open_asked)
        self.delete_button.clicked.connect(self.delete_asked)
        self.erase_button = Button(self.tr("Erase for good…"), self._content, kind=ButtonKind.LINK)
        self.erase_button.setObjectName("preview_erase")
        self.erase_button.clicked.connect(self.erase_asked)
        acts = QHBoxLayout()
        acts.addWidget(self.open_button)
        acts.addWidget(self.restore_button)
        acts.addStretch(1)
        acts.addWidget(self.erase_button)
        acts.addWidget(self.delete_button)
        return acts

    @Slot(QModelIndex)
    def _on_hit(self, index: QModelIndex) -> None:
        hit = index.data(_HIT)
        if hit is not None:
            self.note_asked.emit(hit.event_id)


def _starred(core: Core, row: VisitRow) -> tuple[NoteHit, ...]:
    found = [event for event in notes.stream(core, row.id) if event.starred and event.text][:_MOST]
    return tuple(NoteHit(event.id, row.id, row.teacher, event.offset_ms, event.speaker, event.text) for event in found)
