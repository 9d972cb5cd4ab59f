"""The Observe tab: strip, stream and note line, with the form beside them, all within reach of the keyboard."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

from observe_app.domain.errors import ObserveError
from observe_app.ui.errors import describe
from observe_app.ui.form_panel.item_keys import asks_number, form_key
from observe_app.ui.observe.live_visit import LiveVisit
from observe_app.ui.observe.note_edit import undo_step
from observe_app.ui.observe.note_line import LineMode
from observe_app.ui.observe.tab_base import ObserveBase
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.event import Event
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

_CLOCK_BARE = 760
_STRIP_MS = 60
_HINTED_VISITS = 20
_RISK = "observe-risk"


class ObserveTab(ObserveBase):
    """A visit while it is observed.

    Signals:
        saved: aware UTC time at which everything on screen was on disk.
        writing: words on screen are not kept yet.
        not_saved: the `ObserveError` that keeps them from the disk; it is tried again.
        begun: the lesson began.
        finished: the lesson was ended; the visit goes on to Talk.
    """

    saved = Signal(object)
    writing = Signal()
    not_saved = Signal(object)
    begun = Signal()
    finished = Signal()

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, bus, parent)
        self._core = core
        self._live: LiveVisit | None = None
        self._tags: tuple[str, ...] = ()
        self._strip_timer = QTimer(self)
        self._strip_timer.setSingleShot(True)
        self._strip_timer.setInterval(_STRIP_MS)
        self._strip_timer.timeout.connect(self._draw_strip)
        self._tick_timer = QTimer(self)
        self._tick_timer.setSingleShot(True)
        self._tick_timer.timeout.connect(self._on_tick)
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
        live = LiveVisit(self._core, visit_id)
        self._live = live
        self._tags = live.tags()
        self.message_bar.clear()
        self.acts.load(live)
        self.feed.load(live)
        self.form_panel.load(live, live.form)
        self.pane.view.set_link_targets(self.form_panel.targets())
        self.feed.load_links()
        self.strip.set_minutes(live.visit.minutes)
        self._draw_strip()
        self.keeper.load(live)
        self.foot.set_hints_shown(self._core.settings.get().visits_hinted <= _HINTED_VISITS)
        self._show_lesson()

    def leave(self) -> None:
        """Keep what is being written; for changing the tab, the visit or closing the window."""
        if self._live is not None:
            self.keeper.close()
            self.form_panel.flush()

    @Slot()
    def focus_line(self) -> None:
        """Bring the keyboard to the note line."""
        self.form_panel.disarm()
        self.line.edit.setFocus()
        self._place()

    def regions(self) -> tuple[QWidget, ...]:
        """Note line, form, stream: what F6 walks."""
        return (self.line.edit, self.form_panel, self.pane.view)

    def go_to(self, event_id: str) -> None:
        """Select an event of the stream and bring it into sight."""
        self.pane.view.show_row(self.model.row_of(event_id))

    # -- slots: the line

    @Slot(object)
    def _on_stored(self, event: Event) -> None:
        self.model.put(event)
        fresh = [tag for tag in event.tags if tag not in self._tags]
        self._tags = (*self._tags, *fresh)
        self._on_kept()
        self._on_rows_changed()

    @Slot()
    def _on_kept(self) -> None:
        self.message_bar.clear(_RISK)
        self.saved.emit(self._now())

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        text = self.tr("{reason}. Your line stays on the screen and is tried again by itself.")
        text = text.format(reason=describe(error).title)
        message = Message(MessageKind.RISK, text, self.tr("Copy the line"), key=_RISK, closable=False)
        self.message_bar.show_message(message)
        self.not_saved.emit(error)

    @Slot(object)
    def _on_refused(self, error: ObserveError) -> None:
        words = describe(error)
        self.message_bar.show_message(Message(MessageKind.LOOK, f"{words.text} {words.hint}".strip()))

    @Slot(int)
    def _on_paste_refused(self, count: int) -> None:
        text = self.tr("The text is too long for one note ({count} characters). Nothing was pasted.")
        self.message_bar.show_message(Message(MessageKind.LOOK, text.format(count=count)))

    @Slot(object)
    def _on_message_acted(self, _message: Message) -> None:
        QGuiApplication.clipboard().setText(self.line.typed)

    @Slot()
    def _on_line_changed(self) -> None:
        self.strip.set_now(self._now_ms())
        if self.message_bar.message is not None and self.message_bar.message.kind is MessageKind.LOOK:
            self.message_bar.clear()

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
        else:
            self.pane.view.clearSelection()

    def _take_form_key(self, event: QKeyEvent) -> bool:
        """Give the form the keys that mean it wherever the keyboard is."""
        self._place(sheet=True)
        taken = self.form_panel.take_key(event)
        if not (taken and asks_number(event)):
            self._place()
        return taken

    @Slot(bool)
    def _on_armed(self, armed: bool) -> None:
        self.line.set_waiting(self.form_panel.armed_kind if armed else None)
        self._place()

    @Slot(str)
    def _on_typed_elsewhere(self, text: str) -> None:
        self.focus_line()
        self.line.edit.insertPlainText(text)

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
        if not self._strip_timer.isActive():
            self._strip_timer.start()

    @Slot()
    def _draw_strip(self) -> None:
        self.strip.set_events(self.model.events)

    @Slot()
    def _on_tick(self) -> None:
        live = self._live
        if live is None:
            return
        self.clock_widget.tick(live.clock, live.visit.minutes)
        self.line.set_now(self._now_ms())
        self.strip.set_now(self._now_ms())
        if self.isVisible():
            self._tick_timer.start(1005 - live.clock.elapsed_ms() % 1000)

    # -- Qt overrides

    def event(self, event: QEvent) -> bool:
        """Undo and keys of the form mean this visit, wherever the keyboard is; F6 walks where no item asks for it."""
        key = event if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) else None
        if key is not None and (undo_step(key) or self.form_panel.wants_key(key)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the focused part left: undo, keys of the form, F6, Esc."""
        step = undo_step(event)
        if step:
            (self.acts.undo if step < 0 else self.acts.redo)()
        elif (form_key(event) or asks_number(event)) and self._take_form_key(event):
            return
        elif event.key() == Qt.Key.Key_F6:
            self._walk()
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
        elif event.type() == QEvent.Type.FocusIn and self.is_narrow:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stream left, form right."""
        self.clock_widget.set_bare(bare=self.width() < scaled(_CLOCK_BARE))
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Time moves on the screen only while it is seen."""
        super().showEvent(event)
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
        self.line.changed.connect(self._on_line_changed)
        self.tag_popup.picked.connect(self._on_tag_picked)
        acts.done.connect(self._on_kept)
        acts.refused.connect(self._on_refused)
        view.typed.connect(self._on_typed_elsewhere)
        for left in (acts.left, view.left, self.form_panel.left):
            left.connect(self.focus_line)
        self.strip.minute_chosen.connect(view.show_minute)
        self.start.start_button.clicked.connect(self._on_start)
        self.foot.ended.connect(self._on_end)
        self.foot.resumed.connect(self._on_resume)
        self.form_panel.armed_changed.connect(self._on_armed)
        self.form_panel.typed.connect(self._on_typed_elsewhere)
        self.form_panel.saved.connect(self._on_kept)
        self.form_panel.saved.connect(edit.see_act_elsewhere)
        self.form_panel.failed.connect(self._on_failed)
        self.form_panel.form_chosen.connect(self._on_form_chosen)
        self.form_bar.pressed.connect(self._on_sheet_asked)
        self.message_bar.acted.connect(self._on_message_acted)
        self.feed.rows_changed.connect(self._on_rows_changed)
        self.feed.visit_changed.connect(self._on_visit_changed)

    @Slot()
    def _on_sheet_asked(self) -> None:
        self._place(sheet=not self.form_panel.isVisible())
        if self.form_panel.isVisible():
            self.form_panel.enter()

    def _now(self) -> datetime:
        return self._core.clock.now()

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

    def _load_form(self) -> None:
        live = self._live
        if live is not None:
            self.form_panel.load(live, live.form)
            self.pane.view.set_link_targets(self.form_panel.targets())
            self.feed.load_links()

    def _show_lesson(self) -> None:
        live = self._live
        if live is not None:
            self.form_panel.refresh()
            running, walks = live.visit.started is not None and not live.ended, not self.form_panel.has_key("F6")
            self.foot.set_lesson(running=running, ended=live.ended, walks=walks)
            self._show_over()
            self._on_tick()

    def _show_over(self) -> None:
        live = self._live
        if live is None or self.model.rowCount():
            self.pane.set_over(None)
        else:
            self.start.set_begun(begun=live.begun, focus=live.visit.focus)
            self.pane.set_over(self.start)

    def _walk(self) -> None:
        if self.line.edit.hasFocus() and self.form_panel.isVisibleTo(self) and self.form_panel.enter():
            return
        if not self.pane.view.hasFocus() and self.model.rowCount():
            if self.pane.view.selected_event is None:
                self.pane.view.show_row(self.model.rowCount() - 1)
            self.pane.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.focus_line()
