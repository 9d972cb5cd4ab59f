"""The rows of the structure: the form, its sections, their items, found by words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt

from observe_app.domain.form_texts import text_of
from observe_app.ui.forms.editor.target import THE_FORM, Part, Target, item_target, section_target
from observe_app.ui.forms.words import item_words, key_words, kind_icon

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from observe_app.domain.form import Form
    from observe_app.ui.widgets.rows import Index

ROW = Qt.ItemDataRole.UserRole
MIME = "application/x-observe-form-part"
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class StructureRow:
    """One row.

    Attributes:
        title: the label; empty while it has none. detail: what an item takes, in words.
        key: as on a keycap. look: something about it needs a look. depends: it is shown only on a condition.
    """

    target: Target
    title: str
    detail: str = ""
    icon: str = ""
    key: str = ""
    look: bool = False
    depends: bool = False


class StructureModel(QAbstractListModel):
    """All rows, or those that words find with their sections."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StructureRow, ...] = ()
        self._form: Form | None = None
        self._looks: frozenset[Target] = frozenset()
        self._words = ""

    @property
    def rows(self) -> tuple[StructureRow, ...]:
        """The rows shown."""
        return self._rows

    @property
    def is_filtered(self) -> bool:
        """Whether words leave rows out."""
        return bool(self._words)

    def row_of(self, target: Target) -> int:
        """Return where a part stands, -1 where it is not shown."""
        return next((number for number, row in enumerate(self._rows) if row.target == target), -1)

    def target_at(self, number: int) -> Target | None:
        """Return the part in a row."""
        return self._rows[number].target if 0 <= number < len(self._rows) else None

    def show(self, form: Form) -> None:
        """Show a form."""
        self._form = form
        self._refresh()

    def find(self, words: str) -> None:
        """Show only what these words find."""
        if words.casefold().split() != self._words.split():
            self._words = " ".join(words.casefold().split())
            self._refresh()

    def mark(self, looks: Collection[Target]) -> None:
        """Mark the parts that need a look."""
        if frozenset(looks) != self._looks:
            self._looks = frozenset(looks)
            self._refresh()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each part shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for screen readers, the row for the painter."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or self.tr("without a name yet")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [row.title or self.tr("without a name yet"), row.detail]
            parts += [self.tr("key {key}").format(key=row.key)] if row.key else []
            parts += [self.tr("needs a look")] if row.look else []
            return ", ".join(part for part in parts if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Sections and items can be dragged; anything can be dropped between them."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        target = self.target_at(index.row())
        if target is not None and target.part is not Part.FORM and not self.is_filtered:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Parts of this form alone."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Which part is on its way."""
        data = QMimeData()
        target = self.target_at(indexes[0].row()) if indexes else None
        if target is not None:
            data.setData(MIME, f"{target.part.value} {target.id}".encode())
        return data

    def _refresh(self) -> None:
        rows = tuple(self._made()) if self._form is not None else ()
        if rows == self._rows:
            return
        if [row.target for row in rows] == [row.target for row in self._rows]:
            # The same parts in the same places: the view keeps its place and its current row.
            changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
            self._rows = rows
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _made(self) -> list[StructureRow]:
        form = self._form
        assert form is not None  # noqa: S101  (asked by the caller)
        rows = [self._row(THE_FORM, text_of(form.title), icon="file-text")]
        for section in form.sections:
            head = self._row(section_target(section.id), text_of(section.title), depends=bool(section.show_when))
            inside = []
            for item in section.items:
                made = self._row(
                    item_target(item.id),
                    text_of(item.label),
                    detail=item_words(item, ""),
                    icon=kind_icon(item.kind),
                    key=key_words(item.hotkey),
                    depends=bool(item.show_when),
                )
                if self._finds(made.title) or self._finds(made.detail):
                    inside.append(made)
            if inside or self._finds(head.title):
                rows += [head, *inside]
        return rows

    def _row(
        self, target: Target, title: str, *, detail: str = "", icon: str = "", key: str = "", depends: bool = False
    ) -> StructureRow:
        return StructureRow(target, title, detail, icon, key, look=target in self._looks, depends=depends)

    def _finds(self, text: str) -> bool:
        return not self._words or all(word in text.casefold() for word in self._words.split())
