"""The agreed version: a third record beside two originals, which stay as they were.

What both said stands; where they part, what they decided afterwards; what they left open stays open and is in no count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.compare.agree_view import Cell, Verdict
from observe_app.domain.timeline import Share

if TYPE_CHECKING:
    from observe_app.domain.compare.agree_view import AgreementView, CodeAgreement, SheetAgreement


@dataclass(frozen=True, slots=True)
class AgreedCode:
    """One code of the agreed version.

    Attributes:
        cells: one for each interval of the sheet; None where it was not compared.
        share: intervals with the code, of those that are settled. open: how many are not.
    """

    code: str
    label: str
    cells: tuple[Verdict | None, ...] = ()
    share: Share = field(default_factory=lambda: Share(0, 0))
    open: int = 0


@dataclass(frozen=True, slots=True)
class AgreedSheet:
    """One interval sheet of the agreed version, in the time of the first record."""

    item: str
    label: str
    seconds: int
    first: int
    codes: tuple[AgreedCode, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreedVersion:
    """What the two agreed on.

    Attributes:
        settled: of all differences, how many were decided with yes or no.
        left_open: how many they looked at and left open; the rest nobody looked at yet.
    """

    sheets: tuple[AgreedSheet, ...] = ()
    settled: Share = field(default_factory=lambda: Share(0, 0))
    left_open: int = 0


def agreed(view: AgreementView) -> AgreedVersion:
    """Return the agreed version of two records, from what was decided so far."""
    decided = view.decided
    places = {(one.item, one.code, one.place) for one in view.differences}
    verdicts = [decided[place].verdict for place in places if place in decided]
    return AgreedVersion(
        tuple(_sheet(view, sheet) for sheet in view.sheets if not sheet.derived),
        Share(sum(one is not Verdict.OPEN for one in verdicts), len(places)),
        verdicts.count(Verdict.OPEN),
    )


def _sheet(view: AgreementView, sheet: SheetAgreement) -> AgreedSheet:
    codes = tuple(_code(view, sheet, code) for code in sheet.codes)
    return AgreedSheet(sheet.item, sheet.label, sheet.seconds, sheet.first, codes)


def _code(view: AgreementView, sheet: SheetAgreement, code: CodeAgreement) -> AgreedCode:
    decided = view.decided
    cells: list[Verdict | None] = []
    for place, cell in enumerate(code.cells, sheet.first):
        found = decided.get((sheet.item, code.code, place))
        if found is not None:
            cells.append(found.verdict)
        else:
            cells.append(_SAID[cell])
    yes, no = cells.count(Verdict.YES), cells.count(Verdict.NO)
    return AgreedCode(code.code, code.label, tuple(cells), Share(yes, yes + no), cells.count(Verdict.OPEN))


_SAID = {
    Cell.BOTH: Verdict.YES,
    Cell.NEITHER: Verdict.NO,
    Cell.ONLY_A: Verdict.OPEN,
    Cell.ONLY_B: Verdict.OPEN,
    Cell.NOT_COMPARED: None,
}
