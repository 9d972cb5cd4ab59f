"""What every sheet about a release shares: reading what leaves in the background, acting, saying what failed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent  # noqa: TC002  (an override's signature)

from observe_app.domain.errors import NotReleasable, ObserveError
from observe_app.services import releases, visits
from observe_app.ui.errors import describe
from observe_app.ui.jobs import Job
from observe_app.ui.release.places import place_of
from observe_app.ui.widgets import Sheet, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.domain.release import Release
    from observe_app.services.core import Core
    from observe_app.services.releases import ReleasePreview
    from observe_app.services.wording import NameInText
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.widgets import ScrollPane


class ReleasingSheet(Sheet):
    """A sheet whose main button acts in the background and closes it only when that worked.

    Signals:
        released: the `Release` that was made or taken back.
        loaded: what leaves was read (again).
        place_asked: the `Stage` at which a name stands, and the id of the event there, "" without one; it is closed.
    """

    released = Signal(object)
    loaded = Signal()
    place_asked = Signal(object, str)

    def __init__(
        self, core: Core, jobs: JobRunner, visit_id: str, title: str, parent: QWidget, *, width: int = 680
    ) -> None:
        super().__init__(title, parent, width=width)
        self.core, self.jobs, self.visit_id = core, jobs, visit_id
        self.preview: ReleasePreview | None = None
        self._reading: Job[ReleasePreview] | None = None
        self._acting: Job[Release] | None = None
        self._pane: ScrollPane | None = None
        self._most = 0
        self.trouble = TextLabel("", self, tone="err", wrap=True)
        self.trouble.hide()

    # --- for the sheets -----------------------------------------------------------------------------------------------

    def read(self, *, with_notes: bool, language: str | None, ratings: bool) -> None:
        """Read what would leave now; `show_preview` is called with it. Nothing leaves that was not shown."""
        if self._reading is not None:
            self._reading.cancel()
        if self._main is not None:
            self._main.setEnabled(False)
        job = Job(self, self._on_read, self._on_trouble)
        self._reading = job
        self.jobs.run(
            partial(_read, self.core, self.visit_id, with_notes=with_notes, language=language, ratings=ratings),
            job,
        )

    @property
    def is_reading(self) -> bool:
        """Whether what is shown is about to be shown anew."""
        return self._reading is not None

    def show_preview(self, preview: ReleasePreview) -> None:
        """Show what would leave."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Read anew what would leave; a sheet that shows nothing of it has nothing to read."""

    def act(self) -> Callable[[], Release]:
        """Return what the main button does; it runs in the background."""
        raise NotImplementedError

    @Slot()
    def accept(self) -> None:
        """Act, and close once it is done."""
        if self._acting is not None or self._main is None or not self._main.isEnabled():
            return
        self._main.setEnabled(False)
        self.trouble.hide()
        work = self.act()
        self._acting = Job(self, self._on_done, self._on_trouble)
        self.jobs.run(partial(_run, work), self._acting)

    @Slot()
    def reject(self) -> None:
        """Close with nothing done; what is being released meanwhile is waited for."""
        if self._acting is None:
            if self._reading is not None:
                self._reading.cancel()
            super().reject()

    def keep_fitting(self, pane: ScrollPane, most: int) -> None:
        """Keep a pane as high as what is in it, at most `most` px and as the window has room."""
        self._pane, self._most = pane, most

    def open_over(self) -> None:
        """Show it in its right height at once."""
        super().open_over()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pane takes what the window has."""
        super().resizeEvent(event)
        if self.isVisible():
            self.fit_soon()

    @Slot()
    def fit_soon(self) -> None:
        """Fit once what was added is shown."""
        QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _fit(self) -> None:
        if self._pane is not None:
            self.fit(self._pane, self._most)

    @Slot(object)
    def on_name_asked(self, found: NameInText) -> None:
        """Close, and lead to where a name stands."""
        if self._acting is None:
            stage, event_id = place_of(self.core, self.visit_id, found)
            self.reject()
            self.place_asked.emit(stage, event_id)

    # --- results ------------------------------------------------------------------------------------------------------

    def _on_read(self, preview: ReleasePreview) -> None:
        self._reading, self.preview = None, preview
        self.show_preview(preview)
        self.fit_soon()
        self.loaded.emit()

    def _on_done(self, release: Release) -> None:
        self._acting = None
        super().accept()
        self.released.emit(release)

    def _on_trouble(self, error: Exception) -> None:
        acted = self._acting is not None
        self._acting = self._reading = None
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.trouble.setText(f"{told.text} {told.hint}".strip())
        self.trouble.show()
        if self._main is not None and acted:
            self._main.setEnabled(True)
        if isinstance(error, NotReleasable) and error.reason == "changed":
            self.look_again()
        self.fit_soon()
        self.loaded.emit()


def teacher_of(core: Core, visit_id: str) -> str:
    """Return the teacher's name, "" while nobody is named or the visit cannot be read."""
    try:
        return visits.get(core, visit_id).teacher
    except ObserveError:
        return ""


def _read(
    core: Core, visit_id: str, _progress: Progress, *, with_notes: bool, language: str | None, ratings: bool
) -> ReleasePreview:
    return releases.preview(core, visit_id, with_notes=with_notes, language=language, ratings=ratings)


def _run(work: Callable[[], Release], _progress: Progress) -> Release:
    return work()
