"""The side of the running page: one's own number and words, files for mail, what to do when something happens."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.ui.form_panel.key_button import KeyButton
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Plane, Rule, ScrollPane, SectionHead, TextLabel


class Advice(QWidget):
    """A question that opens its answer."""

    def __init__(self, question: str, answer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(question, self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="chevron-right")
        self.button.setCheckable(True)
        self.answer = TextLabel(answer, self, step="small", tone="muted", wrap=True)
        self.answer.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.answer)
        self.button.toggled.connect(self._on_toggled)

    def minimumSizeHint(self) -> QSize:
        """A long question gives way."""
        return QSize(0, super().minimumSizeHint().height())

    @Slot(bool)
    def _on_toggled(self, opened: bool) -> None:
        self.answer.setVisible(opened)
        self.button.set_icon("chevron-down" if opened else "chevron-right")


class OwnSide(Plane):
    """What is one's own.

    Signals:
        words_asked: show the twelve words. another_asked: begin or join another folder.
        bundle_asked: make a file. open_asked: open one. keys_asked: show every key of the page.
    """

    words_asked = Signal()
    another_asked = Signal()
    bundle_asked = Signal()
    open_asked = Signal()
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        pane = ScrollPane(self, plane="side", exact=True)
        body = self._body = pane.body
        body.setContentsMargins(24, 20, 24, 20)
        self._build_own()
        self._build_files()
        self._build_advice()
        body.addSpacing(24)
        self.another_button = self._button(self.tr("Another shared folder…"), "another_folder", "plus")
        body.addStretch(1)
        self.keys_button.clicked.connect(self.keys_asked)
        self.words_button.clicked.connect(self.words_asked)
        self.bundle_button.clicked.connect(self.bundle_asked)
        self.open_button.clicked.connect(self.open_asked)
        self.another_button.clicked.connect(self.another_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)

    def _build_own(self) -> None:
        body = self._body
        head = SectionHead(self.tr("Your number"), "", self, rule="line")
        self.keys_button = KeyButton("F1", self.tr("keys"), self)
        self.keys_button.setObjectName("shared_keys")
        head.add_right(self.keys_button)
        body.addWidget(head)
        body.addSpacing(8)
        self.number_label = TextLabel("", self, step="lead", weight=600, tabular=True, wrap=True)
        self.number_label.setObjectName("own_number")
        self.number_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body.addWidget(self.number_label)
        body.addSpacing(2)
        body.addWidget(
            TextLabel(self.tr("Colleagues see it beside your name."), self, step="small", tone="muted", wrap=True)
        )
        body.addSpacing(24)
        body.addWidget(SectionHead(self.tr("Your twelve words"), "", self, rule="line"))
        body.addSpacing(8)
        self.kept_label = TextLabel("", self, step="small", wrap=True)
        self.kept_label.setObjectName("words_kept")
        body.addWidget(self.kept_label)
        body.addSpacing(8)
        self.words_button = self._button(self.tr("Show the twelve words"), "show_words", "eye")
        body.addSpacing(24)

    def _build_files(self) -> None:
        body = self._body
        body.addWidget(SectionHead(self.tr("By mail or stick"), "", self, rule="line"))
        body.addSpacing(8)
        told = self.tr("A file with visits for people whom the folder does not reach just now.")
        body.addWidget(TextLabel(told, self, step="small", tone="muted", wrap=True))
        body.addSpacing(8)
        self.bundle_button = self._button(self.tr("Make a file…"), "make_bundle", "file-down")
        body.addSpacing(8)
        self.open_button = self._button(self.tr("Open a file…"), "open_bundle", "upload")
        body.addSpacing(24)

    def show_own(self, number: str, *, kept: bool) -> None:
        """Show one's number, and whether the words are kept somewhere."""
        # Five groups on two lines where one has no room: never broken within a group.
        self.number_label.setText(number)
        self.kept_label.setText(
            self.tr("You have them: you typed two of them.")
            if kept
            else self.tr("Not kept yet. Print them: without them a lost computer is a lost record.")
        )
        self.kept_label.set_tone("muted" if kept else "warm")

    def _button(self, text: str, name: str, icon: str) -> Button:
        button = Button(text, self, size=ButtonSize.SMALL, icon=icon)
        button.setObjectName(name)
        self._body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _build_advice(self) -> None:
        self._body.addWidget(SectionHead(self.tr("What to do when…"), "", self, rule="line"))
        self._body.addSpacing(6)
        for question, answer in (
            (
                self.tr("I get another computer"),
                self.tr(
                    "Install Observe there, open Shared folder, choose “I have twelve words”, choose this folder, "
                    "then type them. Everything comes by itself. Both computers can stay in use."
                ),
            ),
            (
                self.tr("My computer is lost"),
                self.tr(
                    "Do the same on another one. If your twelve words lay with the computer, tell your colleagues: "
                    "with “Not the same” beside your name they stop sharing to it, and you begin again with new words."
                ),
            ),
            (
                self.tr("My twelve words are lost too"),
                self.tr(
                    "Begin again with new words. Your colleagues compare your new number, then share with you again "
                    "what you shared before. What you had not released cannot be brought back."
                ),
            ),
            (
                self.tr("A colleague leaves"),
                self.tr(
                    "What they received stays with them. Take them out of the visits’ readers, and press “Not the "
                    "same” beside their name: nothing new goes to them."
                ),
            ),
            (
                self.tr("I leave the school"),
                self.tr(
                    "Choose More, then “Leave this folder”. Your record stays on this computer, and what you released "
                    "stays with those you released it to."
                ),
            ),
        ):
            self._body.addWidget(Advice(question, answer, self))
            self._body.addSpacing(2)
        self._body.addWidget(Rule(self))
