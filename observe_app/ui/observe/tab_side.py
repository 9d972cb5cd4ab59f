"""What takes turns in the Observe tab: the seating plan in the form's place, the film, codes by their keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtGui import QGuiApplication

from observe_app.domain.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseReplaced,
    DataFolderUnusable,
    DiskFull,
    NotStored,
)
from observe_app.domain.film_clock import FilmClock
from observe_app.domain.form import led_by_codes
from observe_app.services import film as films
from observe_app.ui.errors import describe
from observe_app.ui.observe.commands import live_commands
from observe_app.ui.observe.line_help import LineHelp
from observe_app.ui.observe.note_line import LineMode
from observe_app.ui.observe.tab_base import ObserveBase
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.errors import ObserveError
    from observe_app.domain.event import Event
    from observe_app.domain.timeline import IntervalSheet
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.film import FilmPane
    from observe_app.ui.observe.live_visit import LiveVisit
    from observe_app.ui.seating.pane import SeatPane

RISK = "observe-risk"
_STORAGE = (DatabaseDamaged, DatabaseLocked, DatabaseReplaced, DataFolderUnusable, DiskFull, NotStored)


class ObserveSide(ObserveBase):
    """Shows and hides what is not always there, and says what became of what was written.

    Signals:
        saved: aware UTC time at which everything on screen was on disk.
        writing: words on screen are not kept yet.
        not_saved: the `ObserveError` that keeps them from the disk; it is tried again.
    """

    saved = Signal(object)
    writing = Signal()
    not_saved = Signal(object)

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, bus, parent)
        self._core = core
        self._bus = bus
        self._live: LiveVisit | None = None
        self._back_to_codes = False
        self._risk: ObserveError | None = None
        self.line_help = LineHelp(self.line, self)
        self.line_help.turned_off.connect(self._on_marks_off)
        self.line_help.refused.connect(self._on_refused)
        self.lesson.clock_changed.connect(self._offer_commands)

    # -- what became of it

    @Slot()
    def _on_kept(self) -> None:
        self.message_bar.clear(RISK)
        self.saved.emit(self._now())

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        self._risk = error
        copy = self.keeper.copy_path
        text = self.tr("{reason}. {todo} Your line stays on the screen and is tried again by itself.")
        if copy is not None:
            text = self.tr("{reason}. {todo} Your line stays here and is tried again by itself; a copy is in {file}.")
        text = text.format(reason=describe(error).title, todo=self._to_do(error), file=self._copy_words(copy))
        message = Message(MessageKind.RISK, text, self.tr("Copy the line"), key=RISK, closable=False)
        self.message_bar.show_message(message)
        self.not_saved.emit(error)

    @Slot(object)
    def _on_act_failed(self, error: ObserveError) -> None:
        """Something pressed or filled in was not stored; what is on the screen is what is."""
        if not isinstance(error, _STORAGE):
            self._on_refused(error)
            return
        text = self.tr("{reason}. {todo} What you did just now is not stored: do it again.")
        if self.form_panel.is_dirty or self.board.is_dirty:
            text = self.tr("{reason}. {todo} Your words stay on the screen and are tried again.")
        text = text.format(reason=describe(error).title, todo=self._to_do(error))
        self.message_bar.show_message(Message(MessageKind.RISK, text, key=RISK))
        self.not_saved.emit(error)

    def _to_do(self, error: ObserveError) -> str:
        """What the person can do about it, short enough for the bar."""
        match error:
            case DiskFull():
                return self.tr("Make room on it.")
            case DatabaseLocked():
                return self.tr("Close the other program that uses it.")
            case DatabaseReplaced():
                return self.tr("Close Observe and put the right file in its place.")
            case DatabaseDamaged():
                return self.tr("Bring back a backup after the lesson.")
            case _:
                return self.tr("Check the disk and who may write there.")

    def _copy_words(self, copy: Path | None) -> str:
        """Where the copy is: its name alone where it lies with the other data."""
        if copy is None:
            return ""
        return copy.name if copy.parent == self._core.folder else str(copy)

    @Slot()
    def _on_marks_off(self) -> None:
        self.pane.notice.say(self.tr("Words are not marked any more. The settings bring the marks back."))

    @Slot(object)
    def _on_copied(self, _path: object) -> None:
        if self._risk is not None and self.keeper.failing:
            self._on_failed(self._risk)

    @Slot(object)
    def _on_refused(self, error: ObserveError) -> None:
        if isinstance(error, _STORAGE):
            self._on_act_failed(error)
            return
        words = describe(error)
        self.message_bar.show_message(Message(MessageKind.LOOK, f"{words.text} {words.hint}".strip()))

    @Slot(object)
    def _on_message_acted(self, message: Message) -> None:
        if message.key == RISK:
            QGuiApplication.clipboard().setText(self.line.typed)

    def _now(self) -> datetime:
        return self._core.clock.now()

    # -- the form and its codes

    def _load_form(self, events: Iterable[Event] | None = None) -> None:
        """Show the visit's form: its codes over the page where they lead it, else all of it at the side.

        Args:
            events: the visit's where they were read just now; None reads them.
        """
        live = self._live
        if live is None:
            return
        self.board.clear()
        self._led = led_by_codes(live.form) if live.form is not None else None
        self.form_panel.left_out = frozenset({self._led.id}) if self._led is not None else frozenset()
        problem = live.form_problem
        newer = problem is not None and any(one.rule == "snapshot_newer" for one in problem.problems)
        self.form_panel.load(live, live.form, events, fixed=newer)
        self.pane.view.set_link_targets(self.form_panel.targets())
        self.line_help.load(live)
        self.line.set_commands(tuple(one for one in live_commands() if one.id != "codes" or self._led is not None))
        self._offer_commands()
        self.feed.load_links()
        keeper = self.form_panel.keeper
        language = QLocale().name()
        self._back_to_codes = False
        self.set_ticks_alone(alone=False)
        if self._led is not None and keeper is not None:
            self.interval_strip.set_item(self._led, language)
            self.interval_strip.set_minutes(live.visit.minutes)
            self.board.load(self._led, keeper, language)
        else:
            self.interval_strip.set_item(None)
        for part in (self.board, self.interval_strip, self.next_tick):
            part.setVisible(self._led is not None)
        self.strip.setVisible(self._led is None)
        self._place()

    @Slot()
    def _offer_commands(self) -> None:
        """Put into the menu what means something now; the line takes them all, or a command would become a note."""
        live = self._live
        runs = live is not None and live.visit.started is not None and not live.ended
        paused = live is not None and live.paused_since is not None
        fits = {"codes": self._led is not None, "pause": runs and not paused, "resume": runs and paused}
        fits |= {"end": runs, "clock": runs, "phase": runs}
        self.foot.set_commands(tuple(one for one in live_commands() if fits.get(one.id, True)))

    def set_ticks_alone(self, *, alone: bool) -> None:
        """Let keys alone tick codes, or write notes again; the keyboard stays where it is."""
        alone = alone and self._led is not None
        self.codes_line.setVisible(alone)
        self.line.setVisible(not alone)
        self.board.set_alone(alone=alone)
        self.foot.set_line_hints_shown(shown=not alone)
        self.setFocusProxy(self.codes_line if alone else self.line.edit)
        self._place()

    @Slot()
    def to_codes(self) -> None:
        """Tick by keys alone from now on; Esc on an empty line. Without leading codes Esc lets go of a row."""
        if self._led is None:
            self.pane.view.clearSelection()
            return
        self._back_to_codes = False
        if self.line.is_empty and self.line.mode is LineMode.NOTE:
            self.set_ticks_alone(alone=True)
            self.codes_line.setFocus()

    @Slot()
    def to_note(self) -> None:
        """Write a note and come back to the codes once it is kept."""
        self._back_to_codes = self.ticks_alone
        self.set_ticks_alone(alone=False)
        self.line.edit.setFocus()

    @Slot()
    def _on_codes_left(self) -> None:
        self.to_note()
        self._back_to_codes = False

    @Slot()
    def _note_is_kept(self) -> None:
        """What was written in between is done with: the keys tick again, and have the keyboard if the line had it."""
        if self._back_to_codes and self.line.is_empty and self.line.mode is LineMode.NOTE:
            self._back_to_codes = False
            writes = self.line.edit.hasFocus()
            self.set_ticks_alone(alone=True)
            if writes:
                self.codes_line.setFocus()

    @Slot()
    def _on_laying_aside(self) -> None:
        """An older note is asked for: its line must be seen."""
        if self.ticks_alone:
            self.to_note()

    @Slot(object)
    def _on_coded(self, sheet: IntervalSheet) -> None:
        self.interval_strip.set_sheet(sheet)

    # -- seats

    def toggle_seats(self) -> None:
        """Show the seating plan in the form's place, or the form again."""
        if self.shows_seats:
            self._on_seats_closed()
            return
        seats = self.seats or self._make_seats()
        if self._live is not None:
            seats.load(self._live)
        seats.show()
        self._place()
        seats.enter()

    def _make_seats(self) -> SeatPane:
        from observe_app.ui.seating.pane import SeatPane  # noqa: PLC0415  (not in every lesson)

        seats = SeatPane(self._core, self._bus, self)
        seats.hide()
        seats.saved.connect(self._on_kept)
        seats.saved.connect(self.line.edit.see_act_elsewhere)
        seats.failed.connect(self._on_act_failed)
        seats.left.connect(self.focus_line)
        seats.typed.connect(self._on_typed_elsewhere)
        seats.close_asked.connect(self._on_seats_closed)
        self.seats = seats
        return seats

    @Slot()
    def _on_seats_closed(self) -> None:
        if self.seats is not None:
            self.seats.flush()
            self.seats.hide()
        self._place()
        self.focus_line()

    @Slot()
    def focus_line(self) -> None:
        """Bring the keyboard to the line: notes, or codes where keys alone tick."""
        self.form_panel.disarm()
        (self.codes_line if self.ticks_alone else self.line.edit).setFocus()
        self._place()

    @Slot(str)
    def _on_typed_elsewhere(self, text: str) -> None:
        if self.ticks_alone:
            self.to_note()
        self.focus_line()
        self.line.edit.insertPlainText(text)

    # -- film

    def toggle_film(self) -> None:
        """Show the film of the visit, or the way to one; a second time lets it go."""
        if self.shows_film:
            self._on_film_closed()
            return
        self._show_film()
        if self.film is not None and self.film.video is None:
            self.film.ask()

    def _show_film(self) -> None:
        live = self._live
        if live is None:
            return
        film = self.film or self._make_film()
        film.show()
        film.load(live.visit)
        self._place()

    def _load_film(self) -> None:
        """Another visit is shown: its film comes with it."""
        live = self._live
        if self.film is not None:
            self.film.close_film()
            self.film.hide()
        if live is not None and films.of_visit(self._core, live.visit_id) is not None:
            self._show_film()

    def _make_film(self) -> FilmPane:
        from observe_app.ui.film import FilmPane  # noqa: PLC0415  (in few lessons)

        film = FilmPane(self._core, self)
        film.hide()
        film.opened.connect(self._on_film_opened)
        film.moved.connect(self._show_now)
        film.closed.connect(self._on_film_closed)
        film.failed.connect(self._on_refused)
        self.film = film
        return film

    @Slot()
    def _on_film_opened(self) -> None:
        live, film = self._live, self.film
        if live is not None and film is not None and film.video is not None:
            started = live.visit.started or live.visit.start
            live.watch(FilmClock(self._core.clock, film.video, film.where, started=started))
            self._place()
            self._show_lesson()

    @Slot()
    def _on_film_closed(self) -> None:
        if self.film is not None:
            self.film.close_film()
            self.film.hide()
        if self._live is not None:
            self._live.watch(None)
        self._place()
        self._show_lesson()
        self.focus_line()

    @Slot()
    def _show_now(self) -> None:
        """Show the moment; the tab says what that is."""

    @Slot()
    def _show_lesson(self) -> None:
        """Show where the lesson stands; the tab says what that is."""
