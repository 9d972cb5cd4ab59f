"""Compare: the user chooses whose visits, and looks at them over a term, one by one, or two beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QLocale, Qt, QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from observe_app.services import visits
from observe_app.ui.compare.header import CompareHeader
from observe_app.ui.compare.latest import Latest
from observe_app.ui.compare.offers import PAIR, offers, several_titles, visits_offered
from observe_app.ui.compare.out import CompareOut
from observe_app.ui.compare.pick import SEVERAL, SeveralSheet
from observe_app.ui.compare.reading import EVERYBODY, Read, read
from observe_app.ui.compare.state import LESSON, LESSONS, OBSERVERS, SIDES, TERM, CompareTarget, from_rows
from observe_app.ui.data_page import DataPage
from observe_app.ui.errors import describe
from observe_app.ui.widgets import Message, MessageKind, ProgressLine

if TYPE_CHECKING:
    from observe_app.domain.errors import ObserveError
    from observe_app.services.compare.term import Offered
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.compare.state import Chosen
    from observe_app.ui.compare.tab_base import CompareTab
    from observe_app.ui.jobs import JobRunner

_KEEP_MS = 600
_ERROR = "compare"


class ComparePage(DataPage):
    """The views and their choices."""

    place: ClassVar[str] = "compare"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"visit", "visit_member", "person", "event", "answer", "action_step", "turn", "same_lesson", "agreed_cell"}
    )

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("compare_page")
        self.chosen: Chosen = from_rows(core.settings.get().compare)
        self.found: Read | None = None
        self._people: tuple[Offered, ...] = ()  # as they are until something is written
        self._tabs: dict[str, CompareTab] = {}
        self._latest = Latest(jobs, self)
        self._latest.failed.connect(self._on_failed)
        self._latest.busy_changed.connect(self._on_busy)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEEP_MS)
        self._keep.timeout.connect(self._on_keep)
        self._build()
        self.out = CompareOut(core, jobs, self)
        self.out.message_posted.connect(self.message_posted)
        self.out.failed.connect(self._on_failed)
        self.out.began.connect(self._on_writing)
        self.out.ended.connect(self._on_written)
        self._connect()

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """Compare."""
        return self.tr("Compare")

    def header_widget(self) -> QWidget | None:
        """Tabs and choices."""
        return self.header

    def regions(self) -> tuple[QWidget, ...]:
        """Header, and the parts of the view."""
        return (self.header, *self.tab.regions())

    def start_widget(self) -> QWidget | None:
        """The view, else its tabs."""
        return self.tab.start_widget() or self.header.tabs

    def leave(self) -> bool:
        """Keep the choices, want no answers."""
        self._on_keep()
        self._latest.drop()
        self.tab.leave()
        return super().leave()

    @property
    def tab(self) -> CompareTab:
        """The view that shows, made when it is first wanted."""
        name = self.chosen.tab
        if name not in self._tabs:
            made = _make(name, self.core, self.jobs, self)
            made.visit_asked.connect(self.visit_asked)
            made.target_asked.connect(self.go_to)
            made.message_posted.connect(self.message_posted)
            made.failed.connect(self._on_failed)
            made.busy_changed.connect(self._on_busy)
            self._tabs[name] = made
            self.stack.addWidget(made)
        return self._tabs[name]

    @Slot(object)
    def go_to(self, target: CompareTarget) -> None:
        """Show a view, with these visits or this person."""
        changes: dict[str, object] = {"tab": target.tab or self.chosen.tab}
        if target.person_id:
            changes |= {"people": (target.person_id,), "form": "", "items": (), "span": ""}
        if target.observer_id is not None:
            changes["observer"] = target.observer_id
        if target.tab == OBSERVERS:
            changes |= {"first": target.visit_id or self.chosen.first, "second": target.other_id or self.chosen.second}
        elif target.visit_id:
            changes |= {"visit": target.visit_id, "other": target.other_id or self.chosen.other, "span": ""}
            teacher = visits.get(self.core, target.visit_id).teacher_id
            if teacher and teacher not in self.chosen.people:
                changes |= {"people": (teacher,), "form": "", "items": ()}
        self.choose(**changes)

    @Slot()
    def reload(self) -> None:
        """Count again what is chosen, after something was written."""
        self._people = ()
        self._ask()

    def _ask(self) -> None:
        self.header.show_tab(self.chosen.tab)
        self.stack.setCurrentWidget(self.tab)
        core, chosen, language, people = self.core, self.chosen, QLocale().name(), self._people
        self._latest.ask(lambda _progress: read(core, chosen, language, people), self._on_read)

    # --- choices ----------------------------------------------------------------------------------

    def choose(self, **changes: object) -> None:
        """Change choices, fields of `Chosen` by name, and count again."""
        was = self.chosen
        self.chosen = replace(was, **changes)  # type: ignore[arg-type]  # names of its fields
        if was.tab != self.chosen.tab and was.tab in self._tabs:
            focused = self.window().focusWidget()
            if self._tabs[was.tab].isAncestorOf(focused):  # False of nothing, too
                self.header.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tabs[was.tab].leave()
        self._keep.start()
        if self.is_active:
            self._ask()

    def _on_read(self, found: Read) -> None:
        self.found = found
        self._people = found.options.people
        if found.chosen != self.chosen:
            self.chosen = found.chosen
            self._keep.start()
        for name, choices, key in offers(found, self.chosen):
            self.header.offer(name, choices, key)
        self.header.show_more(self.chosen.more)
        tab = self.tab
        self.stack.setCurrentWidget(tab)
        tab.show_read(found)
        self.out.show_read(found)
        self.header.set_ready(export=self.out.export_reason(), report=self.out.report_reason())

    @Slot(str)
    def _on_tab_chosen(self, tab: str) -> None:
        self.choose(tab=tab)

    @Slot(str, str)
    def _on_picked(self, name: str, key: str) -> None:
        if key == SEVERAL:
            self._ask_several(name)
            return
        known: dict[str, dict[str, object]] = {
            "people": {"people": (key,) if key else (), "form": "", "items": (), "visit": "", "other": ""},
            "form": {"form": key, "items": ()},
            "items": {"items": (key,) if key else ()},
            "pair": dict(zip(("first", "second"), key.split(PAIR), strict=False)) if key else {},
        }
        self.choose(**known.get(name, {name: key}))

    def _ask_several(self, name: str) -> None:
        found = self.found
        if found is None:
            return
        if name == "pair":
            plain = visits_offered(self.core)
            ticked: tuple[str, ...] = (self.chosen.first, self.chosen.second)
        else:
            choices = next((one for key, one, _now in offers(found, self.chosen) if key == name), ())
            plain = tuple((key, words) for key, words in choices if key and key not in (SEVERAL, EVERYBODY))
            ticked = self.chosen.people if name == "people" else self.chosen.items
        sheet = SeveralSheet(several_titles()[name], plain, ticked, self.window(), exactly=2 if name == "pair" else 0)
        sheet.setProperty("choice", name)
        sheet.taken.connect(self._on_several)
        sheet.rejected.connect(self._on_several_left)
        sheet.open_over()

    @Slot(object)
    def _on_several(self, keys: tuple[str, ...]) -> None:
        sheet = self.sender()
        name = str(sheet.property("choice")) if isinstance(sheet, SeveralSheet) else ""
        if name == "people":
            self.choose(people=keys or (EVERYBODY,), items=())
        elif name == "items":
            self.choose(items=keys)
        elif name == "pair" and len(keys) == 2:
            self.choose(first=keys[0], second=keys[1])

    @Slot()
    def _on_several_left(self) -> None:
        """The list shows "several" now: put back what is chosen."""
        if self.found is not None:
            for name, choices, key in offers(self.found, self.chosen):
                self.header.offer(name, choices, key)

    @Slot()
    def _on_more(self) -> None:
        if self.found is None:
            return
        from observe_app.ui.compare.more_sheet import MoreSheet  # noqa: PLC0415  (few look for them)

        sheet = MoreSheet(self.found, self.chosen, self.window())
        sheet.taken.connect(self._on_more_taken)
        sheet.open_over()

    @Slot(object)
    def _on_more_taken(self, changes: dict[str, object]) -> None:
        self.choose(**changes)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_keep(self) -> None:
        self._keep.stop()
        rows = self.chosen.rows()
        if rows != self.core.settings.get().compare:
            self.core.settings.change(compare=rows)

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key=_ERROR))

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.progress_line.start(self.tr("Counting"))
        elif not self._latest.is_busy:
            self.progress_line.finish()

    @Slot(str)
    def _on_writing(self, words: str) -> None:
        self.progress_line.start(words)

    @Slot()
    def _on_written(self) -> None:
        self.progress_line.finish()

    @Slot()
    def _on_stop(self) -> None:
        self._latest.drop()
        self.tab.leave()
        self.out.stop()

    @Slot()
    def _on_export(self) -> None:
        self.out.offset_ms = self.tab.offset_ms
        self.out.export()

    @Slot()
    def _on_report(self) -> None:
        self.out.offset_ms = self.tab.offset_ms
        self.out.report()

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = CompareHeader()
        self.progress_line = ProgressLine(self)
        self.stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress_line)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.header.tab_chosen.connect(self._on_tab_chosen)
        self.header.picked.connect(self._on_picked)
        self.header.more_asked.connect(self._on_more)
        self.header.export_asked.connect(self._on_export)
        self.header.report_asked.connect(self._on_report)
        self.progress_line.stopped.connect(self._on_stop)


def _make(name: str, core: Core, jobs: JobRunner, parent: QWidget) -> CompareTab:
    """Make a view; each is loaded when it is first wanted."""
    if name == TERM:
        from observe_app.ui.compare.term_tab import TermTab  # noqa: PLC0415  (as said, here and below)

        return TermTab(core, jobs, parent)
    if name == LESSONS:
        from observe_app.ui.compare.lessons_tab import LessonsTab  # noqa: PLC0415

        return LessonsTab(core, jobs, parent)
    if name == LESSON:
        from observe_app.ui.compare.lesson_tab import LessonTab  # noqa: PLC0415

        return LessonTab(core, jobs, parent)
    if name == SIDES:
        from observe_app.ui.compare.sides_tab import SidesTab  # noqa: PLC0415

        return SidesTab(core, jobs, parent)
    from observe_app.ui.compare.observers_tab import ObserversTab  # noqa: PLC0415

    return ObserversTab(core, jobs, parent)
