"""The name of the protocol as a menu: choose another one, make one of the school's own, bring in or write a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget

from observe_app.domain.errors import FormInvalid, ObserveError
from observe_app.domain.form import text_in
from observe_app.services import form_words, protocols
from observe_app.ui.errors import describe
from observe_app.ui.i18n import writing_language
from observe_app.ui.talk.protocol_sheet import ProtocolSheet
from observe_app.ui.theme import font, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.protocol import Protocol
    from observe_app.services.core import Core
    from observe_app.services.protocols import ListedProtocol

_LEAST = 44
_AROUND = 22 + 10 + 14
_FILES = "TOML (*.toml)"


class ProtocolButton(Button):
    """Names the protocol and opens its menu.

    Signals:
        chosen: id of the protocol that the person wants. failed: ObserveError of an act of the menu.
        told: a sentence about what was done.
    """

    chosen = Signal(str)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("", parent, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, tone="muted")
        self._core = core
        self._protocol: Protocol | None = None
        self._title = ""
        self._room: int | None = None  # px, None before anybody said
        self.setObjectName("protocol")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters; the title is cut to what there is."""
        return QSize(min(scaled(_LEAST + _AROUND), self.sizeHint().width()), self.sizeHint().height())

    def show_protocol(self, protocol: Protocol) -> None:
        """Name this protocol."""
        self._protocol, self._title = protocol, text_in(protocol.title, writing_language())
        about = text_in(protocol.about, writing_language())
        self.setAccessibleName(self.tr("Protocol: {title}").format(title=self._title))
        self.setToolTip("\n".join(words for words in (self._title, about) if words))  # the title may stand there cut
        self._cut()

    def give_room(self, width: int) -> None:
        """Say how wide the button may be; the title is cut to it."""
        self._room = width
        self._cut()

    def _cut(self) -> None:
        shown = self._title
        if self._room is not None:
            metrics = QFontMetrics(font("small", weight=600))
            room = max(scaled(_LEAST), self._room - scaled(_AROUND))
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.updateGeometry()

    # The menu.

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        try:
            listed = protocols.listing(self._core)
        except ObserveError as error:
            self.failed.emit(error)
            return
        group = QActionGroup(self._menu)
        own = [one for one in listed if one.own]
        for one in (*(one for one in listed if not one.own), None, *own):
            if one is None:
                if own:
                    self._menu.addSeparator()
                continue
            self._add_protocol(one, group)
        self._menu.addSeparator()
        is_own = self._protocol is not None and any(one.protocol.id == self._protocol.id for one in own)
        self._add(self.tr("A protocol of our own…"), self._on_new, "plus")
        self._add(self.tr("Change this one…") if is_own else self.tr("Change a copy…"), self._on_change, "pencil")
        if is_own:
            self._add(self.tr("Remove…"), self._on_remove, "trash-2")
        self._menu.addSeparator()
        self._add(self.tr("Bring in a file…"), self._on_import, "download")
        self._add(self.tr("Save as a file…"), self._on_export, "upload")

    def _add_protocol(self, one: ListedProtocol, group: QActionGroup) -> None:
        title = text_in(one.protocol.title, writing_language())
        words = self.tr("{title}, {minutes} min").format(title=title, minutes=one.protocol.minutes)
        action = QAction(words.replace("&", "&&"), self._menu)
        action.setCheckable(True)
        action.setChecked(self._protocol is not None and one.protocol.id == self._protocol.id)
        action.setProperty("protocol", one.protocol.id)
        action.setToolTip(text_in(one.protocol.about, writing_language()))
        action.triggered.connect(self._on_chosen)
        group.addAction(action)
        self._menu.addAction(action)
        self._menu.setToolTipsVisible(True)

    def _add(self, words: str, slot: object, name: str) -> None:
        from observe_app.ui.theme import icon  # noqa: PLC0415  (icons are drawn when the menu first opens)

        action = QAction(icon(name), words, self._menu)
        action.triggered.connect(slot)
        self._menu.addAction(action)

    # Slots.

    @Slot()
    def _on_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(str(action.property("protocol")))

    @Slot()
    def _on_new(self) -> None:
        self._open_sheet(None)

    @Slot()
    def _on_change(self) -> None:
        self._open_sheet(self._protocol)

    def _open_sheet(self, protocol: Protocol | None) -> None:
        sheet = ProtocolSheet(self._core, protocol, self)
        sheet.kept.connect(self._on_kept)
        sheet.open_over()

    @Slot(object)
    def _on_kept(self, protocol: Protocol) -> None:
        self.chosen.emit(protocol.id)

    @Slot()
    def _on_remove(self) -> None:
        sheet = Sheet(self.tr("Remove “{title}”?").format(title=self._title), self, width=520)
        words = self.tr("It goes from this menu. Visits in whose conversation it was used keep their copy.")
        sheet.body.addWidget(TextLabel(words, sheet, wrap=True))
        sheet.add_safe(self.tr("Keep it"))
        sheet.add_main(self.tr("Remove protocol"))
        sheet.accepted.connect(self._on_removed)
        sheet.open_over()

    @Slot()
    def _on_removed(self) -> None:
        if self._protocol is None:
            return
        try:
            protocols.drop(self._core, self._protocol.id)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.told.emit(self.tr("Protocol removed."))

    @Slot()
    def _on_import(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(self, self.tr("Bring in a protocol"), "", _FILES)
        if not name:
            return
        try:
            kept = protocols.import_file(self._core, Path(name))
        except FormInvalid as error:
            self._say_problems(error)
        except ObserveError as error:
            self.failed.emit(error)
        else:
            self.chosen.emit(kept.id)

    def _say_problems(self, error: FormInvalid) -> None:
        sheet = Sheet(describe(error).title, self, width=620)
        for problem in error.problems[:8]:
            place = self.tr("Line {line}").format(line=problem.line) if problem.line else ""
            where = ", ".join(part for part in (place, problem.where) if part)
            words = form_words.problem_text(problem)
            label = TextLabel(f"{where}: {words}" if where else words, sheet, wrap=True)
            sheet.body.addWidget(label)
        sheet.add_safe(self.tr("Close"))
        sheet.open_over()

    @Slot()
    def _on_export(self) -> None:
        if self._protocol is None:
            return
        name, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Save the protocol"), f"{self._protocol.id}.toml", _FILES
        )
        if not name:
            return
        try:
            protocols.export_file(self._core, self._protocol.id, Path(name))
        except ObserveError as error:
            self.failed.emit(error)
        else:
            self.told.emit(self.tr("Saved as {name}.").format(name=Path(name).name))
