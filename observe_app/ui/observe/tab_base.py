"""The parts of the Observe tab and their places: strip above, codes or stream and note line, the form right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.form_panel import FormPanel
from observe_app.ui.observe.clock_widget import LessonClockWidget
from observe_app.ui.observe.code_board import CodeBoard
from observe_app.ui.observe.codes_line import CodesLine
from observe_app.ui.observe.foot import Foot
from observe_app.ui.observe.interval_strip import IntervalStrip
from observe_app.ui.observe.lesson_keeper import LessonKeeper
from observe_app.ui.observe.next_tick import NextTick
from observe_app.ui.observe.note_keeper import NoteKeeper
from observe_app.ui.observe.note_line import NoteLine
from observe_app.ui.observe.start import FormBar, LessonStart
from observe_app.ui.observe.stream_acts import StreamActs
from observe_app.ui.observe.stream_feed import StreamFeed
from observe_app.ui.observe.stream_model import StreamModel
from observe_app.ui.observe.stream_pane import StreamPane
from observe_app.ui.observe.tag_popup import TagPopup
from observe_app.ui.observe.time_strip import TimeStrip
from observe_app.ui.theme import room_for, scaled
from observe_app.ui.widgets import MessageBar, Plane

if TYPE_CHECKING:
    from observe_app.domain.form import Item
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.film import FilmPane
    from observe_app.ui.seating.pane import SeatPane

FORM_WIDTH = 436
FORM_WIDTH_LARGE = 520
_LARGE = 1700
_FORM_SHARE = 0.4
_NARROW, _CLOCK_BARE = 900, 760
_LOW = 500
_BOARD = 840
"""Width in which codes have room beside a film or a seating plan."""
_FILM_SHARE = 0.45
_SEATS_LEAST = 220
_SHEET = 320
"""Height of what lies over a page of codes: the notes alone would be too low for it."""


class ObserveBase(Plane):
    """What there is to see during a lesson; `ObserveTab` makes it act.

    A form that is led by codes has them over the whole page, its strip shows intervals, and the panel of its other
    items comes when it is asked for. Seating plan and film are made when they are first wanted.
    """

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("observe_tab")
        self.seats: SeatPane | None = None
        self.film: FilmPane | None = None
        self._led: Item | None = None
        self._build(core, bus)

    @property
    def is_narrow(self) -> bool:
        """Whether the form has no room of its own."""
        return self._led is not None or self.width() < room_for(_NARROW)

    @property
    def led_by(self) -> Item | None:
        """The interval item whose codes lead the form, None without one."""
        return self._led

    @property
    def shows_seats(self) -> bool:
        """Whether the seating plan stands in the form's place."""
        return self.seats is not None and not self.seats.isHidden()

    @property
    def shows_film(self) -> bool:
        """Whether the film is open, or the way to one."""
        return self.film is not None and not self.film.isHidden()

    @property
    def ticks_alone(self) -> bool:
        """Whether keys alone tick codes."""
        return not self.codes_line.isHidden()

    def _build(self, core: Core, bus: ChangeBus) -> None:
        self.message_bar = MessageBar(self)
        self.strip = TimeStrip(self)
        self.interval_strip = IntervalStrip(self)
        self.board = CodeBoard(self)
        self.model = StreamModel(self)
        self.left = Plane("page", self)
        self.pane = StreamPane(self.model, self.left)
        self.form_bar = FormBar(self.left)
        self.line = NoteLine(self.left)
        self.codes_line = CodesLine(self.left)
        self.foot = Foot(self.left)
        self.form_panel = FormPanel(core, bus, self)
        self.start = LessonStart(self.pane)
        self.tag_popup = TagPopup(self)
        self.line.edit.popup = self.tag_popup
        self.keeper = NoteKeeper(self.line, self)
        self.feed = StreamFeed(core, bus, self.model, self)
        self.acts = StreamActs(self.model, self.pane, self.line, self)
        self.lesson = LessonKeeper(core, self.message_bar, self)
        self.clock_box = QWidget(self)
        self.clock_widget = LessonClockWidget(self.clock_box)
        self.next_tick = NextTick(self.clock_box)
        row = QHBoxLayout(self.clock_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.clock_widget)
        row.addWidget(self.next_tick)
        for hidden in (self.interval_strip, self.board, self.codes_line, self.next_tick, self.clock_box):
            hidden.hide()
        self._column = column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.pane, self.form_bar, self.line, self.codes_line, self.foot):
            column.addWidget(widget, 1 if widget is self.pane else 0)
        self.setFocusProxy(self.line.edit)

    def _place(self, *, sheet: bool = False) -> None:
        width, top = self.width(), 0
        if not self.message_bar.isHidden():
            self.message_bar.setGeometry(0, 0, width, self.message_bar.height())
            top = self.message_bar.height()
        self.interval_strip.set_low(low=self.height() < scaled(_LOW))
        strip = self.strip if self._led is None else self.interval_strip
        strip.setGeometry(0, top, width, strip.height())
        top += strip.height()
        narrow, side = self.is_narrow, self._side_width()
        with_side = self.shows_film or self.shows_seats
        column_top, inner = top, width
        if self._led is not None:
            # Film and seats want height: where the codes can do with less width they get a column of their own.
            inner = width - side if with_side and width - side >= room_for(_BOARD) else width
            height = self.board.height_for(inner, self.height() - top - self._foot_height())
            self.board.setGeometry(0, top, inner, height)
            top += height
        self.clock_widget.set_bare(bare=self._led is not None or width < scaled(_CLOCK_BARE))
        beside = not narrow or (with_side and width >= room_for(_NARROW))
        self.left.setGeometry(0, top, width - side if beside else width, self.height() - top)
        room_top = column_top if inner < width else top
        self._place_side(QRect(width - side, room_top, side, self.height() - room_top), sheet=sheet, beside=beside)

    def _place_side(self, room: QRect, *, sheet: bool, beside: bool) -> None:
        """Film on top, then the seating plan or the form; where they have no room, over the stream."""
        film, seats = self.film, self.seats
        if film is not None and self.shows_film:
            film.resize(room.width(), film.height())
            share = 1.0 if self._led is not None and not self.shows_seats else _FILM_SHARE
            height = min(film.sizeHint().height(), round(room.height() * share))
            film.setGeometry(room.x(), room.y(), room.width(), height)
            film.raise_()
            if not self.shows_seats or room.height() - height >= scaled(_SEATS_LEAST):
                room = room.adjusted(0, height, 0, 0)  # else the seats lie over the film, which goes on below
        if seats is not None and self.shows_seats:
            seats.setGeometry(room if beside else self._over(room))
            seats.raise_()
        narrow = self.is_narrow
        has_more = self.form_panel.form is not None and self._has_other_items()
        self.form_bar.setVisible(narrow and has_more and self._led is None)
        self.foot.set_form_offered(offered=has_more and self._led is not None)
        self._place_on_now(above_line=narrow and has_more)
        inside = self.form_panel.isAncestorOf(QApplication.focusWidget() or self)
        # An item that waits for its key is seen, over the seats too; under a film beside codes there is room for all.
        wanted = sheet or inside or bool(self.form_panel.armed)
        below = self._led is not None and self.shows_film and self.board.width() < self.width()
        over = narrow and (self.shows_seats or not below)
        self.form_panel.setGeometry(self._over(room) if over else room)
        stays = not over and not self.shows_seats
        self.form_panel.setVisible((wanted or stays) and (has_more or not narrow))
        self.form_panel.raise_()

    def _place_on_now(self, *, above_line: bool) -> None:
        """What is on now stays in sight where the form does not."""
        strip, column = self.form_panel.on_now, self._column
        if not above_line:
            self.form_panel.hold_on_now()
        elif column.indexOf(strip) < 0:
            column.insertWidget(column.indexOf(self.line), strip)
            strip.setVisible(strip.has_something)

    def _over(self, room: QRect) -> QRect:
        """Return the place of what lies over the stream and leaves the note line free."""
        bottom = self.left.mapTo(self, QPoint(0, self.left.height() - self._foot_height())).y()
        top = room.y() if self._led is None else min(room.y(), max(self.board.y(), bottom - scaled(_SHEET)))
        return QRect(room.x(), top, room.width(), max(120, bottom - top))

    def _side_width(self) -> int:
        # Larger words widen the form, but the stream keeps three fifths.
        width = self.width()
        least = FORM_WIDTH_LARGE if width >= _LARGE else FORM_WIDTH
        return min(width, scaled(least), max(least, round(width * _FORM_SHARE)))

    def _foot_height(self) -> int:
        line = self.codes_line if self.ticks_alone else self.line
        bars = (self.form_bar, self.form_panel.on_now)
        more = sum(bar.height() for bar in bars if bar.parentWidget() is self.left and bar.isVisibleTo(self.left))
        return line.sizeHint().height() + self.foot.height() + more

    def _has_other_items(self) -> bool:
        """Whether the form asks for more than the codes that lead it."""
        form, led = self.form_panel.form, self._led
        return form is not None and (led is None or any(item.id != led.id for item in form.items))
