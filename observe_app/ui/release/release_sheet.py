"""Release this visit? Who will read it, what they get, what stays; names of students first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from observe_app.services import releases
from observe_app.ui.release.base import ReleasingSheet, teacher_of
from observe_app.ui.release.counted import leaving_words, staying_words
from observe_app.ui.release.facts import Facts
from observe_app.ui.release.language_box import LanguageBox
from observe_app.ui.release.names_part import NamesPart
from observe_app.ui.release.pages_sheet import PagesSheet
from observe_app.ui.release.ratings_part import RatingsPart
from observe_app.ui.release.short_name import short_name
from observe_app.ui.release.teacher_part import TeacherPart
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ScrollPane, SectionHead, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.release import Release
    from observe_app.services.core import Core
    from observe_app.services.releases import ReleasePreview
    from observe_app.ui.jobs import JobRunner

_MOST_HIGH = 600


class ReleaseSheet(ReleasingSheet):
    """Asks before a visit leaves its author, for the first time or again after it was taken back."""

    def __init__(self, core: Core, jobs: JobRunner, visit_id: str, parent: QWidget) -> None:
        super().__init__(core, jobs, visit_id, "", parent)
        self.title_label.setText(self.tr("Release this visit?"))
        self.setAccessibleName(self.tr("Release this visit?"))
        self.setObjectName("release_sheet")
        self.teacher = teacher_of(core, visit_id)
        self._build()
        self._connect()
        self._read()

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.add_lead(self.tr("Until now only you could read it."))
        self.pane = ScrollPane(self, margin=0)
        column = self.pane.body
        column.setSpacing(0)
        self.names = NamesPart(self.core, self.visit_id, self.pane)
        self.ratings = RatingsPart(self.pane)
        self.same_teacher = TeacherPart(self.core, self.visit_id, self.pane)
        self.readers, self.gets = Facts(self.pane), Facts(self.pane)
        self.notes_box = QCheckBox(self.tr("All notes go along, not only those that something rests on"), self.pane)
        self.notes_box.setObjectName("release_with_notes")
        self.unproved = TextLabel("", self.pane, step="small", tone="warm", wrap=True)
        self.unproved.hide()
        self.pages_button = Button(
            self.tr("See every page"), self.pane, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="file-text"
        )
        self.pages_button.setObjectName("release_pages")
        self.language = LanguageBox(releases.language_for(self.core, self.visit_id), self.pane)
        for widget, gap in (
            (self.names, 14),
            (self.ratings, 14),
            (self.same_teacher, 0),
            (SectionHead(self.tr("Who will read it"), "", self.pane, step="body"), 0),
            (self.readers, 16),
            (SectionHead(self.tr("What they get"), "", self.pane, step="body"), 0),
            (self.gets, 10),
            (self.notes_box, 8),
            (self.unproved, 8),
        ):
            column.addWidget(widget)
            column.addSpacing(scaled(gap))
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.pages_button)
        foot.addStretch(1)
        foot.addWidget(self.language)
        column.addLayout(foot)
        column.addStretch(1)
        self.body.addWidget(self.pane)
        self.keep_fitting(self.pane, scaled(_MOST_HIGH))
        self.body.addWidget(self.trouble)
        hint = TextLabel(self.tr("Once a copy has left, it can’t be taken back."), self, step="small", tone="muted")
        self.buttons.insertWidget(0, hint)
        self.add_safe(self.tr("Not yet"))
        named = self.tr("Release to {name}").format(name=short_name(self.teacher))
        self.add_main(named if self.teacher else self.tr("Release"))
        if self._main is not None:
            self._main.setObjectName("release_now")
            self._main.setAccessibleName(self.tr("Release to {name}").format(name=self.teacher))
            self._main.setEnabled(False)

    def _connect(self) -> None:
        self.names.replaced.connect(self._read)
        self.names.asked.connect(self.on_name_asked)
        self.names.grown.connect(self.fit_soon)
        self.notes_box.toggled.connect(self._read)
        self.language.chosen.connect(self._read)
        self.ratings.changed.connect(self._read)
        self.same_teacher.linked.connect(self._read)
        self.pages_button.clicked.connect(self._on_pages)

    # --- what leaves --------------------------------------------------------------------------------------------------

    @Slot()
    def _read(self) -> None:
        self.read(with_notes=self.notes_box.isChecked(), language=self.language.language, ratings=self.ratings.go_along)

    def show_preview(self, preview: ReleasePreview) -> None:
        """Show what would leave, names first."""
        self.names.show_names(preview.names)
        self.ratings.show_preview(preview, out_already=False)
        self.same_teacher.look()
        teacher = preview.document.teacher or self.tr("Teacher not named yet")
        how = self.same_teacher.through or self.tr("the teacher. They decide who else may.")
        facts = [("user", teacher, how, "accent")]
        facts += [("users", name, self.tr("added by the teacher"), "accent") for name in preview.readers[1:]]
        if not preview.readers[1:]:
            facts.append(
                ("lock", self.tr("Nobody else"), self.tr("not the coordinator, not the folder’s owner"), "ink")
            )
        self.readers.show_facts(tuple(facts))
        leaving = leaving_words(preview) or self.tr("Nothing yet")
        self.gets.show_facts(
            (("file-text", "", leaving, "ink"), ("eye-off", "", staying_words(preview), "ink")),
        )
        self.unproved.setVisible(bool(preview.unproved))
        self.unproved.setText(
            self.tr("Without evidence: {titles}.").format(titles=", ".join(f"“{title}”" for title in preview.unproved))
        )
        if self._main is not None:
            self._main.setEnabled(not preview.document.empty and not self.ratings.undecided)

    @Slot()
    def _on_pages(self) -> None:
        if self.preview is not None:
            PagesSheet(self.preview.document, self.core.settings.get().paper, self.jobs, self).open_over()

    # --- the act ------------------------------------------------------------------------------------------------------

    def look_again(self) -> None:
        """Show what would leave now."""
        self._read()

    def act(self) -> Callable[[], Release]:
        """Release what is shown."""
        return partial(
            releases.release,
            self.core,
            visit_id=self.visit_id,
            with_notes=self.notes_box.isChecked(),
            language=self.language.language,
            ratings=self.ratings.go_along,
            shown=self.preview.document if self.preview is not None else None,
            why=self.why(),
        )

    def why(self) -> str:
        """Return the reason; a release after a taking back needs none."""
        return ""
