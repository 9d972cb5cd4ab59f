"""The codes of one side as a table that is typed into."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from observe_app.domain.form import Category, Code, Side
from observe_app.domain.form_ids import slug, unique_id
from observe_app.domain.form_texts import text_of, with_text

if TYPE_CHECKING:
    from observe_app.ui.widgets.rows import Index

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/+&_-]{0,11}")
_ROOT = QModelIndex()


class Column(IntEnum):
    """What stands where."""

    KEY = 0
    CODE = 1
    MEANING = 2
    CATEGORY = 3
    ALIASES = 4
    COMMENT = 5


class CodesModel(QAbstractTableModel):
    """One side.

    Signals:
        edited: the person changed something.
        refused: a code that cannot be one, with what was typed.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._side = Side("", (), ())
        self._language = ""

    @property
    def side(self) -> Side:
        """The side as it is on the screen."""
        return self._side

    def show(self, side: Side, language: str) -> None:
        """Show a side in a language; keeps its rows where their number is the same."""
        same = len(side.codes) == len(self._side.codes)
        if not same:
            self.beginResetModel()
        self._side, self._language = side, language
        if not same:
            self.endResetModel()
        elif side.codes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(side.codes) - 1, len(Column) - 1))

    def code(self, number: int) -> Code | None:
        """Return the code in a row."""
        return self._side.codes[number] if 0 <= number < len(self._side.codes) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each code."""
        return 0 if parent.isValid() else len(self._side.codes)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As `Column` has it."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return self._tips()[section]
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Key"), self.tr("Code"), self.tr("Meaning"), self.tr("Counted as"), self.tr("Also written"),
            self.tr("Words"),
        )[section]  # fmt: skip

    def _tips(self) -> tuple[str, ...]:
        return (
            self.tr("The key that ticks it"),
            self.tr("As it is written on a sheet"),
            self.tr("In two or three words"),
            self.tr("Codes with the same word here are counted together"),
            self.tr("How other sheets write it; several are parted by commas"),
            self.tr("Whether a tick asks for words beside it"),
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell is typed into; the last is ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() != Column.COMMENT:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell."""
        code = self.code(index.row()) if index.isValid() else None
        if code is None:
            return None
        column = Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if column is Column.COMMENT:
                return ""
            return self._words(code, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.COMMENT:
            return self.tr("asks for words") if code.comment else self.tr("asks for no words")
        return None

    def setData(  # noqa: N802  (Qt's name)
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take what was typed."""
        code = self.code(index.row())
        if code is None or role != Qt.ItemDataRole.EditRole:
            return False
        text = " ".join(str(value).split())
        column = Column(index.column())
        if text == self._words(code, column):
            return False
        if column is Column.CODE and not _CODE.fullmatch(text):
            self.refused.emit(text)
            return False
        if column is Column.CATEGORY:
            self._set_category(index.row(), text)
        else:
            self.put(index.row(), self._changed(code, column, text))
        return True

    def put(self, number: int, code: Code) -> None:
        """Replace a code."""
        codes = (*self._side.codes[:number], code, *self._side.codes[number + 1 :])
        self._side = replace(self._side, codes=codes)
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))
        self.edited.emit()

    def set_codes(self, codes: tuple[Code, ...]) -> None:
        """Replace all codes: one was added, moved or taken away."""
        self.beginResetModel()
        self._side = replace(self._side, codes=codes)
        self.endResetModel()
        self.edited.emit()

    def set_label(self, text: str) -> None:
        """Name the side; without an id yet it gets one from its name."""
        self._side = replace(self._side, label=with_text(self._side.label, self._language, text))
        self.edited.emit()

    def _words(self, code: Code, column: Column) -> str:
        if column is Column.MEANING:
            return text_of(code.label, self._language)
        if column is Column.CATEGORY:
            found = next((one for one in self._side.categories if one.id == code.category), None)
            return text_of(found.label, self._language) or text_of(found.label) if found is not None else ""
        return {
            Column.KEY: code.hotkey.upper(), Column.CODE: code.id, Column.ALIASES: ", ".join(code.aliases),
        }.get(column, "")  # fmt: skip

    def _changed(self, code: Code, column: Column, text: str) -> Code:
        if column is Column.KEY:
            return replace(code, hotkey=text.casefold()[:1])
        if column is Column.CODE:
            others = {one.id for one in self._side.codes if one is not code}
            return replace(code, id=unique_id(text, others))
        if column is Column.MEANING:
            return replace(code, label=with_text(code.label, self._language, text))
        aliases = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        return replace(code, aliases=aliases)

    def _set_category(self, number: int, text: str) -> None:
        """Count a code in the category of this name, made where there is none; unused categories go."""
        code = self._side.codes[number]
        known = next((one for one in self._side.categories if text in {words for _code, words in one.label}), None)
        categories = self._side.categories
        if text and known is None:
            made = unique_id(slug(text) or "category", {one.id for one in categories})
            known = Category(made, with_text((), "", text))
            categories = (*categories, known)
        changed = replace(code, category=known.id if known is not None and text else "")
        codes = (*self._side.codes[:number], changed, *self._side.codes[number + 1 :])
        used = {one.category for one in codes}
        kept = tuple(one for one in categories if one.id in used)
        self._side = replace(self._side, codes=codes, categories=kept)
        self.dataChanged.emit(self.index(0, 0), self.index(len(codes) - 1, len(Column) - 1))
        self.edited.emit()
