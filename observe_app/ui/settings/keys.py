"""Every key in one list, at the side of the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.ui.widgets import KeyCap, ScrollPane, SectionHead, TextLabel

_CAPS = 128


class KeyList(ScrollPane):
    """What the keys do, by place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, plane="side")
        self.body.setContentsMargins(24, 18, 24, 20)
        for number, (head, keys) in enumerate(self._groups()):
            if number:
                self.body.addSpacing(18)
            self.body.addWidget(SectionHead(head, "", self, step="body", rule="line"))
            self.body.addSpacing(4)
            for caps, words in keys:
                self.body.addWidget(self._row(caps, words))
        self.body.addStretch(1)

    def _row(self, caps: tuple[str, ...], words: str) -> QWidget:
        holder = QWidget(self)
        holder.setMinimumHeight(28)
        left = QWidget(holder)
        left.setFixedWidth(_CAPS)
        inner = QHBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        for cap in caps:
            inner.addWidget(KeyCap(cap, left))
        inner.addStretch(1)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(left)
        row.addWidget(TextLabel(words, holder, step="small", wrap=True), 1)
        return holder

    def _groups(self) -> tuple[tuple[str, tuple[tuple[tuple[str, ...], str], ...]], ...]:
        ctrl = self.tr("Ctrl")
        return (
            (
                self.tr("Anywhere"),
                (
                    ((self.tr("Ctrl K"),), self.tr("find a person, visit, note or command")),
                    ((self.tr("Ctrl N"),), self.tr("plan a visit")),
                    ((self.tr("Ctrl Enter"),), self.tr("start writing now")),
                    ((self.tr("Ctrl Z"),), self.tr("take back")),
                    ((ctrl, self.tr("Shift"), "Z"), self.tr("bring back")),
                    (("F6",), self.tr("next part of the window")),
                    ((self.tr("Ctrl 1"), "2", "3"), self.tr("Today, Visits, People")),
                ),
            ),
            (
                self.tr("A visit"),
                (
                    ((self.tr("Ctrl Tab"),), self.tr("next stage")),
                    ((self.tr("Ctrl Enter"),), self.tr("start the lesson")),
                    ((self.tr("Enter"),), self.tr("keep the note")),
                    ((self.tr("Alt A"), self.tr("to"), "Z"), self.tr("item of the form, then a figure")),
                    (("↑",), self.tr("edit the last note")),
                ),
            ),
            (
                self.tr("The conversation"),
                (
                    (("S",), self.tr("picked notes become a strength")),
                    (("G",), self.tr("… a growth area")),
                    (("Q",), self.tr("… a question")),
                    (("L",), self.tr("evidence for the selected claim")),
                    (("N",), self.tr("new action step")),
                ),
            ),
        )
