"""Three observers and more, and real sheets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.agreement import Metric, alpha
from observe_app.domain.answer import Absence, Answer
from observe_app.domain.compare.agree_view import LeftOutWhy
from observe_app.domain.errors import Invalid
from observe_app.domain.form import Form, Item, ItemKind, Section
from observe_app.domain.record import VisitRecord
from observe_app.domain.timeline import interval_sheet
from observe_app.domain.visit import Visit
from observe_app.services import happenings_codes, visits
from observe_app.services.compare.agree_group import agreement_of, compare_all
from observe_app.services.compare.agreement import agreement
from observe_app.services.exchange.interval_in import import_intervals
from tests.services.event_form import LEVELS, said, visit_with

if TYPE_CHECKING:
    from observe_app.services.core import Core

SAMPLES = Path(os.environ.get("OBSERVE_SAMPLES", Path(__file__).parents[4] / "shared" / "data")) / "copus"


def coded(core: Core, *rows: str | None) -> str:
    visit = visit_with(core)
    for index, row in enumerate(rows):
        if row is not None:
            codes = tuple(row.split()) or ("I.O",)
            happenings_codes.tick_same(core, visit_id=visit, item="grid", index=index, codes=codes)
    return visit


def test_alpha_takes_three_observers_and_gaps(core: Core) -> None:
    ids = [
        coded(core, "I.Lec", "I.Lec", "I.PQ", "I.PQ"),
        coded(core, "I.Lec", "I.PQ", "I.PQ", None),
        coded(core, "I.Lec", "I.Lec", "I.PQ", "I.PQ", "I.Lec"),
    ]
    group = agreement_of(core, ids)
    codes = {one.code: one for one in group.codes}
    lec = [(1, 1, 1), (1, 0, 1), (0, 0, 0), (0, None, 0), (None, None, 1)]
    assert codes["I.Lec"].alpha == alpha(lec)
    assert codes["I.Lec"].units == 4
    assert codes["I.Lec"].ticks == (2, 1, 3)
    assert not codes["S.L"].alpha.defined
    assert group.pooled[0].units == 8
    assert [one.visit_id for one in group.visits] == ids


def test_two_observers_of_a_group_have_the_alpha_of_the_pair(core: Core) -> None:
    ids = [coded(core, "I.Lec", "I.Lec", "I.PQ"), coded(core, "I.Lec", "I.PQ", "I.PQ")]
    pair = agreement(core, *ids, offset_ms=0)
    assert agreement_of(core, ids).pooled[0].alpha == pair.sheets[0].pooled.alpha


def test_one_visit_is_no_group(core: Core) -> None:
    visit = coded(core, "I.Lec")
    with pytest.raises(Invalid):
        agreement_of(core, [visit, visit])


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample workbooks are not here")
def test_real_sheets_agree_with_themselves_and_their_counts_are_those_of_the_grid(core: Core) -> None:
    books = sorted(SAMPLES.glob("*.xlsx"))
    assert len(books) == 3
    found = [import_intervals(core, path=book, teacher="T").visit_id for book in books]
    again = import_intervals(core, path=books[0], teacher="T").visit_id
    same = agreement(core, found[0], again)
    assert same.sheets[0].pooled.kappa.value == 1
    assert same.differences == ()
    view = agreement(core, found[0], found[1], offset_ms=0)
    (sheet,) = view.sheets
    grids = []
    for one in found[:2]:
        record = visits.load_record(core, one)
        assert record.form is not None
        item = record.form.item("copus")
        assert item is not None
        grids.append(interval_sheet(item, record.events))
    both = [place for place in range(sheet.intervals) if grids[0].at(place).coded and grids[1].at(place).coded]
    assert sheet.n == len(both)
    for code in sheet.codes:
        a, b = ({place for place in both if code.code in grid.at(place).ticked} for grid in grids)
        assert (code.counts.both, code.counts.only_a, code.counts.only_b) == (len(a & b), len(a - b), len(b - a))
    assert len(view.differences) == sum(code.counts.only_a + code.counts.only_b for code in sheet.codes)
    assert agreement_of(core, found).pooled[0].alpha.defined


def test_ratings_of_three_with_gaps_count_only_what_was_rated(core: Core) -> None:
    def rated(visit: str, *values: int | None) -> VisitRecord:
        answers = tuple(
            Answer(visit, f"r{at}", value, None if value is not None else Absence.NOT_SEEN)
            for at, value in enumerate(values)
        )
        items = tuple(Item(f"r{at}", ItemKind.RATING, said(f"R{at}"), levels=LEVELS, scale="s") for at in range(4))
        form = Form("f", 1, said("F"), said(""), (Section("s", said("S"), items),))
        return VisitRecord(Visit(visit), form=form, answers=answers)

    group = compare_all([rated("a", 1, 2, 3, None), rated("b", 1, 3, None, None), rated("c", 1, 2, 3, 2)])

    ((_label, n, figure),) = group.ratings
    assert n == 3  # the fourth was rated by one alone
    assert figure == alpha([(1, 1, 1), (2, 3, 2), (3, None, 3)], Metric.ORDINAL)


def test_a_code_that_one_of_three_did_not_look_for_is_compared_between_the_others(core: Core, tmp_path: Path) -> None:
    found = []
    for number, lines in enumerate((("Lec,1,0", "PQ,0,1"), ("Lec,1,0", "PQ,0,1", "MG,1,1"), ("Lec,1,1", "MG,1,0"))):
        path = tmp_path / f"{number}.csv"
        path.write_text("\n".join(("code,1,2", *lines)) + "\n", encoding="utf-8")
        found.append(import_intervals(core, path=path, teacher="T").visit_id)

    group = agreement_of(core, found)

    assert {one.code: one.ticks for one in group.codes} == {
        "I.Lec": (1, 1, 2), "I.PQ": (1, 1, None), "I.MG": (None, 2, 1),
    }  # fmt: skip
    alone = agreement_of(core, found[::2])
    assert {(left.why, left.code) for left in alone.left_out} == {
        (LeftOutWhy.CODE_NOT_ON_BOTH, "I.PQ"), (LeftOutWhy.CODE_NOT_ON_BOTH, "I.MG"),
    }  # fmt: skip
