"""The page once a folder is shared: how it stands, who takes part, what was not let in, what was done."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from observe_app.services.sync.status import Standing
from observe_app.ui.shared_folder.colleague_list import ColleagueList
from observe_app.ui.shared_folder.counts_part import CountsPart
from observe_app.ui.shared_folder.folder_block import FolderBlock
from observe_app.ui.shared_folder.lists import LineList
from observe_app.ui.shared_folder.own_side import OwnSide
from observe_app.ui.shared_folder.parts import IconLine
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Field, LineEdit, ScrollPane, SectionHead, TextLabel
from observe_app.ui.widgets.layout import bounded, side_width

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.clock import Clock
    from observe_app.domain.sync.card import Colleague
    from observe_app.domain.sync.progress import Progress
    from observe_app.services.sync.status import Line, NotLetIn, Overview

_SIDE, _SIDE_NARROW = 330, 264
_NARROW_BELOW = 1150
_COLUMN = 780
_FEW_LINES = 8


class RunningView(QWidget):
    """Shows what it is given; acts go out by signal.

    Signals:
        round_asked: exchange now. unlock_asked: a passphrase. also_asked: show what two people wrote.
        pause_asked, open_asked, move_asked, leave_asked: as of `FolderBlock`. told_asked: as of `CountsPart`.
    """

    round_asked = Signal()
    unlock_asked = Signal(str)
    also_asked = Signal()
    pause_asked = Signal(str, bool)
    open_asked = Signal(str)
    move_asked = Signal(str)
    leave_asked = Signal(str)
    told_asked = Signal(str, bool)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._lines: tuple[Line, ...] = ()
        self._all_lines = False
        self._order: tuple[QWidget, ...] = ()
        self._names: dict[str, str] = {}
        self.blocks: dict[str, FolderBlock] = {}
        self.pane = ScrollPane(self, exact=True)
        self.pane.body.setContentsMargins(24, 20, 32, 24)
        holder = QWidget(self)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.pane.body.addLayout(bounded(holder, scaled(_COLUMN)))
        self.pane.body.addStretch(1)
        self.side = OwnSide(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pane, 1)
        row.addWidget(self.side)
        self._build()

    # --- showing ----------------------------------------------------------------------------------

    def show_overview(self, found: Overview, trouble: str = "") -> None:
        """Show how everything stands; `trouble` is why no round could be run at all, "" for none."""
        self._names = {one.folder.id: one.folder.name for one in found.folders}
        locked = found.standing is Standing.LOCKED
        self.unlock.setVisible(locked)
        self.trouble.setVisible(bool(trouble) and not locked)
        self.trouble.show_words("triangle-alert", "warm", trouble)
        self.changed_line.setVisible(bool(found.changed))
        names = ", ".join(found.changed)
        words = self.tr(
            "Another number than before, or a name twice: {names}. Nothing is shared there until you compared."
        )
        self.changed_line.show_words("triangle-alert", "err", words.format(names=names))
        self._show_also(found.conflicts)
        for folder_id in [one for one in self.blocks if one not in self._names]:
            block = self.blocks.pop(folder_id)
            if block.isAncestorOf(self.round_button):
                self.round_button.setParent(self)
            self._folders.removeWidget(block)
            block.hide()
            block.deleteLater()
        for one in found.folders:
            if one.folder.id in self.blocks:
                self.blocks[one.folder.id].show_status(one)
                continue
            block = self.blocks[one.folder.id] = FolderBlock(one, self._clock, self)
            block.pause_asked.connect(self.pause_asked)
            block.open_asked.connect(self.open_asked)
            block.move_asked.connect(self.move_asked)
            block.leave_asked.connect(self.leave_asked)
            self._folders.addWidget(block)
        first = next(iter(self.blocks.values()), None)
        if first is not None and not first.isAncestorOf(self.round_button):
            first.hold(self.round_button)
            self.round_button.show()
        self._order_tabs()

    def _show_also(self, count: int) -> None:
        one = self.tr("In one place two people wrote without seeing each other’s words. Both are kept.")
        many = self.tr("In {n} places two people wrote without seeing each other’s words. All of it is kept.")
        self.also_part.setVisible(bool(count))
        self.also_line.show_words("pencil-line", "warm", one if count == 1 else many.format(n=count))

    def show_people(self, people: Sequence[Colleague], *, kept: bool) -> None:
        """Show who takes part; `kept`: the twelve words are safe."""
        self.people.show_people(people)
        others = [one for one in people if not one.me]
        self.compare_label.setVisible(bool(others))
        unchecked = sum(one.checked is None for one in others)
        if not others:
            words = self.tr("only you so far")
        elif unchecked:
            words = self.tr("{unchecked} of {n} not compared yet").format(n=len(others), unchecked=unchecked)
        else:
            words = self.tr("all {n} compared").format(n=len(others))
        self.people_head.set_right(words)
        number = next((one.number for one in people if one.me), "")
        self.side.show_own(number, kept=kept)
        self._order_tabs()

    def show_counts(self, found: Sequence[Progress], told: Collection[str]) -> None:
        """Show how far people's visits came; `told`: ids of the folders in which one's own numbers are told."""
        self.counts.show_counts(found, self._names, told)
        self._order_tabs()

    def show_refused(self, found: Sequence[NotLetIn]) -> None:
        """Show what was not let in; the part is away where there is nothing."""
        self.refused_part.setVisible(bool(found))
        self.refused_head.set_right(str(len(found)) if found else "")
        self.refused.show_refused(found)

    def show_log(self, lines: Sequence[Line]) -> None:
        """Show what was done, newest first."""
        self._lines = tuple(lines)
        few = self._lines if self._all_lines else self._lines[:_FEW_LINES]
        self.log.show_log(few, self._names)
        self.more_button.setVisible(not self._all_lines and len(self._lines) > _FEW_LINES)

    def set_busy(self, *, busy: bool) -> None:
        """A round runs, or has ended."""
        self.round_button.set_disabled_because(self.tr("It is being exchanged just now") if busy else "")

    def start_widget(self) -> QWidget:
        """What exchanges, or the first button of the folder while that is going on."""
        first = next(iter(self.blocks.values()), None)
        return self.round_button if self.round_button.isEnabled() or first is None else first.pause_button

    def _order_tabs(self) -> None:
        """Tab goes as one reads, whatever was made first."""
        blocks = [part for one in self.blocks.values() for part in (one.pause_button, one.open_button, one.more_button)]
        order = (
            self.pass_edit, self.unlock_button, self.also_button, self.round_button, *blocks,
            *self.people.findChildren(Button), *self.counts.boxes.values(), self.more_button,
            *self.side.findChildren(QAbstractButton),
        )  # fmt: skip
        if order != self._order:
            self._order = order
            for before, after in pairwise(order):
                QWidget.setTabOrder(before, after)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_more(self) -> None:
        self._all_lines = True
        self.show_log(self._lines)

    @Slot()
    def _on_unlock(self) -> None:
        if self.pass_edit.text():
            self.unlock_asked.emit(self.pass_edit.text())

    # --- Qt ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way in a small window."""
        super().resizeEvent(event)
        self.side.setFixedWidth(side_width(event.size().width(), wide=_SIDE, narrow=_SIDE_NARROW, below=_NARROW_BELOW))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_unlock()
        self.trouble = IconLine("triangle-alert", "warm", "", self)
        self.trouble.setObjectName("sharing_trouble")
        self.changed_line = IconLine("triangle-alert", "err", "", self)
        self.changed_line.setObjectName("changed_keys")
        for line in (self.trouble, self.changed_line):
            line.hide()
            self._column.addWidget(line)
        self._build_also()
        folders = QWidget(self)
        self._folders = QVBoxLayout(folders)
        self._folders.setContentsMargins(0, 0, 0, 0)
        self._folders.setSpacing(28)
        self._column.addWidget(folders)
        self._column.addSpacing(28)
        self.people_head = SectionHead(self.tr("Colleagues"), "", self)
        self.people = ColleagueList(self._clock, self)
        told = self.tr(
            "Your colleague’s screen shows the same number beside their own name. Compare when you sit together."
        )
        self._column.addWidget(self.people_head)
        self._column.addSpacing(6)
        self.compare_label = TextLabel(told, self, step="small", tone="muted", wrap=True)
        self._column.addWidget(self.compare_label)
        self._column.addSpacing(4)
        self._column.addWidget(self.people)
        self._column.addSpacing(28)
        self.counts = CountsPart(self)
        self._column.addWidget(self.counts)
        self.counts.told_asked.connect(self.told_asked)
        self._build_refused()
        self._column.addSpacing(28)
        self.log_head = SectionHead(self.tr("What was done"), "", self)
        self.round_button = Button(
            self.tr("Exchange now"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="folder-sync", keys="F5"
        )
        self.round_button.hide()
        self.round_button.setObjectName("exchange_now")
        self.log = LineList(self._clock, self)
        self.more_button = Button(self.tr("Show all"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.more_button.setObjectName("log_more")
        self._column.addWidget(self.log_head)
        self._column.addWidget(self.log)
        self._column.addWidget(self.more_button)
        self.round_button.clicked.connect(self.round_asked)
        self.more_button.clicked.connect(self._on_more)

    def _build_unlock(self) -> None:
        self.unlock = QWidget(self)
        column = QVBoxLayout(self.unlock)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(10)
        self.pass_edit = LineEdit("", self)
        self.pass_edit.setObjectName("unlock_passphrase")
        self.pass_edit.setEchoMode(QLineEdit.EchoMode.Password)
        hint = self.tr("Your words are protected by it. Nothing is exchanged before; what you write is saved here.")
        self.pass_field = Field(self.tr("Your passphrase"), self.pass_edit, self, hint=hint)
        self.pass_edit.setMaximumWidth(scaled(400))
        self.unlock_button = Button(self.tr("Unlock"), self, kind=ButtonKind.PRIMARY)
        self.unlock_button.setObjectName("unlock_button")
        column.addWidget(self.pass_field)
        column.addWidget(self.unlock_button)
        self.unlock.hide()
        self._column.addWidget(self.unlock)
        self.pass_edit.returnPressed.connect(self._on_unlock)
        self.unlock_button.clicked.connect(self._on_unlock)

    def _build_also(self) -> None:
        self.also_part = QWidget(self)
        row = QHBoxLayout(self.also_part)
        row.setContentsMargins(0, 4, 0, 20)
        row.setSpacing(12)
        self.also_line = IconLine("pencil-line", "warm", "", self)
        self.also_button = Button(self.tr("Look"), self, size=ButtonSize.SMALL)
        self.also_button.setObjectName("look_also")
        row.addWidget(self.also_line, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.also_button)
        self.also_part.hide()
        self._column.addWidget(self.also_part)
        self.also_button.clicked.connect(self.also_asked)

    def _build_refused(self) -> None:
        self.refused_part = QWidget(self)
        self.refused_part.setObjectName("refused_part")
        column = QVBoxLayout(self.refused_part)
        column.setContentsMargins(0, 28, 0, 0)
        column.setSpacing(0)
        self.refused_head = SectionHead(self.tr("Not let in"), "", self)
        told = self.tr(
            "It came through the folder, and whoever wrote it had no right to. "
            "It is kept apart; your record is as it was."
        )
        self.refused = LineList(self._clock, self)
        column.addWidget(self.refused_head)
        column.addSpacing(6)
        column.addWidget(TextLabel(told, self, step="small", tone="muted", wrap=True))
        column.addWidget(self.refused)
        self.refused_part.hide()
        self._column.addWidget(self.refused_part)
