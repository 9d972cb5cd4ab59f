"""What keys and commands do in the Observe tab: codes, then items of the form, then the table of commands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot

from observe_app.domain.lesson_clock import parse_clock
from observe_app.ui.blank import blank_of
from observe_app.ui.form_panel.item_keys import asks_number, form_key
from observe_app.ui.key_press import CommandKeys
from observe_app.ui.observe.key_card import open_card
from observe_app.ui.observe.tab_side import ObserveSide

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.film import FilmPane

_JUMP_MS = 5_000


class ObserveKeys(ObserveSide):
    """Keys mean this visit wherever the keyboard is."""

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, bus, parent)
        self._keys = CommandKeys(())
        self._commands = self._make_commands()

    def run(self, command_id: str, words: str = "") -> bool:
        """Do what a command of the lesson does; False for one that is none here.

        Args:
            command_id: as in `key_table.COMMANDS`.
            words: what was typed after it.
        """
        act = self._commands.get(command_id)
        if act is None or self._live is None:
            return False
        if command_id == "phase" and not words:
            self._ask_words("phase")
        elif command_id == "phase":
            if not self.lesson.phase(words):
                self.line.give_back(f"/phase {words}")
        elif command_id == "clock" and words:
            ms = parse_clock(words)
            if ms is None:
                self.line.give_back(f"/clock {words}")
            else:
                self.lesson.set_clock(ms)
        else:
            act()
        return True

    def _take_form_key(self, event: QKeyEvent) -> bool:
        """Give codes and form the keys that mean them wherever the keyboard is."""
        if self._led is not None and self.board.take_key(event):
            return True
        if self._led is not None and self.form_panel.has_key(form_key(event), of=self._led.id):
            return self.board.enter()
        self._place(sheet=True)
        taken = self.form_panel.take_key(event)
        if not (taken and asks_number(event)):
            self._place()
        return taken

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        film = self._film_act
        return {
            "keys": self._on_card_asked,
            "form": self._walk,
            "codes": self.to_codes,
            "seats": self.toggle_seats,
            "pause": self.lesson.toggle_pause,
            "resume": self.lesson.resume,
            "phase": partial(self._ask_words, "phase"),
            "clock": self.clock_widget.ask,
            "star": self.acts.star_last,
            "private": self.acts.private_last,
            "retime": self.acts.retime_last,
            "end": self.foot.ask_end,
            "blank": self._hide_screen,
            "video": self.toggle_film,
            "video_play": film(lambda pane: pane.toggle()),
            "video_back": film(lambda pane: pane.jump(-_JUMP_MS)),
            "video_on": film(lambda pane: pane.jump(_JUMP_MS)),
            "video_frame_back": film(lambda pane: pane.step(-1)),
            "video_frame_on": film(lambda pane: pane.step(1)),
            "video_speed": film(lambda pane: pane.next_rate()),
        }

    def _hide_screen(self) -> None:
        blank = blank_of(self)
        if blank is not None:
            blank.cover()

    def _film_act(self, act: Callable[[FilmPane], object]) -> Callable[[], object]:
        def on_film() -> None:
            if self.film is not None and self.shows_film:
                act(self.film)

        return on_film

    def _ask_words(self, command: str) -> None:
        """Begin the command in the line, where its words are wanted."""
        if self.ticks_alone:
            self.to_note()
        self.focus_line()
        if self.line.is_empty:
            self.line.edit.insertPlainText(f"/{command} ")

    @Slot()
    def _on_card_asked(self) -> None:
        if self._live is not None:
            open_card(self._core, self._live.form, self)

    def _wants_key(self, event: QKeyEvent) -> bool:
        return (self._led is not None and self.board.wants_key(event)) or self.form_panel.wants_key(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here: codes, then items, then commands. F6 walks where no item has it."""
        if self._wants_key(event) or form_key(event) or asks_number(event):
            return self._take_form_key(event) or self.run(self._keys.command(event))
        return self.run(self._keys.command(event))

    def _walk(self) -> None:
        writes = self.line.edit.hasFocus() or self.codes_line.hasFocus()
        if writes and self.shows_seats and self.seats is not None and self.seats.enter():
            return
        if writes and self._led is not None and self.board.enter():
            return
        if writes and self._led is None:
            self._place(sheet=True)  # where the form has no room of its own, it comes over the stream
            if self.form_panel.isVisibleTo(self) and self.form_panel.enter():
                return
        film = self.film if self.shows_film else None
        in_film = film is not None and film.isAncestorOf(self.focusWidget() or self)
        if not self.pane.view.hasFocus() and not in_film and self.model.rowCount():
            if self.pane.view.selected_event is None:
                self.pane.view.show_row(self.model.rowCount() - 1)
            self.pane.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._place()
        elif film is not None and not in_film:
            film.enter()
            self._place()
        else:
            self.focus_line()


def starts(event: QKeyEvent) -> bool:
    """Whether a press is Ctrl+Enter: it begins this lesson, or parts a note, and never begins another visit here."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
