"""The foot of Talk: who will read this, what there is, and the way out: a look at it, the release, a correction."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.release import ReleaseKind
from observe_app.services import releases
from observe_app.ui.i18n import short_date, time_of_day
from observe_app.ui.jobs import Job
from observe_app.ui.moments import local
from observe_app.ui.release.correct_sheet import CorrectSheet
from observe_app.ui.release.release_sheet import ReleaseSheet
from observe_app.ui.release.short_name import short_name
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import Button, ButtonKind, ElidedLabel
from observe_app.ui.widgets.paint import hairline
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.domain.release import Release
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.release.base import ReleasingSheet

_SOON_MS = 300


class ReleaseBar(QWidget):
    """One sentence about readers, one about what there is, two buttons.

    Signals:
        preview_asked: the person wants to see the pages. release_asked: to release or to correct; what is being
            written is to be stored first, then `open_sheet` asks.
        released: a `Release` was made.
        place_asked: the `Stage` at which a name stands, and the id of the event there, "" without one.
    """

    place_asked = Signal(object, str)
    preview_asked = Signal()
    release_asked = Signal()
    released = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("release_bar")
        self._core, self._jobs, self._visit_id = core, jobs, visit_id
        self._release: Release | None = None
        self._differs: bool | None = None
        self._visit: Visit | None = None
        self._counts = ""
        self._sentences: tuple[str, ...] = ("",)
        self._job: Job[bool] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SOON_MS)
        self._timer.timeout.connect(self._compare)
        self._build()

    def _build(self) -> None:
        self.setFixedHeight(scaled(60) + 1)
        self.readers = ElidedLabel("", self, weight=600, mode=Qt.TextElideMode.ElideRight)
        self.counts = ElidedLabel("", self, step="small", tone="muted", mode=Qt.TextElideMode.ElideRight)
        self.preview_button = Button(self.tr("Preview"), self, icon="file-text")
        self.preview_button.setObjectName("preview")
        self.release_button = Button("", self, kind=ButtonKind.PRIMARY)
        self.release_button.setObjectName("release")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self.readers)
        words.addWidget(self.counts)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(12)
        row.addSpacing(38 + scaled(18))  # a margin would not change sides where reading goes the other way
        row.addLayout(words, 1)
        row.addWidget(self.preview_button)
        row.addWidget(self.release_button)
        row.addSpacing(24)
        self.preview_button.clicked.connect(self.preview_asked)
        self.release_button.clicked.connect(self.release_asked)

    # --- showing ------------------------------------------------------------------------------------------------------

    def show_counts(self, visit: Visit, claims: int, questions: int, notes: int, steps: int) -> None:
        """Say who reads this and what there is to read.

        `claims` are strengths and growth areas; `notes` those that claims rest on.
        """
        counted = (
            (claims, self.tr("1 claim"), self.tr("{n} claims")),
            (questions, self.tr("1 question"), self.tr("{n} questions")),
            (notes, self.tr("1 note"), self.tr("{n} notes")),
            (steps, self.tr("1 action step"), self.tr("{n} action steps")),
        )
        self._counts = ", ".join((one if n == 1 else many).format(n=n) for n, one, many in counted if n)
        self._visit = visit
        release = releases.latest(self._core, visit.id)
        if (release.id if release else "") != (self._release.id if self._release else ""):
            self._differs = None
        self._release = release
        self._show()
        if release is not None and release.kind is not ReleaseKind.WITHDRAWAL:
            self._timer.start()

    def _show(self) -> None:
        visit = self._visit
        if visit is None:
            return
        if self._release is None:
            self._show_before(visit)
        else:
            self._show_after(visit, self._release)
        self.release_button.updateGeometry()
        self._fit()

    def _show_before(self, visit: Visit) -> None:
        name = visit.teacher
        others = releases.readers(self._core, visit.id)
        if not name:
            self._sentences = (self.tr("Only you can read this. Say in Prepare whose lesson it was."),)
        elif others:
            who = self.tr("{name} and {others} will read this.")
            self._sentences = (
                who.format(name=name, others=", ".join(reader.name for reader in others)),
                self.tr("The teacher and 1 other will read this.")
                if len(others) == 1
                else self.tr("The teacher and {n} others will read this.").format(n=len(others)),
            )
        else:
            self._sentences = (
                self.tr("{name} will read this. Nobody else.").format(name=name),
                self.tr("The teacher will read this. Nobody else."),
            )
        counts = self._counts or self.tr("Nothing to release yet")
        self.counts.setText(self.tr("{counts}. They decide who else may.").format(counts=counts))
        self.release_button.setText(
            self.tr("Release to {name}…").format(name=short_name(name)) if name else self.tr("Release…")
        )
        self.release_button.set_kind(ButtonKind.PRIMARY)
        self.release_button.set_disabled_because("" if name else self.tr("Nobody is named who could read it"))
        if short_name(name) != name:
            self.release_button.setToolTip(plain_tip(name))

    def _show_after(self, visit: Visit, release: Release) -> None:
        when = self._when(release)
        values = {"n": release.number, "when": when, "name": visit.teacher}
        if release.kind is ReleaseKind.WITHDRAWAL:
            self._sentences = (self.tr("Withdrawn in revision {n}, {when}.").format(**values),)
            told = self.tr("A new revision can tell it again.")
            self.release_button.set_disabled_because("")
        else:
            self._sentences = (
                self.tr("Revision {n} released to {name}, {when}.").format(**values),
                self.tr("Revision {n} released {when}.").format(**values),
            )
            told = {
                None: self._counts,
                True: self.tr("You have changed something since. What was released stays until you correct it."),
                False: self.tr("Nothing has changed since."),
            }[self._differs]
            self.release_button.set_disabled_because("" if self._differs else self.tr("Nothing has changed since"))
        self.counts.setText(told)
        self.release_button.setText(self.tr("Correct…"))
        self.release_button.set_kind(ButtonKind.PRIMARY if self._differs else ButtonKind.PLAIN)

    def _when(self, release: Release) -> str:
        if release.at is None:
            return ""
        there = local(release.at, self._core.clock.zone_name())
        return self.tr("{day}, {time}").format(day=short_date(there.date()), time=time_of_day(there.time()))

    # --- asking -------------------------------------------------------------------------------------------------------

    def open_sheet(self) -> ReleasingSheet:
        """Ask before anything leaves, or before what has left is corrected."""
        kind = ReleaseSheet if self._release is None else CorrectSheet
        sheet: ReleasingSheet = kind(self._core, self._jobs, self._visit_id, self.window())
        sheet.released.connect(self.released)
        sheet.place_asked.connect(self.place_asked)
        sheet.open_over()
        return sheet

    def stop(self) -> None:
        """Compare no further: the tab is left."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot()
    def _compare(self) -> None:
        self.stop()
        self._job = Job(self, self._on_compared, self._on_not_compared)
        self._jobs.run(partial(_differs, self._core, self._visit_id), self._job)

    def _on_compared(self, differs: bool) -> None:
        self._job, self._differs = None, differs
        self._show()

    def _on_not_compared(self, error: Exception) -> None:
        # The tab itself says what cannot be read; a correction can still be asked for.
        self._job, self._differs = None, True
        if not isinstance(error, ObserveError):
            raise error
        self._show()

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long name gives way; that nobody else reads this does not."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        buttons = self.preview_button.sizeHint().width() + 12 + self.release_button.sizeHint().width()
        room = self.width() - 38 - scaled(18) - 24 - 12 - buttons
        metrics = QFontMetrics(font("text", weight=600))
        fitting = [words for words in self._sentences if metrics.horizontalAdvance(words) <= room]
        self.readers.setText(fitting[0] if fitting else self._sentences[-1])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rule above, eye before the words."""
        painter = QPainter(self)
        hairline(painter, self.rect().adjusted(0, 0, 0, 1 - self.height()), "line")
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = scaled(18)
        left = self.width() - 24 - side if mirrored else 24
        paint_icon(painter, QRectF(left, (self.height() - side) / 2, side, side), "eye", color("accent"))
        painter.end()


def _differs(core: Core, visit_id: str, _progress: Progress) -> bool:
    return releases.differs(core, visit_id)
