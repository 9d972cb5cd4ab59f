"""Today: the visit that runs or comes next, conversations to have, steps that are due. Enter goes on with the first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.action_step import StepStatus
from observe_app.domain.visit import Stage
from observe_app.services import also_written, backup, people, steps, visits
from observe_app.services.sync import places
from observe_app.ui.data_page import DataPage, VisitTarget
from observe_app.ui.i18n import long_date, short_date
from observe_app.ui.moments import day_words, local, today_of
from observe_app.ui.today.next_visit import NextVisit
from observe_app.ui.today.nothing_planned import NothingPlanned
from observe_app.ui.today.practice_rows import PracticeRows
from observe_app.ui.today.reply_rows import arrived, reply_row
from observe_app.ui.today.shared_rows import CameNews, came_row, due_row, reminds, words_row
from observe_app.ui.today.side import NARROW, WIDTH, TodaySide
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    EmptyState,
    Message,
    MessageKind,
    ScrollPane,
    SectionHead,
)
from observe_app.ui.widgets.layout import side_width

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.action_step import StepRow
    from observe_app.domain.reply import Reply
    from observe_app.domain.visit import Visit, VisitRow
    from observe_app.services.core import Core
    from observe_app.services.visits import Today
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

_TICK_MS = 20_000
_START_EARLY = timedelta(minutes=45)
_LATE = timedelta(hours=3)
_MOST_ROWS = 10
_NARROW_BELOW = 1150


class TodayPage(DataPage):
    """What asks for attention now.

    Signals:
        visits_asked: go to the list of visits. groups_asked: to a `GroupsTarget`.
    """

    visits_asked, groups_asked = Signal(), Signal(object)

    place: ClassVar[str] = "today"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"visit", "visit_member", "person", "action_step", "claim", "event", "reply", "turn", "answer"}
        | {"journal_entry", "survey", "session", "follow_up", "pairing", "visit_round"}
    )

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("today_page")
        self.blocks: tuple[NextVisit, ...] = ()
        self.rows: tuple[TwoLineRow, ...] = ()
        self.unplanned: NothingPlanned | None = None
        self._arrived: tuple[tuple[Reply, Visit], ...] = ()
        self._also: TwoLineRow | None = None
        self._day = today_of(core.clock)
        self._came = CameNews(core, bus, self)
        self._came.changed.connect(self._on_news)
        self._practice = PracticeRows(core, self)
        self._practice.asked.connect(self.groups_asked)
        self._practice.message_posted.connect(self.message_posted)
        self._came_visits: tuple[Visit, ...] = ()
        self._reminds = False
        self._due: TwoLineRow | None = None
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """Today."""
        return self.tr("Today")

    def subtitle(self) -> str:
        """The day in full."""
        return long_date(today_of(self.core.clock))

    def activate(self) -> None:
        """Load, and let the minutes count."""
        super().activate()
        self._tick.start()

    def leave(self) -> bool:
        """Nothing is written here."""
        self._tick.stop()
        return super().leave()

    def regions(self) -> tuple[QWidget, ...]:
        """The page and its side."""
        return (self.stack, self.side)

    def start_widget(self) -> QWidget | None:
        """The one button that Enter presses."""
        return self.main_button

    @property
    def main_button(self) -> Button | None:
        """The primary button that shows."""
        if self.is_empty:
            return self.plan_button
        if self.blocks:
            return self.blocks[0].button
        return self.unplanned.plan_button if self.unplanned is not None else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing asks for attention."""
        return self.stack.currentWidget() is self.empty

    # --- loading ----------------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        found = visits.today(self.core)
        now, today = self.core.clock.now(), today_of(self.core.clock)
        self._day = today
        upcoming = [row for row in found.next if row.start is not None and row.start > now - _LATE]
        self._arrived = arrived(self.core)
        self._also = self._also_row()
        self._came_visits, self._reminds = self._came.visits(), reminds(self.core)
        self._due = due_row(self.core, self)
        something = (
            found.running, upcoming, found.waiting, found.steps, self._arrived, self._also, self._came_visits,
            self._reminds, self._due, self._practice.load(),
        )  # fmt: skip
        nothing = not any(something)
        had_focus = self.stack.isAncestorOf(self.focusWidget() or self)
        self.stack.setCurrentWidget(self.empty if nothing else self.pane)
        self._fill(found, upcoming, now, today)
        self.side.show_later(upcoming[1:], now, today)
        self.side.show_where(shared=bool(places.folders(self.core)))
        newest = next(iter(backup.listing(self.core)), None)
        self.side.show_backup(newest, self.core.clock.zone_name(), today)
        if had_focus and self.main_button is not None:
            self.main_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.header_changed.emit()

    def _fill(self, found: Today, upcoming: list[VisitRow], now: datetime, today: date) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        blocks: list[NextVisit] = []
        for row, running in [*((row, True) for row in found.running[:2]), *((row, False) for row in upcoming[:1])]:
            startable = not running and row.start is not None and row.start - now <= _START_EARLY
            block = NextVisit(
                row, now=now, today=today, running=running, startable=startable, primary=not blocks, parent=self
            )
            block.setProperty("starts", startable)
            block.pressed.connect(self._on_block_pressed)
            self._add(block, 24 if blocks else 0)
            blocks.append(block)
        self.blocks = tuple(blocks)
        self.unplanned = None if blocks else self._unplanned()
        rows: list[TwoLineRow] = []
        if found.waiting:
            self._add(SectionHead(self.tr("Waiting for a conversation"), str(len(found.waiting)), self), 26)
            rows += [self._waiting_row(row, today) for row in found.waiting[:_MOST_ROWS]]
        for row_widget in rows:
            self._add(row_widget)
        rows += self._fill_replies(today)
        rows += self._practice.fill(self._add)
        rows += self._fill_shared()
        rows += self._fill_also()
        rows += self._fill_due()
        split = len(rows)
        if found.steps:
            self._add(SectionHead(self.tr("Action steps"), self.tr("due this fortnight"), self), 26)
            rows += [self._step_row(step, today) for step in found.steps[:_MOST_ROWS]]
        for row_widget in rows[split:]:
            self._add(row_widget)
        self.rows = tuple(rows)
        self._column.addStretch(1)

    def _fill_shared(self) -> list[TwoLineRow]:
        """Add what the shared folder brought, and the reminder of the twelve words; return their rows."""
        rows = []
        if self._came_visits:
            rows.append((came_row(self.core, self._came_visits, self), self._on_came))
        if self._reminds:
            rows.append((words_row(self), self._on_words))
        if rows:
            self._add(SectionHead(self.tr("Shared folder"), "", self), 26)
        for row, act in rows:
            row.opened.connect(act)
            for button in row.findChildren(Button):
                button.clicked.connect(act)
            self._add(row)
        return [row for row, _act in rows]

    @Slot()
    def _on_news(self) -> None:
        if self.is_active:
            self._reload_timer.start()

    @Slot()
    def _on_came(self) -> None:
        came = self._came.visits()
        self._came.seen()
        if len(came) == 1:
            self.visit_asked.emit(VisitTarget(came[0].id))
        else:
            self.visits_asked.emit()

    @Slot()
    def _on_words(self) -> None:
        from observe_app.ui.shared_folder.sheets import WordsSheet  # noqa: PLC0415  (rarely wanted)

        sheet = WordsSheet(self.core, self.jobs, self)
        sheet.message_posted.connect(self.message_posted)
        sheet.closed.connect(self.reload)
        sheet.open_over()

    def _fill_replies(self, today: date) -> list[TwoLineRow]:
        """Add the replies that arrived; return their rows."""
        if not self._arrived:
            return []
        count = self.tr("1 new") if len(self._arrived) == 1 else self.tr("{n} new").format(n=len(self._arrived))
        self._add(SectionHead(self.tr("Replies that arrived"), count, self), 26)
        rows = []
        for reply, visit in self._arrived[:_MOST_ROWS]:
            row = reply_row(self.core, reply, visit, today, self)
            row.opened.connect(self._on_reply_opened)
            for button in row.findChildren(Button):
                button.clicked.connect(self._on_reply_opened)
            self._add(row)
            rows.append(row)
        return rows

    def _also_row(self) -> TwoLineRow | None:
        if not also_written.count(self.core):
            return None
        from observe_app.ui.also.page import today_row  # noqa: PLC0415  (only where something is open)

        return today_row(self.core, self)

    def _fill_also(self) -> list[TwoLineRow]:
        """Add the line about what several people wrote into one place; return it."""
        if self._also is None:
            return []
        self._add(SectionHead(self.tr("Also written"), "", self), 26)
        self._also.opened.connect(self._on_also)
        for button in self._also.findChildren(Button):
            button.clicked.connect(self._on_also)
        self._add(self._also)
        return [self._also]

    @Slot()
    def _on_also(self) -> None:
        from observe_app.ui.also.page import AlsoPage  # noqa: PLC0415  (wanted once in a while)

        AlsoPage(self.core, self.bus, self).open_over()

    def _fill_due(self) -> list[TwoLineRow]:
        """Add the line about visits that were kept long enough; return it."""
        if self._due is None:
            return []
        self._add(SectionHead(self.tr("How long visits are kept"), "", self), 26)
        self._due.opened.connect(self._on_due)
        for button in self._due.findChildren(Button):
            button.clicked.connect(self._on_due)
        self._add(self._due)
        return [self._due]

    @Slot()
    def _on_due(self) -> None:
        from observe_app.services.sync import retention  # noqa: PLC0415  (wanted once a year)
        from observe_app.ui.settings.retention_section import DueSheet  # noqa: PLC0415

        sheet = DueSheet(self.core, self.jobs, retention.due(self.core, today_of(self.core.clock)), self)
        sheet.closed.connect(self.reload)
        sheet.open_over()

    def _unplanned(self) -> NothingPlanned:
        made = NothingPlanned(self)
        made.plan_asked.connect(self.plan_asked)
        made.start_asked.connect(self.start_asked)
        self._add(made)
        return made

    def _add(self, widget: QWidget, above: int = 0) -> None:
        if above:
            self._column.addSpacing(above)
        self._column.addWidget(widget)

    def _waiting_row(self, row: VisitRow, today: date) -> TwoLineRow:
        moment = row.started or row.start
        day = local(moment, row.zone).date() if moment is not None else None
        button = Button(self.tr("Prepare the talk"), self, size=ButtonSize.SMALL)
        button.setProperty("visit", row.id)
        button.clicked.connect(self._on_talk)
        made = TwoLineRow(
            row.teacher or self.tr("Teacher not named yet"),
            row.class_line,
            self._visited_words(row, day, today),
            self,
            lead=short_date(day) if day is not None else self.tr("No date"),
            button=button,
        )
        made.setProperty("visit", row.id)
        made.opened.connect(self._on_row_opened)
        return made

    def _visited_words(self, row: VisitRow, day: date | None, today: date) -> str:
        notes = self.tr("1 note") if row.notes == 1 else self.tr("{n} notes").format(n=row.notes)
        parts = [notes]
        if row.starred:
            parts.append(self.tr("{n} starred").format(n=row.starred))
        if row.claims:
            claims = self.tr("1 claim") if row.claims == 1 else self.tr("{n} claims").format(n=row.claims)
            parts.append(claims)
        counts = self.tr("{counts}.").format(counts=", ".join(parts))
        if day is None:
            return counts
        when = self.tr("You visited {day}.").format(day=day_words(day, today))
        return self.tr("{visited} {counts}").format(visited=when, counts=counts)

    def _step_row(self, found: StepRow, today: date) -> TwoLineRow:
        step = found.step
        me = people.me(self.core)
        mine = me is not None and step.owner_id == me.id
        button = None
        if step.owner_id is not None and step.owner != found.teacher:  # a promise, which no lesson shows
            button = Button(self.tr("Done"), self, size=ButtonSize.SMALL, icon="check")
            button.setProperty("step", step.id)
            button.clicked.connect(self._on_done)
        overdue = step.due is not None and step.due < today
        second = self.tr("From the visit to {name}.").format(name=found.teacher) if found.teacher else ""
        if overdue:
            second = self.tr("Was due. {rest}").format(rest=second)
        made = TwoLineRow(
            " ".join(step.text.split()) or self.tr("A step without words yet"),
            self.tr("you") if mine else step.owner,
            second.strip(),
            self,
            lead=short_date(step.due) if step.due is not None else self.tr("No date"),
            button=button,
            aside=""
            if button is not None
            else self.tr("a later visit closes it")
            if mine
            else self.tr("yours to look for"),
            warn=overdue,
        )
        made.setProperty("visit", step.visit_id)
        made.opened.connect(self._on_step_opened)
        return made

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_tick(self) -> None:
        now, today = self.core.clock.now(), today_of(self.core.clock)
        if today != self._day:
            self.reload()
            return
        for block in self.blocks:
            block.set_now(now, today)

    @Slot()
    def _on_block_pressed(self) -> None:
        block = self.sender()
        if not isinstance(block, NextVisit):
            return
        visit_id = block.row.id
        if block.is_running:
            self.visit_asked.emit(VisitTarget(visit_id, Stage.OBSERVE.value))
        elif block.property("starts"):
            visits.begin(self.core, visit_id=visit_id)
            self.visit_asked.emit(VisitTarget(visit_id, Stage.OBSERVE.value))
        else:
            self.visit_asked.emit(VisitTarget(visit_id, Stage.PREPARE.value))

    @Slot()
    def _on_talk(self) -> None:
        button = self.sender()
        if button is not None:
            self.visit_asked.emit(VisitTarget(str(button.property("visit")), Stage.TALK.value))

    @Slot()
    def _on_row_opened(self) -> None:
        row = self.sender()
        if row is not None:
            self.visit_asked.emit(VisitTarget(str(row.property("visit"))))

    @Slot()
    def _on_step_opened(self) -> None:
        row = self.sender()
        if row is not None:  # there stands what later visits showed of it
            self.visit_asked.emit(VisitTarget(str(row.property("visit")), Stage.FOLLOW_UP.value))

    @Slot()
    def _on_reply_opened(self) -> None:
        asked = self.sender()
        if asked is not None:
            self.visit_asked.emit(VisitTarget(str(asked.property("visit")), Stage.FOLLOW_UP.value))

    @Slot(str)
    def _on_later_asked(self, visit_id: str) -> None:
        self.visit_asked.emit(VisitTarget(visit_id))

    @Slot()
    def _on_done(self) -> None:
        button = self.sender()
        if button is None:
            return
        opened = steps.open_step(self.core, str(button.property("step")))
        steps.edit(self.core, step_id=opened.value.id, seen=opened.seen, status=StepStatus.DONE)
        words = self.tr("Done: {step}").format(step=" ".join(opened.value.text.split()))
        message = Message(MessageKind.NEWS, words, self.tr("Undo"), "check", key=f"undo/{opened.value.visit_id}")
        self.message_posted.emit(message)

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, else the main one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focused = self.focusWidget()
            button = focused if isinstance(focused, Button) and focused.hasFocus() else self.main_button
            if button is not None:
                button.click()
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way in a small window."""
        super().resizeEvent(event)
        self.side.setFixedWidth(side_width(event.size().width(), wide=WIDTH, narrow=NARROW, below=_NARROW_BELOW))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.plan_button = Button(self.tr("Plan a visit"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.start_button = Button(self.tr("Start writing now"), self, icon="pencil-line")
        self.plan_button.setObjectName("empty_plan")
        self.start_button.setObjectName("empty_start")
        self.plan_button.clicked.connect(self.plan_asked)
        self.start_button.clicked.connect(self.start_asked)
        self.empty = EmptyState(
            self.tr("A quiet day"),
            self.tr(
                "No visit is planned, nobody is waiting for a conversation and no step is due. "
                "Plan one, or start writing straight away: you can say who and what afterwards."
            ),
            self,
            buttons=(self.plan_button, self.start_button),
            keys=(
                (self.tr("Ctrl N"), self.tr("plan")),
                (self.tr("Ctrl Enter"), self.tr("start now")),
                (self.tr("Ctrl K"), self.tr("find anything")),
            ),
        )
        self.pane = ScrollPane(self)
        self.pane.body.setContentsMargins(24, 20, 32, 24)
        holder = QWidget(self.pane)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.pane.body.addWidget(holder)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.pane)
        self.side = TodaySide(self)
        self.side.visit_asked.connect(self._on_later_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self.side)
