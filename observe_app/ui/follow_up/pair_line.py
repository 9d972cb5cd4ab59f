"""A row with two sides of one weight: the observer's words, and what the teacher answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.i18n import claim_name
from observe_app.ui.talk.marks import paint_kind
from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets.paint import hairline

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from observe_app.domain.evidence import ClaimKind

_MARK = 20
_GAP = 10
_PAD = 11
_SIDE_GAP = 24
_MOST_TEXT = 960
_STANCE = 16
_STACKED_GAP = 4
NARROW = 520
"""Below this width the answer stands under the words."""


@dataclass(frozen=True, slots=True)
class Left:
    """The observer's side: a claim, or only a label (then `kind` is None). `remark` is said in warm."""

    title: str
    text: str = ""
    kind: ClaimKind | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Right:
    """The teacher's side: a sign and its word, then their own words; `quoted` is written as a quotation."""

    icon: str = ""
    tone: str = "muted"
    word: str = ""
    text: str = ""
    quoted: bool = False


class PairLine(QWidget):
    """One row, not to be edited here.

    Args:
        left: what the observer wrote.
        right: what the teacher answered; None gives the whole width to the left.
    """

    def __init__(self, left: Left, right: Right | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left, self.right = left, right
        said = ""
        if right is not None:
            said = ". ".join(part for part in (right.word, right.text) if part) or self.tr("no answer")
        kind = claim_name(left.kind) if left.kind is not None else ""
        parts = (kind, ". ".join(part for part in (left.title, left.text, left.remark) if part))
        name = ": ".join(part for part in parts if part)
        if right is not None:
            name = self.tr("{words} The teacher: {answer}").format(words=f"{name}.", answer=said)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as the words need."""
        return QSize(200, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        wanted = self._height()
        if self.minimumHeight() != wanted or self.maximumHeight() != wanted:
            self.setFixedHeight(wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Both sides, and the rule."""
        painter = QPainter(self)
        below = self._paint_left(painter)
        if self.right is not None:
            self._paint_right(painter, below + _STACKED_GAP if self._stacked else _PAD)
        hairline(painter, self.rect())
        painter.end()

    # Where things are.

    @property
    def _stacked(self) -> bool:
        return self.width() < scaled(NARROW)

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _half(self) -> int:
        if self.right is None or self._stacked:
            return self.width()
        return (self.width() - _SIDE_GAP) // 2

    def _inset(self) -> int:
        return scaled(_MARK) + _GAP if self.left.kind is not None else 0

    def _left_room(self) -> int:
        return max(22, min(scaled(_MOST_TEXT), self._half()) - self._inset())

    def _right_start(self) -> int:
        """How far from the leading edge the answer begins."""
        return scaled(_MARK) + _GAP if self._stacked else self._half() + _SIDE_GAP

    def _right_room(self) -> int:
        return max(22, min(scaled(_MOST_TEXT), self.width() - self._right_start()))

    # The two sides.

    def _title(self) -> Wrapped:
        face = font("body", weight=600) if self.left.kind is not None else font("text")
        step = "body" if self.left.kind is not None else "text"
        return Wrapped(self.left.title, face, line_height(step), self._left_room())

    def _words(self, text: str, room: int, *, italic: bool = False) -> Wrapped | None:
        return Wrapped(text, font("text", italic=italic), line_height("text"), room) if text else None

    def _paint_left(self, painter: QPainter) -> int:
        left = self.left
        if left.kind is not None:
            at = self.width() - scaled(_MARK) if self._mirrored else 0
            paint_kind(painter, QRectF(at, _PAD, scaled(_MARK), scaled(_MARK)), left.kind)
        x = self.width() - self._inset() - self._left_room() if self._mirrored else self._inset()
        title = self._title()
        title.draw(painter, x, _PAD, color("ink" if left.kind is not None else "muted"))
        y = _PAD + int(title.height)
        text = self._words(left.text, self._left_room())
        if text is not None:
            text.draw(painter, x, y, color("muted"))
            y += int(text.height)
        remark = self._words(left.remark, self._left_room() - scaled(21))
        if remark is not None:
            side = scaled(15)
            icon = QRectF(x + self._left_room() - side if self._mirrored else x, y + scaled(3), side, side)
            paint_icon(painter, icon, "unlink", color("warm"))
            remark.draw(painter, x if self._mirrored else x + side + 6, y, color("warm"))
            y += int(remark.height)
        return y

    def _paint_right(self, painter: QPainter, y: int) -> None:
        right = self.right
        assert right is not None  # noqa: S101  (the caller looked)
        room = self._right_room()
        x = self.width() - self._right_start() - room if self._mirrored else self._right_start()
        if right.word:
            side = scaled(_STANCE)
            inset = side + 6 if right.icon else 0
            if right.icon:
                at = x + room - side if self._mirrored else x
                paint_icon(painter, QRectF(at, y + scaled(2), side, side), right.icon, color(right.tone))
            word = self._stance()
            word.draw(painter, x if self._mirrored else x + inset, y, color(right.tone))
            y += int(word.height)
        text = self._words(self._right_text(), room, italic=right.quoted)
        if text is not None:
            text.draw(painter, x, y, color("quote" if right.quoted else "ink"))

    def _stance(self) -> Wrapped:
        assert self.right is not None  # noqa: S101  (the callers looked)
        inset = scaled(_STANCE) + 6 if self.right.icon else 0
        return Wrapped(
            self.right.word, font("body", weight=600), line_height("body"), max(22, self._right_room() - inset)
        )

    def _right_text(self) -> str:
        assert self.right is not None  # noqa: S101  (the callers looked)
        if self.right.quoted and self.right.text:
            return self.tr("“{words}”").format(words=self.right.text)
        return self.right.text

    def _height(self) -> int:
        left = self._title().height
        for text, room in (
            (self.left.text, self._left_room()),
            (self.left.remark, self._left_room() - scaled(21)),
        ):
            words = self._words(text, room)
            left += words.height if words is not None else 0
        right = 0
        if self.right is not None:
            right += self._stance().height if self.right.word else 0
            words = self._words(self._right_text(), self._right_room(), italic=self.right.quoted)
            right += words.height if words is not None else 0
        inner = left + _STACKED_GAP + right if self._stacked and self.right is not None else max(left, right)
        return int(2 * _PAD + inner)
