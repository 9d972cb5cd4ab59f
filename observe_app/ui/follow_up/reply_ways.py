"""How the teacher's reply comes back, while there is none; and the two ways to take one in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel
from observe_app.ui.widgets.flow import FlowRow


class ReplyWays(QWidget):
    """A sentence and two buttons; only the buttons once a reply is there.

    Signals:
        read_asked: the person has a file. type_asked: they enter what the teacher said. release_asked: nothing is
            released, so that no reply can come.
    """

    read_asked = Signal()
    type_asked = Signal()
    release_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextLabel(self.tr("The teacher’s reply"), self, step="body", weight=600)
        self.words = TextLabel("", self, tone="muted", wrap=True)
        self.words.setObjectName("no_reply")
        self.release_button = Button(self.tr("Release…"), self, size=ButtonSize.SMALL, icon="eye")
        self.release_button.setObjectName("release_first")
        self.release_button.clicked.connect(self.release_asked)
        self.read_button = Button(self.tr("Read a reply…"), self, size=ButtonSize.SMALL, icon="reply")
        self.type_button = Button(
            self.tr("Enter what the teacher said…"), self, size=ButtonSize.SMALL, icon="pencil-line"
        )
        self.read_button.setObjectName("read_reply")
        self.type_button.setObjectName("type_reply")
        self.read_button.clicked.connect(self.read_asked)
        self.type_button.clicked.connect(self.type_asked)
        self._buttons = buttons = FlowRow(self, gap=12)
        buttons.add(self.release_button)
        buttons.add(self.read_button)
        buttons.add(self.type_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addWidget(buttons)

    def show_state(
        self, *, released: bool, answered: bool, withdrawn: bool, own: bool = False, replied: bool = False,
        joins: bool = True, by_itself: bool = False,
    ) -> None:  # fmt: skip
        """Say how a reply would come.

        Args:
            released: a revision stands.
            answered: a reply is there.
            withdrawn: the feedback was withdrawn.
            own: the teacher reads their own copy, and answers here.
            replied: they did, and can change it.
            joins: this person can take a reply in or write one.
            by_itself: the teacher has the visit on their own computer and answers there.
        """
        self.title.setText(self.tr("Your reply") if own else self.tr("The teacher’s reply"))
        write = self.tr("Change your reply…") if replied else self.tr("Write your reply…")
        self.type_button.setText(write if own else self.tr("Enter what the teacher said…"))
        self.title.setVisible(not answered)
        self.words.setVisible(not answered)
        self.release_button.setVisible(not (released or answered or withdrawn or own))
        kind = ButtonKind.PLAIN if released and not answered else ButtonKind.LINK
        for button in (self.read_button, self.type_button):
            button.set_kind(kind)
        self.read_button.setVisible(joins and not own)
        self.type_button.setVisible(joins)
        self._buttons.setContentsMargins(0, 0 if answered else 8, 0, 0)
        if not joins:
            self.release_button.hide()
            self.words.setText(self.tr("None yet."))
        elif own and not withdrawn:
            self.words.setText(
                self.tr("Say how you see it, claim by claim, in your own words. Only those who can read this see it.")
            )
        elif withdrawn:
            self.words.setText(self.tr("The feedback was withdrawn. A reply to an older revision can still be read."))
        elif released and by_itself:
            self.words.setText(
                self.tr(
                    "None yet. It comes by itself once the teacher has written it on their own computer. "
                    "A filled PDF can be read here too."
                )
            )
        elif released:
            self.words.setText(
                self.tr(
                    "None yet. The teacher types it into the PDF that you hand over and sends the file back. "
                    "Drop it anywhere on this window, or choose it here."
                )
            )
        else:
            self.words.setText(
                self.tr(
                    "Nothing is released yet. Once it is, the PDF has room for the teacher’s own words, "
                    "and the filled file is read here."
                )
            )
