"""Measuring and painting one row of the stream."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from observe_app.domain.event import Event, EventKind
from observe_app.domain.note_line import clock_text
from observe_app.ui.theme import color, font, paint_icon, scaled, tokens
from observe_app.ui.widgets.paint import LEFT, RIGHT, draw_text

MARGIN = 24
TIME = 52
SPEAKER = 76
_RIGHT = 16
_STAR = 15
_ICON = 14
_GAP = 10
_LINK_MOST = 190
_LINK_SHARE = 0.22  # of the row's width at most
_LINE = 20
_PAD = 5
_PHASE = 32
_CACHE = 600
_SHOWN_MOST = 4000  # characters of one note that a row lays out; the whole text is in the editor


@dataclass(frozen=True, slots=True)
class RowLook:
    """A row laid out for one width.

    Attributes:
        event, links, said: what is laid out; `said` are the words before the tags.
        layout: words and tags, lines positioned from (0, 0). height: of the row in pixels.
        aside: width that link, lock and star take at the right.
    """

    event: Event
    links: tuple[str, ...]
    said: str
    layout: QTextLayout
    height: int
    aside: int


class RowPainter:
    """Lays rows out once per width and theme, and paints them."""

    def __init__(self) -> None:
        self._cache: OrderedDict[tuple[object, ...], RowLook] = OrderedDict()
        # Making a font and measuring with it costs more than drawing the few letters of a time.
        self._time_font = font("text", tabular=True)
        self._speaker_font = font("body", weight=600)
        self._speaker_metrics = QFontMetrics(self._speaker_font)

    def height(self, event: Event, links: tuple[str, ...], said: str, width: int) -> int:
        """Height of the row in pixels for this width of the view."""
        if event.kind is EventKind.PHASE:
            return scaled(_PHASE)
        return self.look(event, links, said, width).height

    def look(self, event: Event, links: tuple[str, ...], said: str, width: int, *, strong: bool = False) -> RowLook:
        """The row laid out; `strong` is the selected row's weight."""
        key = (event.id, width, tokens().scheme, strong)
        found = self._cache.get(key)
        # The same object is the same row; comparing or hashing its many fields for each paint would cost more.
        if found is not None and found.event is event and found.links == links and found.said == said:
            self._cache.move_to_end(key)
            return found
        made = self._lay_out(event, links, said, width, strong=strong)
        self._cache[key] = made
        if len(self._cache) > _CACHE:
            self._cache.popitem(last=False)
        return made

    def _lay_out(self, event: Event, links: tuple[str, ...], said: str, width: int, *, strong: bool) -> RowLook:
        machine = event.kind is not EventKind.NOTE
        words = said[:_SHOWN_MOST]
        inside = words.casefold()
        tags = "".join(f"  #{tag}" for tag in event.tags if f"#{tag}" not in inside)
        aside = self.aside_width(event, links, width)
        layout = QTextLayout(words.replace("\n", "\u2028") + tags, font("small" if machine else "body"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        asks = event.kind is EventKind.GAP and not event.outcome
        token = "warm" if asks else "muted" if machine else "ink"
        formats = [_format(0, len(words), token, bold=strong)]
        if tags:
            formats.append(_format(len(words), len(tags), "accent", small=True))
        formats.extend(_inline_tags(words, event.tags))
        layout.setFormats(formats)
        # Room for a star is kept free on every note, so that setting one wraps no words.
        kept = max(aside, 0 if machine else scaled(_STAR))
        room = max(80, width - text_left() - _RIGHT - (kept + _GAP if kept else 0))
        lines = 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, lines * scaled(_LINE)))
            lines += 1
        layout.endLayout()
        base = tokens().size.row_machine if machine else tokens().size.row_note
        return RowLook(event, links, said, layout, base + (max(1, lines) - 1) * scaled(_LINE), aside)

    def aside_width(self, event: Event, links: tuple[str, ...], width: int) -> int:
        """Pixels of everything right of the words, in a row of this width."""
        taken = 0
        if event.starred:
            taken += scaled(_STAR) + _GAP
        if event.private:
            taken += scaled(_ICON) + _GAP
        if links:
            taken += scaled(_ICON) + 5 + min(_link_most(width), _link_width(links)) + _GAP
        return max(0, taken - _GAP)

    def paint(
        self, painter: QPainter, rect: QRect, event: Event, links: tuple[str, ...], said: str, *, strong: bool = False
    ) -> None:
        """Time, speaker, words, tags, link, lock, star."""
        first = QRectF(rect.left(), rect.top(), rect.width(), min(rect.height(), _first_height(event)))
        time = QRectF(first.left() + MARGIN, first.top(), scaled(TIME), first.height())
        painter.setFont(self._time_font)
        painter.setPen(color("muted"))
        painter.drawText(time, int(LEFT), clock_text(event.offset_ms))
        if event.kind is EventKind.PHASE:
            _paint_phase(painter, rect, event)
            return
        if event.speaker:
            who = f"{event.speaker} → {event.to}" if event.to else event.speaker
            box = QRectF(time.right(), first.top(), scaled(SPEAKER) - 4, first.height())
            ink = color("ink" if event.speaker == "T" else "accent")
            painter.setFont(self._speaker_font)
            painter.setPen(ink)
            shown = self._speaker_metrics.elidedText(who, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, int(LEFT), shown)
        look = self.look(event, links, said, rect.width(), strong=strong and _is_short(event))
        painter.setPen(color("ink"))
        offset = (first.height() - look.layout.lineAt(0).height()) / 2 if look.layout.lineCount() else _PAD
        look.layout.draw(painter, QPointF(rect.left() + text_left(), round(rect.top() + offset)))
        self._paint_aside(painter, first, event, links)

    def star_rect(self, rect: QRect) -> QRect:
        """Where the star of a row stands and is clicked, at least 24 x 24."""
        side = tokens().size.target
        top = rect.top() + (tokens().size.row_note - side) // 2
        return QRect(rect.right() - _RIGHT - (scaled(_STAR) + side) // 2 + 1, top, side, side)

    def paint_star(self, painter: QPainter, rect: QRect, *, starred: bool) -> None:
        """The star: filled when set, an outline where it can be set."""
        box = QRectF(0, 0, scaled(_STAR), scaled(_STAR))
        box.moveCenter(QRectF(self.star_rect(rect)).center())
        paint_icon(painter, box, "star", color("warm" if starred else "ctl"), filled=starred)

    def _paint_aside(self, painter: QPainter, first: QRectF, event: Event, links: tuple[str, ...]) -> None:
        x = first.right() - _RIGHT
        middle, side = first.center().y(), scaled(_ICON)
        if event.starred:
            self.paint_star(painter, first.toRect(), starred=True)
            x -= scaled(_STAR) + _GAP
        if event.private:
            paint_icon(painter, QRectF(x - side, middle - side / 2, side, side), "lock", color("muted"))
            x -= side + _GAP
        if links:
            width = min(_link_most(round(first.width())), _link_width(links))
            box = QRectF(x - width, first.top(), width + 1, first.height())
            draw_text(painter, box, _link_text(links), font=font("small"), color=color("muted"), align=RIGHT)
            box = QRectF(x - width - 5 - side, middle - side / 2, side, side)
            paint_icon(painter, box, "link-2", color("muted"))


def text_left() -> int:
    """Where the words of a row begin, after margin, time and speaker; logical pixels."""
    return MARGIN + scaled(TIME) + scaled(SPEAKER)


def _first_height(event: Event) -> int:
    if event.kind is EventKind.PHASE:
        return scaled(_PHASE)
    return tokens().size.row_note if event.kind is EventKind.NOTE else tokens().size.row_machine


def _is_short(event: Event) -> bool:
    return len(event.text) < 60 and "\n" not in event.text


def _link_text(links: tuple[str, ...]) -> str:
    return links[0] if len(links) == 1 else f"{links[0]} +{len(links) - 1}"


def _link_most(width: int) -> int:
    return min(scaled(_LINK_MOST), round(width * _LINK_SHARE))


def _link_width(links: tuple[str, ...]) -> int:
    return QFontMetrics(font("small")).horizontalAdvance(_link_text(links)) + 1


def _format(start: int, length: int, token: str, *, small: bool = False, bold: bool = False) -> QTextLayout.FormatRange:
    look = QTextCharFormat()
    look.setForeground(color(token))
    if small:
        look.setFont(font("small"))
    elif bold:
        look.setFont(font("body", weight=600))
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made


def _inline_tags(words: str, tags: tuple[str, ...]) -> list[QTextLayout.FormatRange]:
    folded = words.casefold()
    if len(folded) != len(words):
        return []
    found = []
    for tag in tags:
        at = folded.find(f"#{tag}")
        if at >= 0:
            found.append(_format(at, len(tag) + 1, "accent"))
    return found


def _paint_phase(painter: QPainter, rect: QRect, event: Event) -> None:
    box = QRectF(rect.left() + MARGIN + scaled(TIME), rect.top(), rect.width() / 2, rect.height())
    width = draw_text(painter, box, event.text, font=font("small", weight=600), color=color("muted"), align=LEFT)
    left = round(box.left() + width + 12)
    painter.fillRect(QRect(left, rect.center().y(), rect.right() - _RIGHT - left, 1), color("line"))
