"""The sheet of an import in its four states: what to bring in, being read, what came of it, why nothing did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import FormInvalid
from observe_app.ui.errors import describe
from observe_app.ui.forms.import_found import FoundView, empty_pane, problem_row
from observe_app.ui.theme import color, scaled
from observe_app.ui.thin_bar import ThinBar
from observe_app.ui.widgets import Button, ButtonKind, ElidedLabel, KeyHint, ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from observe_app.domain.errors import ObserveError
    from observe_app.ui.forms.import_reading import Found, Origin
    from observe_app.ui.forms.shelf import Shelf

_WIDTH = 940
_SMALL = 620
_AROUND, _WORDS_AROUND = 140, 90
_MOST_HIGH = 620
_MOST_LISTED = 340
_MARGINS = 64


class DropZone(QWidget):
    """Where a file may be dropped: a dashed edge, words, a button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = False
        self.choose_button = Button(self.tr("Choose a file"), self, kind=ButtonKind.PRIMARY, icon="folder-open")
        self.choose_button.setObjectName("choose_form_file")
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 26, 28, 26)
        column.setSpacing(6)
        column.addWidget(TextLabel(self.tr("Drop a file here, or paste a table"), self, step="heading", weight=600))
        words = self.tr(
            "A rubric with its levels across the top, a list of things to look for, an XLSForm, "
            "or a form file from this program. Nothing is kept before you have seen what it becomes."
        )
        column.addWidget(TextLabel(words, self, tone="muted", wrap=True))
        column.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.choose_button)
        row.addWidget(KeyHint(self.tr("Ctrl V"), self.tr("paste the cells you copied"), self, active=True))
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(6)
        column.addWidget(TextLabel(self.tr("XLSX, XLS, CSV, TSV or TOML"), self, step="small", tone="muted"))

    def set_over(self, *, over: bool) -> None:
        """Say whether a file is held over it."""
        self._over = over
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._over:
            painter.setBrush(color("tint"))
        pen = QPen(color("accent" if self._over else "ctl"), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class FailedView(QWidget):
    """Why nothing came of it, and that nothing was changed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = TextLabel("", self, step="heading", weight=600, wrap=True)
        self.text = TextLabel("", self, step="body", wrap=True)
        self.text.setObjectName("import_failed_text")
        self.pane = ScrollPane(self, margin=0)
        self.pane.setObjectName("import_problems")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.text, self.pane):
            column.addWidget(widget)

    def show_error(self, error: ObserveError, name: str) -> None:
        """Say it, and list what is to be mended."""
        told = describe(error)
        problems = error.problems if isinstance(error, FormInvalid) else ()
        broken = self.tr("No form can be made of {file}. Nothing was changed.").format(file=name)
        self.title.setText(told.title)
        self.text.setText(broken if problems else f"{told.text} {told.hint}".strip())
        empty_pane(self.pane)
        for problem in problems:
            self.pane.body.addWidget(problem_row(problem, self))
        self.pane.body.addStretch(1)
        self.pane.setVisible(bool(problems))

    def fit(self, width: int, most: int) -> None:
        """Be as high as the list of mistakes, up to a bound."""
        self.pane.setFixedHeight(min(most, max(40, self.pane.body.totalHeightForWidth(width))))


class ImportSheet(Sheet):
    """Shows one state of an import at a time.

    Signals:
        file_asked: choose a file. file_given: Path that was dropped. text_given: table that was pasted.
        shape_chosen: word of what the person says it is. stop_asked: stop reading.
        keep_asked: `Kept`. edit_asked: `Form` to go on with in the editor.
    """

    file_asked = Signal()
    file_given = Signal(object)
    text_given = Signal(str)
    shape_chosen = Signal(str)
    stop_asked = Signal()
    keep_asked = Signal(object)
    edit_asked = Signal(object)

    def __init__(self, shelf: Shelf, language: str, host: QWidget) -> None:
        super().__init__(self.tr("Bring a form in"), host, width=_WIDTH)
        self.setObjectName("import_form_sheet")
        self.setAcceptDrops(True)
        self.start_box = DropZone(self)
        self.start_box.choose_button.clicked.connect(self.file_asked)
        self.failed_box = FailedView(self)
        self.found_box = FoundView(shelf, language, self)
        self.found_box.shape_chosen.connect(self.shape_chosen)
        self.found_box.changed.connect(self._show_acts)
        self._build_reading()
        self.warning = TextLabel("", self, step="small", tone="warm", wrap=True)
        for box in (self.start_box, self.reading_box, self.failed_box, self.found_box, self.warning):
            self.body.addWidget(box)
            box.hide()
        self._build_acts()

    # --- states -----------------------------------------------------------------------------------

    def show_start(self) -> None:
        """Ask what to bring in."""
        self._show(self.start_box)
        if self.isVisible():
            self.start_box.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_reading(self, origin: Origin) -> None:
        """Say what is read; what was read before stays until it is read in another way."""
        if self.found_box.found is not None and self.isVisible():
            return
        words = self.tr("Reading {file}").format(file=origin.name) if origin.name else self.tr("Reading the table")
        self.reading_label.setText(words)
        self.reading_bar.set_share(0.0)
        self._show(self.reading_box)

    def show_progress(self, done: int, total: int, _text: str) -> None:
        """Say how much is read."""
        self.reading_bar.set_share(done / total if total else 0.0)

    def show_found(self, found: Found, origin: Origin) -> None:
        """Show what came of it."""
        self.warning.hide()
        self._show(self.found_box)
        self.found_box.show_found(found, origin)

    def show_failed(self, error: ObserveError, origin: Origin) -> None:
        """Say why nothing came of it."""
        self.warning.hide()
        self.found_box.forget()
        self.failed_box.show_error(error, origin.name or self.tr("the table"))
        self._show(self.failed_box)

    def warn(self, error: ObserveError) -> None:
        """Say why it could not be kept; what was read stays."""
        told = describe(error)
        self.warning.setText(f"{told.text} {told.hint}".strip())
        self.warning.show()

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A table can be pasted, whatever shows."""
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if text.strip():
                self.text_given.emit(text)
            event.accept()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is held over the sheet."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.start_box.set_over(over=True)

    def dragLeaveEvent(self, _event: object) -> None:
        """The file went away again."""
        self.start_box.set_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file."""
        self.start_box.set_over(over=False)
        urls = event.mimeData().urls()
        if urls and urls[0].isLocalFile():
            event.acceptProposedAction()
            self.file_given.emit(Path(urls[0].toLocalFile()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What scrolls is as high as there is room."""
        self._fit()
        super().resizeEvent(event)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _show_acts(self) -> None:
        found = self.found_box.found
        broken = found is not None and bool(found.problems)
        self.keep_button.set_disabled_because(self.found_box.obstacle)
        self.edit_button.set_kind(ButtonKind.PRIMARY if broken else ButtonKind.PLAIN)
        self.keep_button.set_kind(ButtonKind.PLAIN if broken else ButtonKind.PRIMARY)

    @Slot()
    def _on_keep(self) -> None:
        kept = self.found_box.kept
        if kept is not None:
            self.keep_asked.emit(kept)

    @Slot()
    def _on_edit(self) -> None:
        kept = self.found_box.kept
        if kept is not None:
            self.edit_asked.emit(kept.form)

    # --- helpers ----------------------------------------------------------------------------------

    def _show(self, box: QWidget) -> None:
        for one in (self.start_box, self.reading_box, self.failed_box, self.found_box):
            one.setVisible(one is box)
        is_found = box is self.found_box
        self.edit_button.setVisible(is_found)
        self.keep_button.setVisible(is_found)
        self.again_button.setVisible(is_found or box is self.failed_box)
        self._wanted_width = _WIDTH if is_found else _SMALL
        self._fit()
        self._place()

    def _fit(self) -> None:
        around = _AROUND + scaled(_WORDS_AROUND)
        room = min(scaled(_MOST_HIGH), max(220, self.window().height() - around))
        self.found_box.setFixedHeight(room)
        width = min(scaled(_SMALL), self.window().width() - _MARGINS) - _MARGINS
        self.failed_box.fit(width, min(scaled(_MOST_LISTED), room - scaled(80)))

    def _build_reading(self) -> None:
        self.reading_box = QWidget(self)
        column = QVBoxLayout(self.reading_box)
        column.setContentsMargins(0, 8, 0, 8)
        self.reading_bar = ThinBar(self.reading_box)
        self.reading_label = ElidedLabel("", self.reading_box, tone="muted")
        self.stop_button = Button(self.tr("Stop"), self.reading_box, kind=ButtonKind.LINK)
        self.stop_button.setObjectName("stop_reading")
        self.stop_button.clicked.connect(self.stop_asked)
        row = QHBoxLayout()
        row.addWidget(self.reading_label, 1)
        row.addWidget(self.stop_button)
        column.addWidget(self.reading_bar)
        column.addLayout(row)

    def _build_acts(self) -> None:
        self.again_button = self.add_other(self.tr("Another file…"))
        self.again_button.setObjectName("another_file")
        self.again_button.clicked.connect(self.file_asked)
        self.add_safe(self.tr("Leave it"))
        self.edit_button = Button(self.tr("Open in the editor"), self, icon="pencil")
        self.edit_button.setObjectName("edit_imported")
        self.edit_button.clicked.connect(self._on_edit)
        self.buttons.addWidget(self.edit_button)
        self.keep_button = Button(self.tr("Add to your forms"), self, kind=ButtonKind.PRIMARY)
        self.keep_button.setObjectName("keep_imported")
        self.keep_button.clicked.connect(self._on_keep)
        self.buttons.addWidget(self.keep_button)
