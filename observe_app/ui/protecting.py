"""Seen while the record is protected, or that is ended: how far it is, and a way to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot

from observe_app.ui.thin_bar import ThinBar
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.message_bar import Message, MessageKind
from observe_app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.services.protection import Changed

_COPYING, _WRITING, _COMPARING, _BACKUPS = 100, 520, 800, 1000


class ProtectingSheet(Sheet):
    """Goes by itself when the work is done.

    Args:
        on: protection begins; else it ends.

    Signals:
        stopped: the work should stop; the record is then as it was, or whole in its new form.
    """

    stopped = Signal()

    def __init__(self, parent: QWidget, *, on: bool) -> None:
        begin = QCoreApplication.translate("ProtectingSheet", "Your record is being protected")
        end = QCoreApplication.translate("ProtectingSheet", "The protection is being ended")
        super().__init__(begin if on else end, parent, width=560)
        self.setObjectName("protecting_sheet")
        told = self.tr("Your record stays whole whatever happens. Observe goes on by itself when this is done.")
        self.body.addWidget(TextLabel(told, self, wrap=True))
        self.words_label = TextLabel("", self, step="small", tone="muted")
        self.words_label.setObjectName("protecting_words")
        self.bar = ThinBar(self)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.words_label)
        self.stop_button = self.add_safe(self.tr("Stop"))
        self.stop_button.setObjectName("stop_protecting")
        self.show_progress(0, 1000, "")

    def show_progress(self, done: int, total: int, _text: str) -> None:
        """Show how far the work is, in thousandths."""
        share = done * 1000 // max(1, total)
        if share < _COPYING:
            words = self.tr("A copy is made first…")
        elif share < _WRITING:
            words = self.tr("The record is written anew…")
        elif share < _COMPARING:
            words = self.tr("Both are compared, line by line…")
        else:
            words = self.tr("The backups follow…")
        self.words_label.setText(words)
        self.bar.set_share(share / 1000)

    def finish(self) -> None:
        """The work is done: go."""
        self._close()
        self.closed.emit()

    @Slot()
    def reject(self) -> None:
        """Stop; the sheet stays until the work has."""
        self.stop_button.setEnabled(False)
        self.stop_button.setText(self.tr("Stopping…"))
        self.stopped.emit()


def message_of(changed: Changed) -> Message:
    """Return what is said once it is done."""
    if changed.on:
        words = QCoreApplication.translate("protecting", "Your record is protected.")
    else:
        words = QCoreApplication.translate("protecting", "Your record is not protected any more.")
    if changed.left:
        left = QCoreApplication.translate("protecting", "Backups left as they were: {n}.").format(n=len(changed.left))
        return Message(MessageKind.LOOK, f"{words} {left}", key="protection")
    if changed.backup is not None:
        words = f"{words} " + QCoreApplication.translate(
            "protecting", "A copy of it lies with the backups: {name}"
        ).format(name=changed.backup.name)
    return Message(MessageKind.NEWS, words, icon="check", key="protection")
