"""What was sent: which revision, when, to whom, how, as which file, with its fingerprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.follow_up.journal_panel import SmallIcon
from observe_app.ui.follow_up.release_acts import ReleaseActs
from observe_app.ui.moments import list_date, local, time_words, today_of
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, Rule, SectionHead, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.release import Copy
    from observe_app.services.core import Core
    from observe_app.ui.follow_up.loaded import Loaded

_SHORT = 8
_MOST = 6


class CopyRow(QWidget):
    """One copy that left.

    Signals:
        copied: its whole SHA-256 is on the clipboard.
    """

    copied = Signal()

    def __init__(self, copy: Copy, number: int, when: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy = copy
        on_paper = copy.way == "print"
        scope = self.tr("full record") if copy.scope == "record" else self.tr("summary")
        what = self.tr("revision {n}, {scope}").format(n=number, scope=scope)
        who = copy.reader or self.tr("Nobody named")
        how = self.tr("printed") if on_paper else copy.file_name
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(SmallIcon("printer" if on_paper else "file-down", self))
        first.addWidget(ElidedLabel(who, self, weight=600))
        first.addWidget(TextLabel(what, self, tone="muted"))
        first.addStretch(1)
        first.addWidget(TextLabel(when, self, step="small", tone="muted", tabular=True))
        second = QHBoxLayout()
        second.setSpacing(8)
        second.setContentsMargins(23, 0, 0, 0)
        second.addWidget(ElidedLabel(how, self, step="small", tone="muted"), 1)
        if copy.sha256:
            self.sum_button = Button(
                self.tr("SHA-256 {start}…").format(start=copy.sha256[:_SHORT]),
                self,
                kind=ButtonKind.LINK,
                size=ButtonSize.SMALL,
                icon="copy",
                tone="muted",
            )
            self.sum_button.setObjectName("copy_sum")
            self.sum_button.setToolTip(self.tr("Copy the whole SHA-256"))
            self.sum_button.setAccessibleName(self.tr("Copy the whole SHA-256 of {name}").format(name=how))
            self.sum_button.clicked.connect(self._on_copy)
            second.addWidget(self.sum_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 7, 0, 5)
        column.setSpacing(0)
        column.addLayout(first)
        column.addLayout(second)
        self.setAccessibleName(", ".join(part for part in (who, what, when, how) if part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.copy.sha256)
        self.copied.emit()


class SentList(QWidget):
    """The copies of a visit's revisions, the newest first.

    Signals:
        said: a sentence about what was just done.
    """

    said = Signal(str)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sent_list")
        self._core = core
        self._shown: tuple[Copy, ...] | None = None
        self._all = False
        self._loaded: Loaded | None = None
        self._rows: list[CopyRow] = []
        self.head = SectionHead(self.tr("What was sent"), "", self)
        self.nothing = TextLabel("", self, tone="muted", wrap=True)
        self.nothing.setContentsMargins(0, 8, 0, 0)
        self.more_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.more_button.setObjectName("sent_more")
        self.more_button.clicked.connect(self._on_more)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.acts = ReleaseActs(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.nothing)
        outer.addLayout(self._column)
        outer.addWidget(self.more_button)
        outer.addWidget(self.acts)
        outer.addStretch(1)

    @property
    def rows(self) -> tuple[CopyRow, ...]:
        """Rows from top to bottom."""
        return tuple(self._rows)

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what went out."""
        self._loaded = loaded
        self.acts.show_loaded(loaded)
        released = loaded.release is not None
        nothing = self.tr("Nothing was released. A draft that is saved is not counted here.")
        if released and loaded.rights.shared and loaded.left:
            nothing = self.tr("It went through the shared folder. No PDF has left this computer.")
        elif released and loaded.rights.shared:
            nothing = self.tr(
                "It goes through the shared folder with the next exchange. No PDF has left this computer."
            )
        elif released:
            nothing = self.tr("No copy has left this computer.")
        self.nothing.setText(nothing)
        self.nothing.setVisible(not loaded.copies)
        self.head.set_right(str(len(loaded.copies)) if loaded.copies else "")
        if loaded.copies != self._shown:
            self._shown = loaded.copies
            self._fill()

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = []
        loaded = self._loaded
        if loaded is None:
            return
        numbers = {release.id: release.number for release in loaded.revisions}
        shown = loaded.copies if self._all else loaded.copies[:_MOST]
        for copy in shown:
            row = CopyRow(copy, numbers.get(copy.release_id, 0), self._when(copy), self)
            row.copied.connect(self._on_copied)
            self._rows.append(row)
            self._column.addWidget(row)
            self._column.addWidget(Rule(self))
        left = len(loaded.copies) - len(shown)
        self.more_button.setText(self.tr("Show {n} earlier").format(n=left))
        self.more_button.setVisible(left > 0)

    def _when(self, copy: Copy) -> str:
        if copy.at is None:
            return ""
        there = local(copy.at, self._core.clock.zone_name())
        day = list_date(there.date(), today_of(self._core.clock))
        return self.tr("{day}, {time}").format(day=day, time=time_words(copy.at, self._core.clock.zone_name()))

    @Slot()
    def _on_copied(self) -> None:
        self.said.emit(self.tr("The whole SHA-256 is on the clipboard."))

    @Slot()
    def _on_more(self) -> None:
        self._all = True
        self._fill()
