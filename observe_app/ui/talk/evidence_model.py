"""Rows that can become evidence, as a one-column table: they can be picked and dragged, and stay where they are."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()


class EvidenceModel(QAbstractTableModel):
    """What notes and views have in common; whoever inherits it says how many rows there are and what is in them."""

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else self._count()

    def columnCount(self, parent: _Index = _NOTHING) -> int:
        """Return 1: the delegate lays out the row."""
        return 0 if parent.isValid() else 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that rows can be picked and dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        """Return that a drag links and never moves."""
        return Qt.DropAction.LinkAction | Qt.DropAction.CopyAction

    def _count(self) -> int:
        """Return how many rows are shown."""
        raise NotImplementedError
