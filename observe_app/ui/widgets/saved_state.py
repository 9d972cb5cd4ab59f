"""Saved, writing, not saved: always in the same place, never moving on a save."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.theme.current import color, scaled
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import draw_text

_ICON = 14
_GAP = 7
_WRITING_AFTER = 400  # ms unsaved before the word changes


class Saving(Enum):
    """What is true of the words on the screen."""

    NOTHING = "nothing"
    SAVED = "saved"
    WRITING = "writing"
    NOT_SAVED = "not_saved"


class SavedState(QWidget):
    """Check and time of the last save; "Writing…" after 400 ms unsaved; the warning when saving failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = Saving.NOTHING
        self._time = ""
        self._compact = False
        self._bare = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITING_AFTER)
        self._timer.timeout.connect(self._on_writing)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def state(self) -> Saving:
        """What is shown now."""
        return self._state

    @property
    def words(self) -> str:
        """The words shown now."""
        return {
            Saving.NOTHING: "",
            Saving.SAVED: self.tr("Saved {time}").format(time=self._time),
            Saving.WRITING: self.tr("Writing…"),
            Saving.NOT_SAVED: self.tr("Not saved. Kept on screen, trying again"),
        }[self._state]

    @property
    def shown_words(self) -> str:
        """What stands on the screen: the words, or their shortest form where there is little room."""
        if not self._compact:
            return self.words
        if self._bare and self._state is not Saving.NOT_SAVED:
            return ""
        short = {Saving.SAVED: self.tr("Saved"), Saving.NOT_SAVED: self.tr("Not saved")}
        return short.get(self._state, self.words)

    def set_compact(self, *, compact: bool, bare: bool = False) -> None:
        """Use the shortest words, or the sign alone while all is well; the whole sentence is in the tooltip then."""
        if (compact, bare) != (self._compact, self._bare):
            self._compact, self._bare = compact, bare
            self._show(self._state)

    def set_saved(self, time: str) -> None:
        """Everything is on disk; `time` is the local time of day, for example "09:36:41"."""
        self._timer.stop()
        self._time = time
        self._show(Saving.SAVED)

    @Slot()
    def set_unsaved(self) -> None:
        """Something is being written; the word appears only if that takes 400 ms."""
        if self._state is not Saving.NOT_SAVED and not self._timer.isActive():
            self._timer.start()

    def set_failed(self) -> None:
        """Saving failed and is tried again."""
        self._timer.stop()
        self._show(Saving.NOT_SAVED)

    def sizeHint(self) -> QSize:
        """Same width for saved and writing; wider only for the words of another day."""
        metrics = QFontMetrics(font("small", tabular=True))
        sample = self.tr("Saved") if self._compact else self.tr("Saved {time}").format(time="00:00:00")
        saved = metrics.horizontalAdvance(sample)
        widest = max(saved, *(metrics.horizontalAdvance(words) for words in (self.tr("Writing…"), self.shown_words)))
        if self._bare:
            widest = metrics.horizontalAdvance(self.shown_words)
        if self._state is Saving.NOT_SAVED:
            widest = QFontMetrics(font("small", weight=600)).horizontalAdvance(self.shown_words)
        return QSize(widest + scaled(_ICON) + _GAP + 2, scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and words."""
        if self._state is Saving.NOTHING:
            return
        failed = self._state is Saving.NOT_SAVED
        names = {Saving.SAVED: "check", Saving.WRITING: "pencil-line", Saving.NOT_SAVED: "triangle-alert"}
        ink = color("err" if failed else "muted")
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - scaled(_ICON) if mirrored else 0
        paint_icon(
            painter,
            QRectF(left, (self.height() - scaled(_ICON)) / 2, scaled(_ICON), scaled(_ICON)),
            names[self._state],
            ink,
        )
        space = scaled(_ICON) + _GAP
        rect = self.rect().adjusted(0 if mirrored else space, 0, -space if mirrored else 0, 0)
        draw_text(
            painter, rect, self.shown_words, font=font("small", weight=600 if failed else 400, tabular=True), color=ink
        )

    @Slot()
    def _on_writing(self) -> None:
        self._show(Saving.WRITING)

    def _show(self, state: Saving) -> None:
        self._state = state
        self.setAccessibleName(self.words)
        self.setToolTip(self.words if self._compact else "")
        self.updateGeometry()
        self.update()
