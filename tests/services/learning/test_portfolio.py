"""Portfolios: own things only, of visits only what may be read, in the order chosen, nobody named unawares."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.action_step import StepStatus
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.portfolio import Pick, PickKind, picks_json, picks_of
from observe_app.services import history, journals, people, releases, steps, talk
from observe_app.services.learning import certificates, excerpts, hours, portfolio
from observe_app.services.pdf.learning_export import portfolio_document
from tests.services.learning.made import person, visit

if TYPE_CHECKING:
    from observe_app.domain.people import Person
    from observe_app.domain.portfolio import Portfolio
    from observe_app.services.core import Core

FIRST, LAST = date(2025, 8, 1), date(2026, 7, 31)
PICKS = st.builds(
    Pick, st.sampled_from(PickKind), st.text(max_size=8), st.text(max_size=20), st.text(max_size=8), st.booleans()
)


@pytest.fixture
def me(core: Core) -> Person:
    found = people.introduce(core, name="Amina Diallo-Žižek")
    assert found is not None
    return found


@pytest.fixture
def mine(core: Core, me: Person) -> Portfolio:
    return portfolio.add(core, title=" My  year ", first=FIRST, last=LAST).value


def pick(core: Core, found: Portfolio, *picks: Pick) -> Portfolio:
    seen = portfolio.open_portfolio(core, found.id).seen
    return portfolio.edit(core, portfolio_id=found.id, seen=seen, picks=picks).value


def claim(core: Core, visit_id: str, title: str, kind: ClaimKind = ClaimKind.STRENGTH) -> None:
    talk.add_claim(core, visit_id=visit_id, kind=kind, title=title, text=f"{title}, at length")


@given(st.lists(PICKS, max_size=6).map(tuple))
def test_picks_come_back_as_they_were_kept(picks: tuple[Pick, ...]) -> None:
    assert picks_of(picks_json(picks)) == picks


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "[1, null]", '[{"kind":"later"}]', '[{"kind":"entry","id":5}]', '[{"kind":["entry"]}]']
)
def test_what_is_no_pick_is_left_out(text: str) -> None:
    assert picks_of(text) == ()


def test_strengths_come_from_released_visits_to_ones_own_lessons_alone(core: Core, me: Person) -> None:
    jonas, mei = person(core, "Jonas Brandt"), person(core, "Mei Lindqvist")
    released, kept, other = visit(core, me, jonas), visit(core, me, mei), visit(core, mei, jonas)
    for where, words in ((released, "waits"), (kept, "not yet told"), (other, "of a colleague")):
        claim(core, where, words)
    claim(core, released, "to grow", ClaimKind.GROWTH)
    for where in (released, other):
        releases.release(core, visit_id=where)

    found = [one for one in portfolio.offers(core) if one.kind is PickKind.STRENGTH]
    assert [(one.heading, one.who) for one in found] == [("waits", "Jonas Brandt")]


def test_what_was_withdrawn_is_said_to_be_missing(core: Core, me: Person, mine: Portfolio) -> None:
    jonas = person(core, "Jonas Brandt")
    where = visit(core, me, jonas)
    claim(core, where, "waits")
    releases.release(core, visit_id=where)
    (offer,) = (one for one in portfolio.offers(core) if one.kind is PickKind.STRENGTH)
    found = pick(core, mine, Pick(offer.kind, offer.target_id))
    assert [one.heading for one in portfolio.chosen(core, found)] == ["waits"]

    releases.withdraw(core, where, why="A mistake")
    assert [one.is_missing for one in portfolio.chosen(core, found)] == [True]
    made = portfolio_document(core, found.id)
    assert made.missing == 1
    assert "waits" not in made.document.to_json()


def test_closed_steps_are_ones_own(core: Core, me: Person) -> None:
    where = visit(core, me, me)
    for words, owner in (("mine", me.id), ("theirs", person(core, "Jonas").id), ("open", me.id)):
        made = steps.add(core, visit_id=where, text=words, owner_id=owner)
        if words != "open":
            with core.store.write("step.close", scope=where) as unit:
                unit.talk.change_step(made.id, {"status": StepStatus.DONE, "closed": core.clock.now()})
                unit.commit()
    found = [one.text for one in portfolio.offers(core) if one.kind is PickKind.STEP]
    assert found == ["mine"]


def test_everything_own_of_the_days_can_be_picked(core: Core, me: Person) -> None:
    entry = journals.add(core, text="I counted.", title="Waiting").value
    hours.add_entry(core, person_id=me.id, on=date(2026, 3, 1), minutes=60, what="Conference")
    issued = certificates.issue(core, person_id=me.id, first=FIRST, last=LAST)
    gone = certificates.issue(core, person_id=me.id, first=FIRST, last=LAST)
    certificates.withdraw(core, certificate_id=gone.id, why="twice")

    found = {(one.kind, one.target_id) for one in portfolio.offers(core, FIRST, LAST)}
    assert found == {(PickKind.ENTRY, entry.id), (PickKind.CERTIFICATE, issued.id)}
    assert portfolio.offers(core, date(2027, 1, 1), None) == ()


def test_other_people_are_named_only_by_choice_and_are_told(core: Core, me: Person, mine: Portfolio) -> None:
    jonas = person(core, "Jonas Brandt")
    where = visit(core, me, jonas)
    claim(core, where, "waits")
    releases.release(core, visit_id=where)
    journals.add(core, text="Brandt asked me about it.")
    (offer,) = (one for one in portfolio.offers(core) if one.kind is PickKind.STRENGTH)

    found = pick(core, mine, Pick(offer.kind, offer.target_id))
    made = portfolio_document(core, found.id)
    assert (made.names, "Brandt" in made.document.to_json()) == ((), False)

    found = pick(core, mine, Pick(offer.kind, offer.target_id, named=True))
    made = portfolio_document(core, found.id)
    assert (made.names, "Jonas Brandt" in made.document.to_json()) == (("Jonas Brandt",), True)

    (entry,) = (one for one in portfolio.offers(core) if one.kind is PickKind.ENTRY)
    assert entry.names == ("Jonas Brandt",)
    found = pick(core, mine, Pick(entry.kind, entry.target_id))
    assert portfolio.names_told(core, found) == ("Jonas Brandt",)
    found = pick(core, mine, Pick(entry.kind, entry.target_id, "A colleague asked me about it."))
    assert portfolio.names_told(core, found) == ()
    assert "Brandt" not in portfolio_document(core, found.id).document.to_json()


def test_the_order_is_the_owners(core: Core, mine: Portfolio) -> None:
    first, second = (journals.add(core, text=words).value for words in ("one", "two"))
    found = pick(
        core,
        mine,
        Pick(PickKind.ENTRY, second.id),
        Pick(PickKind.WORDS, "", "", "Part"),
        Pick(PickKind.ENTRY, first.id),
    )
    assert [one.text or one.heading for one in portfolio.chosen(core, found)] == ["two", "Part", "one"]
    told = portfolio_document(core, found.id).document.to_json()
    assert told.index('"two"') < told.index('"Part"') < told.index('"one"')


def test_a_portfolio_is_changed_deleted_and_brought_back(core: Core, mine: Portfolio) -> None:
    assert mine.title == "My year"
    seen = portfolio.open_portfolio(core, mine.id).seen
    made = portfolio.edit(core, portfolio_id=mine.id, seen=seen, foreword="Less.", last=date(2026, 8, 1))
    assert (made.value.foreword, made.value.first, made.value.last) == ("Less.", FIRST, date(2026, 8, 1))
    portfolio.delete(core, portfolio_id=mine.id, seen=made.seen)
    assert portfolio.listing(core) == ()
    history.undo(core)
    assert [one.id for one in portfolio.listing(core)] == [mine.id]


def test_somebody_elses_portfolio_is_not_here(core: Core, mine: Portfolio) -> None:
    other = people.add(core, name="Somebody Else")
    core.settings.change(me_id=other.id)
    assert portfolio.listing(core) == ()
    with pytest.raises(NotFound):
        portfolio.open_portfolio(core, mine.id)
    with pytest.raises(NotFound):
        portfolio_document(core, mine.id)


@pytest.mark.parametrize(
    "fields", [{"title": " "}, {"title": "x" * 201}, {"foreword": "x" * 20_001}, {"last": date(2020, 1, 1)}]
)
def test_what_does_not_fit_is_refused(core: Core, mine: Portfolio, fields: dict[str, object]) -> None:
    seen = portfolio.open_portfolio(core, mine.id).seen
    with pytest.raises(Invalid):
        portfolio.edit(core, portfolio_id=mine.id, seen=seen, **fields)
    many = tuple(Pick(PickKind.WORDS, "", str(at)) for at in range(501))
    with pytest.raises(Invalid):
        portfolio.edit(core, portfolio_id=mine.id, seen=seen, picks=many)


def test_excerpts_are_offered_once_they_are_given(core: Core, me: Person) -> None:
    from observe_app.services.groups import groups

    entry = journals.add(core, text="What if we all waited?").value
    group = groups.add(core, name="Questioning")
    excerpts.share(core, entry_id=entry.id, group_id=group.id, text="What if we all waited?")
    assert [one.text for one in portfolio.offers(core) if one.kind is PickKind.EXCERPT] == ["What if we all waited?"]
