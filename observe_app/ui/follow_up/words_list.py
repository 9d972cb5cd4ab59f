"""The observer's claims as a list to read: mark, title, what explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.i18n import claim_name
from observe_app.ui.talk.marks import KINDS, paint_kind
from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import TextLabel
from observe_app.ui.widgets.paint import hairline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from observe_app.domain.evidence import Claim

_MARK = 20
_GAP = 10
_PAD = 11
_MOST_TEXT = 960


def _left() -> int:
    return scaled(_MARK) + _GAP


class ClaimLine(QWidget):
    """One claim, not to be edited here."""

    def __init__(self, claim: Claim, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim = claim
        self._lacks = not claim.evidence and claim.kind is not ClaimKind.QUESTION
        self._lacking = self.tr("No evidence yet")
        title = claim.title or self.tr("No words yet")
        self._title_words = title
        name = self.tr("{kind}: {title}. {text}").format(kind=claim_name(claim.kind), title=title, text=claim.text)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as the words need."""
        return QSize(200, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        wanted = self._height()
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Mark, title, text, rule."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        mark = QRectF(self.width() - scaled(_MARK) if mirrored else 0, _PAD, scaled(_MARK), scaled(_MARK))
        paint_kind(painter, mark, self._claim.kind)
        left = 0 if mirrored else _left()
        title, text = self._title(), self._text()
        title.draw(painter, left, _PAD, color("ink" if self._claim.title else "muted"))
        y = _PAD + title.height
        if text is not None:
            text.draw(painter, left, y, color("muted"))
            y += text.height
        if self._lacks:
            side = scaled(15)
            icon = QRectF(self.width() - _left() - side if mirrored else left, y + scaled(3), side, side)
            paint_icon(painter, icon, "unlink", color("warm"))
            words = Wrapped(self._lacking, font("text"), line_height("text"), self._room() - side - 6)
            words.draw(painter, left if mirrored else left + side + 6, y, color("warm"))
        hairline(painter, self.rect())
        painter.end()

    def _room(self) -> int:
        return max(22, min(scaled(_MOST_TEXT), self.width()) - _left())

    def _title(self) -> Wrapped:
        width = self._room()
        return Wrapped(self._title_words, font("body", weight=600), line_height("body"), width)

    def _text(self) -> Wrapped | None:
        if not self._claim.text:
            return None
        return Wrapped(self._claim.text, font("text"), line_height("text"), self._room())

    def _height(self) -> int:
        text = self._text()
        lacking = line_height("text") if self._lacks else 0
        return int(2 * _PAD + self._title().height + (text.height if text is not None else 0) + lacking)


class WordsList(QWidget):
    """Every claim, strengths first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ClaimLine] = []
        self._shown: tuple[Claim, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.nothing = TextLabel(
            self.tr("No claims yet. In Talk, notes become strengths, growth areas and questions."),
            self,
            tone="muted",
            wrap=True,
        )
        self._column.addSpacing(8)
        self._column.addWidget(self.nothing)

    @property
    def lines(self) -> tuple[ClaimLine, ...]:
        """Lines from top to bottom."""
        return tuple(self._lines)

    def show_claims(self, claims: Sequence[Claim]) -> None:
        """Show the claims as they are stored."""
        ordered = tuple(
            sorted(claims, key=lambda claim: (KINDS.index(claim.kind), claim.position, claim.id)),
        )
        if ordered == self._shown and self._lines:
            return
        self._shown = ordered
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [ClaimLine(claim, self) for claim in ordered]
        for place, line in enumerate(self._lines):
            self._column.insertWidget(place, line)
            line.show()
        self.nothing.setVisible(not self._lines)
