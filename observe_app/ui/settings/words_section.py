"""Words that judge: whether they are marked in the note line, and which, language by language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from observe_app.services import word_lists
from observe_app.ui.i18n import language_name
from observe_app.ui.settings.parts import SettingsSection, row_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ComboBox, LineEdit, TextLabel

if TYPE_CHECKING:
    from observe_app.services.core import Core

_SHOWN = 8
_ROW = 26
_ELSE = "en"
_WORD = Qt.ItemDataRole.UserRole
_OWN = Qt.ItemDataRole.UserRole + 1


class WordsSection(SettingsSection):
    """On or off; the list of a language, each word with a tick; own words are added and removed."""

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(core, self.tr("Words that judge"), "", parent)
        self.setObjectName("words_section")
        self.marks_box = QCheckBox(self.tr("Underline them softly in the note line"), self)
        self.marks_box.setObjectName("marks_judging")
        told = self.tr("“Good”, “boring”, “seemed”: a note says what was seen or heard. Nothing is ever corrected.")
        self.language_box = ComboBox(self)
        self.language_box.setObjectName("words_language")
        self.language_box.setAccessibleName(self.tr("Language of the words"))
        self.words_list = QListWidget(self)
        self.words_list.setObjectName("words_list")
        self.words_list.setAccessibleName(self.tr("Words that are marked"))
        self.words_list.setUniformItemSizes(True)
        self.words_list.setFixedHeight(scaled(_ROW) * _SHOWN + 4)
        self.count_label = TextLabel("", self, step="small", tone="muted")
        self.word_edit = LineEdit("", self, placeholder=self.tr("A word or a few of your own"))
        self.word_edit.setObjectName("word_edit")
        self.word_edit.setAccessibleName(self.tr("Word to mark"))
        self.word_edit.setMaxLength(word_lists.MAX_WORD)
        self.add_button = Button(self.tr("Add"), self, icon="plus")
        self.add_button.setObjectName("word_add")
        self.remove_button = Button(self.tr("Remove"), self, icon="trash-2")
        self.remove_button.setObjectName("word_remove")
        self.column.addWidget(self.marks_box)
        self.column.addWidget(TextLabel(told, self, step="small", tone="muted", wrap=True))
        self.column.addLayout(row_of(self.language_box, self.count_label))
        self.column.addWidget(self.words_list)
        self.column.addLayout(row_of(self.word_edit, self.add_button, self.remove_button, stretch=False))
        self._connect()

    @property
    def language(self) -> str:
        """Code of the language whose words are shown."""
        return str(self.language_box.currentData() or "")

    def reload(self) -> None:
        """Show what is kept now; the language of the window first."""
        self.marks_box.setChecked(self.core.settings.get().marks_judging)
        if not self.language_box.count():
            for code in word_lists.languages():
                self.language_box.addItem(language_name(code), code)
            here = self.language_box.findData(self.locale().name()[:2])
            self.language_box.setCurrentIndex(here if here >= 0 else self.language_box.findData(_ELSE))
        self._show_words()

    # -- slots

    @Slot(bool)
    def _on_marks_chosen(self, marked: bool) -> None:
        if not self.change(marks_judging=marked):
            self.reload()
        self._show_usable()

    @Slot()
    def _on_language_chosen(self) -> None:
        self._show_words()

    @Slot(QListWidgetItem)
    def _on_ticked(self, item: QListWidgetItem) -> None:
        word, marked = str(item.data(_WORD)), item.checkState() is Qt.CheckState.Checked
        if self.attempt(partial(word_lists.mark, self.core, self.language, word, marked=marked)):
            self._show_count()
        else:
            QTimer.singleShot(0, self, self._show_words)  # not while the list tells of this very item

    @Slot()
    def _on_add(self) -> None:
        word = word_lists.plain(self.word_edit.text())
        if word and self.attempt(partial(word_lists.add, self.core, self.language, word)):
            self.word_edit.clear()
            self._show_words(word)
        self.word_edit.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        item = self._current()
        if item is None:
            return
        row, word = self.words_list.row(item), str(item.data(_WORD))
        if self.attempt(partial(word_lists.remove, self.core, self.language, word)):
            self._show_words()
            self.words_list.setCurrentRow(min(row, self.words_list.count() - 1))
            self.words_list.setFocus()

    @Slot()
    def _on_current_changed(self) -> None:
        self._show_usable()

    # -- helpers

    @Slot()
    def _show_words(self, current: str = "") -> None:
        self.words_list.blockSignals(True)
        self.words_list.clear()
        for one in word_lists.listing(self.core, self.language):
            words = self.tr("{word}  (your own)").format(word=one.word) if one.own else one.word
            item = QListWidgetItem(words, self.words_list)
            item.setData(_WORD, one.word)
            item.setData(_OWN, one.own)
            item.setSizeHint(QSize(0, scaled(_ROW)))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.marked else Qt.CheckState.Unchecked)
            if one.word == current:
                self.words_list.setCurrentItem(item)
        self.words_list.blockSignals(False)
        self._show_count()
        self._show_usable()

    def _show_count(self) -> None:
        words = word_lists.listing(self.core, self.language)
        marked = sum(one.marked for one in words)
        self.count_label.setText(self.tr("{n} of {all} are marked").format(n=marked, all=len(words)))

    def _current(self) -> QListWidgetItem | None:
        """Return the chosen word where it is the person's own, None else."""
        chosen = self.words_list.selectedItems()
        return chosen[0] if chosen and chosen[0].data(_OWN) else None

    def _show_usable(self) -> None:
        self.remove_button.setEnabled(self._current() is not None)
        self.remove_button.setToolTip("" if self.remove_button.isEnabled() else self.tr("Only your own words"))
        on = self.marks_box.isChecked()
        for part in (self.language_box, self.words_list, self.word_edit, self.add_button):
            part.setEnabled(on)

    def _connect(self) -> None:
        self.marks_box.clicked.connect(self._on_marks_chosen)
        self.language_box.activated.connect(self._on_language_chosen)
        self.words_list.itemChanged.connect(self._on_ticked)
        self.words_list.currentItemChanged.connect(self._on_current_changed)
        self.word_edit.returnPressed.connect(self._on_add)
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
