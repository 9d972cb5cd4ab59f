"""The seat pane: in a lesson every press on a seat is one who spoke; afterwards it shows who was heard and who not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot

from observe_app.domain import seat_entry
from observe_app.domain.errors import ObserveError
from observe_app.domain.note_line import clock_text
from observe_app.domain.participation import Basis, Participation, Speech, is_press
from observe_app.domain.seat_entry import SeatEntry
from observe_app.domain.seating import CLASS, Place, Seat, SeatingPlan, SeatState, set_state
from observe_app.services import happenings, notes, seating
from observe_app.ui.errors import describe
from observe_app.ui.seating.pane_base import SeatPaneBase
from observe_app.ui.seating.pane_parts import seat_menu, typed
from observe_app.ui.seating.words import to_words, who_head

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.changes import Changes, Seen
    from observe_app.domain.event import Event
    from observe_app.domain.lesson_clock import Stamp
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.form_panel.keeper import Lesson

_LINES_MS = 60
_MANY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class SeatPane(SeatPaneBase):
    """The plan of the visit that is observed.

    Signals:
        saved: something is on the disk. failed: the `ObserveError` that kept it from it; it stays on the screen.
        left: the note line is wanted. typed: letters that are for the note line.
        close_asked: the form is wanted back in this place.
    """

    saved = Signal()
    failed = Signal(object)
    left = Signal()
    typed = Signal(str)
    close_asked = Signal()

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._live: Lesson | None = None
        self._plan = SeatingPlan()
        self._seen: Seen | None = None
        self._edited: Seen | None = None
        self._speech = Speech()
        self._writing = False
        self._lines_timer = QTimer(self)
        self._lines_timer.setSingleShot(True)
        self._lines_timer.setInterval(_LINES_MS)
        self._view = Participation()
        self._entry = SeatEntry()
        self._stamp: Stamp | None = None
        self._last: Event | None = None
        self._picked = ""
        self._stale = True
        self._offer: seating.Proposal | None = None
        self._over = False
        self._connect()
        bus.changed.connect(self._on_changed)

    # -- public

    @property
    def plan(self) -> SeatingPlan:
        """The visit's plan, an empty one where it has none."""
        return self._plan

    @property
    def view(self) -> Participation:
        """Who spoke so far."""
        return self._view

    @property
    def last(self) -> Event | None:
        """What was pressed last here, None where that was taken back."""
        return self._last

    def load(self, live: Lesson) -> None:
        """Show the plan of a visit; what it needs is read when it is shown."""
        self._live = live
        self._speech, self._last, self._picked = Speech(), None, ""
        self._entry, self._stamp = SeatEntry(), None
        self._over = self._is_over()
        self.lines_button.setChecked(self._over)
        self._stale = True
        self._freshen()

    def refresh(self) -> None:
        """The lesson began, ended or goes on: show what fits."""
        over = self._is_over()
        if over != self._over:
            self._over = over
            self.lines_button.setChecked(over)
            self._drop_entry()
        self._show_all()

    def enter(self) -> bool:
        """Take the keyboard: ready for a number, or at the button that makes a plan."""
        self._freshen()
        if not self._plan.seats:
            self.no_plan.start_widget().setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._over:
            self.room.focus_seat(self._plan.seats[0].id)
        else:
            self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def flush(self) -> None:
        """Let go of a number that was typed and not kept: it says nothing yet."""
        self._drop_entry()

    # -- Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        self._freshen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers say who speaks, Enter keeps it, other letters are for the note line."""
        key, text = event.key(), event.text()
        if event.modifiers() & _MANY or not self._plan.seats:
            self._pass_on(event)
        elif key == Qt.Key.Key_Escape:
            self._on_escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif self._over:
            self._pass_on(event)
        elif key == Qt.Key.Key_Backspace and not self._entry.is_empty:
            self._take(seat_entry.back(self._entry))
        elif key == Qt.Key.Key_Delete and self.room.focused:
            self._toggle_absent(self.room.focused)
        elif len(text) == 1 and text.isprintable():
            self._on_letter(text)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.entry.hasFocus():
            self.room.focus_seat(self._plan.seats[0].id)
        else:
            super().keyPressEvent(event)

    def _pass_on(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & _MANY
        if plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and len(event.text()) == 1 and event.text().isprintable() and not event.text().isspace():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _on_letter(self, text: str) -> None:
        numbers = [seat.number for seat in self._plan.seats]
        found = seat_entry.press(self._entry, text, numbers)
        if found is not None:
            self._take(found)
        elif text.isspace() and self._entry.is_empty and self.room.focused:
            self._press(self.room.focused, shift=False)
        elif text.isdigit():
            said = self.tr("No seat of this plan has such a number. Backspace takes the last digit away.")
            self.said.setText(said)
        elif not text.isspace():
            self.typed.emit(text)

    def _on_escape(self) -> None:
        if self._entry.is_empty and not self._picked:
            self.left.emit()
        self._picked = ""
        self._drop_entry()
        self._show_all()

    def _on_enter(self) -> None:
        if not self._entry.is_empty:
            self._keep_entry()
        elif self.room.focused:
            self._press(self.room.focused, shift=False)

    # -- who speaks

    def _take(self, entry: SeatEntry) -> None:
        if self._entry.is_empty:
            self._stamp = self._moment()
        self._entry = entry if not entry.is_empty else SeatEntry()
        if self._entry.is_empty:
            self._stamp = None
        self.said.setText("")
        self._show_entry()

    def _keep_entry(self) -> None:
        speaker, to = self._entry.speaker, self._entry.to
        if speaker in self._known() and to in {"", *self._known()}:
            self._record(speaker, to)
        else:
            self.said.setText(self.tr("No seat of this plan has such a number. Backspace takes the last digit away."))

    def _known(self) -> set[str]:
        return {"T", "SS", *(seat.speaker for seat in self._plan.seats)}

    def _record(self, speaker: str, to: str) -> None:
        live, stamp = self._live, self._stamp or self._moment()
        if live is None or stamp is None:
            self.said.setText(self.tr("The lesson has not begun: nothing is counted yet."))
            return
        try:
            self._writing = True  # what comes back by the bus is shown once, below
            event = happenings.spoke(
                self._core,
                visit_id=live.visit.id,
                seat=self._seat_of(speaker),
                speaker=speaker,
                to=to,
                offset_ms=stamp.offset_ms,
                wall=stamp.wall,
            )
        except ObserveError as error:
            # What was pressed stays in the line with its moment; Enter tries again.
            self._entry, self._stamp = SeatEntry(typed(speaker), typed(to), parted=bool(to)), stamp
            self._show_entry()
            self.said.setText(self.tr("{reason}. Enter tries again.").format(reason=describe(error).title))
            self.failed.emit(error)
            return
        finally:
            self._writing = False
        self._speech.put(event)
        self._last = event
        self._entry, self._stamp = SeatEntry(), None
        self._show_all()
        self.saved.emit()

    def _press(self, seat_id: str, *, shift: bool) -> None:
        """A place was pressed: it speaks, or is spoken to where somebody else is meant to speak already."""
        who = self._speaker_of(seat_id)
        if self._over:
            self._pick("" if who == self._picked else who)
        elif self._entry.speaker:
            self._record(self._entry.speaker, who)
        elif shift and self._last is not None:
            self._address(self._last, who)
        else:
            self._record(who, "")

    def _address(self, event: Event, to: str) -> None:
        if event.to:
            self._record(event.speaker, to)
            return
        try:
            changed = seating.address(self._core, event_id=event.id, to=to)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self._speech.put(changed)
        self._last = changed
        self._show_all()
        self.saved.emit()

    def _drop_entry(self) -> None:
        self._entry, self._stamp = SeatEntry(), None
        self._show_entry()

    def _moment(self) -> Stamp | None:
        live = self._live
        return live.clock.stamp() if live is not None and live.clock.running else None

    def _seat_of(self, speaker: str) -> str:
        if speaker == "T":
            return self._plan.places[0].id if self._plan.places else "t1"
        seat = self._plan.of_speaker(speaker)
        return seat.id if seat is not None else CLASS

    def _speaker_of(self, seat_id: str) -> str:
        found: Seat | Place | None = self._plan.place_of(seat_id)
        return found.speaker if isinstance(found, Seat) else "T"

    def _is_over(self) -> bool:
        live = self._live
        return live is not None and not live.clock.running and (live.visit.ended is not None or _imported(live))

    # -- showing

    def _freshen(self) -> None:
        if not self._stale or self._live is None or not self.isVisible():
            return
        self._stale = False
        self._speech = Speech(seating.spoken_events(self._core, self._live.visit.id))
        self._load_plan()
        self._show_all()

    def _load_plan(self) -> None:
        live = self._live
        if live is None:
            return
        damaged = False
        try:
            opened = seating.open_plan(self._core, live.visit.id)
            self._plan, self._seen = opened.value or SeatingPlan(), opened.seen
        except ObserveError:
            self._plan, self._seen, damaged = SeatingPlan(), None, True
        self.room.set_plan(self._plan)
        self._offer = None if self._plan.seats else seating.proposal(self._core, live.visit.id)
        self.no_plan.show_offer(self._offer, damaged=damaged)

    def _show_all(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._view = self._speech.view(self._plan)
        basis = self._basis()
        self.show_parts(has_plan=bool(self._plan.seats), over=self._over, view=self._view, plan=self._plan)
        self.room.can_draw = not self._over
        self.room.show_counts(self._view, basis)
        if self._over:
            self._show_lines()
        elif self.lines_button.isChecked():
            self._lines_timer.start()  # many lines take a moment to draw; the press shows first
        self._show_entry()
        if self._over:
            self.tables.load(self._view, self._plan)

    def _basis(self) -> Basis:
        return Basis(self.basis_choice.value) if self._over and self.basis_choice.value else self._view.basis

    @Slot()
    def _show_lines(self) -> None:
        flows = self._view.flows if self.lines_button.isChecked() else ()
        self.legend.setVisible(self.lines_button.isChecked())
        self.room.show_flows(flows, self._basis(), only=self._picked)

    def _show_entry(self) -> None:
        speaker, to = self._entry.speaker, self._entry.to
        words = who_head(speaker, self._plan) if speaker else ""
        if to or (speaker and self._entry.parted):
            words = to_words(speaker, to, self._plan) if to else f"{words} →"
        if not words and not self._entry.is_empty:
            words = self._entry.first
        moment = self._stamp.offset_ms if self._stamp is not None else None
        self.entry.show_entry(words, moment, self.tr("Type a seat number, or click a seat"))
        last = self._seat_of(self._last.speaker) if self._last is not None and self._entry.is_empty else ""
        if self._over:
            self.room.mark(chosen=self._seat_of(self._picked) if self._picked else "")
            return
        self.room.mark(
            chosen=self._seat_of(speaker) if speaker else "", aimed=self._seat_of(to) if to else "", last=last
        )
        meant = self.room.buttons.get(self._seat_of(to or speaker)) if speaker else None
        if meant is not None:
            self.area.ensureWidgetVisible(meant)
        self.said.set_tone("muted" if self._last is None else "ink")
        if self._last is None and self._entry.is_empty:
            self.said.setText(self.tr("7 Enter: S7 to the class. 7 9 Enter: S7 to S9. T is the teacher."))
        elif self._last is not None and self._entry.is_empty:
            done = to_words(self._last.speaker, self._last.to, self._plan)
            self.said.setText(f"{clock_text(self._last.offset_ms)}  {done}")
        self.undo_hint.setVisible(self._last is not None and self._entry.is_empty)

    def _pick(self, who: str) -> None:
        self._picked = who
        self._show_all()

    # -- slots

    def _connect(self) -> None:
        self.room.touched.connect(self._on_touched)
        self.room.pressed.connect(self._on_pressed)
        self.room.joined.connect(self._on_joined)
        self.room.activated.connect(self._on_activated)
        self.room.resized.connect(self._show_lines)
        self.room.menu_asked.connect(self._on_menu)
        self._lines_timer.timeout.connect(self._show_lines)
        self.lines_button.clicked.connect(self._show_lines)
        self.change_button.clicked.connect(self._on_change)
        self.close_button.clicked.connect(self.close_asked)
        self.basis_choice.chosen.connect(self._on_basis)
        self.tables.chosen.connect(self._on_row)
        self.no_plan.plan_asked.connect(self._on_change)
        self.no_plan.offer_taken.connect(self._on_offer)

    @Slot()
    def _on_touched(self) -> None:
        if self._entry.is_empty:
            self._stamp = self._moment()

    @Slot(str, bool)
    def _on_pressed(self, seat_id: str, shift: bool) -> None:
        self._press(seat_id, shift=shift)

    @Slot(str)
    def _on_activated(self, seat_id: str) -> None:
        self._press(seat_id, shift=False)

    @Slot(str, str)
    def _on_joined(self, seat_id: str, to_id: str) -> None:
        if not self._over:
            self._record(self._speaker_of(seat_id), self._speaker_of(to_id))

    @Slot(str)
    def _on_row(self, who: str) -> None:
        self._picked = who if who == "T" or self._plan.of_speaker(who) is not None else ""
        self._show_lines()
        self._show_entry()

    @Slot()
    def _on_basis(self) -> None:
        self._show_all()

    @Slot(str, object)
    def _on_menu(self, seat_id: str, where: QPoint) -> None:
        if (seat := self._plan.seat(seat_id)) is None:
            return
        menu = seat_menu(seat, self)
        menu.triggered.connect(self._on_menu_chosen)
        menu.popup(where)

    @Slot(object)
    def _on_menu_chosen(self, action: object) -> None:
        seat_id, state = action.data()  # type: ignore[attr-defined]
        self._keep_plan(set_state(self._plan, seat_id, SeatState(state)), self._seen)

    def _toggle_absent(self, seat_id: str) -> None:
        if (seat := self._plan.seat(seat_id)) is not None:
            state = SeatState.TAKEN if seat.state is SeatState.ABSENT else SeatState.ABSENT
            self._keep_plan(set_state(self._plan, seat_id, state), self._seen)

    @Slot()
    def _on_offer(self) -> None:
        if self._offer is not None:
            self._keep_plan(self._offer.plan, self._seen)
            self.enter()

    @Slot()
    def _on_change(self) -> None:
        self._edited = self._seen  # who edits has not seen what comes in meanwhile
        self._edit(self._plan)

    def _edit(self, plan: SeatingPlan) -> None:
        from observe_app.ui.seating.plan_editor import PlanEditor  # noqa: PLC0415  (only when a plan is made)

        live = self._live
        if live is None:
            return
        students, presses = live.visit.class_size, self._view.presses
        editor = PlanEditor(self, plan, offer=self._offer, students=students, recorded=presses)
        editor.plan_kept.connect(self._on_plan_kept)
        editor.open_over()

    @Slot(object)
    def _on_plan_kept(self, plan: SeatingPlan) -> None:
        if self._keep_plan(plan, self._edited):
            self.enter()
        else:
            self._edit(plan)  # what was made stays on the screen until it is stored

    def _keep_plan(self, plan: SeatingPlan, seen: Seen | None) -> bool:
        if (live := self._live) is None:
            return True
        try:
            seating.set_plan(self._core, visit_id=live.visit.id, plan=plan, seen=seen)
        except ObserveError as error:
            self.failed.emit(error)
            return False
        self._load_plan()
        self._show_all()
        self.saved.emit()
        return True

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        live = self._live
        if live is None or live.visit.id not in changes.visits:
            return
        if not self.isVisible() or self._stale:
            self._stale = True
            return
        shown = live.visit.id in changes.of("visit")
        if shown:
            self._load_plan()
        rows = changes.of("event")
        for event in notes.some(self._core, rows) if rows and not self._writing else ():
            if event.visit_id == live.visit.id:
                shown = self._speech.put(event) or shown
                if self._last is not None and self._last.id == event.id:
                    self._last = event if is_press(event) else None
        if shown:
            self._show_all()


def _imported(live: Lesson) -> bool:
    """Whether the lesson was never observed here: its notes came from a file."""
    return live.visit.started is None and live.visit.stage.order > 1
