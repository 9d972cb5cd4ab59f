"""Planes, rules and section heads: the structure of a page without boxes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QScrollBar, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme.current import color, room_for, scaled
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.paint import hairline

_SIDE_SHARE = 0.32

SCROLL_BAR = 12
"""Width of a scroll bar, in logical pixels."""


def side_width(room: int, *, wide: int, narrow: int, below: int) -> int:
    """Width of the panel beside a page of this width; all lengths are those at 100 %.

    It grows with the words while it takes no more than a third of the page; in a narrow page it never takes more than
    the wide one has at 100 %.
    """
    share = round(room * _SIDE_SHARE)
    if room < room_for(below):
        return min(scaled(narrow), wide, max(narrow, share))
    return min(scaled(wide), max(wide, share))


class Plane(QWidget):
    """A coloured ground: "page" or "side" (the only second plane); "list" is a side that stands before the page."""

    def __init__(self, plane: str = "page", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plane", plane)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class Rule(QWidget):
    """Horizontal hairline."""

    def __init__(self, parent: QWidget | None = None, *, line: str = "line2", height: int = 1) -> None:
        super().__init__(parent)
        self._line = line
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_line(self, line: str) -> None:
        """Draw it in another token; the page's ground hides it without moving anything."""
        self._line = line
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it can be."""
        return QSize(10, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One plane of one colour."""
        QPainter(self).fillRect(self.rect(), color(self._line))


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout; widgets go with it once their events are done."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class SectionHead(QWidget):
    """Name of a section over a 1 px ink rule; a count or a word at the right.

    Args:
        step: "heading" (17) on pages, "body" (15) in side panels and forms.
        rule: token of the rule; ``"line"`` in side panels.
    """

    def __init__(
        self, text: str, right: str = "", parent: QWidget | None = None, *, step: str = "heading", rule: str = "ink"
    ) -> None:
        super().__init__(parent)
        self._rule = rule
        self.title = TextLabel(text, self, step=step, weight=600)
        self.right = TextLabel(right, self, step="small", tone="muted", tabular=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 6)
        self._row.setSpacing(12)
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._row.addWidget(self.right)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_right(self, text: str) -> None:
        """Change the words at the right."""
        self.right.setText(text)
        self.right.updateGeometry()

    def add_right(self, widget: QWidget) -> None:
        """Put a button at the far right."""
        self._row.addWidget(widget)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule."""
        hairline(QPainter(self), self.rect(), self._rule)


class SteadyScrollArea(QScrollArea):
    """Scrolls up and down under a bar that lies over the margin and never takes width from the content.

    A bar that takes width makes wrapped words higher, and one that goes gives it back: at some sizes the two chase each
    other without end. Leave `SCROLL_BAR` px free at the right of the content.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = self.verticalScrollBar()
        self._shown_bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._shown_bar.hide()
        inner.rangeChanged.connect(self._on_range)
        inner.valueChanged.connect(self._shown_bar.setValue)
        self._shown_bar.valueChanged.connect(inner.setValue)

    @property
    def is_scrollable(self) -> bool:
        """Whether some of the content is out of sight."""
        return self.verticalScrollBar().maximum() > 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar keeps to the edge where reading ends, and is as long as what shows of the content."""
        super().resizeEvent(event)
        self._shown_bar.setPageStep(self.verticalScrollBar().pageStep())
        self._place()

    @Slot()
    def _on_range(self) -> None:
        inner = self.verticalScrollBar()
        self._shown_bar.setRange(inner.minimum(), inner.maximum())
        self._shown_bar.setPageStep(inner.pageStep())
        self._shown_bar.setSingleStep(inner.singleStep())
        self._shown_bar.setValue(inner.value())
        self._shown_bar.setVisible(self.is_scrollable)
        self._place()

    def _place(self) -> None:
        left = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - SCROLL_BAR
        self._shown_bar.setGeometry(left, 0, SCROLL_BAR, self.height())
        self._shown_bar.raise_()


def bounded(widget: QWidget, width: int) -> QHBoxLayout:
    """Return a row with a widget at its beginning that grows to this width, as high as its words are then.

    A column asks a widget with a greatest width for its height at the column's own width; a row does not.
    """
    widget.setMaximumWidth(width)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(widget, 1)
    row.addStretch(0)
    return row


class _Content(Plane):
    """What scrolls: as high as its words are at the width that they have, and no higher."""

    def minimumSizeHint(self) -> QSize:
        """Words that wrap ask for the height of a narrow column: without this a bar stands beside what fits."""
        least, layout = super().minimumSizeHint(), self.layout()
        return QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least


class ScrollPane(SteadyScrollArea):
    """Page content that scrolls up and down, never sideways; add widgets to `body`.

    Args:
        exact: no bar while everything fits. Parts that are narrower than the page are to be put in by `bounded`.
    """

    def __init__(
        self, parent: QWidget | None = None, *, plane: str = "page", margin: int = 24, exact: bool = False
    ) -> None:
        super().__init__(parent)
        self._content = _Content(plane) if exact else Plane(plane)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(0)
        self.setWidget(self._content)
