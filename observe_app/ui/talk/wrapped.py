"""Wrapped text with a line height of our own, for everything on the page that is painted and not edited."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from observe_app.ui.theme import tokens

_LINE_BREAK = "\u2028"


def line_height(step: str) -> int:
    """Line height of a step of the type scale, in logical pixels."""
    return tokens().type[step].line


class Wrapped:
    """A text broken into lines of one width.

    Attributes:
        height: of all lines, in logical pixels; one line for an empty text.
        lines: how many there are.
        room: width that a line may take. width: of the widest line. last_width: of the last one.
    """

    def __init__(self, text: str, font: QFont, line: int, width: float, indent: float = 0.0) -> None:
        """Break a text.

        Args:
            text: line ends are kept.
            font: one font for all of it.
            line: height of a line.
            width: of a line; at least one character stands on each.
            indent: where the first line begins.
        """
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(text.replace("\n", _LINE_BREAK), font)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        self.lines = 0
        self.room = width
        self.width = 0.0
        self.last_width = 0.0
        while True:
            piece = self._layout.createLine()
            if not piece.isValid():
                break
            left = indent if self.lines == 0 else 0.0
            piece.setLineWidth(max(1.0, width - left))
            piece.setPosition(QPointF(left, self.lines * line + (line - piece.height()) / 2))
            self.last_width = left + piece.naturalTextWidth()
            self.width = max(self.width, self.last_width)
            self.lines += 1
        self._layout.endLayout()
        self.height = max(1, self.lines) * line

    def draw(
        self,
        painter: QPainter,
        x: float,
        y: float,
        ink: QColor,
        marks: tuple[tuple[int, int], ...] = (),
        plane: QColor | None = None,
    ) -> None:
        """Paint the lines with their upper left corner at (x, y); `marks` are (start, end) on a plane."""
        painter.setPen(ink)
        formats: list[QTextLayout.FormatRange] = []
        for start, end in marks if plane is not None else ():
            piece = QTextLayout.FormatRange()
            piece.start, piece.length = start, end - start
            look = QTextCharFormat()
            look.setBackground(plane)  # type: ignore[arg-type]
            piece.format = look
            formats.append(piece)
        self._layout.draw(painter, QPointF(x, y), formats)
