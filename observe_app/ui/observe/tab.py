"""The Observe tab: strip, stream and note line, with the form beside them, all within reach of the keyboard."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

from observe_app.domain.errors import ObserveError
from observe_app.domain.talk_share import talk_share
from observe_app.domain.timeline import Share, index_at
from observe_app.ui.key_press import CommandKeys
from observe_app.ui.observe.live_visit import LiveVisit
from observe_app.ui.observe.note_edit import undo_step
from observe_app.ui.observe.note_line import LineMode
from observe_app.ui.observe.tab_keys import ObserveKeys, starts
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.event import Event
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

_HINTED_VISITS = 20
_JUMP_MS = 5_000


class ObserveTab(ObserveKeys):
    """A visit while it is observed.

    Signals:
        begun: the lesson began.
        finished: the lesson was ended; the visit goes on to Talk.
    """

    begun = Signal()
    finished = Signal()

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, bus, parent)
        self._tags: tuple[str, ...] = ()
        self._tick_timer = QTimer(self)
        self._tick_timer.setSingleShot(True)
        self._tick_timer.timeout.connect(self._on_tick)
        self.strip.follow(self.model)
        self._connect()

    # -- public

    @property
    def visit_id(self) -> str:
        """The visit shown, "" before the first."""
        return self._live.visit_id if self._live else ""

    @property
    def live(self) -> LiveVisit | None:
        """The visit as it is worked on."""
        return self._live

    def open_visit(self, visit_id: str) -> None:
        """Show a visit: its events, its clock where it stands, its unfinished line.

        Raises:
            NotFound: no such visit.
        """
        self.leave()
        if visit_id != self.visit_id and self.seats is not None:
            self.seats.hide()  # asked for in another visit
        live = LiveVisit(self._core, visit_id)
        self._live = live
        self._tags = live.tags()
        self.message_bar.clear()
        self.acts.load(live)
        self.feed.load(live)
        if self.shows_seats and self.seats is not None:
            self.seats.load(live)
        self._load_film()
        self._load_form(live.events)
        self.strip.set_minutes(live.visit.minutes)
        self.keeper.load(live)
        self.lesson.load(live)
        self.follow_settings()
        self._show_lesson()
        if live.form_problem is not None:
            self._on_refused(live.form_problem)

    def follow_settings(self) -> None:
        """Take up keys, abbreviations and words that judge as they are set now."""
        settings = self._core.settings.get()
        if not self._keys.same_as(settings.keys):
            self._keys = CommandKeys(settings.keys)
            self.foot.set_keys(self._keys)
            self.form_panel.refresh_keys()
            self.board.follow_keys()
        self.foot.set_hints_shown(settings.visits_hinted <= _HINTED_VISITS)
        self.line_help.refresh()

    def leave(self) -> None:
        """Keep what is being written; for changing the tab, the visit or closing the window."""
        if self._live is not None:
            self.keeper.close()
            self.form_panel.flush()
            self.board.flush()
            if self.seats is not None:
                self.seats.flush()
            self.lesson.close()

    def regions(self) -> tuple[QWidget, ...]:
        """Note line, form, stream: what F6 walks."""
        side: QWidget = self.seats if self.shows_seats and self.seats is not None else self.form_panel
        first: QWidget = self.codes_line if self.ticks_alone else self.line.edit
        return (first, self.board if self._led is not None else side, self.pane.view)

    def go_to(self, event_id: str) -> None:
        """Select an event of the stream and bring it into sight."""
        self.pane.view.show_row(self.model.row_of(event_id))

    # -- slots: the line

    @Slot(object)
    def _on_stored(self, event: Event) -> None:
        self.model.put(event)
        self._on_done_since()
        fresh = [tag for tag in event.tags if tag not in self._tags]
        self._tags = (*self._tags, *fresh)
        self._on_kept()
        self._show_over()
        if self.film is not None:
            self.film.typing_ended()
        self._note_is_kept()

    @Slot()
    def _on_done_since(self) -> None:
        """What was said of an earlier act, and of the key that takes it back, is true no more."""
        if not self.pane.notice.isHidden():
            self.pane.notice.hide()
            self.pane.notice.shown_changed.emit()

    @Slot()
    def _on_touched(self) -> None:
        if self.film is not None:
            self.film.typing_began()

    @Slot(int)
    def _on_paste_refused(self, count: int) -> None:
        text = self.tr("The text is too long for one note ({count} characters). Nothing was pasted.")
        self.message_bar.show_message(Message(MessageKind.LOOK, text.format(count=count)))

    @Slot()
    def _on_line_changed(self) -> None:
        shown = self.message_bar.message
        if shown is not None and shown.kind is MessageKind.LOOK and not shown.key:
            self.message_bar.clear()
        if self.film is not None and self.line.is_empty:
            self.film.typing_ended()  # a command, a star, or words taken away again: nothing more to wait for

    @Slot(object)
    def _on_tag_typed(self, typed: str | None) -> None:
        if typed is None:
            self.tag_popup.close_offer()
            return
        cursor = self.line.edit.mapTo(self, self.line.edit.cursorRect().topLeft())
        top = self.line.mapTo(self, QPoint(0, 0)).y()
        self.tag_popup.offer(self._tags, typed, (cursor.x() - 14, top - 4))

    @Slot(str)
    def _on_tag_picked(self, tag: str) -> None:
        self.line.edit.complete(tag)
        self.focus_line()

    @Slot()
    def _on_escaped(self) -> None:
        if self.line.mode is not LineMode.NOTE:
            self.line.leave_edit()

    @Slot(str, str)
    def _on_command(self, command_id: str, words: str) -> None:
        self.run(command_id, words)
        self._note_is_kept()

    @Slot(str)
    def _on_command_chosen(self, command_id: str) -> None:
        self.run(command_id)

    @Slot(bool)
    def _on_armed(self, armed: bool) -> None:
        self.line.set_waiting(self.form_panel.armed_kind if armed else None)
        self._place()

    # -- slots: lesson and form

    @Slot()
    def _on_start(self) -> None:
        live = self._live
        if live is not None and not live.begun and self._try(live.begin):
            self._on_begun()
        self.focus_line()

    @Slot()
    def _on_begun(self) -> None:
        settings = self._core.settings
        with contextlib.suppress(ObserveError):  # a count of hints is not worth a word during a lesson
            settings.change(visits_hinted=settings.get().visits_hinted + 1)
        self._show_lesson()
        self.begun.emit()

    @Slot()
    def _on_end(self) -> None:
        live = self._live
        if live is None:
            return
        self.leave()
        if self._try(live.finish):
            self._show_lesson()
            self.finished.emit()

    @Slot()
    def _on_resume(self) -> None:
        if self._live is not None and self._try(self._live.resume):
            self._show_lesson()
            self.focus_line()

    @Slot(str)
    def _on_form_chosen(self, form_id: str) -> None:
        live = self._live
        if live is not None and self._try(lambda: live.choose_form(form_id)):
            self._load_form()
            self.focus_line()

    @Slot()
    def _on_visit_changed(self) -> None:
        live = self._live
        if live is not None:
            before = live.visit.form_snapshot
            live.reload_visit()
            if live.visit.form_snapshot != before:
                self._load_form()
            self.strip.set_minutes(live.visit.minutes)
            self._show_lesson()

    @Slot()
    def _on_rows_changed(self) -> None:
        self._show_over()
        self._show_summary()

    @Slot(int)
    def _on_interval_chosen(self, index: int) -> None:
        self.board.go_to(index)

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        event = self.model.event_at(row)
        if event is not None:
            self._on_minute_chosen(event.offset_ms)

    @Slot(object)
    def _on_minute_chosen(self, offset_ms: int) -> None:
        if self.film is not None and self.shows_film:
            self.film.go_to(offset_ms)

    @Slot()
    def _on_tick(self) -> None:
        live = self._live
        if live is None:
            return
        self.lesson.tick()
        self._show_now()
        if self.isVisible():
            self._tick_timer.start(1005 - live.clock.elapsed_ms() % 1000)

    @Slot()
    def _show_now(self) -> None:
        """Show the moment wherever it stands."""
        live, led = self._live, self._led
        if live is None:
            return
        now = self._now_ms()
        self.clock_widget.tick(live.clock, live.visit.minutes, live.paused_since)
        self.line.set_now(now)
        if led is None:
            self.strip.set_now(now)
            return
        self.interval_strip.set_now(now)
        self.board.tick()
        length = led.seconds * 1000
        begun = index_at(now or 0, led.seconds) * length
        self.next_tick.set_left(length - ((now or 0) - begun), length)

    # -- Qt overrides

    def event(self, event: QEvent) -> bool:
        """Undo, Ctrl+Enter and keys of the form mean this visit, wherever the keyboard is; no window's key does."""
        key = event if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) else None
        mine = key is not None and (undo_step(key) or starts(key) or self._wants_key(key))
        if mine or (key is not None and self._keys.command(key) in self._commands):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the focused part left: undo, keys of codes and form, commands, Esc."""
        step = undo_step(event)
        if step:
            (self.acts.undo if step < 0 else self.acts.redo)()
        elif starts(event):
            self._on_start()
        elif self._take_key(event):
            return
        elif event.key() == Qt.Key.Key_Escape:
            self.focus_line()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Holding Alt in a narrow window shows the form over the stream; the message bar pushes the page down."""
        if watched is self.message_bar:
            if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
                self._place()
        elif watched is self.line:
            if event.type() == QEvent.Type.Move and self.tag_popup.isVisible():
                top = self.line.mapTo(self, QPoint(0, 0)).y()
                self.tag_popup.move(self.tag_popup.x(), top - 4 - self.tag_popup.height())
        elif event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            if event.key() == int(Qt.Key.Key_Alt) and self.is_narrow:
                self._place(sheet=event.type() == QEvent.Type.KeyPress)
            elif event.type() == QEvent.Type.KeyPress and self._keys.command(event) and self._take_key(event):
                return True  # before the line makes a sign or a new line of it
        elif event.type() == QEvent.Type.FocusIn and self.is_narrow:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stream left, form right."""
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Time moves on the screen only while it is seen; keys may have been set elsewhere meanwhile."""
        super().showEvent(event)
        self.follow_settings()
        self._on_tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page keeps what was being written."""
        super().hideEvent(event)
        self._tick_timer.stop()
        self.leave()

    # -- helpers

    def _connect(self) -> None:
        edit, view, keeper, acts = self.line.edit, self.pane.view, self.keeper, self.acts
        keeper.stored.connect(self._on_stored)
        keeper.changed.connect(self._on_kept)
        keeper.kept.connect(self._on_kept)
        keeper.writing.connect(self.writing)
        keeper.failed.connect(self._on_failed)
        keeper.refused.connect(self._on_refused)
        keeper.begun.connect(self._on_begun)
        keeper.star_asked.connect(acts.star_last)
        keeper.split.connect(acts.say_split)
        keeper.copied.connect(self._on_copied)
        edit.up_pressed.connect(acts.edit_last)
        edit.escaped.connect(self._on_escaped)
        edit.undo_asked.connect(acts.undo)
        edit.redo_asked.connect(acts.redo)
        edit.start_pressed.connect(self._on_start)
        edit.scroll_asked.connect(view.scroll_page)
        edit.tag_typed.connect(self._on_tag_typed)
        edit.paste_refused.connect(self._on_paste_refused)
        for watched in (edit, self.line, self.message_bar):
            watched.installEventFilter(self)
        acts.done.connect(self._on_kept)
        acts.refused.connect(self._on_refused)
        self._connect_line()
        self._connect_form()
        self._connect_lesson()

    def _connect_line(self) -> None:
        view = self.pane.view
        self.line.changed.connect(self._on_line_changed)
        self.line.touched.connect(self._on_touched)
        self.line.command_given.connect(self._on_command)
        self.line.codes_asked.connect(self.to_codes)
        self.line.laying_aside.connect(self._on_laying_aside)
        self.line.left_edit.connect(self._note_is_kept)
        self.keeper.changed.connect(self._note_is_kept)
        self.tag_popup.picked.connect(self._on_tag_picked)
        view.typed.connect(self._on_typed_elsewhere)
        for left in (self.acts.left, view.left, self.form_panel.left):
            left.connect(self.focus_line)
        self.strip.minute_chosen.connect(view.show_minute)
        self.start.start_button.clicked.connect(self._on_start)
        self.foot.ended.connect(self._on_end)
        self.foot.resumed.connect(self._on_resume)
        self.foot.form_asked.connect(self._on_sheet_asked)
        self.foot.command_chosen.connect(self._on_command_chosen)

    def _connect_form(self) -> None:
        edit = self.line.edit
        self.form_panel.armed_changed.connect(self._on_armed)
        self.form_panel.typed.connect(self._on_typed_elsewhere)
        for heard in (self._on_kept, edit.see_act_elsewhere, self._on_done_since):
            self.form_panel.saved.connect(heard)
        self.form_panel.failed.connect(self._on_act_failed)
        self.form_panel.form_chosen.connect(self._on_form_chosen)
        self.form_bar.pressed.connect(self._on_sheet_asked)
        self.message_bar.acted.connect(self._on_message_acted)
        self.feed.rows_changed.connect(self._on_rows_changed)
        self.feed.visit_changed.connect(self._on_visit_changed)
        self.feed.lesson_changed.connect(self._show_now)

    def _connect_lesson(self) -> None:
        lesson, board, line = self.lesson, self.board, self.codes_line
        lesson.done.connect(self._on_kept)
        lesson.done.connect(self._on_done_since)
        lesson.refused.connect(self._on_refused)
        lesson.clock_changed.connect(self._show_now)
        lesson.clock_asked.connect(self.clock_widget.ask)
        self.clock_widget.correction_asked.connect(lesson.set_clock)
        self.strip.gap_chosen.connect(lesson.ask_gap)
        self.pane.view.gap_asked.connect(lesson.ask_gap)
        for heard in (self._on_kept, self.line.edit.see_act_elsewhere, self._on_done_since):
            board.saved.connect(heard)
        board.failed.connect(self._on_act_failed)
        board.coded.connect(self._on_coded)
        board.shown_changed.connect(self.interval_strip.set_shown)
        board.left.connect(self.focus_line)
        line.key_pressed.connect(board.on_codes_key)
        line.write_asked.connect(self.to_note)
        line.typed.connect(self._on_typed_elsewhere)
        line.left.connect(self._on_codes_left)
        line.keys_asked.connect(self._on_card_asked)
        self.interval_strip.interval_chosen.connect(self._on_interval_chosen)
        self.interval_strip.minute_chosen.connect(self.pane.view.show_minute)
        self.pane.view.chosen.connect(self._on_row_chosen)
        for strip in (self.strip, self.interval_strip):
            strip.minute_chosen.connect(self._on_minute_chosen)

    @Slot()
    def _on_sheet_asked(self) -> None:
        self._place(sheet=not self.form_panel.isVisible())
        if self.form_panel.isVisible():
            self.form_panel.enter()

    def _now_ms(self) -> int | None:
        live = self._live
        return live.clock.elapsed_ms() if live is not None and live.begun else None

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ObserveError as error:
            self._on_refused(error)
            return False
        self._on_kept()
        return True

    @Slot()
    def _show_lesson(self) -> None:
        live = self._live
        if live is not None:
            self.form_panel.refresh()
            self.board.reload()
            if self.seats is not None and self.shows_seats:
                self.seats.refresh()
            running, walks = live.visit.started is not None and not live.ended, not self.form_panel.has_key("F6")
            self.foot.set_lesson(running=running, ended=live.ended, walks=walks)
            self._show_summary()
            self._offer_commands()
            self._show_over()
            self._on_tick()

    def _show_summary(self) -> None:
        """After the lesson: the teacher's share of the words noted, with what it rests on."""
        live = self._live
        share = talk_share(self.model.events).of_talk if live is not None and live.ended else Share(0, 0)
        words = ""
        if share.value is not None:
            number = QLocale().toString
            words = self.tr("Of {of} words noted as said, the teacher’s: {n} ({percent} %)").format(
                of=number(share.of), n=number(share.count), percent=number(round(100 * share.value))
            )
        self.foot.set_summary(words)

    def _show_over(self) -> None:
        live = self._live
        if live is None or self.model.rowCount():
            self.pane.set_over(None)
        else:
            self.start.set_begun(begun=live.begun, focus=live.visit.focus)
            self.pane.set_over(self.start)
