"""The parts of the Observe tab and their places: strip above, stream and note line left, the form right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from observe_app.ui.form_panel import FormPanel
from observe_app.ui.observe.clock_widget import LessonClockWidget
from observe_app.ui.observe.foot import Foot
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
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

FORM_WIDTH = 436
FORM_WIDTH_LARGE = 520
_LARGE = 1700
_FORM_SHARE = 0.4
_NARROW = 900


class ObserveBase(Plane):
    """What there is to see during a lesson; `ObserveTab` makes it act."""

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("observe_tab")
        self._build(core, bus)

    @property
    def is_narrow(self) -> bool:
        """Whether the form has no room of its own."""
        return self.width() < room_for(_NARROW)

    def _build(self, core: Core, bus: ChangeBus) -> None:
        self.message_bar = MessageBar(self)
        self.strip = TimeStrip(self)
        self.model = StreamModel(self)
        self.left = Plane("page", self)
        self.pane = StreamPane(self.model, self.left)
        self.form_bar = FormBar(self.left)
        self.line = NoteLine(self.left)
        self.foot = Foot(self.left)
        self.form_panel = FormPanel(core, bus, self)
        self.start = LessonStart(self.pane)
        self.tag_popup = TagPopup(self)
        self.line.edit.popup = self.tag_popup
        self.keeper = NoteKeeper(self.line, self)
        self.feed = StreamFeed(core, bus, self.model, self)
        self.acts = StreamActs(self.model, self.pane, self.line, self)
        self.clock_widget = LessonClockWidget(self)
        self.clock_widget.hide()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.pane, self.form_bar, self.line, self.foot):
            column.addWidget(widget, 1 if widget is self.pane else 0)
        self.setFocusProxy(self.line.edit)

    def _place(self, *, sheet: bool = False) -> None:
        width, height, top = self.width(), self.height(), 0
        if not self.message_bar.isHidden():
            self.message_bar.setGeometry(0, 0, width, self.message_bar.height())
            top = self.message_bar.height()
        self.strip.setGeometry(0, top, width, self.strip.height())
        top += self.strip.height()
        # Larger words widen the form, but the stream keeps three fifths.
        least = FORM_WIDTH_LARGE if width >= _LARGE else FORM_WIDTH
        side = min(width, scaled(least), max(least, round(width * _FORM_SHARE)))
        narrow = self.is_narrow
        self.left.setGeometry(0, top, width if narrow else width - side, height - top)
        self.form_bar.setVisible(narrow and self.form_panel.form is not None)
        if not narrow:
            self.form_panel.setGeometry(width - side, top, side, height - top)
            self.form_panel.show()
            return
        inside = self.form_panel.isAncestorOf(QApplication.focusWidget() or self)
        wanted = sheet or inside or bool(self.form_panel.armed)
        bottom = self.line.mapTo(self, QPoint(0, 0)).y()
        self.form_panel.setGeometry(QRect(width - side, top, side, max(120, bottom - top)))
        self.form_panel.setVisible(wanted and self.form_panel.form is not None)
        self.form_panel.raise_()
