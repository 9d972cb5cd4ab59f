"""Coded lectures from elsewhere, where they are at hand; they are not ours to ship."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from observe_app.domain.timeline import code_shares, interval_sheet
from observe_app.services import visits
from observe_app.services.exchange.interval_in import import_intervals

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "copus"
LECTURES = sorted(FOLDER.glob("*.xlsx")) if FOLDER.is_dir() else []
CODES = {
    "L": "S.L", "Ind": "S.Ind", "WG": "S.WG", "OG": "S.OG", "Prd": "S.Prd", "TQ": "S.T/Q", "SAnQ": "S.AnQ",
    "SQ": "S.SQ", "WC": "S.WC", "SP": "S.SP", "SW": "S.W", "SO": "S.O", "Lec": "I.Lec", "RtW": "I.RtW",
    "DV": "I.D/V", "FUp": "I.FUp", "PQ": "I.PQ", "TAnQ": "I.AnQ", "MG": "I.MG", "OoO": "I.1o1", "Adm": "I.Adm",
    "TW": "I.W", "TO": "I.O",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not LECTURES, reason="no coded lectures at hand")


def source(path: Path) -> dict[str, list[int]]:
    rows = list(load_workbook(path, data_only=True).active.iter_rows(values_only=True))
    count = max(number for number in rows[1] if isinstance(number, int))
    return {
        str(row[0]).strip(): [int(cell) for cell in row[1 : count + 1]] for row in rows if row[0] and row[2] in {0, 1}
    }


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem[23:35])
def test_every_share_of_intervals_is_that_of_the_sheet(core, path):
    grid = source(path)

    done = import_intervals(core, path=path)

    item = visits.form_of(visits.get(core, done.visit_id)).item("copus")
    with core.store.read() as unit:
        sheet = interval_sheet(item, unit.events.of_visit(done.visit_id))
    shares = {full: one.intervals for full, one in code_shares(item, sheet).items()}
    assert {full: (shares[full].count, shares[full].of) for full in CODES.values()} == {
        CODES[head]: (sum(ticks), len(ticks)) for head, ticks in grid.items() if head in CODES
    }
    assert all(
        (full in sheet.at(index).ticked) == bool(tick)
        for head, full in CODES.items()
        for index, tick in enumerate(grid[head])
    )


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem[23:35])
def test_the_two_codes_that_the_sheet_has_not_are_all_there_is_to_tell(core, path):
    problems = import_intervals(core, path=path).problems

    assert [(one.rule, one.found) for one in problems] == [("code_absent", "I.CQ"), ("code_absent", "S.CG")]
