"""Certificates: kept as issued whatever changes later, withdrawn with a reason, recognised and no more than that."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound, NothingToUndo
from observe_app.domain.hours import HoursKind, Per
from observe_app.services import history, people
from observe_app.services.learning import certificates, hours
from observe_app.services.learning.certificates import State
from tests.services.learning.made import person, session, visit

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.domain.hours import Certificate
    from observe_app.services.core import Core

FIRST, LAST = date(2025, 8, 1), date(2026, 7, 31)


@pytest.fixture
def issued(core: Core) -> Certificate:
    amina, jonas = person(core, "Amina Diallo-Žižek"), person(core, "Jonas")
    visit(core, amina, jonas, minutes=50, talk=25)
    session(core, "Waiting", {amina: 45})
    return certificates.issue(core, person_id=amina.id, first=FIRST, last=LAST)


def test_a_certificate_is_recognised_however_it_is_typed(core: Core, issued: Certificate) -> None:
    for typed in (issued.number, issued.number.lower(), issued.number.replace("-", " ")):
        assert certificates.check(core, typed) == certificates.Checked(issued.number, State.ISSUED, issued)
    assert issued.number.startswith("OBS-2026-")
    assert issued.minutes == 120


def test_it_stays_as_it_was_issued(core: Core, issued: Certificate) -> None:
    hours.set_rule(core, kind=HoursKind.OBSERVED, per=Per.NOTHING)
    opened = people.open_person(core, issued.person_id)
    people.edit(core, person_id=issued.person_id, seen=opened.seen, name="Amina Rivera")

    told = certificates.issued(certificates.get(core, issued.id))
    assert told.by_kind == {HoursKind.OBSERVED: 50, HoursKind.TALK: 25, HoursKind.SESSION: 45}
    assert sum(line.minutes for line in told.lines) == issued.minutes
    assert certificates.check(core, issued.number).state is State.ISSUED
    assert certificates.get(core, issued.id).name == "Amina Diallo-Žižek"


def test_undo_does_not_take_an_issued_certificate_back(core: Core, issued: Certificate) -> None:
    try:
        while True:
            history.undo(core)
    except NothingToUndo:
        pass
    assert certificates.check(core, issued.number).state is State.ISSUED


def test_a_withdrawn_one_says_so(core: Core, issued: Certificate, clock: FakeClock) -> None:
    clock.advance(seconds=86_400)
    gone = certificates.withdraw(core, certificate_id=issued.id, why=" Counted\ttwice ")
    assert (gone.withdrawn, gone.why) == (clock.now(), "Counted twice")
    assert certificates.check(core, issued.number).state is State.WITHDRAWN
    with pytest.raises(Invalid):
        certificates.withdraw(core, certificate_id=issued.id, why="again")


@pytest.mark.parametrize("why", ["", "  ", "x" * 301])
def test_a_withdrawal_needs_a_reason(core: Core, issued: Certificate, why: str) -> None:
    with pytest.raises(Invalid):
        certificates.withdraw(core, certificate_id=issued.id, why=why)


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 9_999},
        {"name": "Somebody Else"},
        {"last": date(2027, 1, 1)},
        {"content": "{}"},
        {"sha256": "0" * 64},
    ],
)
def test_a_record_that_was_tampered_with_is_not_called_issued(
    core: Core, issued: Certificate, change: dict[str, object]
) -> None:
    with core.store.write("certificate.withdraw") as unit:
        unit.learning.certificates.change(issued.id, change)
        unit.commit()
    assert certificates.check(core, issued.number).state is State.CHANGED


def test_a_number_of_another_folder_is_unknown(core: Core, issued: Certificate) -> None:
    from observe_app.domain.certificate_number import number_of

    other = number_of(2026, 12345)
    assert other != issued.number
    assert certificates.check(core, other) == certificates.Checked(other, State.UNKNOWN)
    with pytest.raises(NotFound):
        certificates.by_number(core, other)
    with pytest.raises(Invalid):
        certificates.check(core, issued.number[:-1])


def test_nothing_is_certified_where_nothing_counts(core: Core) -> None:
    amina = person(core, "Amina")
    with pytest.raises(Invalid):
        certificates.issue(core, person_id=amina.id, first=FIRST, last=LAST)
    assert certificates.listing(core) == ()


def test_certificates_of_a_person_come_latest_first(core: Core, issued: Certificate, clock: FakeClock) -> None:
    clock.advance(seconds=60)
    later = certificates.issue(core, person_id=issued.person_id, first=FIRST, last=LAST)
    assert [one.id for one in certificates.of_person(core, issued.person_id)] == [later.id, issued.id]
    assert later.number != issued.number
    assert certificates.issued(later).lines == certificates.issued(issued).lines


@pytest.mark.parametrize("content", ["[" * 100_000, '{"school": "", "by_kind": {"session": Infinity}, "lines": []}'])
def test_lines_that_no_program_wrote_are_called_changed(core: Core, issued: Certificate, content: str) -> None:
    with core.store.write("certificate.issue") as unit:
        unit.learning.certificates.change(
            issued.id, {"content": content, "sha256": certificates.digest(content)}
        )  # fmt: skip
        unit.commit()

    assert certificates.check(core, issued.number).state is State.CHANGED
    assert certificates.issued(certificates.get(core, issued.id)).lines == ()
