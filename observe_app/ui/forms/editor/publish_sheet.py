"""Before a version is used: what of earlier visits can no longer be compared, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.form_change import ChangeKind
from observe_app.domain.form_texts import text_of
from observe_app.ui.forms.editor.change_words import not_comparable
from observe_app.ui.widgets import Button, ButtonSize, Rule, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.form_change import FormChange, ItemChange

_SHOWN = 6


class PublishSheet(Sheet):
    """Says it, offers new ids, and names the act.

    Signals:
        new_id_asked: id of an item that shall be a new one.
    """

    new_id_asked = Signal(str)

    def __init__(self, change: FormChange, parent: QWidget, *, version: int, visits: str) -> None:
        tr = QCoreApplication.translate
        super().__init__(tr("PublishSheet", "Use version {n}?").format(n=version), parent, width=720)
        self.setObjectName("publish_sheet")
        if visits:
            self.body.addWidget(TextLabel(visits, self, step="body", wrap=True))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.show_change(change)
        self.add_safe(self.tr("Not yet"))
        self.add_main(self.tr("Use version {n}").format(n=version))

    def show_change(self, change: FormChange) -> None:
        """Show what differs; again after an item got a new id."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        broken, removed = change.of(ChangeKind.NOT_COMPARABLE), change.of(ChangeKind.REMOVED)
        for one in broken[:_SHOWN]:
            self._rows.addWidget(self._row(one))
        self._more(len(broken) - _SHOWN)
        if broken:
            advice = self.tr(
                "With a new id an item starts afresh, and the old one stays readable. Without one, both stand side by "
                "side in comparisons as if they had asked the same."
            )
            label = TextLabel(advice, self, step="small", tone="muted", wrap=True)
            label.setContentsMargins(0, 8, 0, 8)
            self._rows.addWidget(label)
        if removed:
            names = ", ".join(f"“{text_of(one.label) or one.item_id}”" for one in removed[:_SHOWN])
            words = self.tr("No longer asked: {names}. Earlier visits keep their answers.").format(names=names)
            self._rows.addWidget(TextLabel(words, self, wrap=True))
            self._more(len(removed) - _SHOWN)
        if not broken and not removed:
            self._rows.addWidget(TextLabel(self.tr("Every item can be compared with earlier visits."), self, wrap=True))

    def _more(self, count: int) -> None:
        if count > 0:
            words = self.tr("and {n} more").format(n=count)
            self._rows.addWidget(TextLabel(words, self, step="small", tone="muted"))

    def _row(self, change: ItemChange) -> QWidget:
        holder = QWidget(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(TextLabel(text_of(change.label) or change.item_id, holder, weight=600, wrap=True))
        words.addWidget(TextLabel(not_comparable(change), holder, step="small", tone="warm", wrap=True))
        button = Button(self.tr("Give it a new id"), holder, size=ButtonSize.SMALL)
        button.setProperty("item", change.item_id)
        button.clicked.connect(self._on_new_id)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(button)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(Rule(holder))
        return holder

    @Slot()
    def _on_new_id(self) -> None:
        button = self.sender()
        if button is not None:
            self.new_id_asked.emit(str(button.property("item")))
