"""Who can read a visit, in names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.sync.shares import ShareRole
from observe_app.ui.widgets import ElidedLabel, Rule, SectionHead, TextLabel

if TYPE_CHECKING:
    from observe_app.ui.follow_up.loaded import Loaded


class Readers(QWidget):
    """Says in names who can read this, and who decides about that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readers")
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self.head = SectionHead(self.tr("Who can read this"), "", self)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.last = TextLabel("", self, step="small", tone="muted", wrap=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addLayout(self._column)
        outer.addSpacing(8)
        outer.addWidget(self.last)
        outer.addStretch(1)

    @property
    def names(self) -> tuple[str, ...]:
        """Names from top to bottom."""
        return tuple(name for name, _role, _how in self._shown)

    def show_loaded(self, loaded: Loaded) -> None:
        """Show who can read the visit as it stands."""
        released = loaded.release is not None
        teacher = loaded.visit.teacher or self.tr("Not named yet")
        if not loaded.rights.writes:
            self._show_rows(self._theirs(loaded))
            return
        rows = []
        if released:
            rows.append((teacher, self.tr("teacher"), self.tr("decides who else may")))
        rows.append((self.tr("You"), self.tr("observer"), "" if released else self.tr("in this program")))
        if not released:
            rows.append((teacher, self.tr("teacher"), self.tr("once it is released")))
        for reader in loaded.readers:
            how = self.tr("added by the teacher") if reader.via == "reply" else self.tr("entered by you")
            rows.append((reader.name, self.tr("reader"), how))
        self.last.setText(
            self.tr("Nobody else. Who has the file can read it.")
            if released
            else self.tr("Nobody else. It stays on this computer.")
        )
        if released and loaded.rights.shared:
            self.last.setText(self.tr("The badge above says how each of them gets it."))
        self.last.setVisible(not loaded.readers or loaded.rights.shared)
        self._show_rows(rows)

    def _theirs(self, loaded: Loaded) -> list[tuple[str, str, str]]:
        """Say who reads a visit that somebody else wrote."""
        visit, mine = loaded.visit, loaded.rights.role
        teaches = mine is ShareRole.TEACHER
        rows = [
            (self.tr("You") if teaches else visit.teacher, self.tr("teacher"), self.tr("decides who else may")),
            (self._writer(loaded), self.tr("observer"), self._named(loaded)),
        ]
        rows += [(reader.name, self.tr("reader"), "") for reader in loaded.readers]
        self.last.setText(self.tr("The badge above says how each of them gets it."))
        self.last.show()
        return rows

    def _writer(self, loaded: Loaded) -> str:
        """Return who signed the visit, whoever is named in it."""
        signed = loaded.wrote.name if loaded.wrote is not None else loaded.visit.observer
        return signed or self.tr("Somebody without a card")

    def _named(self, loaded: Loaded) -> str:
        named = loaded.wrote.named if loaded.wrote is not None else ""
        return self.tr("the visit names {name}").format(name=named) if named else ""

    def _show_rows(self, rows: list[tuple[str, str, str]]) -> None:
        if tuple(rows) != self._shown:
            self._shown = tuple(rows)
            self._fill()

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, role, how in self._shown:
            line = QWidget(self)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 7, 0, 7)
            row.setSpacing(8)
            row.addWidget(ElidedLabel(name, line, weight=600))
            row.addWidget(TextLabel(role, line, tone="muted"))
            row.addStretch(1)
            row.addWidget(TextLabel(how, line, tone="muted"))
            self._column.addWidget(line)
            self._column.addWidget(Rule(self))
