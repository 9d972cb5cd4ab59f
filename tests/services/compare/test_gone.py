"""What was purged, withdrawn, or is no longer somebody's to read is in no comparison, no report and no export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.compare.audience import Who, Why
from observe_app.domain.errors import Invalid, NotFound
from observe_app.services import notes, people, releases, search, visits
from observe_app.services.compare.audience import reader_named
from observe_app.services.compare.reported import reported_pair, reported_term
from observe_app.services.compare.term import TermChoice, options, term
from observe_app.services.exchange.compare_out import export_term
from observe_app.services.pdf.term_export import term_report
from observe_app.services.sync import erasing
from tests.services.compare.test_released_counts import released
from tests.services.compare.test_term import seen

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

WORD = "zwiebelkuchen"


@pytest.fixture
def me(core: Core) -> Who:
    found = people.introduce(core, name="Joonas")
    assert found is not None
    return Who(found.id, found.name)


def purge(core: Core, visit_id: str) -> None:
    visits.delete(core, visit_id=visit_id, seen=visits.open_visit(core, visit_id).seen)
    erasing.purge(core, visit_id)


def test_a_purged_visit_is_nowhere(core: Core, me: Who, tmp_path: Path) -> None:
    kept, gone = seen(core, 1, tallies=2), seen(core, 2, tallies=5, class_name="Zeta")
    notes.add(core, visit_id=gone, line=f"T {WORD} #onion", offset_ms=1000)

    purge(core, gone)

    target = tmp_path / "term.json"
    export_term(core, TermChoice(), target, reader=me, own=True)
    assert [visit.id for visit in term(core, TermChoice()).visits] == [kept]
    assert "Zeta" not in {one.name for one in options(core).classes}
    assert search.notes(core, WORD) == ()
    assert WORD.encode() not in target.read_bytes()
    assert gone.encode() not in target.read_bytes()
    with pytest.raises((NotFound, Invalid)):
        reported_pair(core, kept, gone, own=True)


def test_a_withdrawn_release_and_a_reader_who_was_removed_are_told_nothing(core: Core, me: Who, tmp_path: Path) -> None:
    stays, withdrawn = released(core, 1), released(core, 2)
    for visit in (stays, withdrawn):
        releases.set_reader(core, visit_id=visit, name="Mei Lindqvist")
    mei, amina = reader_named(core, "Mei Lindqvist"), reader_named(core, "Amina")
    assert len(reported_term(core, TermChoice(), reader=mei).term.visits) == 2

    releases.withdraw(core, withdrawn, "The wrong lesson")
    releases.set_reader(core, visit_id=stays, name="Mei Lindqvist", reads=False)

    for ask in (
        lambda: reported_term(core, TermChoice(), reader=mei),
        lambda: export_term(core, TermChoice(), tmp_path / "out.csv", reader=mei),
        lambda: term_report(core, TermChoice(), reader=mei),
    ):
        with pytest.raises(Invalid) as found:
            ask()
        assert found.value.rule == "nobody_reads"
    assert not (tmp_path / "out.csv").exists()
    made = term_report(core, TermChoice(), reader=amina)
    assert (made.visits, made.left_out) == (1, ((Why.WITHDRAWN, 1),))
    target = tmp_path / "amina.json"
    assert export_term(core, TermChoice(), target, reader=amina).left_out == ((Why.WITHDRAWN, 1),)
    assert withdrawn.encode() not in target.read_bytes()
    with pytest.raises(Invalid):
        reported_pair(core, stays, withdrawn, reader=amina)
