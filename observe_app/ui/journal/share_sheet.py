"""Giving words of an entry on: pick them, see them exactly as they would go, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.learning import excerpts
from observe_app.services.sync import group_sharing
from observe_app.ui.groups.sheet_base import FieldsSheet
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, Field, SectionHead, TextArea, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.services.core import Core

_SHORT = 90


class ShareSheet(FieldsSheet):
    """Pick words, see what goes.

    Signals:
        shared: the `Reach` of what was given to a group. pdf_asked: the picked words, to be written as PDF.
    """

    shared = Signal(object)
    pdf_asked = Signal(str)

    def __init__(self, core: Core, entry: JournalEntry, parent: QWidget, *, selected: str = "") -> None:
        super().__init__("", parent, width=760)
        from observe_app.services.groups import groups  # noqa: PLC0415  (only who shares asks for groups)

        self._core, self._entry = core, entry
        title = self.tr("Share words")
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.add_lead(
            self.tr("Only the words below go. Not the entry, its title, its question or the visits that it is about.")
        )
        self._passages = excerpts.passages(entry)
        self.boxes: list[QCheckBox] = []
        self._build_picks(selected)
        self.preview = TextArea("", self, lines=4, most=10)
        self.preview.setReadOnly(True)
        self.preview.setObjectName("share_preview")
        self.group_box = ComboBox(self)
        self.group_box.setObjectName("share_group")
        for row in groups.listing(core):
            self.group_box.addItem(row.group.name, row.group.id)
        self.reach = TextLabel("", self, step="small", wrap=True)
        self.reach.setObjectName("share_reach")
        at = self.grid.rowCount()
        self.grid.addWidget(Field(self.tr("Exactly this goes"), self.preview, self), at, 0, 1, 2)
        self.grid.addWidget(Field(self.tr("To the group"), self.group_box, self), at + 1, 0, 1, 2)
        self.grid.addWidget(self.reach, at + 2, 0, 1, 2)
        self.add_safe(self.tr("Not yet"))
        self.copy_button = self.add_other(self.tr("Copy the words"))
        self.copy_button.setObjectName("share_copy")
        self.pdf_button = self.add_other(self.tr("As a PDF"))
        self.pdf_button.setObjectName("share_pdf")
        self.add_main(self.tr("Share with the group"), icon="quote").setObjectName("share_now")
        self.group_box.currentIndexChanged.connect(self._on_changed)
        self.copy_button.clicked.connect(self._on_copy)
        self.pdf_button.clicked.connect(self._on_pdf)
        self._on_changed()

    @property
    def words(self) -> str:
        """What is picked, as it would go."""
        picked = [at for at, box in enumerate(self.boxes) if box.isChecked()]
        made = ""
        for before, at in zip([None, *picked], picked, strict=False):
            passage = self._selected or self._passages[at]
            gap = "" if before is None else "\n\n" if at == before + 1 else excerpts.GAP
            made += gap + passage
        return made

    def store(self) -> None:
        """Give the words to the group.

        Raises:
            ObserveError: they cannot be given.
        """
        group = str(self.group_box.currentData() or "")
        excerpts.share(self._core, entry_id=self._entry.id, group_id=group, text=self.words)
        self.shared.emit(excerpts.reach(self._core, group))

    def _build_picks(self, selected: str) -> None:
        """A box for each paragraph, or one for the words that are selected in the entry."""
        chosen = " ".join(selected.split())
        self._selected = selected.strip() if chosen and excerpts.is_from(self._entry, selected) else ""
        offered = (self._selected,) if self._selected else self._passages
        words = self.tr("The selected words") if self._selected else self.tr("Paragraphs")
        self.grid.addWidget(SectionHead(words, "", self, step="body", rule="line"), 0, 0, 1, 2)
        for at, passage in enumerate(offered):
            line = " ".join(passage.split())
            short = line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"
            box = QCheckBox(short.replace("&", "&&"), self)
            box.setObjectName(f"share_passage_{at}")
            box.setChecked(bool(self._selected) or len(offered) == 1)
            box.toggled.connect(self._on_changed)
            self.boxes.append(box)
            self.grid.addWidget(box, at + 1, 0, 1, 2)

    @Slot()
    def _on_changed(self) -> None:
        words = self.words
        self.preview.set_text(words)
        group = str(self.group_box.currentData() or "")
        reason = "" if words else self.tr("Pick the words first")
        for button in (self.copy_button, self.pdf_button):
            button.set_disabled_because(reason)
        if self.main_button is not None:
            self.main_button.set_disabled_because(reason or ("" if group else self.tr("There is no group yet")))
        self.reach.setText(self._reach_words(group))
        self.fit(self.pane, scaled(560))

    def _reach_words(self, group: str) -> str:
        if not group:
            return self.tr("There is no group yet. The words can be copied or written as a PDF.")
        try:
            told = excerpts.reach(self._core, group)
        except ObserveError:
            return ""
        names = ", ".join(told.people) or self.tr("nobody else yet")
        words = self.tr(
            "They are shown, with your name, on the page of {group} in this record: for {names}, and whoever looks at "
            "that page here. You can take them back; what somebody copied meanwhile stays with them."
        )
        takers = group_sharing.takers(self._core, group)
        if takers:
            words = self.tr(
                "They go, with your name, through the shared folder to those who share {group}: {names}, and whoever "
                "joins it later. You can take them back; what somebody copied meanwhile stays with them."
            )
            through = sorted((one.name for one in takers if one.reads and not one.me), key=str.casefold)
            names = ", ".join(through) or self.tr("nobody else yet")
        return words.format(group=told.group, names=names)

    @Slot()
    def _on_copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(self.words)
        self.copy_button.setText(self.tr("Copied"))

    @Slot()
    def _on_pdf(self) -> None:
        words = self.words
        self.reject()
        self.pdf_asked.emit(words)
