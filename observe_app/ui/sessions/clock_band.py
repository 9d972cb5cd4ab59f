"""The quiet clock of a session: what is left of the line that is on, what it is, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.sessions.running import lasted_min
from observe_app.domain.sessions.states import SessionState
from observe_app.ui.sessions.words import clock_words, minutes_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ElidedLabel, Plane, TextLabel
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.sessions.running import Running
    from observe_app.domain.sessions.session import Session

_CLOCK_WIDE = 146
_MOST = 110
_WORDS_FROM = 780


class ClockBand(Plane):
    """Clock, line, next, and what can be done.

    Signals:
        start_asked, next_asked, back_asked, stop_asked: of the buttons.
    """

    start_asked = Signal()
    next_asked = Signal()
    back_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("clock_band")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clock = TextLabel("", self, step="clock", weight=600, tabular=True)
        self.clock.setObjectName("session_clock")
        self.clock_note = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.clock_note.setObjectName("session_clock_note")
        self.current = TextLabel("", self, step="page", weight=600, wrap=True)
        self.current.setObjectName("session_item")
        self.following = ElidedLabel("", self, step="small", tone="muted")
        self.following.setObjectName("session_next")
        self.start_button = Button(self.tr("Start the session"), self, kind=ButtonKind.PRIMARY, icon="play")
        self.start_button.setObjectName("session_start")
        self.back_button = Button("", self, icon="step-back", name=self.tr("Back to the item before (Alt B)"))
        self.next_button = Button(self.tr("Next item"), self, kind=ButtonKind.PRIMARY, icon="step-forward")
        self.next_button.setObjectName("session_next_item")
        self.next_button.setToolTip(self.tr("Alt N"))
        self.stop_button = Button(self.tr("End"), self, icon="circle-stop", name=self.tr("End the session"))
        self.stop_button.setObjectName("session_stop")
        for button in (self.back_button, self.next_button, self.stop_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the note line
        self._build()
        self.start_button.clicked.connect(self.start_asked)
        self.back_button.clicked.connect(self.back_asked)
        self.next_button.clicked.connect(self.next_asked)
        self.stop_button.clicked.connect(self.stop_asked)

    def _build(self) -> None:
        left = QWidget(self)
        left.setMinimumWidth(scaled(_CLOCK_WIDE))
        time = QVBoxLayout(left)
        time.setContentsMargins(0, 0, 0, 0)
        time.setSpacing(0)
        time.addWidget(self.clock)
        time.addWidget(self.clock_note)
        words = QVBoxLayout()
        words.setSpacing(scaled(4))
        words.addStretch(1)
        words.addWidget(self.current)
        words.addWidget(self.following)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(24), scaled(12), scaled(24), scaled(12))
        row.setSpacing(scaled(12))
        row.addWidget(left)
        row.addLayout(words, 1)
        for button in (self.start_button, self.back_button, self.next_button, self.stop_button):
            row.addWidget(button)

    def show_clock(self, session: Session, now: Running) -> None:
        """Show the time; what is over time is said in words and in a warm tone, and nothing blinks."""
        running = session.state == SessionState.RUNNING
        planned = session.state == SessionState.PLANNED
        self.start_button.setVisible(not running and session.state != SessionState.CANCELLED)
        self.start_button.setText(self.tr("Start the session") if planned else self.tr("Go on"))
        self.start_button.set_kind(ButtonKind.PRIMARY if planned else ButtonKind.PLAIN)
        for button in (self.back_button, self.next_button, self.stop_button):
            button.setVisible(running)
        self.next_button.set_disabled_because("" if now.item or now.following else self.tr("All items are through."))
        if running:
            self._show_running(session, now)
        else:
            self._show_standing(session, now)

    def _show_running(self, session: Session, now: Running) -> None:
        over = now.left_s is not None and now.left_s < 0
        if now.item is None:
            clock, note = clock_words(now.session_s), self.tr("since the beginning")
        elif now.left_s is None:
            clock, note = clock_words(now.item_s), self.tr("on this item")
        else:
            clock = clock_words(now.left_s)
            note = self.tr("over time") if over else self.tr("left of {n} min").format(n=now.item.minutes)
        self._set(clock, note, warm=over)
        self._name(now.item.title if now.item is not None else self.tr("No item is on"))
        told = [
            self.tr("Next: {item}").format(item=now.following.title)
            if now.following is not None
            else self.tr("Nothing comes after it")
        ]
        told.append(self.tr("{n} of {of} min").format(n=now.session_s // 60, of=session.minutes))
        behind = now.behind_s // 60
        if behind:
            words = self.tr("{n} min behind") if behind > 0 else self.tr("{n} min ahead")
            told.append(words.format(n=abs(behind)))
        self.following.setText(" · ".join(told))

    def _show_standing(self, session: Session, now: Running) -> None:
        if session.state == SessionState.HELD:
            self._set(minutes_words(lasted_min(session)), self.tr("held"))
            self._name(session.title)
            self.following.setText(self.tr("What is written here goes on into the minutes."))
            return
        self._set(minutes_words(session.minutes), self.tr("planned"))
        first = now.following
        self._name(first.title if first is not None else self.tr("No agenda yet"))
        self.following.setText(
            self.tr("The clock begins with this item.")
            if first is not None
            else self.tr("The clock can run without one.")
        )

    def _name(self, title: str) -> None:
        """Show what is on; a very long title is cut, and whole in the tooltip."""
        shown = title if len(title) <= _MOST else f"{title[: _MOST - 1].rstrip()}…"
        if shown != self.current.text():
            self.current.setText(shown)
            self.current.setToolTip(plain_tip(title) if shown != title else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A button keeps its sign alone where there is little room."""
        super().resizeEvent(event)
        self.stop_button.setText(self.tr("End") if event.size().width() >= scaled(_WORDS_FROM) else "")

    def _set(self, clock: str, note: str, *, warm: bool = False) -> None:
        if self.clock.text() != clock:
            self.clock.setText(clock)
        if self.clock_note.text() != note:
            self.clock_note.setText(note)
        for label in (self.clock, self.clock_note):
            label.set_tone("warm" if warm else "ink" if label is self.clock else "muted")
