"""The forms to choose from, one line each and in groups: those used lately first. One is chosen, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QApplication, QButtonGroup, QVBoxLayout, QWidget

from observe_app.domain.form import FormUse, text_in
from observe_app.ui.palette import fold
from observe_app.ui.theme import set_focus_ring
from observe_app.ui.visit.form_choice import FormChoice
from observe_app.ui.widgets import TextLabel, caption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.services.catalogue import CatalogueEntry


class FormList(QWidget):
    """Every form that there is: used lately, for a lesson, then the others by use, broken ones last.

    Signals:
        chosen: id of the form the person chose, "" for none.
        reached: the row that the keyboard came to.
    """

    chosen = Signal(str)
    reached = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, after: QWidget | None = None) -> None:
        """Make the list; Tab comes to its rows from the widget `after`."""
        super().__init__(parent)
        self._after = after
        self.setAccessibleName(self.tr("Form"))
        set_focus_ring(self, shown=False)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._captions: list[TextLabel] = []
        self._haystacks: dict[FormChoice, str] = {}
        self._order: list[QWidget] = []
        self._nothing = TextLabel("", self, step="small", tone="muted", wrap=True)
        self._nothing.setContentsMargins(12, 12, 12, 12)
        self._nothing.hide()
        self._words = ""
        self._shown: tuple[object, ...] = ()

    @property
    def choices(self) -> tuple[FormChoice, ...]:
        """All rows, those that the words do not find too."""
        return tuple(button for button in self._group.buttons() if isinstance(button, FormChoice))

    @property
    def rows(self) -> tuple[FormChoice, ...]:
        """The rows that the keyboard can come to, from the top down."""
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        found = (item.widget() for item in items if item is not None)
        return tuple(one for one in found if isinstance(one, FormChoice) and not one.isHidden() and one.isEnabled())

    @property
    def chosen_row(self) -> FormChoice | None:
        """The row of the visit's form."""
        return next((one for one in self.choices if one.isChecked()), None)

    def row_of(self, form_id: str) -> FormChoice | None:
        """Return the row of this form, None where there is none."""
        return next((one for one in self.choices if one.form_id == form_id), None)

    def show_forms(
        self,
        entries: Sequence[CatalogueEntry],
        form_id: str,
        title: str,
        lately: Mapping[str, str] | None = None,
        lately_words: str = "",
    ) -> bool:
        """Offer these forms with the visit's one chosen; one that is no longer in the library is still offered.

        Args:
            entries: what the library has.
            form_id: of the visit's form, "" for none.
            title: of the visit's form.
            lately: forms used lately, newest first, with when that was.
            lately_words: what those are headed with.

        Returns:
            Whether the rows were built anew.
        """
        known = lately or {}
        state = (tuple(entries), form_id, title, tuple(known.items()), lately_words)
        if state == self._shown:
            self._check(form_id)
            return False
        same_rows = self._shown and (*self._shown[:1], *self._shown[3:]) == (*state[:1], *state[3:])
        row = self.row_of(form_id)
        self._shown = state
        if same_rows and row is not None and row.isEnabled():
            self._check(form_id)
            return False
        focused: QWidget | None = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._clear()
        self._build(entries, form_id, title, known, lately_words)
        self.narrow(self._words)
        if had_focus:
            self.setFocus()
        return True

    def narrow(self, words: str) -> int:
        """Show the forms that have all of these words in name or purpose, by name first; return how many."""
        self._words = words
        asked = fold(words).split()
        found = 0
        by_name: list[FormChoice] = []
        for choice in self.choices:
            wanted = all(word in self._haystacks.get(choice, "") for word in asked)
            choice.setVisible(wanted)
            found += wanted
            if wanted and asked and all(word in fold(choice.text()) for word in asked):
                by_name.append(choice)
        for label in self._captions:
            label.setVisible(not asked)
        for place, widget in enumerate((*by_name, *(one for one in self._order if one not in by_name))):
            if self._column.indexOf(widget) != place:
                self._column.insertWidget(place, widget)
        self._nothing.setVisible(not found)
        if not found:
            self._nothing.setText(self.tr("No form has “{words}” in its name or purpose.").format(words=words.strip()))
        return found

    @Slot()
    def go_in(self) -> None:
        """Give the keyboard to the first row in sight."""
        for first in self.rows[:1]:
            first.setFocus()

    def focusInEvent(self, _event: object) -> None:
        """The chosen row takes the keyboard."""
        row = self.chosen_row
        if row is not None:
            row.setFocus()

    # --- build ------------------------------------------------------------------------------------

    def _check(self, form_id: str) -> None:
        """Show this one as chosen: a press that was refused has ticked another row."""
        row = self.row_of(form_id)
        if row is not None:
            row.setChecked(True)

    def _clear(self) -> None:
        for old in self.choices:
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        for label in self._captions:
            label.hide()
            label.deleteLater()
        self._captions.clear()
        self._order.clear()
        self._haystacks.clear()

    def _build(
        self, entries: Sequence[CatalogueEntry], form_id: str, title: str, lately: Mapping[str, str], lately_words: str
    ) -> None:
        self._column.removeWidget(self._nothing)
        none = self._add(FormChoice("", self.tr("No form"), self, aside=self.tr("notes only")), self.tr("No form"))
        none.setChecked(not form_id)
        usable = {entry.form_id: entry for entry in entries if not entry.problems}
        if form_id and form_id not in usable:
            kept = FormChoice(form_id, title or form_id, self, aside=self.tr("as this visit keeps it"))
            self._add(kept, title).setChecked(True)
        recent = [usable[one] for one in lately if one in usable]
        self._add_group(lately_words, recent, form_id, lately)
        language = QLocale().name()
        rest = sorted(
            (entry for entry in entries if entry.problems or entry.form_id not in lately),
            key=lambda entry: text_in(entry.title, language).casefold(),
        )
        names = {
            FormUse.LESSON: self.tr("For the lesson"),
            FormUse.BEFORE: self.tr("Before it"),
            FormUse.AFTER: self.tr("After it"),
            FormUse.SURVEY: self.tr("Surveys"),
        }
        groups = [(words, [e for e in rest if e.use is use and not e.problems]) for use, words in names.items()]
        groups.append((self.tr("With mistakes"), [entry for entry in rest if entry.problems]))
        groups = [(words, found) for words, found in groups if found]
        for words, found in groups:
            self._add_group(words if len(groups) > 1 or recent else "", found, form_id, {})
        self._column.addWidget(self._nothing)
        self._chain()

    def _add_group(
        self, words: str, entries: Sequence[CatalogueEntry], form_id: str, asides: Mapping[str, str]
    ) -> None:
        if not entries:
            return
        if words:
            label = caption(words, self)
            label.setContentsMargins(12, 12, 12, 2)
            self._column.addWidget(label)
            self._captions.append(label)
            self._order.append(label)
        for entry in entries:
            self._add_entry(entry, form_id, asides.get(entry.form_id, ""))

    def _add_entry(self, entry: CatalogueEntry, form_id: str, aside: str) -> None:
        language = QLocale().name()
        title = text_in(entry.title, language) or entry.form_id
        if entry.problems:
            count = len(entry.problems)
            aside = self.tr("1 mistake") if count == 1 else self.tr("{n} mistakes").format(n=count)
        purpose = text_in(entry.purpose, language)
        choice = self._add(FormChoice(entry.form_id, title, self, aside=aside), f"{title} {purpose} {entry.form_id}")
        choice.setAccessibleDescription(purpose or aside)
        choice.setEnabled(not entry.problems)
        choice.setChecked(not entry.problems and entry.form_id == form_id)

    def _add(self, choice: FormChoice, haystack: str) -> FormChoice:
        self._haystacks[choice] = fold(haystack)
        choice.clicked.connect(self._on_clicked)
        choice.reached.connect(self._on_reached)
        choice.moved.connect(self._on_moved)
        self._group.addButton(choice)
        self._column.addWidget(choice)
        self._order.append(choice)
        choice.show()  # now, not with the next turn: what is not seen cannot take the keyboard
        return choice

    def _chain(self) -> None:
        """Tab comes to the rows where the list stands, whenever they were made."""
        before = self._after
        for choice in self.choices:
            if before is not None:
                QWidget.setTabOrder(before, choice)
            before = choice

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_clicked(self) -> None:
        choice = self.sender()
        if isinstance(choice, FormChoice):
            self.chosen.emit(choice.form_id)

    @Slot()
    def _on_reached(self) -> None:
        self.reached.emit(self.sender())

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        rows, row = self.rows, self.sender()
        if isinstance(row, FormChoice) and row in rows:
            rows[max(0, min(len(rows) - 1, rows.index(row) + step))].setFocus()
