"""The list of a district's visits: paged, ordered, narrowed, and searched as somebody types, beside bare sqlite3."""

from __future__ import annotations

import sqlite3
import statistics
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.visit import VisitFilter
from observe_app.services import visits
from observe_app.services.core import close
from tests.benches._district import district, teacher_id
from tests.benches.common import compared, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core
    from tests.benches.common import Result

_PAGE = 100
_TIMES = 15
_BARE = f"""SELECT v.id, v.class_name, v.subject, v.topic, v.room, v.start, v.started, v.focus, v.form_title
 FROM visit v
 WHERE v.deleted = 0 ORDER BY coalesce(v.started, v.start, v.created) DESC, v.id DESC LIMIT {_PAGE}"""


def run() -> Result:
    """Measure the first page of the list; everything else on its own, in ms, `typed_*` letter by letter."""
    core = wire_core(district())
    looks = {
        "deep": VisitFilter(limit=_PAGE, offset=8000),
        "by_teacher": VisitFilter(order="teacher", descending=False, limit=_PAGE),
        "by_class": VisitFilter(order="class_name", descending=False, limit=_PAGE),
        "by_form": VisitFilter(order="form", descending=False, limit=_PAGE),
        "of_person": VisitFilter(person_id=teacher_id(3), limit=_PAGE),
        "of_form": VisitFilter(form_id="copus", limit=_PAGE),
        "of_month": VisitFilter(
            since=datetime(2023, 1, 1, tzinfo=UTC), until=datetime(2023, 2, 1, tzinfo=UTC), limit=_PAGE
        ),
    }
    word = _word(core)
    typed = {f"typed_{end}": VisitFilter(words=word[:end], limit=_PAGE) for end in range(1, len(word) + 1)}
    settle()
    times = {name: _median(core, wanted) for name, wanted in (looks | typed).items()}
    counted = {f"count_{name}": _median_count(core, wanted) for name, wanted in typed.items()}
    ours, theirs = [], []
    with closing(sqlite3.connect(core.files.database)) as bare:
        for _time in range(_TIMES):
            begin = time.perf_counter()
            bare.execute(_BARE).fetchall()
            middle = time.perf_counter()
            visits.listing(core, VisitFilter(limit=_PAGE))
            theirs.append((middle - begin) * 1e3)
            ours.append((time.perf_counter() - middle) * 1e3)
    close(core)
    result = compared("compare-library", ours, "the same page from bare sqlite3", theirs)
    return result | {"word": word} | {f"{name}_ms": round(took, 1) for name, took in (times | counted).items()}


def _word(core: Core) -> str:
    """Return a word of four letters or more that a note has."""
    row = visits.listing(core, VisitFilter(form_id="question-log", limit=1))[0]
    with core.store.read() as unit:
        texts = [event.text for event in unit.events.of_visit(row.id) if event.text]
    return next(word for text in texts for word in text.split() if len(word) in {4, 5})


def _median(core: Core, wanted: VisitFilter) -> float:
    return statistics.median(_took(lambda: visits.listing(core, wanted)) for _time in range(5))


def _median_count(core: Core, wanted: VisitFilter) -> float:
    return statistics.median(_took(lambda: visits.count(core, wanted)) for _time in range(5))


def _took(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1e3
