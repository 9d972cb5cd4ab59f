"""Who leads the visit, a shared form or the teacher's own focus; in the second case, what of the form belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import FormInvalid, ObserveError
from observe_app.domain.form import ItemKind, text_in
from observe_app.services import visits
from observe_app.ui.i18n import writing_language
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonSize, ScrollPane, Sheet, TextLabel
from observe_app.ui.widgets.check_choice import CheckChoice

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

_MOST_HIGH = 380


class AgreedItemsSheet(Sheet):
    """The form's items, to tick those that the focus asks for.

    Signals:
        kept: ids of the ticked items, in the form's order.
    """

    kept = Signal(object)

    def __init__(self, form: Form, agreed: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(self.tr("What of the form belongs to the focus?"), parent, width=640)
        self.setObjectName("agreed_items_sheet")
        self.body.addWidget(
            TextLabel(
                self.tr("Only what is ticked stands in the feedback. The rest of the form stays with you."),
                self,
                tone="quote",
                wrap=True,
            )
        )
        self.boxes: dict[str, QCheckBox] = {}
        language = writing_language()
        pane = ScrollPane(self, margin=0)
        for section in form.sections:
            title = text_in(section.title, language)
            if title:
                pane.body.addSpacing(scaled(6))
                pane.body.addWidget(TextLabel(title, pane, step="small", weight=600, tone="muted"))
            for item in section.items:
                if item.kind is ItemKind.GUIDANCE:
                    continue
                box = QCheckBox(text_in(item.label, language).replace("&", "&&"), pane)
                box.setObjectName(f"agreed_{item.id}")
                box.setChecked(item.id in agreed)
                pane.body.addWidget(box)
                self.boxes[item.id] = box
        pane.body.addStretch(1)
        high = min(scaled(_MOST_HIGH), pane.body.sizeHint().height() + scaled(8))
        pane.setFixedHeight(min(high, max(scaled(160), parent.window().height() - scaled(300))))
        self.body.addWidget(pane)
        self.add_safe(self.tr("Leave as it was"))
        self.add_main(self.tr("Keep these"))
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_accepted(self) -> None:
        self.kept.emit(tuple(item for item, box in self.boxes.items() if box.isChecked()))


class LeadRow(QWidget):
    """The choice, and what follows from it.

    Signals:
        saved: it is on the disk. save_failed: the `ObserveError` that kept it from it.
    """

    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lead_row")
        self._core = core
        self._visit: Visit | None = None
        self._form: Form | None = None
        self.label = TextLabel(self.tr("What the feedback is about"), self, step="small", weight=600)
        self.choice = CheckChoice(
            (("observer", self.tr("The whole form")), ("teacher", self.tr("Only the focus"))),
            self.tr("What the feedback is about"),
            self,
        )
        self.words = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.button = Button(self.tr("Choose…"), self, size=ButtonSize.SMALL, icon="list-checks")
        self.button.setObjectName("visit_agreed_items")
        self.button.setAccessibleName(self.tr("Choose what of the form belongs to the focus"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.label)
        column.addLayout(row)
        self.choice.chosen.connect(self._on_chosen)
        self.button.clicked.connect(self.open_items)

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.choice.button("observer"), self.choice.button("teacher"), self.button)

    def show_visit(self, visit: Visit) -> None:
        """Show what a visit says of it."""
        self._visit = visit
        try:
            self._form = visits.form_of(visit)
        except FormInvalid:
            self._form = None  # the form's own place says what is wrong with it
        self.choice.set_value(visit.led)
        led_by_teacher = visit.led == "teacher"
        every = self._form.items if self._form is not None else ()
        items = [item for item in every if item.kind is not ItemKind.GUIDANCE]
        self.button.setVisible(led_by_teacher and bool(items))
        agreed = sum(1 for item in items if item.id in visit.agreed_items)
        if not led_by_teacher:
            words = self.tr("Everything you fill in, the numbers and the lesson in time may stand in the feedback.")
        elif not items:
            words = self.tr("The teacher leads: only what belongs to the focus stands in the feedback.")
        elif not agreed:
            words = self.tr("The teacher leads: claims and what they rest on, nothing of the form yet.")
        else:
            words = self.tr("The teacher leads: claims, what they rest on, and {n} of {all} items of the form.").format(
                n=agreed, all=len(items)
            )
        self.words.setText(words)

    @Slot()
    def open_items(self) -> None:
        """Ask which items belong to the focus."""
        if self._visit is not None and self._form is not None:
            sheet = AgreedItemsSheet(self._form, self._visit.agreed_items, self)
            sheet.kept.connect(self._on_kept)
            sheet.open_over()

    @Slot(object)
    def _on_chosen(self, led: str | None) -> None:
        # One of the two always holds: pressing the chosen one again takes nothing back.
        self._keep(led=led or (self._visit.led if self._visit is not None else "observer"))

    @Slot(object)
    def _on_kept(self, items: tuple[str, ...]) -> None:
        self._keep(agreed_items=items)

    def _keep(self, **fields: str | tuple[str, ...]) -> None:
        if self._visit is None:
            return
        try:
            seen = visits.open_visit(self._core, self._visit.id).seen
            opened = visits.update(self._core, visit_id=self._visit.id, seen=seen, **fields)  # type: ignore[arg-type]
        except ObserveError as error:
            self.show_visit(self._visit)
            self.save_failed.emit(error)
            return
        self.show_visit(opened.value)
        self.saved.emit()
