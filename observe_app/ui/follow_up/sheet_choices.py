"""What the preview shows: which revision, how much of it, for whom, and on which paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain.release import ReleaseKind
from observe_app.ui.follow_up.choice_button import ChoiceButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.release import Release
    from observe_app.services.pdf.document import Paper, Scope

_SCOPES: tuple[Scope, ...] = ("summary", "record")
_PAPERS: tuple[Paper, ...] = ("A4", "Letter")


class SheetChoices(QWidget):
    """One line: revision, how much of it, for whom; `paper_button` stands elsewhere but belongs here.

    Signals:
        changed: another PDF is wanted.
        paper_chosen: "A4" or "Letter".
    """

    changed = Signal()
    paper_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._revisions: tuple[Release, ...] = ()
        self._held: str | None = None
        self._scope: Scope = "summary"
        self._paper: Paper = "A4"
        self._ink_saving = False
        self._readers: tuple[str, ...] = ()
        self._reader = ""
        self.which_button = ChoiceButton(self.tr("What the preview shows"), self)
        self.which_button.setObjectName("sheet_which")
        self.paper_button = ChoiceButton(self.tr("Paper"), self)
        self.paper_button.setObjectName("sheet_paper")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.which_button)
        row.addStretch(1)
        self._show()

    @property
    def release(self) -> Release | None:
        """The revision chosen, None for a draft."""
        standing = next((one.id for one in self._revisions if one.taken_back is None), "")
        wanted = standing if self._held is None else self._held
        return next((one for one in self._revisions if one.id == wanted), None)

    @property
    def scope(self) -> Scope:
        """How much of it."""
        return self._scope

    @property
    def paper(self) -> Paper:
        """Paper chosen."""
        return self._paper

    @property
    def ink_saving(self) -> bool:
        """Whether it goes without filled areas."""
        return self._ink_saving

    @property
    def reader(self) -> str:
        """Whom a copy is for, "" while nobody is named."""
        return self._reader

    def set_paper(self, paper: Paper) -> None:
        """Show a paper as chosen."""
        self._paper = paper
        self._show()

    def set_ink_saving(self, *, on: bool) -> None:
        """Show ink saving as chosen."""
        self._ink_saving = on
        self._show()

    def show_readers(self, names: Sequence[str]) -> None:
        """Offer those a copy may be for, the teacher first."""
        self._readers = tuple(names)
        if self._reader not in self._readers:
            self._reader = self._readers[0] if self._readers else ""
        self._show()

    def show_revisions(self, revisions: Sequence[Release]) -> bool:
        """Offer the revisions, the newest first, and the draft; return whether another one is chosen now.

        The newest that stands is chosen, until the person chooses another.
        """
        before = self.release
        newer = {one.id for one in revisions} - {one.id for one in self._revisions}
        self._revisions = tuple(revisions)
        if newer:  # what was just released is what one wants to see
            self._held = None
        self._show()
        return self.release != before

    # What shows.

    def _show(self) -> None:
        release = self.release
        parts = [self._name(release) if release is not None else self.tr("Draft"), self._scope_name(self._scope)]
        if release is not None and len(self._readers) > 1:
            parts.append(self.tr("for {name}").format(name=self._reader))
        self.which_button.show_words(" · ".join(parts))
        paper = [self._paper_name(self._paper)]
        if self._ink_saving:
            paper.append(self.tr("saves ink"))
        self.paper_button.show_words(" · ".join(paper))
        self._fill_which()
        self._fill_paper()

    def _fill_which(self) -> None:
        button = self.which_button
        button.clear_list()
        release = self.release
        if self._revisions:
            group = button.begin_part("revision")
            for one in self._revisions:
                chosen = release is not None and one.id == release.id
                entry = button.add_entry(self._name(one), one.id, chosen=chosen, group=group)
                entry.triggered.connect(self._on_revision)
            entry = button.add_entry(self.tr("Draft as it is now"), "", chosen=release is None, group=group)
            entry.triggered.connect(self._on_revision)
        group = button.begin_part("scope")
        for scope in _SCOPES:
            entry = button.add_entry(self._scope_name(scope), scope, chosen=scope == self._scope, group=group)
            entry.triggered.connect(self._on_scope)
        if release is not None and len(self._readers) > 1:
            group = button.begin_part("reader")
            for name in self._readers:
                words = self.tr("For {name}").format(name=name)
                entry = button.add_entry(words, name, chosen=name == self._reader, group=group)
                entry.triggered.connect(self._on_reader)

    def _fill_paper(self) -> None:
        button = self.paper_button
        button.clear_list()
        group = button.begin_part("paper")
        for paper in _PAPERS:
            entry = button.add_entry(self._paper_name(paper), paper, chosen=paper == self._paper, group=group)
            entry.triggered.connect(self._on_paper)
        button.list.addSeparator()
        words = self.tr("Save ink: no filled areas")
        button.add_entry(words, "ink", chosen=self._ink_saving).triggered.connect(self._on_ink)

    def _name(self, release: Release) -> str:
        words = self.tr("Revision {n}")
        if release.taken_back is not None:
            words = self.tr("Revision {n}, taken back")
        elif release.kind is ReleaseKind.WITHDRAWAL:
            words = self.tr("Revision {n}, withdrawn")
        return words.format(n=release.number)

    def _scope_name(self, scope: Scope) -> str:
        return self.tr("Full record") if scope == "record" else self.tr("Summary")

    def _paper_name(self, paper: Paper) -> str:
        return self.tr("Letter") if paper == "Letter" else self.tr("A4")

    def _chosen(self) -> str:
        action = self.sender()
        return str(action.data()) if isinstance(action, QAction) else ""

    # Slots.

    @Slot()
    def _on_revision(self) -> None:
        self._held = self._chosen()
        self._show()
        self.changed.emit()

    @Slot()
    def _on_scope(self) -> None:
        self._scope = "record" if self._chosen() == "record" else "summary"
        self._show()
        self.changed.emit()

    @Slot()
    def _on_reader(self) -> None:
        self._reader = self._chosen()
        self._show()

    @Slot()
    def _on_paper(self) -> None:
        self._paper = "Letter" if self._chosen() == "Letter" else "A4"
        self._show()
        self.paper_chosen.emit(self._paper)
        self.changed.emit()

    @Slot()
    def _on_ink(self) -> None:
        self._ink_saving = not self._ink_saving
        self._show()
        self.changed.emit()
