"""What the preview shows: which revision, how much of it, on which paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from observe_app.domain.release import ReleaseKind
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.release import Release
    from observe_app.services.pdf.document import Paper, Scope

_SCOPES: tuple[Scope, ...] = ("summary", "record")


class SheetChoices(QWidget):
    """Revision and scope, in a row; paper and ink saving stand elsewhere but belong here.

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
        self.revision_box = self._box("revision", self.tr("Revision"))
        self.scope_box = self._box("scope", self.tr("How much of it"))
        self.scope_box.addItems([self.tr("Summary"), self.tr("Full record")])
        self.paper_box = self._box("paper", self.tr("Paper"))
        self.paper_box.addItems([self.tr("A4"), self.tr("Letter")])
        self.ink_box = QCheckBox(self.tr("Save ink"), self)
        self.ink_box.setObjectName("ink_saving")
        self.ink_box.setToolTip(self.tr("Without filled areas: for printing"))
        self.revision_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.revision_box.setMinimumWidth(scaled(120))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.revision_box, 1)
        row.addWidget(self.scope_box)
        self.revision_box.activated.connect(self._on_revision)
        self.scope_box.activated.connect(self.changed)
        self.paper_box.activated.connect(self._on_paper)
        self.ink_box.toggled.connect(self.changed)
        self._fill()

    @property
    def release(self) -> Release | None:
        """The revision chosen, None for a draft."""
        chosen = self.revision_box.currentData()
        return next((one for one in self._revisions if one.id == chosen), None)

    @property
    def scope(self) -> Scope:
        """How much of it."""
        return _SCOPES[max(0, self.scope_box.currentIndex())]

    @property
    def paper(self) -> Paper:
        """Paper chosen."""
        return "Letter" if self.paper_box.currentIndex() == 1 else "A4"

    @property
    def ink_saving(self) -> bool:
        """Whether it goes without filled areas."""
        return self.ink_box.isChecked()

    def set_paper(self, paper: Paper) -> None:
        """Show a paper as chosen."""
        self.paper_box.setCurrentIndex(1 if paper == "Letter" else 0)

    def show_revisions(self, revisions: Sequence[Release]) -> bool:
        """Offer the revisions, the newest first, and the draft; return whether another one is chosen now.

        The newest that stands is chosen, until the person chooses another.
        """
        before = self.release
        newer = {one.id for one in revisions} - {one.id for one in self._revisions}
        self._revisions = tuple(revisions)
        if newer:  # what was just released is what one wants to see
            self._held = None
        self._fill()
        return self.release != before

    def _fill(self) -> None:
        with QSignalBlocker(self.revision_box):
            self.revision_box.clear()
            for one in self._revisions:
                self.revision_box.addItem(self._name(one), one.id)
            self.revision_box.addItem(self.tr("Draft as it is now"), "")
            standing = next((one.id for one in self._revisions if one.taken_back is None), "")
            wanted = standing if self._held is None else self._held
            place = self.revision_box.findData(wanted)
            self.revision_box.setCurrentIndex(place if place >= 0 else self.revision_box.count() - 1)
        self.revision_box.setEnabled(self.revision_box.count() > 1)

    def _name(self, release: Release) -> str:
        words = self.tr("Revision {n}")
        if release.taken_back is not None:
            words = self.tr("Revision {n}, taken back")
        elif release.kind is ReleaseKind.WITHDRAWAL:
            words = self.tr("Revision {n}, withdrawn")
        return words.format(n=release.number)

    def _box(self, name: str, words: str) -> ComboBox:
        box = ComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(words)
        return box

    @Slot()
    def _on_revision(self) -> None:
        self._held = str(self.revision_box.currentData())
        self.changed.emit()

    @Slot()
    def _on_paper(self) -> None:
        self.paper_chosen.emit(self.paper)
        self.changed.emit()
