"""The right end of the note line: what the note is evidence for, and what the keys will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics

from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

Hints = tuple[tuple[str, str], ...]
"""Keys and words in order; a hint without a key has "" there."""

RIGHT = 16
_GAP = 8
_KEY_GAP = 6
_LINK_WIDEST = 190
_LINKS_SHOWN = 2
_NARROW = 700  # width of a line that has no room for names of items


def hints_width(hints: Hints) -> int:
    """Return the room that hints take, in pixels."""
    metrics = QFontMetrics(font("small"))
    return sum(
        (key_cap_width(key) + _KEY_GAP if key else 0) + metrics.horizontalAdvance(text) + _GAP for key, text in hints
    )


def paint_hints(painter: QPainter, row: QRectF, hints: Hints, *, warns: bool) -> None:
    """Paint hints against the right end of a row; a warning in the warm ink."""
    metrics, cap = QFontMetrics(font("small")), scaled(18)
    ink = color("warm" if warns else "muted")
    x = row.right() - RIGHT - hints_width(hints) + _GAP
    for key, text in hints:
        if key:
            width = key_cap_width(key)
            box = QRectF(x, row.top() + (row.height() - cap) / 2, width, cap)
            paint_key_cap(painter, box, key, active=False)
            x += width + _KEY_GAP
        width = metrics.horizontalAdvance(text)
        draw_text(painter, QRectF(x, row.top(), width + 2, row.height()), text, font=font("small"), color=ink)
        x += width + _GAP


def link_words(labels: Sequence[str], width: float) -> tuple[str, ...]:
    """Return what stands in a line of this width for these items: the first by name and a count, or the count alone."""
    if not labels:
        return ()
    if width < scaled(_NARROW):
        return (f"→ {len(labels)}",)
    shown = [f"→ {label}" for label in labels[:_LINKS_SHOWN]]
    if len(labels) > _LINKS_SHOWN:
        shown.append(f"+{len(labels) - _LINKS_SHOWN}")
    return tuple(shown)


def links_width(labels: Sequence[str], width: float) -> int:
    """Return the room that links take in a line of this width, in pixels."""
    return sum(_width(words) + 2 * _GAP for words in link_words(labels, width))


def link_rects(row: QRectF, labels: Sequence[str], hints: Hints) -> tuple[QRectF, ...]:
    """Return where each link stands, left of the hints; a count has a place too."""
    room = hints_width(hints)
    x = row.right() - RIGHT - (room + _GAP if room else 0) - links_width(labels, row.width()) + _GAP
    rects = []
    for words in link_words(labels, row.width()):
        width = _width(words)
        rects.append(QRectF(x, row.top(), width, row.height()))
        x += width + 2 * _GAP
    return tuple(rects)


def paint_links(painter: QPainter, row: QRectF, labels: Sequence[str], hints: Hints) -> None:
    """Paint what the note is evidence for."""
    ink, middle = color("accent"), Qt.TextElideMode.ElideMiddle
    for rect, words in zip(link_rects(row, labels, hints), link_words(labels, row.width()), strict=True):
        draw_text(painter, rect, words, font=font("small"), color=ink, elide=middle)


def _width(words: str) -> int:
    return min(scaled(_LINK_WIDEST), QFontMetrics(font("small")).horizontalAdvance(words) + 2)
