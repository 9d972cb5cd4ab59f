"""A term or a holiday in a sheet: name, first and last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from observe_app.domain.errors import ObserveError
from observe_app.domain.school.terms import TermKind
from observe_app.services.school import terms
from observe_app.ui.errors import describe
from observe_app.ui.people.qdays import day_of, to_qdate
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, DateEdit, Field, LineEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.school.terms import Holiday, SchoolTerm
    from observe_app.services.core import Core


def kind_name(kind: str) -> str:
    """Return what part of the year it is, in words."""
    tr = QCoreApplication.translate
    names: dict[str, str] = {
        TermKind.YEAR: tr("people", "School year"), TermKind.TERM: tr("people", "Term"),
        TermKind.HALF: tr("people", "Half term"),
    }  # fmt: skip
    return names.get(kind, tr("people", "Term"))


class StretchSheet(Sheet):
    """Add or change a term (with `has_kind`) or a holiday.

    Signals:
        kept: it is on the disk. deleted: it is in the bin.
    """

    kept = Signal()
    deleted = Signal()

    def __init__(
        self, core: Core, host: QWidget, *, has_kind: bool, first: date, last: date,
        known: SchoolTerm | Holiday | None = None,
    ) -> None:  # fmt: skip
        super().__init__("", host, width=520)
        self._core, self._known, self._has_kind = core, known, has_kind
        if has_kind:
            title = self.tr("Change the term") if known else self.tr("Add a term")
        else:
            title = self.tr("Change the holiday") if known else self.tr("Add a holiday")
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.setObjectName("stretch_sheet")
        self._build()
        if known is not None:
            self.name_line.setText(known.name)
            first, last = known.first, known.last
        self.first_edit.setDate(to_qdate(first))
        self.last_edit.setDate(to_qdate(last))
        if has_kind:
            self.kind_box.setCurrentIndex(max(self.kind_box.findData(getattr(known, "kind", TermKind.TERM)), 0))

    def open_over(self) -> None:
        """Show the sheet, ready for the name."""
        super().open_over()
        self.name_line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_line.selectAll()

    def _build(self) -> None:
        self.name_line = LineEdit(parent=self)
        self.name_line.setObjectName("stretch_name")
        self.body.addWidget(Field(self.tr("Name"), self.name_line, self))
        self.kind_box = ComboBox(self)
        self.kind_box.setObjectName("stretch_kind")
        for kind in TermKind:
            self.kind_box.addItem(kind_name(kind), str(kind))
        kind_field = Field(self.tr("What it is"), self.kind_box, self)
        kind_field.setVisible(self._has_kind)
        self.body.addWidget(kind_field)
        self.first_edit, self.last_edit = DateEdit(self), DateEdit(self)
        self.first_edit.setObjectName("stretch_first")
        self.last_edit.setObjectName("stretch_last")
        days = QHBoxLayout()
        days.setSpacing(scaled(12))
        days.addWidget(Field(self.tr("First day"), self.first_edit, self), 1)
        days.addWidget(Field(self.tr("Last day"), self.last_edit, self), 1)
        self.body.addLayout(days)
        self.told = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.told.hide()
        self.body.addWidget(self.told)
        if self._known is not None:
            self.delete_button = self.add_other(self.tr("Delete"))
            self.delete_button.setObjectName("stretch_delete")
            self.delete_button.clicked.connect(self._on_delete)
        self.add_safe(self.tr("Leave it"))
        self.add_main(self.tr("Keep"), enter_accepts=True)

    @Slot()
    def accept(self) -> None:
        """Keep it; what cannot be stays on the screen and says why."""
        try:
            self._keep()
        except ObserveError as error:
            told = describe(error)
            self.told.setText(f"{told.text} {told.hint}".strip())
            self.told.show()
            return
        super().accept()
        self.kept.emit()

    def _keep(self) -> None:
        name, first, last = self.name_line.text(), day_of(self.first_edit), day_of(self.last_edit)
        known = self._known
        if self._has_kind:
            kind = str(self.kind_box.currentData())
            if known is None:
                terms.add_term(self._core, name=name, first=first, last=last, kind=kind)
            else:
                terms.edit_term(self._core, term_id=known.id, name=name, first=first, last=last, kind=kind)
        elif known is None:
            terms.add_holiday(self._core, name=name, first=first, last=last)
        else:
            terms.edit_holiday(self._core, holiday_id=known.id, name=name, first=first, last=last)

    @Slot()
    def _on_delete(self) -> None:
        assert self._known is not None  # noqa: S101  (only then there is the button)
        delete = terms.delete_term if self._has_kind else terms.delete_holiday
        delete(self._core, self._known.id)
        super().reject()
        self.deleted.emit()
