"""Printing: every page at the printer's own resolution, written down as a copy that left, stopped when told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog

from observe_app.services import releases

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.follow_up import FollowUpTab
    from tests.ui.talk.lesson import Lesson

PATIENCE = 20_000


def printer_into(path: Path) -> QPrinter:
    """Return a printer that prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    printer.setFullPage(True)
    return printer


def pages_of(path: Path) -> list[float]:
    """Return how dark each page is, 0 for a white one."""
    document = pypdfium2.PdfDocument(path)
    try:
        darkness = []
        for page in document:
            bitmap = page.render(scale=0.5, grayscale=True)
            pixels = bytes(bitmap.buffer)
            darkness.append(1 - sum(pixels) / (255 * len(pixels)))
            bitmap.close()
            page.close()
    finally:
        document.close()
    return darkness


def test_every_page_is_printed_and_written_down(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, tmp_path: Path
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    tab.activate()
    qtbot.waitUntil(lambda: tab.preview.sheet is not None and not tab.preview.bar.is_busy, timeout=PATIENCE)
    pages = tab.preview.sheet.result.pages
    target = tmp_path / "paper.pdf"
    printing = tab.hand_over.printing

    with qtbot.waitSignal(printing.printed, timeout=PATIENCE):
        printing.print_on(printer_into(target), tab.preview.wanted(), tab.reader_name())

    assert len(pages_of(target)) == pages
    assert all(dark > 0.002 for dark in pages_of(target))
    (copy,) = releases.copies(core, lesson.visit.id)
    assert (copy.way, copy.reader, copy.scope) == ("print", "Amina Diallo-Žižek", "summary")
    assert tab.message_bar.text_label.text().startswith("Sent to the printer")
    assert tab.preview.print_button.isEnabled()


def test_a_draft_on_paper_counts_as_nothing_sent(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, tmp_path: Path
) -> None:
    tab.activate()
    printing = tab.hand_over.printing
    with qtbot.waitSignal(printing.printed, timeout=PATIENCE):
        printing.print_on(printer_into(tmp_path / "paper.pdf"), tab.preview.wanted(), "")
    assert releases.copies(core, lesson.visit.id) == ()


@pytest.mark.qt_log_ignore("QPainter::begin|propagateSizeHints")
def test_a_printer_that_takes_nothing_is_told(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, tmp_path: Path
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    tab.activate()
    printing = tab.hand_over.printing
    with qtbot.waitSignal(printing.failed, timeout=PATIENCE):
        printing.print_on(printer_into(tmp_path / "no such folder" / "x.pdf"), tab.preview.wanted(), "")
    assert tab.message_bar.text_label.text().startswith("Nothing was printed.")
    assert releases.copies(core, lesson.visit.id) == ()


@pytest.mark.qt_log_ignore("QPrintDialog|printer|propagateSizeHints")
def test_the_button_opens_the_systems_dialog(qtbot: QtBot, tab: FollowUpTab) -> None:
    tab.activate()
    tab.preview.print_button.click()
    qtbot.waitUntil(lambda: any(one.objectName() == "print_dialog" for one in tab.findChildren(QDialog)))
    (dialog,) = [one for one in tab.findChildren(QDialog) if one.objectName() == "print_dialog"]
    dialog.reject()
