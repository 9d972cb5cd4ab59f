"""A filled PDF that came back: whose reply it is and what it says, before it is taken in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError, ReplyProblem
from observe_app.services import replies
from observe_app.services.reply_words import remark_words
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.journal_panel import SmallIcon
from observe_app.ui.follow_up.pair_line import PairLine
from observe_app.ui.follow_up.reply_rows import last_rows, point_rows
from observe_app.ui.i18n import long_date
from observe_app.ui.jobs import Job
from observe_app.ui.moments import local
from observe_app.ui.theme import scaled
from observe_app.ui.thin_bar import ThinBar
from observe_app.ui.widgets import Rule, ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.progress import Progress
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.services.replies import ReplyImport, ShownPoint
    from observe_app.ui.jobs import JobRunner

    Found = tuple[ReplyImport, tuple[ShownPoint, ...]]

_WIDTH = 760
_HEIGHT = 330
_QUIET = frozenset({"readers", "earlier"})
"""Remarks that are good to know and nothing to look at twice."""


class ImportReplySheet(Sheet):
    """Reads a file at once, shows what is in it, and takes it in when told.

    Signals:
        taken: the `ReplyImport`. type_asked: id of a visit whose reply is to be entered by hand instead.
    """

    taken = Signal(object)
    type_asked = Signal(str)

    def __init__(self, core: Core, jobs: JobRunner, path: Path, parent: QWidget) -> None:
        title = QCoreApplication.translate("ImportReplySheet", "A reply that came back")
        super().__init__(title, parent, width=_WIDTH)
        self.setObjectName("import_reply_sheet")
        self._core, self._jobs, self._path = core, jobs, path
        self._found: ReplyImport | None = None
        self._visit_id = ""
        self.bar = ThinBar(self)
        self.who = TextLabel("", self, step="heading", weight=600, wrap=True)
        self.what = TextLabel(self.tr("Reading {name}").format(name=path.name), self, tone="muted", wrap=True)
        self.remarks = QWidget(self)
        self._remarks = QVBoxLayout(self.remarks)
        self._remarks.setContentsMargins(0, 0, 0, 0)
        self._remarks.setSpacing(4)
        self.pane = ScrollPane(self, margin=0)
        self.pane.body.setContentsMargins(0, 0, 12, 0)
        for part in (self.bar, self.who, self.what, self.remarks, self.pane):
            self.body.addWidget(part)
        for part in (self.who, self.remarks, self.pane):
            part.hide()
        self.type_button = self.add_other(self.tr("Enter what the teacher said…"))
        self.type_button.setObjectName("type_instead")
        self.type_button.clicked.connect(self._on_type)
        self.type_button.hide()
        safe = self.add_safe(self.tr("Not now"))
        safe.setObjectName("reply_not_now")
        main = self.add_main(self.tr("Take it in"), icon="check")
        main.setObjectName("reply_take")
        main.set_disabled_because(self.tr("The file is being read"))
        self._job: Job[Found] | None = None
        self._taking: Job[ReplyImport] | None = None
        self._read()

    @property
    def found(self) -> ReplyImport | None:
        """What is in the file, None before it was read."""
        return self._found

    @Slot()
    def accept(self) -> None:
        """Take the reply in; one that is in the record already is only shown."""
        if self._found is None or self._taking is not None:
            return
        if self._is_known:
            self._end(self._found)
            return
        self._busy(self.tr("Being taken in"))
        self._taking = Job(self, self._end, self._on_error, self._on_progress)
        self._jobs.run(partial(_take, self._core, self._path), self._taking)

    @Slot()
    def reject(self) -> None:
        """Leave everything as it was; what is being read is not wanted any more."""
        for job in (self._job, self._taking):
            if job is not None:
                job.cancel()
        super().reject()

    # The jobs.

    def _read(self) -> None:
        self.bar.set_share(0.0)
        self._job = Job(self, self._on_read, self._on_error, self._on_progress)
        self._jobs.run(partial(_look, self._core, self._path), self._job)

    def _on_read(self, found: Found) -> None:
        self._job = None
        self._found, points = found
        self.bar.set_share(None)
        self.bar.hide()
        self._show_found(self._found, points)
        assert self.main_button is not None  # noqa: S101  (made above)
        self.main_button.set_disabled_because("")
        if self._is_known:
            self.main_button.setText(self.tr("Show it"))
        self.main_button.setFocus()

    def _end(self, found: ReplyImport) -> None:
        self._taking = None
        super().accept()
        self.taken.emit(found)

    def _on_error(self, error: Exception) -> None:
        self._job = self._taking = None
        self.bar.set_share(None)
        if not isinstance(error, ObserveError):
            self.reject()
            raise error
        told = describe(error)
        self.title_label.setText(told.title)
        self.what.setText(" ".join(part for part in (told.text, told.hint) if part))
        self.what.set_tone("ink")
        self.what.show()
        for part in (self.bar, self.who, self.remarks, self.pane, self.main_button):
            if part is not None:
                part.hide()
        if isinstance(error, ReplyProblem) and error.visit_id and error.reason != "visit_deleted":
            self._visit_id = error.visit_id
            self.type_button.show()
        if self.safe_button is not None:
            self.safe_button.setText(self.tr("Close"))
            self.safe_button.updateGeometry()
            self.safe_button.setFocus()

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        self.bar.set_share(done / total if total else 0.0)

    def _busy(self, words: str) -> None:
        self.bar.show()
        self.bar.set_share(0.0)
        if self.main_button is not None:
            self.main_button.set_disabled_because(words)

    # What is shown.

    @property
    def _is_known(self) -> bool:
        return self._found is not None and any(remark.rule == "same_file" for remark in self._found.remarks)

    def _show_found(self, found: ReplyImport, points: tuple[ShownPoint, ...]) -> None:
        reply = found.reply
        self.who.setText(found.visit.teacher or self.tr("Teacher not named yet"))
        self.who.show()
        words = self.tr("Answers revision {n} of the feedback on this visit: {visit}")
        self.what.setText(words.format(n=reply.number, visit=self._visit_words(found.visit)))
        for remark in found.remarks:
            self._add_remark(remark_words(remark, _translated), warn=remark.rule not in _QUIET)
        self.remarks.setVisible(bool(found.remarks))
        rows = point_rows(points, reply.number) + last_rows(reply)
        self.pane.body.addWidget(Rule(self.pane, line="ink"))
        for left, right in rows:
            self.pane.body.addWidget(PairLine(left, right, self.pane))
        self.pane.body.addStretch(1)
        room = self.window().height() - scaled(330)
        self.pane.setFixedHeight(max(scaled(120), min(scaled(_HEIGHT), room, scaled(70) * max(2, len(rows)))))
        self.pane.show()

    def _add_remark(self, text: str, *, warn: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        tone = "warm" if warn else "muted"
        row.addWidget(SmallIcon("triangle-alert" if warn else "info", self.remarks, tone=tone))
        row.addWidget(TextLabel(text, self.remarks, step="small", tone=tone, wrap=True), 1)
        self._remarks.addLayout(row)

    def _visit_words(self, visit: Visit) -> str:
        moment = visit.started or visit.start
        day = long_date(local(moment, visit.zone).date()) if moment is not None else ""
        return " · ".join(part for part in (visit.class_line, day) if part) or self.tr("without a date")

    @Slot()
    def _on_type(self) -> None:
        visit_id = self._visit_id
        self.reject()
        self.type_asked.emit(visit_id)


def _translated(sentence: str) -> str:
    lookup = QCoreApplication.translate  # the literals are marked where they stand, in services/reply_words.py
    return lookup("replies", sentence)


def _look(core: Core, path: Path, progress: Progress) -> Found:
    found = replies.preview(core, path, progress=progress)
    return found, replies.shown(core, found.reply)


def _take(core: Core, path: Path, progress: Progress) -> ReplyImport:
    return replies.import_reply(core, path, progress=progress)
