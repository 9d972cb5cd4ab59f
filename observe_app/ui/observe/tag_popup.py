"""Tags already in use, offered while a "#" is typed. It never takes Enter unless a tag was picked with the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import draw_text, paint_selection, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 6
_WIDTH = 220
_ROW = 28


class TagPopup(QWidget):
    """A few tags above the note line; the nearest one is the most used.

    Signals:
        picked: the tag that was clicked.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tag_popup")
        self.setAccessibleName(self.tr("Tags in use"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tags: tuple[str, ...] = ()
        self._current = -1
        self.hide()

    @property
    def tags(self) -> tuple[str, ...]:
        """What is offered, the most used first."""
        return self._tags if self.isVisible() else ()

    @property
    def chosen(self) -> str | None:
        """The tag picked with the arrows, None while none is."""
        return self._tags[self._current] if self.isVisible() and 0 <= self._current < len(self._tags) else None

    def offer(self, known: Sequence[str], typed: str, bottom_left: tuple[int, int]) -> None:
        """Show the tags that begin as typed, their lower left corner at this place; hide without any."""
        start = typed.casefold()
        found = tuple(tag for tag in known if tag.startswith(start) and tag != start)[:_MOST]
        if found != self._tags:
            self._current = -1
        self._tags = found
        self.setVisible(bool(found))
        if found:
            size = self.sizeHint()
            self.setGeometry(bottom_left[0], bottom_left[1] - size.height(), size.width(), size.height())
            self.raise_()
            self.update()

    def close_offer(self) -> None:
        """Offer nothing."""
        self._tags, self._current = (), -1
        self.hide()

    def step(self, down: int) -> None:
        """Move the choice: +1 down, -1 up; the first step up lands on the nearest tag."""
        count = len(self._tags)
        shown = -1 if self._current < 0 else count - 1 - self._current
        shown = count - 1 if shown < 0 and down < 0 else shown + down
        self._current = -1 if not 0 <= shown < count else count - 1 - shown
        self.setAccessibleDescription(self.chosen or "")
        self.update()

    def sizeHint(self) -> QSize:
        """One row for each tag."""
        return QSize(scaled(_WIDTH), len(self._tags) * scaled(_ROW) + 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the tag under the pointer."""
        shown = (int(event.position().y()) - 4) // scaled(_ROW)
        if 0 <= shown < len(self._tags):
            self.picked.emit(self._tags[len(self._tags) - 1 - shown])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, edge, tags; the most used stands lowest."""
        painter = QPainter(self)
        rounded(painter, self.rect().toRectF(), tokens().size.radius_button, fill=color("bg"), edge=color("line"))
        for shown, tag in enumerate(reversed(self._tags)):
            rect = QRect(1, 4 + shown * scaled(_ROW), self.width() - 2, scaled(_ROW))
            picked = len(self._tags) - 1 - shown == self._current
            if picked:
                paint_selection(painter, rect)
            ink = font("text", weight=600 if picked else None)
            draw_text(painter, rect.adjusted(14, 0, -8, 0), f"#{tag}", font=ink, color=color("accent"))
