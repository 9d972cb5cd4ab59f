"""Every page that would leave, as the reader will see it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Slot

from observe_app.domain.errors import ObserveError
from observe_app.ui.errors import describe
from observe_app.ui.jobs import Job
from observe_app.ui.page_picture import PagePicture
from observe_app.ui.papers import paper_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Sheet, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.services.pdf.document import ReportDocument
    from observe_app.services.pdf.preview import PageImage
    from observe_app.ui.jobs import JobRunner

_WIDTH = 760
Made = tuple[bytes, int, "PageImage"]


class PagesSheet(Sheet):
    """The summary of a document, page by page; it is drawn in the background."""

    def __init__(self, document: ReportDocument, paper: str, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__("", parent, width=_WIDTH)
        self.title_label.setText(self.tr("As {name} will read it").format(name=document.teacher))
        self.setAccessibleName(self.title_label.text())
        self.setObjectName("pages_sheet")
        self._paper = paper_of(paper, QLocale())
        self._document = replace(document, scope="summary", paper=self._paper)
        self._jobs = jobs
        self._pdf = b""
        self._page, self._pages = 0, 1
        self._job: Job[Made] | None = None
        self.picture = PagePicture(self)
        self.picture.setFixedHeight(max(scaled(240), min(scaled(620), parent.window().height() - scaled(190))))
        self.place = TextLabel("", self, tone="muted", tabular=True)
        self.body.addWidget(self.picture)
        self.buttons.insertWidget(0, self.place)
        self.back_button = self.add_other(self.tr("Back"))
        self.on_button = self.add_other(self.tr("Next page"))
        self.buttons.removeWidget(self.on_button)
        self.buttons.insertWidget(1, self.on_button)
        self.add_safe(self.tr("Close"))
        self.back_button.clicked.connect(self._on_back)
        self.on_button.clicked.connect(self._on_next)
        self.picture.turned.connect(self.turn)
        self.picture.size_changed.connect(self._draw)
        self._draw()

    @Slot(int)
    def turn(self, step: int) -> None:
        """Go so many pages on."""
        wanted = max(0, min(self._page + step, self._pages - 1))
        if wanted != self._page:
            self._page = wanted
            self._draw()

    @Slot()
    def _on_back(self) -> None:
        self.turn(-1)

    @Slot()
    def _on_next(self) -> None:
        self.turn(1)

    @Slot()
    def _draw(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = Job(self, self._on_made, self._on_error)
        work = partial(_draw, self._document, self._pdf, self._pages, self._page, self.picture.wanted_px())
        self._jobs.run(work, self._job)

    def _on_made(self, made: Made) -> None:
        self._job = None
        self._pdf, self._pages, image = made
        words = self.tr("{page} of {pages}").format(page=self._page + 1, pages=self._pages)
        self.place.setText(words)
        self.back_button.setEnabled(self._page > 0)
        self.on_button.setEnabled(self._page < self._pages - 1)
        self.picture.show_page(image, self._paper, words)

    def _on_error(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, ObserveError):
            raise error
        self.place.setText(describe(error).text)


def _draw(document: ReportDocument, pdf: bytes, pages: int, page: int, width: int, progress: Progress) -> Made:
    from observe_app.services.pdf.preview import render_pages  # noqa: PLC0415  (loads PDFium)
    from observe_app.services.pdf.render import render_bytes  # noqa: PLC0415  (loads ReportLab)

    if not pdf:
        pdf, result = render_bytes(document, progress)
        pages = result.pages
    (image,) = render_pages(pdf, max(1, width), first=min(page, pages - 1), count=1)
    return pdf, pages, image
