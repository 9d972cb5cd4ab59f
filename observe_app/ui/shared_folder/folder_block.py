"""One shared folder: where it lies, how it stands, what one can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from observe_app.ui.shared_folder.parts import IconLine
from observe_app.ui.shared_folder.state_words import detail_sentences, main_sentence, short_state
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, SectionHead, TextLabel
from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from observe_app.domain.clock import Clock
    from observe_app.domain.sync.state import FolderStatus


class FolderBlock(QWidget):
    """Head, one sentence, details, acts.

    Signals:
        pause_asked: folder id and whether it is to rest. open_asked, move_asked, leave_asked: folder id.
    """

    pause_asked = Signal(str, bool)
    open_asked = Signal(str)
    move_asked = Signal(str)
    leave_asked = Signal(str)

    def __init__(self, found: FolderStatus, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.status = found
        self.setObjectName("folder_block")
        self.head = SectionHead(found.folder.name, "", self)
        self.place = ElidedLabel(found.folder.path, self, step="small", tone="muted")
        self.line = IconLine("check", "accent", "", self, step="lead")
        self.line.setObjectName("folder_state")
        self.details = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.details.setObjectName("folder_details")
        self.pause_button = Button("", self, size=ButtonSize.SMALL)
        self.open_button = Button(self.tr("Open the folder"), self, size=ButtonSize.SMALL, icon="folder-open")
        self.more_button = Button(self.tr("More"), self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL)
        self.pause_button.setObjectName("folder_pause")
        self.open_button.setObjectName("folder_open")
        self.more_button.setObjectName("folder_more")
        menu = QMenu(self.more_button)
        self.move_action = menu.addAction(self.tr("It lies elsewhere now…"))
        self.leave_action = menu.addAction(self.tr("Leave this folder…"))
        self.more_button.setMenu(menu)
        row = FlowRow(self)
        row.setContentsMargins(scaled(18) + 10, 0, 0, 0)
        for button in (self.pause_button, self.open_button, self.more_button):
            row.add(button)
        details = QHBoxLayout()
        details.setContentsMargins(scaled(18) + 10, 0, 0, 0)
        details.addWidget(self.details)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, below in ((self.head, 6), (self.place, 12), (self.line, 4)):
            column.addWidget(part)
            column.addSpacing(below)
        column.addLayout(details)
        column.addSpacing(12)
        column.addWidget(row)
        self.pause_button.clicked.connect(self._on_pause)
        self.open_button.clicked.connect(self._on_open)
        self.move_action.triggered.connect(self._on_move)
        self.leave_action.triggered.connect(self._on_leave)
        self.show_status(found)

    def hold(self, button: Button) -> None:
        """Let the button that exchanges stand at the right of the name."""
        self.head.add_right(button)

    def show_status(self, found: FolderStatus) -> None:
        """Show how it stands now."""
        self.status = found
        self.head.title.setText(found.folder.name)
        self.line.show_words(*main_sentence(found))
        self.head.set_right(short_state(found))
        self.place.setText(found.folder.path)
        self.details.setText("\n".join(detail_sentences(found, self._clock)))
        self.details.setVisible(bool(self.details.text()))
        paused = found.folder.paused
        self.pause_button.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.pause_button.set_icon("play" if paused else "pause")
        self.pause_button.setAccessibleDescription(found.folder.name)

    @Slot()
    def _on_pause(self) -> None:
        self.pause_asked.emit(self.status.folder.id, not self.status.folder.paused)

    @Slot()
    def _on_open(self) -> None:
        self.open_asked.emit(self.status.folder.path)

    @Slot()
    def _on_move(self) -> None:
        self.move_asked.emit(self.status.folder.id)

    @Slot()
    def _on_leave(self) -> None:
        self.leave_asked.emit(self.status.folder.id)
