"""Bringing timetables in: what would be kept is shown first, unknown names are asked about, columns can be changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import people
from observe_app.services.exchange.columns import TIMETABLE_ROLES
from observe_app.services.rounds import timetables
from observe_app.services.rounds.timetables import ADD, Asked, TimetablesFound
from observe_app.ui.errors import describe
from observe_app.ui.import_words import problem_sentence
from observe_app.ui.jobs import Job
from observe_app.ui.rounds.timetable_editor import BellTimesPart
from observe_app.ui.rounds.words import kind_word
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    ElidedLabel,
    ScrollPane,
    SectionHead,
    Sheet,
    TextLabel,
)
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

_PEOPLE, _UNKNOWN, _PROBLEMS = 40, 30, 12
_HIGH = 420
_WIDE = 760


class TimetableImport(QObject):
    """Reads files, asks, brings them in.

    Signals:
        imported: the `TimetablesFound` that was kept. ended: the sheet is gone, in whatever way.
    """

    imported = Signal(object)
    ended = Signal()

    def __init__(
        self, core: Core, jobs: JobRunner, paths: Sequence[Path], host: QWidget, *, person_id: str = ""
    ) -> None:
        super().__init__(host)
        self._core, self._jobs, self._paths, self._host = core, jobs, tuple(paths), host
        self._asked = Asked(person_id=person_id)
        self.sheet: Sheet | None = None
        self.found: TimetablesFound | None = None
        self._pane: ScrollPane | None = None
        self._columns_open = False

    @Slot()
    def start(self) -> None:
        """Read the files in the background, then show what they would do."""
        core, paths, asked = self._core, self._paths, self._asked

        def look(progress: Progress) -> TimetablesFound:
            return timetables.preview(core, paths=paths, asked=asked, progress=progress)

        self._jobs.run(look, Job(self, self._on_read, self._on_failed, on_cancel=self.ended.emit))

    def _on_read(self, found: TimetablesFound) -> None:
        self.found = found
        if self.sheet is None:
            self._open()
        self._show(found)

    def _open(self) -> None:
        sheet = self.sheet = Sheet(self.tr("Bring in timetables"), self._host, width=_WIDE)
        sheet.setObjectName("import_timetables_sheet")
        self._lead = sheet.add_lead("")
        self._pane = ScrollPane(sheet, margin=0, exact=True)
        self._pane.body.setSpacing(10)
        sheet.body.addWidget(self._pane)
        self._replaces = QCheckBox(self.tr("In place of what was brought in earlier for the same people"), sheet)
        self._replaces.setChecked(True)
        self._replaces.setObjectName("timetable_replaces")
        self._replaces.clicked.connect(self._on_replaces)
        sheet.body.addWidget(self._replaces)
        sheet.add_safe(self.tr("Leave it"))
        self._main = sheet.add_main(self.tr("Bring in"))
        sheet.accepted.connect(self._on_accepted)
        sheet.rejected.connect(self.ended)
        sheet.open_over()

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _show(self, found: TimetablesFound) -> None:
        pane, sheet = self._pane, self.sheet
        if pane is None or sheet is None:
            return
        clear_layout(pane.body)
        kinds = ", ".join(self.tr("{n} {kind}").format(n=count, kind=kind_word(kind)) for kind, count in found.kinds)
        files = ", ".join(path.name for path in self._paths[:3]) + (" …" if len(self._paths) > 3 else "")
        words = self.tr("{file}: times {n} ({kinds}), people {people}")
        if not found.count:
            words = self.tr("{file}: nothing that could be kept yet")
        self._lead.setText(words.format(file=files, n=found.count, kinds=kinds, people=len(found.people)))
        if found.unknown:
            self._show_unknown(found)
        if any(one.rule == "timetable_period" for one in found.problems):
            bells = BellTimesPart(self._core, pane)
            bells.kept.connect(self.start)
            pane.body.addWidget(bells)
        if found.people:
            self._show_people(found)
        self._show_problems(found)
        self._show_columns(found)
        pane.body.addStretch(1)
        self._main.setText(
            self.tr("Bring in 1 time") if found.count == 1 else self.tr("Bring in {n} times").format(n=found.count)
        )
        self._main.set_disabled_because("" if found.count else self.tr("Nobody in it is known yet; say who they are."))
        self._main.updateGeometry()
        QTimer.singleShot(0, self, self._fit)  # parts that came just now have no height before they are shown

    @Slot()
    def _fit(self) -> None:
        if self.sheet is not None and self._pane is not None and shiboken6.isValid(self.sheet):
            self.sheet.fit(self._pane, scaled(_HIGH))

    def _show_people(self, found: TimetablesFound) -> None:
        pane = self._pane
        assert pane is not None  # noqa: S101  (made with the sheet)
        pane.body.addWidget(SectionHead(self.tr("Timetables"), str(len(found.people)), pane, step="body"))
        holder = QWidget(pane)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for row, one in enumerate(found.people[:_PEOPLE]):
            name = self.tr("{name} (new)").format(name=one.person.name) if one.new else one.person.name
            grid.addWidget(ElidedLabel(name, holder, weight=600), row, 0)
            parts = [self.tr("{n} a week").format(n=one.weekly)] if one.weekly else []
            parts += [self.tr("{n} on single days").format(n=one.single)] if one.single else []
            parts += [self.tr("in place of {n}").format(n=one.earlier)] if one.earlier else []
            grid.addWidget(TextLabel(" · ".join(parts), holder, step="small", tone="muted", tabular=True), row, 1)
        pane.body.addWidget(holder)
        self._more(len(found.people) - _PEOPLE)

    def _show_unknown(self, found: TimetablesFound) -> None:
        pane = self._pane
        assert pane is not None  # noqa: S101  (as above)
        head = SectionHead(self.tr("Not known here"), str(len(found.unknown)), pane, step="body")
        every = Button(self.tr("Add all of them"), pane, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        every.setObjectName("add_all_unknown")
        every.clicked.connect(self._on_add_all)
        head.add_right(every)
        pane.body.addWidget(head)
        holder = QWidget(pane)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        rows = people.listing(self._core)
        for row, one in enumerate(found.unknown[:_UNKNOWN]):
            words = self.tr("{name}: several people fit").format(name=one.name) if one.several else one.name
            grid.addWidget(ElidedLabel(words, holder), row, 0)
            grid.addWidget(TextLabel(str(one.count), holder, step="small", tone="muted", tabular=True), row, 1)
            box = ComboBox(holder)
            box.setAccessibleName(self.tr("Who is {name}?").format(name=one.name))
            box.setProperty("who", one.name)
            box.setFixedWidth(scaled(260))
            box.addItem(self.tr("Leave out"), "")
            if not one.several:
                box.addItem(self.tr("Add as a new person"), ADD)
            for person in rows:
                box.addItem(person.person.name, person.person.id)
            box.activated.connect(self._on_who)
            grid.addWidget(box, row, 2)
        pane.body.addWidget(holder)
        self._more(len(found.unknown) - _UNKNOWN)

    def _show_problems(self, found: TimetablesFound) -> None:
        pane = self._pane
        assert pane is not None  # noqa: S101  (as above)
        if not found.problems:
            return
        pane.body.addWidget(SectionHead(self.tr("Good to know"), "", pane, step="body"))
        for problem in found.problems[:_PROBLEMS]:
            pane.body.addWidget(TextLabel(problem_sentence(problem), pane, step="small", tone="warm", wrap=True))
        self._more(len(found.problems) - _PROBLEMS)

    def _show_columns(self, found: TimetablesFound) -> None:
        pane = self._pane
        read = next((one for one in found.reads if one.columns), None)
        if pane is None or read is None:
            return
        head = SectionHead(self.tr("Columns"), "", pane, step="body")
        toggle = Button(
            self.tr("Hide") if self._columns_open else self.tr("Change"), pane,
            kind=ButtonKind.LINK, size=ButtonSize.SMALL,
        )  # fmt: skip
        toggle.setObjectName("timetable_columns")
        toggle.clicked.connect(self._on_columns)
        head.add_right(toggle)
        pane.body.addWidget(head)
        names = self._role_names()
        letters = dict(read.mapping)
        heads = {letter: head for letter, head, _sample in read.columns}
        if not self._columns_open:
            told = " · ".join(
                self.tr("{role}: {column}").format(role=names[role], column=heads.get(letter, letter))
                for role, letter in read.mapping
            )
            pane.body.addWidget(TextLabel(told, pane, step="small", tone="muted", wrap=True))
            return
        holder = QWidget(pane)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        for number, role in enumerate(TIMETABLE_ROLES):
            box = ComboBox(holder)
            box.setAccessibleName(names[role])
            box.setProperty("role", role)
            box.addItem(self.tr("none"), "")
            for letter, column, sample in read.columns:
                box.addItem(f"{column} ({sample})" if sample else column, letter)
            box.setCurrentIndex(max(box.findData(letters.get(role, "")), 0))
            box.activated.connect(self._on_column)
            line = QHBoxLayout()
            line.addWidget(TextLabel(names[role], holder, step="small"), 1)
            box.setFixedWidth(scaled(190))
            line.addWidget(box)
            grid.addLayout(line, number // 2, number % 2)
        pane.body.addWidget(holder)

    def _more(self, count: int) -> None:
        if count > 0 and self._pane is not None:
            words = self.tr("and {n} more").format(n=count)
            self._pane.body.addWidget(TextLabel(words, self._pane, step="small", tone="muted"))

    def _role_names(self) -> dict[str, str]:
        return {
            "person": self.tr("Whose"),
            "email": self.tr("E-mail"),
            "staff_id": self.tr("Staff number"),
            "first": self.tr("First name"),
            "last": self.tr("Surname"),
            "weekday": self.tr("Weekday"),
            "date": self.tr("Date"),
            "starts": self.tr("Begins"),
            "ends": self.tr("Ends"),
            "period": self.tr("Period"),
            "class": self.tr("Class"),
            "subjects": self.tr("Subject"),
            "room": self.tr("Room"),
            "building": self.tr("Building"),
            "week": self.tr("Week"),
            "kind": self.tr("Kind"),
        }

    # --- what is asked ------------------------------------------------------------------------------------------------

    @Slot()
    def _on_who(self) -> None:
        box = self.sender()
        if isinstance(box, ComboBox):
            told = dict(self._asked.people) | {str(box.property("who")): str(box.currentData() or "")}
            self._asked = replace(self._asked, people=tuple(told.items()))
            self.start()

    @Slot()
    def _on_add_all(self) -> None:
        self._asked = replace(self._asked, add_unknown=True)
        self.start()

    @Slot()
    def _on_replaces(self) -> None:
        self._asked = replace(self._asked, replaces=self._replaces.isChecked())
        self.start()

    @Slot()
    def _on_columns(self) -> None:
        self._columns_open = not self._columns_open
        if self.found is not None:
            self._show(self.found)

    @Slot()
    def _on_column(self) -> None:
        box = self.sender()
        if isinstance(box, ComboBox):
            told = dict(self._asked.mapping) | {str(box.property("role")): str(box.currentData() or "")}
            self._asked = replace(self._asked, mapping=tuple(told.items()))
            self.start()

    @Slot()
    def _on_accepted(self) -> None:
        core, paths, asked = self._core, self._paths, self._asked

        def keep(progress: Progress) -> TimetablesFound:
            return timetables.bring_in(core, paths=paths, asked=asked, progress=progress)

        self._jobs.run(keep, Job(self, self._on_kept, self._on_failed, on_cancel=self.ended.emit))

    def _on_kept(self, found: TimetablesFound) -> None:
        self.imported.emit(found)
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        if self.sheet is not None and self.sheet.isVisible():
            self._lead.setText(f"{told.text} {told.hint}".strip())
            self._main.set_disabled_because(told.text)
            return
        sheet = Sheet(told.title, self._host)
        sheet.setObjectName("import_failed")
        sheet.body.addWidget(TextLabel(told.text, sheet, step="body", wrap=True))
        if told.hint:
            sheet.body.addWidget(TextLabel(told.hint, sheet, tone="muted", wrap=True))
        if getattr(error, "reason", "") == "no_column":
            sheet.body.addWidget(TextLabel(self._shape_words(), sheet, tone="muted", wrap=True))
        sheet.add_safe(self.tr("Go on"))
        sheet.closed.connect(self.ended)
        sheet.open_over()

    def _shape_words(self) -> str:
        return self.tr(
            "A row is one lesson: who teaches it, the weekday or the date, when it begins and ends or its period, "
            "and, if you like, class, subject, room, building and week."
        )
