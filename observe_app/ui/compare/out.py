"""What goes out of Compare: the figures as a workbook or tables, a report as a PDF; each where the person says."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from observe_app.domain.compare.audience import Who
from observe_app.domain.errors import ObserveError
from observe_app.ui.compare.out_sheet import Asked, OutSheet
from observe_app.ui.compare.state import OBSERVERS, TERM
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.hand_over import start_folder
from observe_app.ui.jobs import Job
from observe_app.ui.papers import paper_of
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.pdf.term_export import Comparison, Look
    from observe_app.ui.compare.reading import Read
    from observe_app.ui.jobs import JobRunner

_GROUP = 5
"""People from which on a report can be without names."""
ME = "me"


class CompareOut(QObject):
    """Exports what shows.

    Attributes:
        offset_ms: what a person moved the second observer's clock by; None while it is found out.

    Signals:
        message_posted: `Message` of what was written. failed: an `ObserveError`.
        began: words for what is being done. ended: in whatever way.
    """

    message_posted = Signal(object)
    failed = Signal(object)
    began = Signal(str)
    ended = Signal()

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._core, self._jobs, self._page = core, jobs, parent
        self._found: Read | None = None
        self._asked: Asked | None = None
        self.offset_ms: int | None = None
        self._is_report = False
        self._job: Job[int] | None = None

    def show_read(self, found: Read) -> None:
        """Remember what shows."""
        self._found = found

    def export_reason(self) -> str:
        """Return why nothing can be exported, "" where it can."""
        found = self._found
        if found is None:
            return self.tr("Nothing is counted yet")
        if found.chosen.tab == OBSERVERS:
            return "" if found.chosen.first else self.tr("Choose two visits first")
        return "" if found.chosen.tab != TERM or found.term.visits else self.tr("There are no visits to export")

    def report_reason(self) -> str:
        """Return why no report can be made, "" where it can."""
        found = self._found
        if found is None:
            return self.tr("Nothing is counted yet")
        if found.chosen.tab == OBSERVERS:
            return "" if found.chosen.first else self.tr("Choose two visits first")
        people = {visit.teacher_id for visit in found.term.visits}
        if not people:
            return self.tr("There are no visits to report on")
        if 1 < len(people) < _GROUP:
            return self.tr("A report is of one person, or of five and more without their names")
        return ""

    # --- asking -----------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask in what form, and write it."""
        found = self._found
        if found is None:
            return
        self._is_report = False
        if found.chosen.tab == OBSERVERS:
            kinds = (
                ("xlsx", self.tr("Workbook with a sheet for each view (.xlsx)")),
                ("csv", self.tr("Table of codes and differences (.csv)")),
                ("json", self.tr("Everything as data (.json)")),
            )
            mine = ((ME, self.tr("Me")),)
            self._open(OutSheet(self.tr("Export"), self.tr("Choose a place"), mine, kinds, self._page))
            return
        forms = (
            ("xlsx", self.tr("Workbook with a sheet for each view (.xlsx)")),
            ("figures.csv", self.tr("Table of figures, a row for each visit and item (.csv)")),
            ("events.csv", self.tr("Table of events, a row for each (.csv)")),
            ("parquet", self.tr("Table of events for R and pandas (.parquet)")),
            ("json", self.tr("Everything as data (.json)")),
        )
        self._open(OutSheet(self.tr("Export"), self.tr("Choose a place"), self._readers(), forms, self._page))

    def report(self) -> None:
        """Ask who will read it, and write it."""
        found = self._found
        if found is None:
            return
        self._is_report = True
        several = len({visit.teacher_id for visit in found.term.visits}) >= _GROUP
        readers = ((ME, self.tr("Me")),) if several or found.chosen.tab == OBSERVERS else self._readers()
        title = self.tr("Report without names") if several else self.tr("Term report")
        if found.chosen.tab == OBSERVERS:
            title = self.tr("Report on two observers")
        sheet = OutSheet(title, self.tr("Choose a place"), readers, (), self._page)
        sheet.own.setVisible(not several)
        self._open(sheet)

    def _readers(self) -> tuple[tuple[str, str], ...]:
        found = self._found
        own = ((ME, self.tr("Me")),)
        if found is None:
            return own
        me = self._core.settings.get().me_id
        people = {visit.teacher_id: visit.teacher for visit in found.term.visits if visit.teacher}
        people |= {one.id: one.name for one in found.options.people if one.id in found.chosen.people}
        people.pop(me or "", None)
        return (*own, *((key, name) for key, name in people.items())) if len(people) == 1 else own

    def _open(self, sheet: OutSheet) -> None:
        sheet.taken.connect(self._on_asked)
        sheet.open_over()

    @Slot(object)
    def _on_asked(self, asked: Asked) -> None:
        self._asked = asked
        if self._is_report:
            self._ask_where(self._stem(), (self.tr("PDF (*.pdf)"),), "pdf")
            return
        ending = asked.form.rpartition(".")[2]
        kinds = {
            "xlsx": self.tr("Workbook (*.xlsx)"), "csv": self.tr("Table (*.csv)"),
            "parquet": self.tr("Parquet (*.parquet)"), "json": self.tr("Data (*.json)"),
        }  # fmt: skip
        self._ask_where(self._stem(), (kinds[ending],), ending)

    def _stem(self) -> str:
        found = self._found
        names = sorted({visit.teacher for visit in found.term.visits}) if found is not None else []
        who = names[0] if len(names) == 1 else self.tr("Group") if names else self.tr("Two observers")
        return self.tr("Comparison {who}").format(who=who)

    def _ask_where(self, stem: str, kinds: tuple[str, ...], ending: str) -> None:
        dialog = QFileDialog(self._page, self.tr("Where to"))
        dialog.setObjectName("compare_where")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, self._page.property("own_dialogs") is True)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(kinds))
        dialog.setDefaultSuffix(ending)
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.selectFile(safe_name(stem, ending))
        dialog.fileSelected.connect(self._on_place)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_place(self, name: str) -> None:
        self.write_to(Path(name))

    # --- writing ----------------------------------------------------------------------------------

    def write_to(self, target: Path) -> None:
        """Write what was asked for to a file, in a job."""
        found, asked = self._found, self._asked
        if found is None or asked is None or self._job is not None:
            return
        look = paper_of(self._core.settings.get().paper, QLocale())
        make = self._report_work if self._is_report else self._export_work
        work = make(found, asked, target, look)
        self._job = Job(self, partial(self._on_written, target), self._on_error, on_cancel=self._on_stopped)
        self.began.emit(self.tr("Writing"))
        self._jobs.run(work, self._job)

    def stop(self) -> None:
        """Write no further; what stood there stays."""
        if self._job is not None:
            self._job.cancel()

    def _reader(self, asked: Asked) -> Who | None:
        if asked.reader in ("", ME):
            return None
        name = next((words for key, words in self._readers() if key == asked.reader), "")
        return Who(asked.reader, name)

    def _export_work(self, found: Read, asked: Asked, target: Path, _paper: object) -> Callable[[Progress], int]:
        core, language, offset = self._core, QLocale().name(), self.offset_ms
        chosen = found.chosen
        if chosen.tab == OBSERVERS:

            def pair(_progress: Progress) -> int:
                from observe_app.services.compare.agreement import with_agreed  # noqa: PLC0415
                from observe_app.services.compare.reported import reported_pair  # noqa: PLC0415
                from observe_app.services.exchange import agreement_out  # noqa: PLC0415  (only when something goes out)

                view, _may = reported_pair(
                    core, chosen.first, chosen.second, own=asked.own, offset_ms=offset, language=language
                )
                agreement_out.export(with_agreed(core, view), target)
                return 2

            return pair
        choice, reader = found.choice, self._reader(asked)

        def term(progress: Progress) -> int:
            from observe_app.services.exchange.compare_out import export_term  # noqa: PLC0415

            what: Literal["events", "figures"] = "figures" if asked.form.startswith("figures") else "events"
            made = export_term(core, choice, target, reader=reader, own=asked.own, what=what, progress=progress)
            return made.visits

        return term

    def _report_work(self, found: Read, asked: Asked, target: Path, paper: object) -> Callable[[Progress], int]:
        core, chosen, reader, offset = self._core, found.chosen, self._reader(asked), self.offset_ms
        several = len({visit.teacher_id for visit in found.term.visits}) >= _GROUP

        def write(progress: Progress) -> int:
            from observe_app.services.pdf import term_export  # noqa: PLC0415  (ReportLab)

            look: Look = term_export.Look(paper=paper)  # type: ignore[arg-type]  # what `paper_of` gives
            made: Comparison
            if chosen.tab == OBSERVERS:
                made = term_export.calibration_report(
                    core, chosen.first, chosen.second, own=asked.own, offset_ms=offset, look=look
                )
            elif several:
                made = term_export.group_report(core, found.choice, look=look)
            else:
                made = term_export.term_report(core, found.choice, reader=reader, own=asked.own, look=look)
            term_export.export_comparison(made, target, progress)
            return made.visits

        return write

    def _on_written(self, target: Path, visits: int) -> None:
        self._job = None
        self.ended.emit()
        try:
            self._core.settings.change(last_export=str(target.parent))
        except ObserveError as error:
            self.failed.emit(error)
        words = (
            self.tr("{name} is written, from 1 visit.")
            if visits == 1
            else self.tr("{name} is written, from {n} visits.")
        )
        message = Message(MessageKind.NEWS, words.format(name=target.name, n=visits), self.tr("Open the folder"),
                          "check", key=f"folder/{target.parent}")  # fmt: skip
        self.message_posted.emit(message)

    def _on_stopped(self) -> None:
        self._job = None
        self.ended.emit()

    def _on_error(self, error: Exception) -> None:
        self._job = None
        self.ended.emit()
        if not isinstance(error, ObserveError):
            raise error
        self.failed.emit(error)
