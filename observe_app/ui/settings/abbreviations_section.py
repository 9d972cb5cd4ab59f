"""The school's abbreviations: short words that become long ones in the note line."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from observe_app.domain.abbreviations import MAX_SHORT
from observe_app.services import abbreviations
from observe_app.services.abbreviations import MAX_LONG, PairsRead
from observe_app.ui.settings.parts import SettingsSection, row_of
from observe_app.ui.settings.paste_sheet import PasteSheet
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import Button, ButtonKind, LineEdit, MessageKind, RowDelegate, RowList, TextLabel
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from observe_app.services.abbreviations import Pairs
    from observe_app.services.core import Core
    from observe_app.ui.widgets.rows import Index

_ROW = 30
_SHOWN = 8
_SHORT_SHARE = 0.28
_SHORT_WIDTH = 110


class _Pairs(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pairs: Pairs = ()

    def show(self, pairs: Pairs) -> None:
        self.beginResetModel()
        self.pairs = pairs
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        short, long = self.pairs[index.row()]
        return self.tr("{short} becomes {long}").format(short=short, long=long)


class _PairDelegate(RowDelegate):
    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        model = index.model()
        if not isinstance(model, _Pairs):
            return
        short, long = model.pairs[index.row()]
        inner = QRectF(rect).adjusted(12, 0, -12, 0)
        first = inner.width() * _SHORT_SHARE
        left, right = inner.adjusted(0, 0, first - inner.width() - 8, 0), inner.adjusted(first, 0, 0, 0)
        painter.setLayoutDirection(self._view.layoutDirection())
        if self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left.moveRight(inner.right())
            right.moveLeft(inner.left())
        draw_text(painter, left, short, font=font("text", weight=600), color=color("accent"))
        draw_text(painter, right, long, font=font("text", weight=600 if is_selected else None), color=color("ink"))


class AbbreviationsSection(SettingsSection):
    """The list, two fields to add and change, and the ways in and out for many."""

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        told = self.tr(
            "A short word becomes the long one as soon as a blank, a comma or Enter follows it in the note line."
        )
        super().__init__(core, self.tr("Abbreviations"), told, parent)
        self.setObjectName("abbreviations_section")
        self._before: Pairs | None = None
        self._model = _Pairs(self)
        self.list = RowList(self.tr("Abbreviations"), self, row_height=scaled(_ROW))
        self.list.setObjectName("abbreviations_list")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_PairDelegate(self.list))
        self.none_label = TextLabel(
            self.tr("None yet. “ss” for “students” is a good beginning."), self, tone="muted", wrap=True
        )
        self.short_edit = _line(self, "short_edit", self.tr("Short"), MAX_SHORT)
        self.short_edit.setFixedWidth(scaled(_SHORT_WIDTH))
        self.long_edit = _line(self, "long_edit", self.tr("Long"), MAX_LONG)
        self.add_button = Button(self.tr("Add"), self, icon="plus")
        self.add_button.setObjectName("abbreviation_add")
        self.why_label = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.why_label.hide()
        self.remove_button = Button(self.tr("Remove"), self, icon="trash-2")
        self.remove_button.setObjectName("abbreviation_remove")
        self.again_button = Button(self.tr("Bring it back"), self, kind=ButtonKind.LINK)
        self.again_button.setObjectName("abbreviation_again")
        self.again_button.hide()
        self.paste_button = Button(self.tr("Paste many…"), self, icon="clipboard-paste")
        self.import_button = Button(self.tr("Read a CSV…"), self, icon="upload")
        self.export_button = Button(self.tr("Save as CSV…"), self, icon="download")
        self.column.addWidget(self.none_label)
        self.column.addWidget(self.list)
        self.column.addLayout(row_of(self.short_edit, self.long_edit, self.add_button, stretch=False))
        self.column.addWidget(self.why_label)
        self.column.addLayout(row_of(self.remove_button, self.again_button))
        self.column.addLayout(row_of(self.paste_button, self.import_button, self.export_button))
        self._connect()

    @property
    def pairs(self) -> Pairs:
        """What is listed."""
        return self._model.pairs

    def reload(self) -> None:
        """Show what is kept now."""
        self._show(abbreviations.good(self.core.settings.get().abbreviations))

    @Slot(object)
    def add_pairs(self, pairs: Pairs) -> None:
        """Add many at once; what they say of a short word counts from now on."""
        self._keep(abbreviations.merged(self.pairs, pairs))

    @Slot(str)
    def read_from(self, chosen: str) -> None:
        """Add the abbreviations of a file, and say how many and what was not understood."""
        read = PairsRead(())

        def reading() -> None:
            nonlocal read
            read = abbreviations.read_file(Path(chosen))

        if not self.attempt(reading):
            return
        self.add_pairs(read.pairs)
        words = self.tr("{n} abbreviations read.").format(n=len(read.pairs))
        if read.not_understood:
            more = self.tr("{n} lines were not understood, the first is line {line}.")
            more = more.format(n=len(read.not_understood), line=read.not_understood[0])
            self.say(f"{words} {more}", MessageKind.LOOK)
        else:
            self.say(words, icon="check")

    @Slot(str)
    def write_to(self, chosen: str) -> None:
        """Save the abbreviations as CSV."""
        if self.attempt(partial(abbreviations.write_file, Path(chosen), self.pairs)):
            self.say(self.tr("Saved: {name}").format(name=Path(chosen).name), icon="check")

    # -- slots

    @Slot()
    def _on_add(self) -> None:
        short, long = self.short_edit.text().strip(), " ".join(self.long_edit.text().split())
        why = abbreviations.why_not(short, long)
        self.why_label.setText(self._why(why) if why else "")
        self.why_label.setVisible(bool(why))
        if why:
            (self.long_edit if short and not long else self.short_edit).setFocus()
            return
        if self._keep(abbreviations.merged(self.pairs, ((short, long),))):
            self.short_edit.clear()
            self.long_edit.clear()
            self._choose(short)
        self.short_edit.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        row, before = self.list.currentIndex().row(), self.pairs
        if row < 0 or not self._keep((*before[:row], *before[row + 1 :])):
            return
        self._before = before
        self.again_button.show()
        if self.pairs:
            self.list.setCurrentIndex(self._model.index(min(row, len(self.pairs) - 1)))
            self.list.setFocus()
        else:
            self.again_button.setFocus()

    @Slot()
    def _on_again(self) -> None:
        if self._before is not None:
            self._keep(self._before)
            self.list.setFocus()

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        """Take a pair into the fields, to be changed there."""
        short, long = self.pairs[index.row()]
        self.short_edit.setText(short)
        self.long_edit.setText(long)
        self.long_edit.setFocus()
        self.long_edit.selectAll()

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        self.remove_button.setEnabled(index.isValid())

    @Slot()
    def _on_paste(self) -> None:
        sheet = PasteSheet(self)
        sheet.pairs_given.connect(self.add_pairs)
        sheet.open_over()

    @Slot()
    def _on_import(self) -> None:
        dialog = QFileDialog(self, self.tr("Read abbreviations"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Tables (*.csv *.txt *.tsv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_from)
        dialog.open()

    @Slot()
    def _on_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Save abbreviations"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.tr("Abbreviations"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write_to)
        dialog.open()

    # -- helpers

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._on_add)
        self.short_edit.returnPressed.connect(self._on_add)
        self.long_edit.returnPressed.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.again_button.clicked.connect(self._on_again)
        self.paste_button.clicked.connect(self._on_paste)
        self.import_button.clicked.connect(self._on_import)
        self.export_button.clicked.connect(self._on_export)
        self.list.opened.connect(self._on_opened)
        self.list.selected.connect(self._on_selected)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_remove)

    def _keep(self, pairs: Pairs) -> bool:
        self._before = None
        self.again_button.hide()
        kept = self.attempt(partial(abbreviations.keep, self.core, pairs))
        if kept:
            self.reload()
        return kept

    def _show(self, pairs: Pairs) -> None:
        self._model.show(pairs)
        self.none_label.setVisible(not pairs)
        self.list.setVisible(bool(pairs))
        self.list.setFixedHeight(scaled(_ROW) * max(1, min(_SHOWN, len(pairs))) + 2)
        for button in (self.remove_button, self.export_button):
            button.setVisible(bool(pairs))
        self.remove_button.setEnabled(self.list.currentIndex().isValid())

    def _choose(self, short: str) -> None:
        row = next((row for row, pair in enumerate(self.pairs) if pair[0].casefold() == short.casefold()), -1)
        if row >= 0:
            self.list.setCurrentIndex(self._model.index(row))
            self.list.scrollTo(self._model.index(row))

    def _why(self, why: str) -> str:
        return {
            "empty": self.tr("Both words are needed."),
            "blank_inside": self.tr("The short word has no blank in it."),
            "sign": self.tr("A short word begins with none of # > @ /: these mean something in the note line."),
        }.get(why, self.tr("That is too long."))


def _line(parent: QWidget, name: str, words: str, most: int) -> LineEdit:
    edit = LineEdit("", parent, placeholder=words)
    edit.setObjectName(name)
    edit.setAccessibleName(words)
    edit.setMaxLength(most)
    return edit
