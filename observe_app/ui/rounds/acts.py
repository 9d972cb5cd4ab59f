"""What is done to the round that shows: planned, locked, moved, swapped, cancelled, told to its people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from observe_app.domain.errors import ObserveError
from observe_app.domain.rounds.round import RoundState
from observe_app.services.rounds import invite, moves, planning, rounds
from observe_app.ui.jobs import Job
from observe_app.ui.rounds.history_sheet import RoundHistory
from observe_app.ui.rounds.move_sheet import MoveSheet
from observe_app.ui.rounds.sheets import AddSheet, CancelSheet, InviteSheet, SwapSheet, pair_words
from observe_app.ui.rounds.words import clash_sentence
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.domain.rounds.round import Pairing
    from observe_app.services.core import Core
    from observe_app.services.exchange.round_calendar import Invitations
    from observe_app.services.rounds.moves import Moved
    from observe_app.services.rounds.planning import Plan
    from observe_app.services.rounds.rounds import RoundView
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.rounds.pane import RoundPane
    from observe_app.ui.rounds.side import RoundSide

_UNDO = "undo/"


class RoundActs(QObject):
    """Acts on a round; each is one step that undo takes back.

    Signals:
        changed: something was kept. failed: an `ObserveError`. message_posted: `Message`.
        visit_asked: id of a visit to open.
    """

    changed = Signal()
    failed = Signal(object)
    message_posted = Signal(object)
    visit_asked = Signal(str)

    def __init__(self, core: Core, jobs: JobRunner, host: QWidget) -> None:
        super().__init__(host)
        self._core, self._jobs, self._host = core, jobs, host
        self._view: RoundView | None = None
        self._names: dict[str, str] = {}
        self._pane: RoundPane | None = None
        self._job: Job[Any] | None = None
        self._chosen: tuple[str, ...] = ()

    def connect_to(self, pane: RoundPane, side: RoundSide) -> None:
        """Do what board and side ask for."""
        self._pane = pane
        pane.solve_asked.connect(self._on_solve)
        pane.stop_asked.connect(self.stop)
        pane.invite_asked.connect(self._on_invite)
        pane.publish_asked.connect(self._on_publish)
        pane.close_asked.connect(self._on_close)
        pane.delete_asked.connect(self._on_delete)
        pane.add_asked.connect(self._on_add)
        pane.board.chosen.connect(self._on_chosen)
        pane.board.lock_asked.connect(self._on_lock_here)
        pane.board.move_asked.connect(self._on_move_here)
        pane.board.cancel_asked.connect(self._on_cancel_here)
        side.lock_asked.connect(self.lock)
        side.move_asked.connect(self.move)
        side.swap_asked.connect(self.swap)
        side.cancel_asked.connect(self.cancel)
        side.again_asked.connect(self.again)
        side.open_asked.connect(self._on_open)
        side.history_asked.connect(self._on_history)

    def show_round(self, view: RoundView, names: dict[str, str]) -> None:
        """Act on this round from now on."""
        self._view, self._names = view, names

    # --- the plan -----------------------------------------------------------------------------------------------------

    def solve(self, *, anew: bool) -> None:
        """Look for a plan in the background and keep it; the window goes on meanwhile."""
        view, pane = self._view, self._pane
        if view is None or pane is None or self._job is not None:
            return
        core, round_id = self._core, view.round.id

        def find(progress: Progress) -> Plan:
            return planning.find(core, round_id, progress=progress, anew=anew)

        pane.show_solving(True)
        told, stopped = self._on_progress, self._on_stopped
        self._job = Job(self, self._on_plan, self._on_no_plan, on_progress=told, on_cancel=stopped)
        self._jobs.run(find, self._job)

    @Slot()
    def stop(self) -> None:
        """End the search; the best found until then is kept."""
        if self._job is not None:
            self._job.progress.cancel()

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        if self._pane is not None:
            self._pane.set_progress(done, total)

    def _on_plan(self, plan: Plan) -> None:
        self._on_stopped()
        try:
            planning.keep(self._core, plan)
        except ObserveError as error:
            self.failed.emit(error)
            return
        report = plan.report
        words = self.tr("{found} of {wanted} visits are planned.").format(found=report.found, wanted=report.wanted)
        if report.kept or report.moved:
            more = self.tr("As before: {kept}; moved or gone: {moved}.").format(kept=report.kept, moved=report.moved)
            words = f"{words} {more}"
        self._say(words, "check")
        self.changed.emit()

    def _on_no_plan(self, error: Exception) -> None:
        self._on_stopped()
        if not isinstance(error, ObserveError):
            raise error
        self.failed.emit(error)

    def _on_stopped(self) -> None:
        self._job = None
        if self._pane is not None:
            self._pane.show_solving(False)

    @Slot(bool)
    def _on_solve(self, anew: bool) -> None:
        self.solve(anew=anew)

    # --- one visit ----------------------------------------------------------------------------------------------------

    @Slot(str)
    def lock(self, pairing_id: str) -> None:
        """Lock a visit where it is, or let it move again."""
        one = self._pairing(pairing_id)
        if one is not None:
            self._do(lambda: moves.set_locked(self._core, pairing_ids=[one.id], locked=not one.locked))

    @Slot(str)
    def move(self, pairing_id: str) -> None:
        """Ask where a visit is to go."""
        one = self._pairing(pairing_id)
        if one is None:
            return
        try:
            sheet = MoveSheet(self._core, one, self._names, self._host)
        except ObserveError as error:
            self.failed.emit(error)
            return
        sheet.moved.connect(self._on_moved)
        sheet.open_over()
        (sheet.list if sheet.openings.rowCount() else sheet.times_line).setFocus()

    @Slot(str)
    def swap(self, pairing_id: str) -> None:
        """Ask with whom the observer changes places."""
        one, view = self._pairing(pairing_id), self._view
        if one is None or view is None:
            return
        others = [other for other in view.pairings if other.counts and other.id != one.id and other.pair != one.pair]
        others.sort(key=lambda other: (self._names.get(other.observer_id, "").casefold(), other.id))
        sheet = SwapSheet(self._core, one, others, self._names, self._host)
        sheet.swapped.connect(self._on_moved)
        sheet.open_over()
        sheet.box.setFocus()

    @Slot(str)
    def cancel(self, pairing_id: str) -> None:
        """Ask why a visit is called off."""
        one = self._pairing(pairing_id)
        if one is None:
            return
        sheet = CancelSheet(self._core, one, self._names, self._host)
        sheet.cancelled.connect(self._on_cancelled)
        sheet.open_over()
        sheet.why_line.setFocus()

    @Slot(str)
    def again(self, pairing_id: str) -> None:
        """Plan a visit again that was called off."""
        self._do(lambda: self._on_moved(moves.plan_again(self._core, pairing_id=pairing_id)))

    @Slot()
    def _on_add(self) -> None:
        view = self._view
        if view is None:
            return
        people = sorted(((one, self._names[one]) for one in view.round.people if one in self._names), key=_by_name)
        sheet = AddSheet(self._core, view.round.id, people, self._host)
        sheet.added.connect(self._on_added)
        sheet.open_over()
        sheet.observer_box.setFocus()

    @Slot(object)
    def _on_added(self, moved: Moved) -> None:
        self.changed.emit()
        self.move(moved.pairings[0].id)

    @Slot(object)
    def _on_moved(self, moved: Moved) -> None:
        if moved.clashes:
            words = " ".join(dict.fromkeys(clash_sentence(one, self._names) for one in moved.clashes[:2]))
            self._say(self.tr("Kept, though: {clash}").format(clash=words), "triangle-alert", MessageKind.LOOK)
        else:
            self._say(self.tr("Kept; it stays there when you plan again."), "check")
        self.changed.emit()

    @Slot(object)
    def _on_cancelled(self, one: Pairing) -> None:
        words = self.tr("{observer} does not visit {teacher}; it stays on the list as cancelled.")
        told = words.format(
            observer=self._names.get(one.observer_id, "–"), teacher=self._names.get(one.teacher_id, "–")
        )
        self._say(told, "x")
        self.changed.emit()

    @Slot(str)
    def _on_open(self, pairing_id: str) -> None:
        one = self._pairing(pairing_id)
        if one is not None and one.visit_id:
            self.visit_asked.emit(one.visit_id)

    @Slot(str)
    def _on_history(self, pairing_id: str) -> None:
        one, view = self._pairing(pairing_id), self._view
        if one is not None and view is not None:
            lead = pair_words(one, self._names)
            RoundHistory(self._core, view.round.id, one.id, lead, self._names, self._host).open_over()

    @Slot(object)
    def _on_chosen(self, ids: object) -> None:
        self._chosen = ids if isinstance(ids, tuple) else ()

    @Slot()
    def _on_lock_here(self) -> None:
        if self._chosen:
            self.lock(self._chosen[0])

    @Slot()
    def _on_move_here(self) -> None:
        if self._chosen:
            self.move(self._chosen[0])

    @Slot()
    def _on_cancel_here(self) -> None:
        one = self._pairing(self._chosen[0]) if self._chosen else None
        if one is not None and one.counts:
            self.cancel(one.id)

    # --- the round ----------------------------------------------------------------------------------------------------

    @Slot()
    def _on_invite(self) -> None:
        view = self._view
        if view is None:
            return
        told = [one for one in view.pairings if one.counts and one.on is not None]
        folder = self._core.settings.get().last_export or str(Path.home())
        people = len({who for one in told for who in one.pair})
        sheet = InviteSheet(self._host, people=people, visits=len(told), folder=folder)
        sheet.asked.connect(self._on_write)
        sheet.open_over()

    @Slot(object, bool)
    def _on_write(self, folder: Path, make: bool) -> None:
        view, core = self._view, self._core
        if view is None:
            return
        from observe_app.services.exchange.round_calendar import InviteWords, export_invitations  # noqa: PLC0415

        words = InviteWords(
            self.tr("{observer} visits {teacher}: {what}"),
            self.tr("{observer} visits {teacher}"),
            self.tr("{name} cancelled"),
        )
        kept = view.round

        def write(_progress: Progress) -> Invitations:
            done = export_invitations(core, round_id=kept.id, folder=folder, words=words)
            if make:
                invite.make_visits(core, round_id=kept.id)
            if kept.state == RoundState.DRAFT:
                rounds.publish(core, round_id=kept.id, seen=rounds.open_round(core, kept.id).seen)
            return done

        def written(done: Invitations) -> None:
            core.settings.change(last_export=str(folder))
            told = self.tr("Invitations written: {n}, in {folder}.").format(n=len(done.files), folder=folder)
            self.message_posted.emit(Message(MessageKind.NEWS, told, icon="send", key="invited"))
            self.changed.emit()

        self._jobs.run(write, Job(self, written, self._on_no_plan))

    @Slot()
    def _on_publish(self) -> None:
        self._state(rounds.publish, self.tr("The round is open: its people are reminded of their visits."))

    @Slot()
    def _on_close(self) -> None:
        self._state(rounds.close, self.tr("The round is closed: nobody is reminded any more."))

    @Slot()
    def _on_delete(self) -> None:
        self._state(rounds.delete, self.tr("The round is in the bin; visits that came of it stay."))

    def _state(self, act: Callable[..., object], words: str) -> None:
        view = self._view
        if view is None:
            return
        round_id = view.round.id
        if self._do(lambda: act(self._core, round_id=round_id, seen=rounds.open_round(self._core, round_id).seen)):
            self._say(words, "check")

    # --- helpers ------------------------------------------------------------------------------------------------------

    def _pairing(self, pairing_id: str) -> Pairing | None:
        pairings = self._view.pairings if self._view is not None else ()
        return next((one for one in pairings if one.id == pairing_id), None)

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ObserveError as error:
            self.failed.emit(error)
            return False
        self.changed.emit()
        return True

    def _say(self, words: str, icon: str, kind: MessageKind = MessageKind.NEWS) -> None:
        self.message_posted.emit(Message(kind, words, self.tr("Undo"), icon, key=_UNDO))


def _by_name(one: tuple[str, str]) -> tuple[str, str]:
    return one[1].casefold(), one[0]
