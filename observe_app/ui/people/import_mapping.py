"""Which column of a list is what: a row for each, with what stands in it and a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.services.exchange.columns import PEOPLE_ROLES
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, ElidedLabel, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.services.exchange.people_in import PeopleFile


def role_word(role: str) -> str:
    """Return what a column can be, as an entry of a list."""
    tr = QCoreApplication.translate
    return {
        "": tr("people", "Not used"), "name": tr("people", "Name"), "first": tr("people", "First name"),
        "last": tr("people", "Last name"), "email": tr("people", "E-mail"),
        "staff_id": tr("people", "Staff number"), "subjects": tr("people", "Subjects"),
        "roles": tr("people", "Usual role"), "pronouns": tr("people", "Pronouns"),
        "building": tr("people", "Building"), "manager": tr("people", "Line manager"),
        "week_load": tr("people", "Visits a week at most"), "language": tr("people", "Language"),
        "left_on": tr("people", "Last day"),
    }.get(role, role)  # fmt: skip


class MappingGrid(QWidget):
    """Columns of a file in two halves beside each other.

    Signals:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, ComboBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(20))
        self._grid.setVerticalSpacing(scaled(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)

    def show_file(self, found: PeopleFile) -> None:
        """Show the columns of a file, each as what it seems to be."""
        clear_layout(self._grid)
        self.boxes = {}
        half = (len(found.columns) + 1) // 2
        for place, one in enumerate(found.columns):
            box = ComboBox(self)
            box.setObjectName(f"import_column_{one.letter}")
            for role in ("", *PEOPLE_ROLES):
                box.addItem(role_word(role), role)
            box.setCurrentIndex(max(box.findData(one.role), 0))
            box.setFixedWidth(scaled(168))
            head = one.head or self.tr("Column {letter}").format(letter=one.letter)
            box.setAccessibleName(self.tr("What {head} is").format(head=head))
            box.activated.connect(self._on_chosen)
            self.boxes[one.letter] = box
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(ElidedLabel(head, self, step="text", weight=600))
            words.addWidget(ElidedLabel(one.sample or self.tr("empty"), self, step="small", tone="muted"))
            cell = QWidget(self)
            line = QHBoxLayout(cell)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(scaled(10))
            line.addLayout(words, 1)
            line.addWidget(box, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(cell, place % half, place // half)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)

    def mapping(self) -> dict[str, str]:
        """Return role to column letter; what no column is, is left out on purpose."""
        found = dict.fromkeys(PEOPLE_ROLES, "")
        for letter, box in self.boxes.items():
            role = str(box.currentData() or "")
            if role and not found[role]:
                found[role] = letter
        return found

    @Slot()
    def _on_chosen(self) -> None:
        """A role has one column: whoever had it before has none now."""
        chosen = self.sender()
        if isinstance(chosen, ComboBox) and chosen.currentData():
            for box in self.boxes.values():
                if box is not chosen and box.currentData() == chosen.currentData():
                    box.setCurrentIndex(0)
        self.changed.emit()


def encoding_words(encoding: str) -> str:
    """Return how a text file was read, "" for a workbook."""
    if not encoding:
        return ""
    return QCoreApplication.translate("people", "read as {encoding}").format(encoding=encoding.upper())


def lead_label(parent: QWidget) -> TextLabel:
    """Return the line that says which file it is."""
    return TextLabel("", parent, step="body", tone="muted", wrap=True)
