"""A new revision of what was released: what differs, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from observe_app.domain.release import ReleaseKind
from observe_app.services import releases
from observe_app.ui.release.base import ReleasingSheet, teacher_of
from observe_app.ui.release.facts import Facts
from observe_app.ui.release.names_part import NamesPart
from observe_app.ui.release.ratings_part import RatingsPart
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Field, LineEdit, ScrollPane, SectionHead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.release import Release
    from observe_app.services.core import Core
    from observe_app.services.releases import ReleasePreview
    from observe_app.ui.jobs import JobRunner

_MOST_HIGH = 380


class CorrectSheet(ReleasingSheet):
    """Asks what a correction says of itself; the earlier revision stays readable."""

    def __init__(self, core: Core, jobs: JobRunner, visit_id: str, parent: QWidget) -> None:
        super().__init__(core, jobs, visit_id, "", parent)
        self.title_label.setText(self.tr("Release it again, corrected?"))
        self.setAccessibleName(self.title_label.text())
        self.setObjectName("correct_sheet")
        self._stands = releases.latest(core, visit_id)
        number = (self._stands.number if self._stands is not None else 0) + 1
        teacher = teacher_of(core, visit_id)
        told = self.tr("Revision {n} takes the place of the one before, which stays readable. Both reach {name}.")
        self.add_lead(told.format(n=number, name=teacher))
        self.pane = ScrollPane(self, margin=0)
        self.names = NamesPart(core, visit_id, self.pane)
        self.ratings = RatingsPart(self.pane)
        self.changes = Facts(self.pane)
        column = self.pane.body
        column.setSpacing(0)
        for part in (self.names, self.ratings):
            column.addWidget(part)
            column.addSpacing(scaled(8))
        column.addWidget(SectionHead(self.tr("What is different"), "", self.pane, step="body"))
        column.addWidget(self.changes)
        column.addStretch(1)
        self.why_edit = LineEdit("", self)
        self.why_edit.setObjectName("correct_why")
        self.why_edit.setPlaceholderText(self.tr("Such as: the wrong student stood in the second quotation"))
        self.why_field = Field(self.tr("Why, in a sentence the teacher reads"), self.why_edit, self)
        self.body.addWidget(self.pane)
        self.keep_fitting(self.pane, scaled(_MOST_HIGH))
        self.body.addWidget(self.why_field)
        self.body.addWidget(self.trouble)
        self.add_safe(self.tr("Not yet"))
        self.add_main(self.tr("Release revision {n}").format(n=number), enter_accepts=True)
        if self._main is not None:
            self._main.setObjectName("correct_now")
            self._main.setEnabled(False)
        self.names.replaced.connect(self._read)
        self.names.asked.connect(self.on_name_asked)
        self.names.grown.connect(self.fit_soon)
        self.ratings.changed.connect(self._read)
        self.why_edit.textChanged.connect(self._on_typed)
        self._read()

    @Slot()
    def _read(self) -> None:
        stands = self._stands
        with_notes = stands is not None and stands.with_notes
        self.read(with_notes=with_notes, language=stands.language if stands else None, ratings=self.ratings.go_along)

    def _withdrawn(self) -> bool:
        return self._stands is not None and self._stands.kind is ReleaseKind.WITHDRAWAL

    def show_preview(self, preview: ReleasePreview) -> None:
        """Show what differs."""
        self.names.show_names(preview.names)
        # What a correction asks about are ratings that are not out yet.
        self.ratings.show_preview(preview, out_already=not (preview.ratings_waited or self._withdrawn()))
        facts = tuple(("pencil", "", one, "accent") for one in preview.changes)
        if preview.ratings_waited and preview.ratings:
            facts = (("list-checks", "", self.tr("The ratings go along now."), "accent"), *facts)
        if self._withdrawn():
            facts = (("file-text", "", self.tr("Everything is told again."), "accent"),)
        self.changes.show_facts(facts or (("check", "", self.tr("Nothing has changed since."), "muted"),))
        self._enable()

    @Slot()
    def _on_typed(self) -> None:
        self._enable()

    def _enable(self) -> None:
        something = (
            self.preview is not None and not self.is_reading and (bool(self.preview.changes) or self._withdrawn())
        )
        said = bool(self.why_edit.text().strip()) and not self.ratings.undecided
        if self._main is not None:
            self._main.setEnabled(something and said)

    def look_again(self) -> None:
        """Show what would leave now."""
        self._read()

    def act(self) -> Callable[[], Release]:
        """Release the correction."""
        stands = self._stands
        return partial(
            releases.release,
            self.core,
            visit_id=self.visit_id,
            with_notes=stands is not None and stands.with_notes,
            language=stands.language if stands is not None else None,
            why=self.why_edit.text(),
            ratings=self.ratings.go_along,
            shown=self.preview.document if self.preview is not None else None,
        )
