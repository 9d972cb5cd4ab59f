"""Above the codes: which interval they belong to, and what the other keys do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.form_panel.event_item import clock_words
from observe_app.ui.form_panel.item_keys import FORM_KEY
from observe_app.ui.form_panel.key_button import KeyButton
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_dot, paint_key_cap, rounded
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from observe_app.ui.form_panel.interval_coder import IntervalCoder

HEIGHT = 46
_MARGIN = 24
_GAP = 12
_RING = 10
_CAP_GAP = 8
_SAY_MS = 4000
_LEAST_PLACE = 110
_DIGIT = re.compile(r"\d")


class LegendKey(KeyButton):
    """A key and what it does, as quiet as a hint; a click does the same."""

    def set_cap(self, cap: str) -> None:
        """Show another key."""
        if cap != self._cap:
            self._cap = cap
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words with any figures, so that nothing moves as time counts down."""
        metrics = QFontMetrics(font("small", tabular=True))
        words = metrics.horizontalAdvance(_DIGIT.sub("0", self.text())) + _CAP_GAP if self.text() else 0
        width = key_cap_width(self.cap) + words + 8
        return QSize(max(tokens().size.target, width), max(tokens().size.target, tokens().type["small"].line + 6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane under the pointer, cap, muted words."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        rect = QRectF(self.rect())
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            rounded(painter, rect, tokens().size.radius_button, fill=color("tint2" if self.isDown() else "hover"))
        width, height = key_cap_width(self.cap), tokens().size.key_cap
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box = QRectF(rect.width() - 4 - width if rtl else 4, (rect.height() - height) / 2, width, height)
        paint_key_cap(painter, box, self.cap, active=False)
        words = QRectF(rect).adjusted(4, 0, -4, 0)
        words.adjust(0 if rtl else width + _CAP_GAP, 0, -width - _CAP_GAP if rtl else 0, 0)
        look = font("small", tabular=True)
        draw_text(painter, words, self.text(), font=look, color=color("muted"))


class BoardHead(QWidget):
    """Title, place, a passing remark; at the other side the legend, whose keys are buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.same = LegendKey("=", "", self, name=self.tr("Tick what the last interval had"))
        self.nothing = LegendKey("0", "", self, name=self.tr("Nothing of it occurred in this interval"))
        self.earlier = LegendKey("←", "", self, name=self.tr("Correct an earlier interval"))
        self.later = LegendKey("→", "", self, name=self.tr("Later interval"))
        self.back = LegendKey(self.tr("Esc"), "", self, name=self.tr("Back to the current interval"))
        self.keys = (self.same, self.nothing, self.earlier, self.later, self.back)
        for button, name in zip(self.keys, ("same", "nothing", "earlier", "later", "back"), strict=True):
            button.setObjectName(f"board_{name}")
        self._title = ""
        self._place = ""
        self._said = ""
        self._correcting = False
        self._shows_alt = True
        self._words: dict[LegendKey, str] = {}
        self._can = (False, False)
        self._hints: tuple[QRectF, QRectF] | None = None
        self._saying = QTimer(self)
        self._saying.setSingleShot(True)
        self._saying.setInterval(_SAY_MS)
        self._saying.timeout.connect(self._on_said)

    @property
    def title(self) -> str:
        """Which stretch of the lesson is shown."""
        return self._title

    @property
    def place_words(self) -> str:
        """Which interval of how many, or which minute is being corrected."""
        return self._place

    @property
    def said(self) -> str:
        """A passing remark, "" for none."""
        return self._said

    def say(self, words: str) -> None:
        """Show a remark for a few seconds."""
        self._said = words
        if words:
            self._saying.start()
        self.update()

    def set_alt_shown(self, shown: bool) -> None:
        """Say that codes are ticked with Alt, or not: the keys alone do it."""
        if shown != self._shows_alt:
            self._shows_alt = shown
            self._lay_out()

    def show_state(self, coder: IntervalCoder) -> None:
        """Show where a coder stands."""
        words = {self.same: self.tr("same as last"), self.nothing: self.tr("nothing of it")}
        correcting, offered = coder.is_correcting, ""
        left = coder.open_left_ms if coder.shown == coder.current else 0
        if left:
            offered = coder.words_of(coder.current - 1)
            time = clock_words(-(-left // 1000) * 1000)
            words[self.earlier] = self.tr("{interval} is still open: {time}").format(interval=offered, time=time)
        elif correcting or not coder.keeper.runs:
            words[self.earlier] = self.tr("earlier")
            words[self.later] = self.tr("later")
        else:
            words[self.earlier] = self.tr("correct an earlier one")
        if correcting:
            words[self.back] = self.tr("back to the current one")
        shown = coder.title, coder.place_words, correcting
        can = coder.shown > 0, coder.can_go_on
        if (shown, words, can) == ((self._title, self._place, self._correcting), self._words, self._can):
            return
        self._title, self._place, self._correcting = shown
        self._words, self._can = words, can
        for button in self.keys:
            button.setVisible(button in words)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.earlier.set_cap("→" if rtl else "←")
        self.later.set_cap("←" if rtl else "→")
        self.earlier.setEnabled(can[0])
        self.later.setEnabled(can[1])
        # Without the seconds: a screen reader should not be told of each of them.
        self.earlier.setAccessibleDescription(
            self.tr("{interval} is still open").format(interval=offered) if offered else ""
        )
        self._lay_out()

    # -- Qt overrides

    def sizeHint(self) -> QSize:
        """As wide as the page."""
        return QSize(600, scaled(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer words where there is less room."""
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title and place, remark, the hints that are no buttons."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        middle = scaled(25) - self.height() // 2
        if self._correcting:
            plane = QRectF(_MARGIN - 18, 6, self.width() - 2 * (_MARGIN - 18), self.height() - 8)
            edge = color("ink") if tokens().scheme.is_contrast else None
            rounded(painter, plane, tokens().size.radius_button, fill=color("tint"), edge=edge)
        free = QRectF(_MARGIN, middle, self._first() - _MARGIN - _GAP, self.height())
        taken = draw_text(painter, self._turned(free), self._title, font=font("heading"), color=color("ink"))
        free.adjust(taken + 16, 1, 0, 1)
        place = font("small", weight=600 if self._correcting else None, tabular=True)
        ink = color("accent" if self._correcting else "muted")
        if free.width() > 0:
            taken = draw_text(painter, self._turned(free), self._place, font=place, color=ink)
            free.adjust(taken + 16, 0, 0, 0)
        if self._said and free.width() > 0:
            draw_text(painter, self._turned(free), self._said, font=font("small"), color=color("accent"))
        if self._hints is not None:
            self._paint_hints(painter, self._hints)

    @Slot()
    def _on_said(self) -> None:
        self.say("")

    # -- helpers

    def _turned(self, box: QRectF) -> QRectF:
        """Where a box lies in the direction of reading."""
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return box
        return QRectF(self.width() - box.right(), box.y(), box.width(), box.height())

    def _first(self) -> float:
        """Where the legend begins, read from the start."""
        shown = [button for button in self._words if not button.isHidden()]
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        starts = [float(self.width() - one.geometry().right() if rtl else one.x()) for one in shown]
        if self._hints is not None:
            starts.append(min(box.x() for box in self._hints if box.width()))
        return min(starts, default=float(self.width() - _MARGIN))

    def _paint_hints(self, painter: QPainter, hints: tuple[QRectF, QRectF]) -> None:
        ring, alt = hints
        look, ink = font("small"), color("muted")
        side = scaled(_RING)
        center = self._turned(QRectF(ring.x(), ring.y(), side, ring.height())).center()
        paint_dot(painter, QPointF(center.x(), center.y()), side, "accent", filled=False, pen=2)
        box = ring.adjusted(side + _CAP_GAP, 0, 0, 0)
        draw_text(painter, self._turned(box), self._ring_words(), font=look, color=ink)
        if alt.width():
            width, height = key_cap_width(FORM_KEY), tokens().size.key_cap
            cap = QRectF(alt.x(), alt.center().y() - height / 2, width, height)
            paint_key_cap(painter, self._turned(cap), FORM_KEY, active=False)
            box = alt.adjusted(width + _CAP_GAP, 0, 0, 0)
            draw_text(painter, self._turned(box), self._alt_words(), font=look, color=ink)

    def _lay_out(self) -> None:
        """Give up words step by step: hints first, then those of keys that say it themselves."""
        metrics = QFontMetrics(font("small"))
        ring = scaled(_RING) + _CAP_GAP + metrics.horizontalAdvance(self._ring_words()) + 2
        alt = key_cap_width(FORM_KEY) + _CAP_GAP + metrics.horizontalAdvance(self._alt_words()) + 2
        alt = alt if self._shows_alt else 0
        title = QFontMetrics(font("heading")).horizontalAdvance(self._title) + 16
        bold = QFontMetrics(font("small", weight=600))
        place = bold.horizontalAdvance(self._place) if self._correcting else scaled(_LEAST_PLACE)
        room = self.width() - 2 * _MARGIN - title - place - _GAP
        shown = [button for button in self.keys if button in self._words]
        hints = ring + 16 + (alt + _GAP if alt else 0)
        fits_hints = False
        bare: tuple[LegendKey, ...]
        for fits_hints, bare in (
            (True, ()),
            (False, ()),
            (False, (self.nothing, self.later)),
            (False, (self.nothing, self.same, self.later)),
            (False, tuple(shown)),
        ):
            for button in shown:
                button.setText("" if button in bare else self._words[button])
            width = sum(button.sizeHint().width() + _GAP - 4 for button in shown) + (hints if fits_hints else 0)
            if width <= room:
                break
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, middle = self.width() - _MARGIN + 4, scaled(25)
        for button in reversed(shown):
            size = button.sizeHint()
            x -= size.width()
            left = self.width() - x - size.width() if rtl else x
            button.setGeometry(left, middle - size.height() // 2, size.width(), size.height())
            x -= _GAP - 4
        self._hints = None
        if fits_hints:
            alt_box = QRectF(x - alt, middle - 12, alt, 24)
            ring_box = QRectF((alt_box.x() - 16 if alt else x) - ring, middle - 12, ring, 24)
            self._hints = (ring_box, alt_box)
        self.setToolTip("" if fits_hints else plain_tip(self._ring_words()))
        self.update()

    def _ring_words(self) -> str:
        return self.tr("ticked in the last interval")

    def _alt_words(self) -> str:
        return self.tr("+ key while writing")
