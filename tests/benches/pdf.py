"""The feedback of the sample visit, tagged, beside the same pages set by plain ReportLab untagged, in turns.

The ratio is of processor time: the same words, faces, tables, panels and pictures on both sides. `words_ratio` is
beside the bare words alone, in paragraphs and tables without columns, panels, pictures and most of the faces. Then a
lesson of 200 notes, a record of 300 pages, and the blank sheets: COPUS with its interval grid, and 300 items.
"""

from __future__ import annotations

import logging
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.paths import forms_dir
from observe_app.services.core import close
from observe_app.services.demo import demo_clock, record_sample
from observe_app.services.forms.reader import read_file
from observe_app.services.pdf import form_pages, preview_feedback
from observe_app.services.pdf.document import NoteRow
from observe_app.services.pdf.preview import render_pages
from observe_app.services.pdf.render import render_bytes
from tests.benches._pdf_others import blocks_of, installed, platypus
from tests.benches._pdf_plain import plain_pages
from tests.benches.common import Result, compared
from tests.services.pdf.form_samples import crowded
from tests.services.pdf.reading import read
from tests.services.pdf.samples import sample_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.pdf.document import ReportDocument

_RUNS = 40
_FEW = 3


def run() -> Result:
    """Measure processor time, in turns; `first_ms` is a process's first export, the import of libraries included."""
    found: Result = {}
    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder), clock=demo_clock())
        visit_id = record_sample(core)
        found["first_ms"] = _ms(lambda: preview_feedback(core, visit_id=visit_id, paper="A4"), 1)
        found["from_store_ms"] = _ms(lambda: preview_feedback(core, visit_id=visit_id, paper="A4"), _RUNS)
        close(core)
    document = sample_document()
    data, result = render_bytes(document)
    blocks = blocks_of(read(data))
    ours: list[float] = []
    theirs: list[float] = []
    words: list[float] = []
    for _number in range(_RUNS):
        theirs.append(_cpu_ms(lambda: plain_pages(document)))
        ours.append(_cpu_ms(lambda: render_bytes(document)))
        words.append(_cpu_ms(lambda: platypus(blocks)))
    head = compared("pdf", ours, "plain reportlab, same pages, untagged", theirs)
    found |= {"words_ms": round(median(words), 1), "words_ratio": round(median(ours) / median(words), 2)}
    found |= {"preview_page_ms": _ms(lambda: render_pages(data, 900, count=1), _RUNS)}
    found |= {"pages": result.pages, "plain_layout": int(result.fallback)}
    found |= {f"{name}_ms": _ms(lambda make=make: make(blocks), _FEW) for name, make in _others().items()}
    return head | found | _long_records(document) | _blank_forms()


def _cpu_ms(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1e3


def _others() -> dict[str, Callable[..., bytes]]:
    for name in ("fontTools", "fpdf", "weasyprint"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return installed()


def _ms(work: Callable[[], object], runs: int) -> float:
    return round(median(_cpu_ms(work) for _number in range(runs)), 1)


def _notes(count: int) -> tuple[NoteRow, ...]:
    words = "Two pairs compare the strips; one of them counts on fingers and asks the table behind for help."
    return tuple(
        NoteRow(f"{at // 60 % 60:02d}:{at % 60:02d}", "T" if at % 3 else "S7", f"{at} {words}", ("question",))
        for at in range(count)
    )


def _long_records(document: ReportDocument) -> Result:
    found: Result = {}
    for name, count, runs in (("notes_200", 200, 9), ("pages_300", 6600, 1)):
        full = replace(document, notes=_notes(count), scope="record")
        found[f"{name}_ms"] = _ms(lambda full=full: render_bytes(full), runs)
        pages = found[f"{name}_pages"] = render_bytes(full)[1].pages
        found[f"{name}_page_ms"] = round(_cpu_ms(partial(render_bytes, full)) / pages, 1)
    return found


def _blank_forms() -> Result:
    copus = read_file(forms_dir() / "copus.toml").form
    if copus is None:
        raise FileNotFoundError(forms_dir())
    found: Result = {}
    for name, form, runs in (("copus", copus, _RUNS), ("form_300_items", crowded(), _FEW)):
        found[f"{name}_ms"] = _ms(lambda form=form: form_pages(form), runs)
        found[f"{name}_pages"] = form_pages(form)[1].pages
    return found
