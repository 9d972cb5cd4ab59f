"""Claims and what they rest on: events, and views of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.evidence import ClaimKind
from observe_app.services import history, notes, talk, visits

if TYPE_CHECKING:
    from observe_app.services.core import Core


@pytest.fixture
def visit_id(core: Core) -> str:
    """Return a visit that is being observed."""
    visit = visits.plan(core)
    visits.begin(core, visit_id=visit.id)
    return visit.id


def write(core: Core, visit_id: str, *lines: str) -> tuple[str, ...]:
    return tuple(notes.add(core, visit_id=visit_id, line=line, offset_ms=at * 1000).id for at, line in enumerate(lines))


def test_a_claim_may_rest_on_a_view_alone(core: Core, visit_id: str) -> None:
    claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.GROWTH, title="Waits", views=("wait:open",))

    assert (claim.evidence, claim.views, claim.rests) == ((), ("wait:open",), True)
    assert talk.claims(core, visit_id) == (claim,)


def test_a_view_is_linked_taken_away_and_brought_back(core: Core, visit_id: str) -> None:
    claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.STRENGTH)
    where = {"visit_id": visit_id, "target_kind": "claim", "target_id": claim.id}
    talk.link_view(core, **where, view="tally:praise")
    talk.unlink_view(core, **where, view="tally:praise")
    assert not talk.open_claim(core, claim.id).value.rests

    history.undo(core, scope=visit_id)
    assert talk.open_claim(core, claim.id).value.views == ("tally:praise",)


def test_what_is_linked_in_one_act_is_taken_back_in_one(core: Core, visit_id: str) -> None:
    ids = write(core, visit_id, "T one", "T two", "T three")
    claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.STRENGTH, evidence=ids[:1])

    made = talk.link_all(
        core, visit_id=visit_id, target_kind="claim", target_id=claim.id, events=ids, views=("talk", "talk")
    )
    assert made == 3, "two notes and one view were new"
    assert talk.open_claim(core, claim.id).value.evidence == ids

    history.undo(core, scope=visit_id)
    after = talk.open_claim(core, claim.id).value
    assert (after.evidence, after.views) == (ids[:1], ())


def test_linking_what_is_linked_writes_nothing(core: Core, visit_id: str) -> None:
    ids = write(core, visit_id, "T one")
    where = {"visit_id": visit_id, "target_kind": "answer", "target_id": "checks"}
    assert talk.link_all(core, **where, events=ids) == 1
    assert talk.link_all(core, **where, events=ids) == 0

    history.undo(core, scope=visit_id)
    assert talk.evidence(core, visit_id) == ()


def test_one_event_that_is_not_there_links_none(core: Core, visit_id: str) -> None:
    ids = write(core, visit_id, "T one")
    with pytest.raises(NotFound):
        talk.link_all(core, visit_id=visit_id, target_kind="answer", target_id="checks", events=(*ids, "gone"))
    assert talk.evidence(core, visit_id) == ()


def test_only_claims_and_answers_take_links_here(core: Core, visit_id: str) -> None:
    with pytest.raises(Invalid):
        talk.link_view(core, visit_id=visit_id, target_kind="person", target_id="x", view="talk")
