"""The two-page feedback of the sample visit, beside the bare canvas writing the same words in the same font.

And the blank sheets: COPUS with its interval grid, and 300 items.
"""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path
from statistics import median

from observe_app.app import wire_core
from observe_app.paths import forms_dir, resources_dir
from observe_app.services.core import close
from observe_app.services.demo import demo_clock, record_sample
from observe_app.services.forms.reader import read_file
from observe_app.services.pdf import form_pages, preview_feedback
from tests.benches.common import Result, compared
from tests.services.pdf.form_samples import crowded

_RUNS = 40


def run() -> Result:
    """Measure in turns; `first_ms` is the first export of a process, the libraries' import included."""
    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder), clock=demo_clock())
        visit_id = record_sample(core)
        begin = time.perf_counter()
        data, result = preview_feedback(core, visit_id=visit_id, paper="A4")
        first = (time.perf_counter() - begin) * 1e3
        words = _words(data)
        ours, theirs = [], []
        for _number in range(_RUNS):
            begin = time.perf_counter()
            _bare(words)
            middle = time.perf_counter()
            preview_feedback(core, visit_id=visit_id, paper="A4")
            end = time.perf_counter()
            theirs.append((middle - begin) * 1e3)
            ours.append((end - middle) * 1e3)
        close(core)
    found = compared("pdf", ours, "reportlab canvas, same words as plain lines", theirs)
    return found | {"pages": result.pages, "first_ms": round(first, 1)} | _blank_forms()


def _blank_forms() -> Result:
    copus = read_file(forms_dir() / "copus.toml").form
    if copus is None:
        raise FileNotFoundError(forms_dir())
    found: Result = {}
    for name, form, runs in (("copus", copus, _RUNS), ("form_300_items", crowded(), 3)):
        times, pages = [], 0
        for _number in range(runs):
            begin = time.perf_counter()
            pages = form_pages(form)[1].pages
            times.append((time.perf_counter() - begin) * 1e3)
        found |= {f"{name}_ms": round(median(times), 1), f"{name}_pages": pages}
    return found


def _words(data: bytes) -> list[list[str]]:
    from pypdf import PdfReader

    return [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(data)).pages]


def _bare(pages: list[list[str]]) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "Bare" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Bare", str(resources_dir() / "fonts" / "SourceSans3-Regular.ttf")))
    canvas = Canvas(io.BytesIO())
    for lines in pages:
        canvas.setFont("Bare", 9.6)
        for number, line in enumerate(lines):
            canvas.drawString(50, 800 - 9 * number, line)
        canvas.showPage()
    canvas.save()
