"""Taking over items from another form: found by words over all forms, looked at, added with the scale they use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import Form, Item, text_in
from observe_app.domain.form_borrow import add_items_from, item_words
from observe_app.ui.forms.words import item_words as kind_words
from observe_app.ui.forms.words import kind_icon
from observe_app.ui.jobs import Job
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import RowDelegate, RowList, ScrollPane, SearchField, Sheet, TextLabel
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter, QResizeEvent

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.widgets.rows import Index

    Make = Callable[[Form, str, int | None], tuple[Form, str]]

_ROW = 34
_AROUND, _WORDS_AROUND = 180, 120
_ROOT = QModelIndex()
_DATA = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Found:
    """A row: an item of a form, or with no item the form's name above its items."""

    form: Form
    item: Item | None = None
    words: str = ""


def found_in(forms: Sequence[Form]) -> tuple[Found, ...]:
    """Return every item of these forms under its form's name."""
    rows: list[Found] = []
    for form in forms:
        rows.append(Found(form))
        title = text_in(form.title, form.language).casefold()
        rows += [Found(form, item, f"{title} {item_words(item, form.language)}") for item in form.items]
    return tuple(rows)


class FoundModel(QAbstractListModel):
    """The items that the words find, under their forms."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Found, ...] = ()
        self._rows: tuple[Found, ...] = ()
        self._words = ""

    @property
    def rows(self) -> tuple[Found, ...]:
        """The rows shown."""
        return self._rows

    def show(self, rows: tuple[Found, ...]) -> None:
        """Show these."""
        self._all = rows
        self.find(self._words)

    def find(self, text: str) -> None:
        """Show only what these words find."""
        self._words = text
        words = text.casefold().split()
        self.beginResetModel()
        kept: list[Found] = []
        for row in self._all:
            if row.item is None:
                if kept and kept[-1].item is None:
                    kept.pop()
                kept.append(row)
            elif all(word in row.words for word in words):
                kept.append(row)
        if kept and kept[-1].item is None:
            kept.pop()
        self._rows = tuple(kept)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each item, one for each form."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The names of forms cannot be chosen."""
        if index.isValid() and self._rows[index.row()].item is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for screen readers, the row for the painter."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _DATA:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            texts = row.item.label if row.item is not None else row.form.title
            return text_in(texts, row.form.language)
        return None


class _Delegate(RowDelegate):
    """The name of a form in 600; items with icon and what they take."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """One line."""
        row: Found = index.data(_DATA)
        name = str(index.data() or "")
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if row.item is None:
            inner = QRectF(rect.adjusted(12, 6, -12, 0))
            draw_text(painter, inner, name, font=font("small", weight=600), color=color("muted"))
            return
        side, lead = scaled(16), 14 + scaled(26)
        left = rect.right() - 14 - side if mirrored else rect.left() + 14
        mark = QRectF(left, rect.center().y() + 0.5 - side / 2, side, side)
        paint_icon(painter, mark, kind_icon(row.item.kind), color("accent"))
        inner = QRectF(rect.adjusted(12, 0, -lead, 0) if mirrored else rect.adjusted(lead, 0, -12, 0))
        weight = 600 if is_selected else 400
        draw_text(painter, inner, name, font=font("text", weight=weight), color=color("ink"))


class BorrowSheet(Sheet):
    """Search, items, what the chosen ones are.

    Signals:
        chosen: a function (form, section id, position) -> (form with the items, id of the last of them).
    """

    chosen = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget, *, own: str) -> None:
        super().__init__(QCoreApplication.translate("BorrowSheet", "Add from another form"), parent, width=760)
        self.setObjectName("borrow_sheet")
        self._core, self._own = core, own
        self.search = SearchField(self.tr("Find items in all forms"), self)
        self.model = FoundModel(self)
        self.list = RowList(self.tr("Items of other forms"), self, row_height=scaled(_ROW))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list, rule=False))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setMinimumWidth(scaled(280))
        self.look = ScrollPane(self, margin=0)
        self.look.body.setContentsMargins(16, 4, 16, 4)
        self.note = TextLabel(self.tr("Choose one item, or several with Ctrl or Shift."), self, tone="muted", wrap=True)
        self.look.body.addWidget(self.note)
        self._described = QVBoxLayout()
        self._described.setSpacing(4)
        self.look.body.addLayout(self._described)
        self.look.body.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.list, 3)
        both.addWidget(self.look, 2)
        self.body.addWidget(self.search)
        self.body.addLayout(both, 1)
        self._fit()
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Add"))
        self._connect()
        self._show_chosen()
        jobs.run(self._load, Job(self, self._on_loaded, self._on_failed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many items as there is room for."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        height = max(180, min(scaled(420), self._host.height() - _AROUND - scaled(_WORDS_AROUND)))
        self.list.setFixedHeight(height)
        self.look.setFixedHeight(height)

    def open_over(self) -> None:
        """Open with the keyboard in the search line."""
        super().open_over()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_rows(self) -> tuple[Found, ...]:
        """The items that are chosen, in the list's order."""
        selection = self.list.selectionModel().selectedRows()
        rows = [self.model.rows[index.row()] for index in sorted(selection, key=lambda one: one.row())]
        return tuple(row for row in rows if row.item is not None)

    def _load(self, progress: Progress) -> tuple[Found, ...]:
        forms = []
        entries = self._core.catalogue.entries()
        for number, entry in enumerate(entries):
            progress.step(number, len(entries))
            if entry.problems or entry.form_id == self._own:
                continue
            try:
                forms.append(self._core.catalogue.form(entry.form_id))
            except ObserveError:
                continue
        return found_in(forms)

    def _on_loaded(self, rows: tuple[Found, ...]) -> None:
        self.model.show(rows)

    def _on_failed(self, error: Exception) -> None:
        self.reject()
        raise error

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_search)
        self.search.left_downwards.connect(self._on_down)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.model.modelReset.connect(self._on_selection)
        self.list.opened.connect(self._on_opened)
        self.accepted.connect(self._on_accepted)

    @Slot(str)
    def _on_search(self, words: str) -> None:
        self.model.find(words)

    @Slot()
    def _on_down(self) -> None:
        first = next((number for number, row in enumerate(self.model.rows) if row.item is not None), None)
        if first is not None:
            self.list.setCurrentIndex(self.model.index(first, 0))
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_selection(self) -> None:
        self._show_chosen()

    @Slot(QModelIndex)
    def _on_opened(self, _index: QModelIndex) -> None:
        if self.chosen_rows():
            self.accept()

    @Slot()
    def _on_accepted(self) -> None:
        rows = self.chosen_rows()

        def make(form: Form, section: str, position: int | None) -> tuple[Form, str]:
            last = ""
            while_left = list(rows)
            while while_left:
                source = while_left[0].form
                ids = {row.item.id for row in while_left if row.form is source and row.item is not None}
                form, made = add_items_from(form, source, ids, section=section, position=position)
                last = made[-1] if made else last
                position = None if position is None else position + len(made)
                while_left = [row for row in while_left if row.form is not source]
            return form, last

        if rows:
            self.chosen.emit(make)

    def _show_chosen(self) -> None:
        rows = self.chosen_rows()
        count = len(rows)
        main = self.main_button
        if main is not None:
            main.setText(self.tr("Add 1 item") if count == 1 else self.tr("Add {n} items").format(n=count))
            main.updateGeometry()
            main.set_disabled_because("" if rows else self.tr("Choose an item first."))
        while (item := self._described.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.note.setVisible(not rows)
        for row in rows[:6]:
            self._describe(row)

    def _describe(self, row: Found) -> None:
        item, language = row.item, row.form.language
        if item is None:
            return

        def add(text: str, *, step: str = "small", tone: str = "muted", weight: int | None = None) -> None:
            if text:
                self._described.addWidget(TextLabel(text, self.look, step=step, tone=tone, weight=weight, wrap=True))

        add(text_in(item.label, language), step="text", tone="ink", weight=600)
        add(kind_words(item, language))
        add(text_in(item.help, language), tone="quote")
        for level in item.levels:
            words = self.tr("{n}  {label}").format(n=level.number, label=text_in(level.label, language))
            descriptor = text_in(level.descriptor, language)
            add(f"{words}: {descriptor}" if descriptor else words, tone="ink")
        for option in item.options:
            add(f"– {text_in(option.label, language)}", tone="ink")
        spacer = QWidget(self.look)
        spacer.setFixedHeight(8)
        self._described.addWidget(spacer)
