"""Everything that is open, in words, as a sheet: each line leads to both versions; a choice can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import also_written, history
from observe_app.ui.also import words
from observe_app.ui.also.dialog import ChoiceSheet, open_dialog
from observe_app.ui.errors import describe
from observe_app.ui.theme import scaled
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ScrollPane, Sheet, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.changes import Changes
    from observe_app.domain.sync.conflict import Conflict
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

_WIDTH = 760
_HEIGHT = 420
_MOST = 200
_KINDS = ("also.",)


class AlsoPage(Sheet):
    """The list of what several people wrote into one place, the latest first; of one visit where that is named."""

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget, *, visit_id: str = "") -> None:
        super().__init__(QCoreApplication.translate("AlsoPage", "Also written"), parent, width=_WIDTH)
        self.setObjectName("also_page")
        self._core, self._bus, self._visit_id = core, bus, visit_id
        self.rows: tuple[TwoLineRow, ...] = ()
        self._cells: dict[str, tuple[str, str, str]] = {}
        self._lead = self.add_lead("")
        self._pane = ScrollPane(self, margin=0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.setContentsMargins(0, 0, 4, 0)  # the ring of a button
        self._pane.body.addLayout(self._list)
        self._pane.body.addStretch(1)
        self.body.addWidget(self._pane)
        self.said = TextLabel("", self, tone="accent", wrap=True)
        self.undo_button = Button(self.tr("Undo"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="undo-2")
        self.undo_button.setObjectName("also_undo")
        self._told = QWidget(self)
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self.said, 1)
        told.addWidget(self.undo_button)
        self._told.hide()
        self.body.addWidget(self._told)
        self.add_safe(self.tr("Close"))
        self.undo_button.clicked.connect(self._on_undo)
        bus.changed.connect(self._on_changed)
        self.reload()

    # --- public -------------------------------------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Show what is open now; the keyboard stays on the line it was on."""
        at = next((number for number, row in enumerate(self.rows) if row.isAncestorOf(self._focus())), None)
        try:
            found = tuple(
                one
                for one in also_written.open_conflicts(self._core)
                if not self._visit_id or one.visit_id == self._visit_id
            )
        except ObserveError as error:
            self._tell(describe(error).text, tone="err", undo=False)
            return
        clear_layout(self._list)
        self._lead.setText(self._words(len(found)))
        self.rows = tuple(self._row(conflict) for conflict in found[:_MOST])
        if at is not None:
            self._focus_row(at)
        QTimer.singleShot(0, self, self._fit)

    def open_over(self) -> None:
        """Show it in its right height; the keyboard starts at the first line."""
        super().open_over()
        self._fit()
        QTimer.singleShot(0, self, self._fit)
        if self.rows:
            self._focus_row(0)

    # --- building -----------------------------------------------------------------------------------------------------

    def _words(self, count: int) -> str:
        if not count:
            return self.tr(
                "Nothing is open. When two people change the same words apart from each other, both are kept and you "
                "are asked here."
            )
        if count == 1:
            return self.tr("One place has more than one version. All are kept until somebody chooses.")
        if count > _MOST:
            return self.tr("{n} places have more than one version; the latest {most} are listed.").format(
                n=count, most=_MOST
            )
        return self.tr("{n} places have more than one version. All are kept until somebody chooses.").format(n=count)

    def _row(self, conflict: Conflict) -> TwoLineRow:
        place = also_written.place_of(self._core, conflict)
        newest = max(conflict.versions, key=lambda one: one.at.isoformat() if one.at else "")
        field = words.field_words(conflict, place)
        button = Button(self.tr("Look"), self, size=ButtonSize.SMALL)
        button.setObjectName("also_look")
        row = TwoLineRow(
            field,
            words.visit_words(self._core, place),
            self._who(conflict),
            self,
            lead=words.day_of(self._core, newest) or self.tr("No date"),
            button=button,
        )
        row.setObjectName("also_row")
        cell = f"{conflict.table} {conflict.row} {conflict.column}"
        for widget in (row, button):
            widget.setProperty("cell", cell)
        row.opened.connect(self._on_opened)
        button.clicked.connect(self._on_opened)
        self._list.addWidget(row)
        return row

    def _who(self, conflict: Conflict) -> str:
        if conflict.kind == "delete":
            return words.deeds(self._core, conflict)
        said = " / ".join(words.value_words(self._core, conflict, one) for one in conflict.versions)
        return self.tr("{names}: {versions}").format(
            names=words.names(self._core, conflict), versions=" ".join(said.split())[:200]
        )

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_opened(self) -> None:
        widget = self.sender()
        if widget is None:
            return
        table, row, column = str(widget.property("cell")).split(" ")
        sheet = open_dialog(self._core, self._bus, (table, row, column), self)
        if isinstance(sheet, ChoiceSheet):
            sheet.settled.connect(self._on_settled)
        else:
            self.reload()

    @Slot(str)
    def _on_settled(self, said: str) -> None:
        self._tell(self.tr("Chosen: {what}.").format(what=said), tone="accent", undo=True)

    @Slot()
    def _on_undo(self) -> None:
        try:
            history.undo(self._core, kinds=_KINDS)
        except ObserveError as error:
            self._tell(describe(error).text, tone="err", undo=False)
            return
        self._tell(self.tr("It is open again."), tone="accent", undo=False)
        if self.rows:
            self._focus_row(0)

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.reload()

    def _tell(self, words_: str, *, tone: str, undo: bool) -> None:
        self.said.set_tone(tone)
        self.said.setText(words_)
        self.undo_button.setVisible(undo)
        self._told.show()
        if undo:
            self.undo_button.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._fit)

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes what the window has."""
        super().resizeEvent(event)
        if self.isVisible():
            QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _fit(self) -> None:
        self.fit(self._pane, scaled(_HEIGHT))
        card = self._card.layout()
        for part in (self.body, card):
            if part is not None:
                part.invalidate()
        self._place()  # at once: the list is taller than what the first frame would show

    def _focus(self) -> QWidget:
        return self.focusWidget() or self

    def _focus_row(self, number: int) -> None:
        if not self.rows:
            return
        for button in self.rows[min(number, len(self.rows) - 1)].findChildren(Button):
            button.setFocus(Qt.FocusReason.OtherFocusReason)


def today_row(core: Core, parent: QWidget) -> TwoLineRow | None:
    """Return Today's line about what is open, None when nothing is; its button and a click on it open the list."""
    tr = QCoreApplication.translate
    try:
        found = also_written.open_conflicts(core)
    except ObserveError:
        return None
    if not found:
        return None
    count = len(found)
    name = (
        tr("AlsoPage", "One place was written by two")
        if count == 1
        else tr("AlsoPage", "{n} places were written by two").format(n=count)
    )
    button = Button(tr("AlsoPage", "Look"), parent, size=ButtonSize.SMALL)
    button.setObjectName("today_also")
    fields = dict.fromkeys(words.field_words(one, also_written.place_of(core, one)) for one in found[:3])
    newest = max((v for one in found for v in one.versions), key=lambda v: v.at.isoformat() if v.at else "")
    row = TwoLineRow(
        name, "", " · ".join(fields), parent, lead=words.day_of(core, newest) or tr("AlsoPage", "New"), button=button
    )
    row.setObjectName("today_also_row")
    return row
