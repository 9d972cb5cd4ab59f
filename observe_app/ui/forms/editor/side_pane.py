"""The right column: the form as it will be filled in, and under it what needs a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from observe_app.ui.forms.editor.checks_list import ChecksList
from observe_app.ui.forms.preview_column import PreviewColumn
from observe_app.ui.theme import tokens
from observe_app.ui.widgets import Plane, Rule, ScrollPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Form
    from observe_app.ui.forms.editor.checks import Check

_MARGIN = 20


class SidePane(Plane):
    """Preview and checks.

    Signals:
        target_asked: `Target` that a check names.
    """

    target_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.preview = PreviewColumn(self)
        self.checks = ChecksList(self)
        self._pane = ScrollPane(self, plane="side")
        self._pane.body.setContentsMargins(_MARGIN, 10, _MARGIN, 14)
        self._pane.body.addWidget(self.checks)
        self._pane.body.addStretch(1)
        self._pane.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.preview, 1)
        column.addWidget(Rule(self, line="line"))
        column.addWidget(self._pane)
        self.checks.target_asked.connect(self.target_asked)

    def show_form(self, form: Form, *, language: str = "", at_once: bool = False) -> None:
        """Show a form as it will be filled in, in a language; "" for its own."""
        self.preview.show_form(form, language=language or form.language, at_once=at_once)

    def show_item(self, item_id: str) -> None:
        """Bring an item into sight."""
        if self.preview.preview is not None and self.preview.shown is not None:
            self.preview.preview.show_item(item_id)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Say what needs a look, within a third of the height."""
        self.checks.show_checks(checks)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The checks keep to their share."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width() - 2 * _MARGIN
        wanted = sum(row.heightForWidth(width) + 2 for row in self.checks.rows) + 26
        if self.checks.more.text():
            wanted += tokens().type["small"].line + 4
        self._pane.setFixedHeight(max(0, min(wanted, round(self.height() * 0.38))))
