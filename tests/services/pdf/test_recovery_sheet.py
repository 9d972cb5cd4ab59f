"""The sheet with the twelve words: one page, tagged, complete, and nothing else in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.services.pdf import RecoverySheet, recovery_pdf
from tests.services.pdf.reading import read
from tests.services.pdf.sheet import assert_passes, elements, opened

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.pdf.document import Paper

WORDS = (
    "harbour", "lemon", "quiet", "ribbon", "anchor", "violet", "stone", "marble", "wander", "copper", "island",
    "feather",
)  # fmt: skip
NUMBER = "4821 0937 5562 1180 9034"


def sheet(**changes: object) -> RecoverySheet:
    told = {
        "words": WORDS, "name": "Jonas Brandt", "number": NUMBER, "folder": "Maths department",
        "school": "Northfield School", "made": "10 March 2026",
    }  # fmt: skip
    return RecoverySheet(**{**told, **changes})  # type: ignore[arg-type]  # what a test changes is known to it


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_passes_the_machine_checks(paper: Paper, tmp_path: Path) -> None:
    assert_passes(recovery_pdf(sheet(paper=paper)), tmp_path)


def test_the_words_are_read_in_their_order_with_their_numbers() -> None:
    found = read(recovery_pdf(sheet()))

    items = [one.text().split() for one in found.walk() if one.role == "LI"]
    assert items == [[str(at), word] for at, word in enumerate(WORDS, start=1)]
    assert elements(recovery_pdf(sheet()), "L")[0]["/A"]["/ListNumbering"] == "/Decimal"


def test_all_that_one_needs_later_is_on_it() -> None:
    told = " ".join(read(recovery_pdf(sheet())).text().split())

    for part in ("Jonas Brandt", NUMBER, "Maths department", "Northfield School", "10 March 2026", "Another computer"):
        assert part in told


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Konstantinos-Alexandros " * 8, "folder": "Fachbereich Mathematik und Naturwissenschaften " * 6},
        {"name": "", "number": "", "folder": "", "school": "", "made": ""},
        {"name": "علی‌رضا مرادی", "school": "学校"},
        {"name": "<b>&amp;</b> {name}", "folder": "a\nb\x00c"},
    ],
)
def test_it_stays_one_page_whatever_the_names_are(changes: dict[str, str], tmp_path: Path) -> None:
    data = recovery_pdf(sheet(**changes))

    assert len(opened(data).pages) == 1
    assert_passes(data, tmp_path)
    assert [word for word in WORDS if word not in read(data).text()] == []


def test_another_number_of_words_is_no_sheet() -> None:
    with pytest.raises(ValueError, match="twelve"):
        recovery_pdf(sheet(words=WORDS[:11]))


def test_the_words_do_not_show_where_the_sheet_is_printed_for_a_log() -> None:
    assert not any(word in repr(sheet()) for word in WORDS)
