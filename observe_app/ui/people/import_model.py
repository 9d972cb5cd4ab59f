"""What happens to each row of a list of people, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from observe_app.ui.import_words import problem_sentence
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CellStyle, HeaderTable
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.services.exchange.people_in import PeopleResult, PersonChange
    from observe_app.services.exchange.problems import Problem

ROW, KIND, NAME, WHY = range(4)
ADD, CHANGE, SAME, OUT = "add", "change", "same", "out"
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file: what happens and why. `number` 0 is of the file as a whole."""

    number: int
    kind: str
    change: PersonChange | None = None
    problems: tuple[Problem, ...] = ()


def preview_rows(result: PeopleResult) -> tuple[PreviewRow, ...]:
    """Return the rows of a file in their order; those with a problem that drops them are left out."""
    problems: dict[int, list[Problem]] = {}
    for problem in result.problems:
        problems.setdefault(problem.row, []).append(problem)
    rows = [
        PreviewRow(change.row, change.kind, change, tuple(problems.pop(change.row, ()))) for change in result.changes
    ]
    rows += [PreviewRow(number, OUT, None, tuple(found)) for number, found in problems.items() if number]
    return tuple(sorted(rows, key=lambda row: row.number))


def field_word(name: str) -> str:
    """Return what a field of a person is called in a sentence."""
    tr = QCoreApplication.translate
    return {
        "name": tr("people", "name"), "email": tr("people", "e-mail"), "staff_id": tr("people", "staff number"),
        "subjects": tr("people", "subjects"), "roles": tr("people", "usual role"),
        "pronouns": tr("people", "pronouns"), "building": tr("people", "building"),
        "language": tr("people", "language"), "week_load": tr("people", "visits a week"),
        "left_on": tr("people", "last day"), "archived": tr("people", "here or left"),
        "manager_id": tr("people", "line manager"), "photo": tr("people", "photo"),
        "card": tr("people", "card of the shared folder"),
    }.get(name, name)  # fmt: skip


def kind_word(kind: str) -> str:
    """Return what happens, in a word or two."""
    tr = QCoreApplication.translate
    return {
        ADD: tr("people", "New"), CHANGE: tr("people", "Changed"), SAME: tr("people", "As before"),
        OUT: tr("people", "Left out"),
    }.get(kind, "")  # fmt: skip


class PreviewModel(QAbstractTableModel):
    """Rows of one kind, or all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[PreviewRow, ...] = ()
        self._rows: tuple[PreviewRow, ...] = ()

    def show_rows(self, rows: tuple[PreviewRow, ...], kind: str) -> None:
        """Show rows; those of one kind, "" for all."""
        self.beginResetModel()
        self._all = rows
        self._rows = tuple(row for row in rows if not kind or row.kind == kind)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Number, what happens, name, why."""
        return 0 if parent.isValid() else WHY + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("Row"), self.tr("What happens"), self.tr("Name"), self.tr("Why"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        words = self._cell(row, index.column())
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def _cell(self, row: PreviewRow, column: int) -> str:
        if column == ROW:
            return str(row.number)
        if column == KIND:
            return kind_word(row.kind)
        if column == NAME:
            return row.change.person.name if row.change is not None else next((p.found for p in row.problems), "")
        return self._why(row)

    def _why(self, row: PreviewRow) -> str:
        said = []
        change = row.change
        if change is not None and row.kind == CHANGE:
            known = {"email": self.tr("known by e-mail"), "staff_id": self.tr("known by staff number"),
                     "name": self.tr("known by name")}.get(change.by, "")  # fmt: skip
            said.append(self.tr("{known}; {fields} changes").format(
                known=known, fields=", ".join(field_word(name) for name in change.changed)
            ))  # fmt: skip
        elif change is not None and row.kind == ADD:
            person = change.person
            said.append(" · ".join(part for part in (person.subjects, person.email, person.staff_id) if part)
                        or self.tr("name only"))  # fmt: skip
        for problem in row.problems:
            sentence = problem_sentence(problem)
            # The row stands in front already.
            said.append(sentence.split(": ", 1)[-1] if problem.row else sentence)
        return " · ".join(said)


class PreviewTable(HeaderTable):
    """What happens, row by row."""

    def __init__(self, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent, row_height=scaled(32))
        self.setObjectName("import_preview")
        self.setAccessibleName(self.tr("What happens to each row"))
        self.setModel(model)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.set_column(ROW, CellStyle(tone="muted", tabular=True), width=scaled(84))
        self.set_column(KIND, CellStyle(weight=600), width=scaled(118))
        self.set_column(NAME, CellStyle(), width=scaled(220))
        self.set_column(WHY, CellStyle(tone="muted"))
