"""The term report on forty released visits of one teacher in a district's folder, from the question to the file.

Beside the bare words of its tables set by plain ReportLab. The folder is a copy: the visits are released in it first.
"""

from __future__ import annotations

import io
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.visit import VisitFilter
from observe_app.services import people, releases, visits
from observe_app.services.compare.term import TermChoice
from observe_app.services.core import close
from observe_app.services.exchange.compare_out import export_term
from observe_app.services.pdf.term_document import TextTable
from observe_app.services.pdf.term_export import comparison_pdf, group_report, term_report
from tests.benches._district import district, teacher_id
from tests.benches.common import Result, compared, settle

if TYPE_CHECKING:
    from observe_app.services.pdf.term_document import CompareDocument

_TIMES = 8
_TEACHERS = 6
_COACH = "The coach of the district"


def run() -> Result:
    """Measure the report with its parts, the first one apart, and the exports of the same visits."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        shutil.copytree(district(), folder)
        core = wire_core(folder)
        people.introduce(core, name=_COACH)
        teachers = tuple(teacher_id(17 + number) for number in range(_TEACHERS))
        for teacher in teachers:
            for row in visits.listing(core, VisitFilter(person_id=teacher, limit=60)):
                releases.release(core, visit_id=row.id)
                releases.set_reader(core, visit_id=row.id, name=_COACH)
        choice = TermChoice(teachers[:1])
        begin = time.perf_counter()
        document = term_report(core, choice).document
        _data, result = comparison_pdf(document)
        first = _since(begin)
        settle()
        ours: list[float] = []
        theirs: list[float] = []
        pages: list[float] = []
        for _time in range(_TIMES):
            begin = time.perf_counter()
            _plain(document)
            theirs.append(_since(begin))
            begin = time.perf_counter()
            document = term_report(core, choice).document
            middle = time.perf_counter()
            comparison_pdf(document)
            pages.append(_since(middle))
            ours.append(_since(begin))
        found = compared("compare-report", ours, "the words of its tables, plain reportlab", theirs)
        found |= {"first_ms": round(first, 1), "pages": result.pages, "pages_ms": round(sorted(pages)[_TIMES // 2], 1)}
        begin = time.perf_counter()
        comparison_pdf(group_report(core, TermChoice(teachers)).document)
        found |= {"group_ms": round(_since(begin), 1)}
        for ending in ("xlsx", "csv", "parquet"):
            begin = time.perf_counter()
            done = export_term(core, choice, Path(place) / f"term.{ending}", own=True)
            found |= {f"export_{ending}_ms": round(_since(begin), 1), "rows": done.rows, "visits": done.visits}
        close(core)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found | {"memory_mb": round(memory, 1)}


def _since(begin: float) -> float:
    return (time.perf_counter() - begin) * 1e3


def _plain(document: CompareDocument) -> None:
    """Set the words of the tables without tags, charts or faces of our own."""
    from reportlab.lib.styles import getSampleStyleSheet  # after ours, which settles how it is configured
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    style = getSampleStyleSheet()["Normal"]
    story = []
    for part in document.parts:
        if isinstance(part, TextTable):
            wide = len(part.heads)
            rows = [[cell.text for cell in row] + [""] * (wide - len(row)) for row in part.rows]
            story.append(Table([[Paragraph(word, style) for word in row] for row in (part.heads, *rows)]))
    SimpleDocTemplate(io.BytesIO()).build(story)
