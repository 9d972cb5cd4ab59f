"""The form panel beside a lesson: the sheet over the record of a visit, or the choice of a form where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from observe_app.domain.form import ItemKind
from observe_app.domain.key_table import key_of
from observe_app.ui.form_panel.chooser import FormChooser
from observe_app.ui.form_panel.item_keys import SYSTEM
from observe_app.ui.form_panel.keeper import StoredKeeper
from observe_app.ui.form_panel.on_now import OnNow
from observe_app.ui.form_panel.sheet import FormSheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.event import Event
    from observe_app.domain.form import Form
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.form_panel.form_item import FormItem
    from observe_app.ui.form_panel.keeper import FormKeeper, Lesson
    from observe_app.ui.widgets import ComboBox


class FormPanel(FormSheet):
    """Items of a visit's form in sections; answers and events are stored as they are given.

    Signals:
        form_chosen: id of a form the user wants for this visit.
    """

    form_chosen = Signal(str)

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form_panel")
        self.folds_guidance = True
        self._core = core
        self._bus = bus
        self._stored: StoredKeeper | None = None
        self._chooser: FormChooser | None = None
        self.on_now = OnNow(self)
        self.on_now.pressed_on.connect(self._on_pressed_on)
        self.on_now.ended.connect(self._on_ended)
        self.on_now.sweep_asked.connect(self._on_pressed_on)
        self._column.insertWidget(0, self.on_now)

    @property
    def keeper(self) -> StoredKeeper | None:
        """Who keeps what is filled in, None without a form."""
        return self._stored

    @property
    def form_box(self) -> ComboBox | None:
        """The list of forms to choose from, None while there is a form."""
        return self._chooser.box if self._chooser is not None else None

    def load(
        self, lesson: Lesson, form: Form | None, events: Iterable[Event] | None = None, *, fixed: bool = False
    ) -> None:
        """Show the form of a visit with what was filled in so far; without a form offer to choose one.

        Args:
            lesson: the visit and its clock.
            form: None for none yet.
            events: the visit's where they were read just now; None reads them.
            fixed: the visit has a form that cannot be shown here, and no other one is to be chosen.
        """
        self.flush()
        old, self._stored = self._stored, None
        if form is not None:
            self._stored = StoredKeeper(self._core, self._bus, lesson, form, self, events)
        self._read_number_key()
        self.show_form(form, self._stored)
        self.on_now.load(form, self._stored)
        if old is not None:
            old.retire()
        self.pane.setVisible(form is not None)
        if self._chooser is not None:
            self._chooser.hide()
            self._chooser.deleteLater()
            self._chooser = None
        if form is None and not fixed:
            self._chooser = FormChooser(self._core.catalogue.entries(), self)
            self._chooser.chosen.connect(self._on_form_chosen)
            self._column.insertWidget(0, self._chooser, 1)

    def refresh_keys(self) -> None:
        """The person chose other keys: show them, and obey them."""
        self._read_number_key()
        super().refresh_keys()
        self.on_now.set_keys(self._letters)

    def enter(self) -> bool:
        """Take the keyboard at the item touched last, at the first, or at the list of forms."""
        if self._chooser is not None:
            self._chooser.box.setFocus()
            return True
        return super().enter()

    def _read_number_key(self) -> None:
        self.number_key = key_of("number", self._core.settings.get().keys, SYSTEM)

    def show_form(self, form: Form | None, keeper: FormKeeper | None, language: str = "") -> None:
        """Show a form with what its keeper keeps, and its keys in the strip of what is on now."""
        super().show_form(form, keeper, language)
        self.on_now.set_keys(self._letters)

    def refresh(self) -> None:
        """The lesson began or ended, or the class is another: what hangs on that is shown anew."""
        super().refresh()
        self.on_now.reload()

    def hold_on_now(self) -> None:
        """Bring the strip of what is on now back above the form, after another layout had it."""
        if self.on_now.parentWidget() is not self or self._column.indexOf(self.on_now) != 0:
            self._column.insertWidget(0, self.on_now)
            self.on_now.setVisible(self.on_now.has_something)

    def turned_to(self, made: FormItem) -> None:
        """Say above the form, too, that a timer was on already: its row may be out of sight."""
        if made.item.kind is ItemKind.TIMER and self._event_item(made).said:
            self.on_now.say_on(made.item.id)

    @Slot(str)
    def _on_pressed_on(self, item_id: str) -> None:
        self.press_item(item_id)

    @Slot(str)
    def _on_ended(self, item_id: str) -> None:
        self.press_item(item_id, shift=True)

    @Slot(str)
    def _on_form_chosen(self, form_id: str) -> None:
        self.form_chosen.emit(form_id)
